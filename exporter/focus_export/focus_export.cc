#include "focus_export/focus_export.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/retry_after.h"
#include "focus_export/account_reading.h"
#include "focus_export/account_turns.h"
#include "focus_export/bill_file.h"
#include "polling/request_failure.h"
#include "polling/retry.h"
#include "providers/nonce.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kBytesUnderWay = std::size_t{32} << 20;  // of all accounts
constexpr std::size_t kMostUnderWayOfOne = 16;                 // requests of an account
constexpr std::chrono::seconds kLongestWait{60};               // that a cloud may ask for
constexpr std::chrono::milliseconds kLongestPause{500};        // to look at the clock again

class FocusExport {
 public:
  FocusExport(const ExportRequest& request, ExportSurroundings surroundings)
      : request_(request),
        around_(std::move(surroundings)),
        random_(around_.seed),
        turns_(keys_of(request)),
        file_(accounts_, months_per_account(), around_.spool, request_.categories, around_.out) {
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
    if (const Status written = file_.write_header(); !written) return written.error();
    begin_accounts();
    while (!file_.is_done()) {
      const SteadyTime due = send_due();
      const SteadyTime until = file_.is_writing() ? around_.clock.steady() : due;
      for (Completion& completion : around_.transport.wait(until)) {
        if (auto failed = take_in(std::move(completion))) return *std::move(failed);
      }
      if (const Status written = file_.write_on(); !written) return written.error();
      show();
      if (around_.is_stopped()) return Error{"stopped before the bills were read"};
    }
    return file_.take_months();
  }

 private:
  struct UnderWay {
    std::size_t account = 0;
    Outgoing outgoing;
  };

  // What accounts share a pace by. One that has no key asks nothing.
  [[nodiscard]] static std::string key_of(const AccountConfig& account,
                                          const AccountSecrets& secrets) {
    return std::string(account.provider->name) + " " + (secrets ? secrets->access_key_id : "");
  }

  [[nodiscard]] static std::vector<std::string> keys_of(const ExportRequest& request) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < request.config.accounts.size(); ++i) {
      keys.push_back(key_of(request.config.accounts[i], request.secrets[i]));
    }
    return keys;
  }

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
    RateLimiter& pace = paces_[key_of(account, secrets)];
    pace.limit_to(account.requests_per_second);
    return &pace;
  }

  void begin_accounts() {
    while (const auto account = turns_.begin_next()) begin_month(*account);
  }

  // There may be nothing to ask.
  void begin_month(std::size_t account) {
    AccountReading& reading = accounts_[account];
    do {
      abandon(account);
      reading.begin_month(around_.clock.wall(), around_.clock.steady());
    } while (reading.end_month());
    if (!reading.is_done()) return;
    ++progress_.accounts;
    turns_.end(account);
  }

  // Requests of each account under way, so that one whose answers are long in coming leaves room to
  // the others, and the responses that come at a time stay small, whatever their pages hold.
  [[nodiscard]] std::size_t most_of_one() const {
    const std::size_t bytes = kBytesUnderWay / std::max<std::size_t>(1, turns_.under_way().size());
    const std::size_t pages = bytes / std::max<std::size_t>(1, largest_page_);
    return std::clamp<std::size_t>(pages, 1, kMostUnderWayOfOne);
  }

  // Sends what the keys' pace allows; when to look again.
  SteadyTime send_due() {
    SteadyTime next = around_.clock.steady() + kLongestPause;
    const std::size_t most = most_of_one();
    std::vector<std::size_t> asked;
    for (const std::size_t place : turns_.under_way()) {
      AccountReading& account = accounts_[place];
      while (account.under_way() < most && around_.transport.can_start()) {
        const SteadyTime now = around_.clock.steady();
        const auto ready_at = account.run().prepare_next(now);
        if (!ready_at) break;
        const SteadyTime at = std::max(*ready_at, account.subject().pace->next_turn());
        if (at > now) {
          next = std::min(next, at);
          break;
        }
        send(place, now);
        if (asked.empty() || asked.back() != place) asked.push_back(place);
      }
    }
    // Whoever sent nothing, since others of its key used up the pace, comes before them.
    for (const std::size_t place : asked) turns_.put_last(place);
    return next;
  }

  void send(std::size_t place, SteadyTime now) {
    AccountReading& account = accounts_[place];
    const AccountReading::Subject& subject = account.subject();
    UnderWay sent{place, account.run().pop_ready(now)};
    ++sent.outgoing.attempts;
    const RequestId id = ++last_request_;
    around_.transport.start(
        id,
        subject.provider.sign(
            sent.outgoing.pending.request,
            {subject.config.endpoint, subject.config.settings, *subject.secrets},
            {std::chrono::floor<std::chrono::seconds>(around_.clock.wall()), make_nonce(random_)}),
        request_.config.http.timeout);
    subject.pace->note_sent(now);
    account.note_sent();
    under_way_.emplace(id, std::move(sent));
  }

  // An error if the spool cannot be written.
  std::optional<Error> take_in(Completion completion) {
    auto found = under_way_.extract(completion.id);
    if (found.empty()) return std::nullopt;
    const std::size_t place = found.mapped().account;
    AccountReading& account = accounts_[place];
    const ReadSoFar before = account.read_so_far();
    account.note_answered();
    if (completion.response) {
      largest_page_ = std::max(largest_page_, completion.response->body.size());
    }
    resolve(account, std::move(found.mapped().outgoing), completion.response);
    if (completion.response) around_.transport.give_back(std::move(completion.response->body));
    if (auto failed = account.spool_error()) return failed;
    if (account.end_month()) {
      begin_month(place);
      begin_accounts();
    }
    note_read(before, account.read_so_far());
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
    if (accepted) return;
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

  void note_read(const ReadSoFar& before, const ReadSoFar& after) {
    ReadSoFar& all = progress_.read;
    all.pages += after.pages - before.pages;
    all.of_pages = all.of_pages - before.of_pages + after.of_pages;  // fewer if a month failed
    all.rows += after.rows - before.rows;
  }

  void show() {
    const auto& reading = turns_.under_way();
    double share = static_cast<double>(progress_.accounts);
    for (const std::size_t place : reading) share += accounts_[place].share_read();
    progress_.share_read = share / static_cast<double>(accounts_.size());
    progress_.knows_all_pages =
        turns_.have_all_begun() &&
        std::all_of(reading.begin(), reading.end(),
                    [this](std::size_t place) { return accounts_[place].is_last_month(); });
    progress_.rows_written = file_.rows();
    around_.show(progress_);
  }

  // What is under way for a month that ended.
  void abandon(std::size_t account) {
    for (auto sent = under_way_.begin(); sent != under_way_.end();) {
      if (sent->second.account != account) {
        ++sent;
        continue;
      }
      around_.transport.abandon(sent->first);
      sent = under_way_.erase(sent);
    }
  }

  const ExportRequest& request_;
  ExportSurroundings around_;
  std::mt19937_64 random_;
  std::map<std::string, RateLimiter> paces_;  // by provider and access key id
  std::deque<AccountReading> accounts_;
  AccountTurns turns_;  // by the places of accounts
  std::map<RequestId, UnderWay> under_way_;
  RequestId last_request_ = 0;
  std::size_t largest_page_ = 0;  // bytes
  BillFile file_;
  ExportProgress progress_;
};

}  // namespace

Result<std::vector<ExportedMonth>> export_bills(const ExportRequest& request,
                                                ExportSurroundings surroundings) {
  return FocusExport(request, std::move(surroundings)).run();
}

}  // namespace cloud_billing
