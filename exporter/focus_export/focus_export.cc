#include "focus_export/focus_export.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "core/retry_after.h"
#include "focus/columns.h"
#include "focus_export/account_reading.h"
#include "polling/request_failure.h"
#include "polling/retry.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMostUnderWay = 256;                     // of all accounts
constexpr std::size_t kBytesUnderWay = std::size_t{16} << 20;  // likewise
constexpr std::size_t kMostUnderWayOfOne = 16;                 // of an account
constexpr std::chrono::seconds kLongestWait{60};               // that a cloud may ask for
constexpr std::chrono::milliseconds kLongestPause{500};        // to look at the clock again

class FocusExport {
 public:
  FocusExport(const ExportRequest& request, ExportSurroundings surroundings)
      : request_(request), around_(std::move(surroundings)), random_(around_.seed) {
    const Config& config = request_.config;
    for (std::size_t i = 0; i < config.accounts.size(); ++i) {
      const AccountConfig& account = config.accounts[i];
      accounts_.emplace_back(
          AccountReading::Subject{account, request_.providers.named(account.provider->name),
                                  request_.secrets[i], pace_of(account, request_.secrets[i])},
          months_of(account), around_.spool);
    }
    progress_.of_accounts = accounts_.size();
  }

  Result<std::vector<ExportedMonth>> run() {
    std::string header;
    append_header(header);
    if (const Status written = around_.out(header); !written) return written.error();
    for (AccountReading& account : accounts_) begin_month(account);
    while (!is_done()) {
      const SteadyTime due = send_due();
      const SteadyTime until = is_writing() ? around_.clock.steady() : due;
      for (Completion& completion : around_.transport.wait(until)) {
        if (auto failed = take_in(std::move(completion))) return *std::move(failed);
      }
      if (const Status written = write_on(); !written) return written.error();
      around_.show(progress_);
      if (around_.is_stopped()) return Error{"stopped before the bills were read"};
    }
    return std::move(months_);
  }

 private:
  struct UnderWay {
    AccountReading* account = nullptr;
    Outgoing outgoing;
  };

  // As many for each account.
  [[nodiscard]] std::vector<BillingMonth> months_of(const AccountConfig& account) const {
    if (!request_.months.empty()) return request_.months;
    const BillingMonth current = account.provider->billing_zone.month_at(request_.now);
    return {current.previous(), current};
  }
  [[nodiscard]] std::size_t months_per_account() const {
    return request_.months.empty() ? 2 : request_.months.size();
  }

  RateLimiter* pace_of(const AccountConfig& account, const AccountSecrets& secrets) {
    if (!secrets) return nullptr;
    RateLimiter& pace = paces_[std::string(account.provider->name) + " " + secrets->access_key_id];
    pace.limit_to(account.requests_per_second);
    return &pace;
  }

  // There may be nothing to ask.
  void begin_month(AccountReading& account) {
    do {
      abandon(account);
      account.begin_month(around_.clock.wall(), around_.clock.steady());
    } while (account.end_month());
    if (account.is_done()) ++progress_.accounts;
  }

  [[nodiscard]] bool is_done() const {
    return months_.size() == accounts_.size() * months_per_account();
  }

  // So that the responses that come at a time stay small, whatever their pages hold.
  [[nodiscard]] bool has_room() const {
    return under_way_.size() < kMostUnderWay &&
           (under_way_.size() < kMostUnderWayOfOne ||
            under_way_.size() * largest_page_ < kBytesUnderWay);
  }

  // Sends what the keys' pace allows; when to look again.
  SteadyTime send_due() {
    SteadyTime next = around_.clock.steady() + kLongestPause;
    for (AccountReading& account : accounts_) {
      while (!account.is_done() && account.under_way() < kMostUnderWayOfOne && has_room() &&
             around_.transport.can_start()) {
        const SteadyTime now = around_.clock.steady();
        const auto ready_at = account.run().prepare_next(now);
        if (!ready_at) break;
        const SteadyTime at = std::max(*ready_at, account.subject().pace->next_turn());
        if (at > now) {
          next = std::min(next, at);
          break;
        }
        send(account, now);
      }
    }
    return next;
  }

  void send(AccountReading& account, SteadyTime now) {
    const AccountReading::Subject& subject = account.subject();
    UnderWay sent{&account, account.run().pop_ready(now)};
    ++sent.outgoing.attempts;
    const RequestId id = ++last_request_;
    around_.transport.start(
        id,
        subject.provider.sign(
            sent.outgoing.pending.request,
            {subject.config.endpoint, subject.config.settings, *subject.secrets},
            {std::chrono::floor<std::chrono::seconds>(around_.clock.wall()), make_nonce()}),
        request_.config.http.timeout);
    subject.pace->note_sent(now);
    account.note_sent();
    under_way_.emplace(id, std::move(sent));
  }

  // An error if the spool cannot be written.
  std::optional<Error> take_in(Completion completion) {
    auto found = under_way_.extract(completion.id);
    if (found.empty()) return std::nullopt;
    AccountReading& account = *found.mapped().account;
    account.note_answered();
    if (completion.response) {
      largest_page_ = std::max(largest_page_, completion.response->body.size());
    }
    resolve(account, std::move(found.mapped().outgoing), completion.response);
    if (completion.response) around_.transport.give_back(std::move(completion.response->body));
    if (auto failed = account.spool_error()) return failed;
    if (account.end_month()) begin_month(account);
    return std::nullopt;
  }

  // Gives the response to whom it is for, or decides what comes of a failure.
  void resolve(AccountReading& account, Outgoing outgoing,
               Result<HttpResponse, Failure>& response) {
    Result<void, Failure> accepted;
    if (!response) {
      accepted = response.error();
    } else if (response->status < 200 || response->status > 299) {
      accepted = account.subject().provider.classify_error(*response);
    } else {
      accepted = outgoing.pending.reply->accept(*response);
    }
    if (accepted) {
      ++progress_.pages;
      return;
    }
    Failure failure = std::move(accepted).error();
    if (response) {
      const WallTime now = around_.clock.wall();
      failure.retry_after =
          read_retry_after(*response, std::chrono::floor<std::chrono::seconds>(now));
      if (failure.reason == Reason::kAuth) name_clock_difference(failure, *response, now);
    }
    failure = failure.with_prefix(outgoing.pending.request.subject);
    failure.message = hide_secrets(std::move(failure.message), *account.subject().secrets);
    retry_or_give_up(account, std::move(outgoing), failure);
  }

  void retry_or_give_up(AccountReading& account, Outgoing outgoing, const Failure& failure) {
    RetryLimits limits{request_.config.http.max_retries, kLongestWait};
    if (outgoing.pending.informational) limits = limit_informational(limits);
    const double random = std::uniform_real_distribution<double>(0, 1)(random_);
    const auto delay = request_retry_delay(failure, outgoing.attempts, limits, random);
    log_debug("request failed",
              {{"account", account.subject().config.name},
               {"operation", std::string(outgoing.pending.request.operation->label)},
               {"reason", std::string(reason_name(failure.reason))},
               {"error", failure.message},
               {"retry_in_ms", delay ? LogValue(delay->count()) : LogValue()}});
    if (delay) {
      outgoing.not_before = around_.clock.steady() + *delay;
      account.run().send_again(std::move(outgoing));
    } else {
      outgoing.pending.reply->fail(failure);
    }
  }

  // What is under way for a month that ended.
  void abandon(const AccountReading& account) {
    for (auto sent = under_way_.begin(); sent != under_way_.end();) {
      if (sent->second.account != &account) {
        ++sent;
        continue;
      }
      around_.transport.abandon(sent->first);
      sent = under_way_.erase(sent);
    }
  }

  // The outcome that is next in the file, null while it is not known.
  [[nodiscard]] MonthOutcome* next_outcome() {
    const std::size_t per_account = months_per_account();
    AccountReading& account = accounts_[months_.size() / per_account];
    const std::size_t month = months_.size() % per_account;
    return month < account.outcomes().size() ? &account.outcomes()[month] : nullptr;
  }

  [[nodiscard]] bool is_writing() { return writer_ || (!is_done() && next_outcome() != nullptr); }

  // One page more, so that requests that come due meanwhile leave in time.
  Status write_on() {
    if (!is_writing()) return {};
    if (!writer_) {
      MonthOutcome& outcome = *next_outcome();
      if (!outcome.read) {
        months_.push_back({accounts_[months_.size() / months_per_account()].subject().config.name,
                           outcome.month,
                           0,
                           {},
                           std::move(outcome.failure)});
        return {};
      }
      writer_.emplace(*std::move(outcome.read), around_.spool, request_.categories);
      outcome.read.reset();
    }
    if (!writer_->is_done()) {
      const std::size_t rows_before = writer_->rows();
      Status written = writer_->write_page(around_.out);
      progress_.rows += writer_->rows() - rows_before;
      return written;
    }
    auto finished = writer_->finish();
    writer_.reset();
    if (!finished) return finished.error();
    months_.push_back(std::move(finished).value());
    return {};
  }

  // 32 hexadecimal digits, to be used once.
  std::string make_nonce() {
    std::string nonce;
    for (int digit = 0; digit < 32; ++digit) nonce += "0123456789abcdef"[random_() & 15U];
    return nonce;
  }

  const ExportRequest& request_;
  ExportSurroundings around_;
  std::mt19937_64 random_;
  std::map<std::string, RateLimiter> paces_;  // by provider and access key id
  std::deque<AccountReading> accounts_;
  std::map<RequestId, UnderWay> under_way_;
  RequestId last_request_ = 0;
  std::size_t largest_page_ = 0;       // bytes
  std::vector<ExportedMonth> months_;  // that are done, in the file's order
  std::optional<MonthWriter> writer_;  // of the next one
  ExportProgress progress_;
};

}  // namespace

Result<std::vector<ExportedMonth>> export_bills(const ExportRequest& request,
                                                ExportSurroundings surroundings) {
  return FocusExport(request, std::move(surroundings)).run();
}

}  // namespace cloud_billing
