#include "access/access_check.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "access/advice.h"
#include "core/http_date.h"
#include "polling/rate_limiter.h"
#include "polling/request_failure.h"
#include "providers/nonce.h"

namespace cloud_billing {
namespace {

// Of all accounts.
constexpr std::size_t kMostUnderWay = 256;

// To look at the clock again although nothing came.
constexpr std::chrono::seconds kLongestPause{1};

constexpr std::string_view kAfterAuth = "the key was refused";
constexpr std::string_view kWithoutKey = "the key cannot be read";
constexpr std::string_view kWithoutId = "no bill told the account id";

// One account, and what became of its questions.
struct CheckedAccount {
  const AccountConfig* config = nullptr;
  const Provider* provider = nullptr;
  const AccountSecrets* secrets = nullptr;
  RateLimiter* pace = nullptr;  // null if the secrets cannot be read
  std::vector<AccessQuestion> questions;
  std::vector<AccessLine> lines;  // one for each question; no result yet: empty
  std::vector<bool> sent;         // of each question
  std::string account_id;         // once told
  bool refused = false;           // the key: nothing else is worth sending

  [[nodiscard]] bool is_done() const {
    return std::all_of(lines.begin(), lines.end(),
                       [](const AccessLine& line) { return !line.result.empty(); });
  }
  [[nodiscard]] bool has_result() const {
    return std::any_of(lines.begin(), lines.end(),
                       [](const AccessLine& line) { return !line.result.empty(); });
  }
  [[nodiscard]] bool are_done_before(std::size_t question) const {
    return std::all_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(question),
                       [](const AccessLine& line) { return !line.result.empty(); });
  }
};

CheckedAccount begin_account(const AccountConfig& config, const Provider& provider,
                             const AccountSecrets& secrets, const AccessQuery& query) {
  CheckedAccount account;
  account.config = &config;
  account.provider = &provider;
  account.secrets = &secrets;
  account.questions = provider.ask_access(config, query);
  for (const AccessQuestion& question : account.questions) {
    AccessLine line;
    line.account = config.name;
    line.provider = provider.facts().name;
    line.operation = question.operation->label;
    line.sub_account = question.sub_account;
    line.dispensable = question.dispensable;
    account.lines.push_back(std::move(line));
  }
  account.sent.resize(account.questions.size());
  return account;
}

void leave_unsent(AccessLine& line, std::string_view why) {
  line.result = kNotSent;
  line.fact = why;
}

void leave_rest_unsent(CheckedAccount& account, std::string_view why) {
  for (std::size_t i = 0; i < account.lines.size(); ++i) {
    if (!account.sent[i]) leave_unsent(account.lines[i], why);
  }
}

void fail_for_secrets(CheckedAccount& account) {
  if (account.lines.empty()) return;
  account.lines[0].result = reason_name(Reason::kAuth);
  account.lines[0].fact = account.secrets->error().message;
  account.lines[0].advice = "Put the secret there, readable by the user whom this program runs as.";
  account.sent[0] = true;
  leave_rest_unsent(account, kWithoutKey);
}

class AccessCheck {
 public:
  AccessCheck(const Config& config, Transport& transport, const Clock& clock, std::uint64_t seed)
      : config_(config), transport_(transport), clock_(clock), random_(seed) {}

  void add(CheckedAccount account) {
    if (*account.secrets) {
      account.pace = &paces_[std::string(account.provider->facts().name) + " " +
                             (*account.secrets)->access_key_id];
      account.pace->limit_to(account.config->requests_per_second);
    } else {
      fail_for_secrets(account);
    }
    accounts_.push_back(std::move(account));
  }

  std::vector<AccessLine> run() {
    while (!is_done()) {
      const SteadyTime wake_at = send_due();
      for (Completion& completion : transport_.wait(wake_at)) take_in(std::move(completion));
    }
    std::vector<AccessLine> lines;
    for (CheckedAccount& account : accounts_) {
      std::move(account.lines.begin(), account.lines.end(), std::back_inserter(lines));
    }
    return lines;
  }

 private:
  struct UnderWay {
    std::size_t account = 0;
    std::size_t question = 0;
  };

  [[nodiscard]] bool is_done() const {
    return std::all_of(accounts_.begin(), accounts_.end(),
                       [](const CheckedAccount& account) { return account.is_done(); });
  }

  // The first question alone shows whether the key is good, then the others need not wait for each
  // other.
  [[nodiscard]] static std::optional<std::size_t> next_question(CheckedAccount& account) {
    const bool alone = !account.has_result();
    for (std::size_t i = 0; i < account.questions.size(); ++i) {
      if (account.sent[i] || !account.lines[i].result.empty()) {
        if (alone) return std::nullopt;
        continue;
      }
      if (!account.questions[i].by_account_id) return i;
      if (!account.are_done_before(i)) continue;
      if (!account.account_id.empty()) return i;
      leave_unsent(account.lines[i], kWithoutId);
    }
    return std::nullopt;
  }

  // Sends what the keys' pace allows; when to look again.
  SteadyTime send_due() {
    SteadyTime next = clock_.steady() + kLongestPause;
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
      CheckedAccount& account = accounts_[i];
      if (account.refused || account.is_done()) continue;
      const auto question = next_question(account);
      if (!question) continue;
      const SteadyTime now = clock_.steady();
      if (account.pace->next_turn() > now) {
        next = std::min(next, account.pace->next_turn());
      } else if (under_way_.size() < kMostUnderWay && transport_.can_start()) {
        send(i, *question);
        account.pace->note_sent(now);
        next = now;  // there may be more
      }
    }
    return next;
  }

  void send(std::size_t index, std::size_t question) {
    CheckedAccount& account = accounts_[index];
    const ApiRequest request = account.questions[question].request(account.account_id);
    const RequestId id = ++last_request_;
    transport_.start(
        id,
        account.provider->sign(
            request, {account.config->endpoint, account.config->settings, **account.secrets},
            {std::chrono::floor<std::chrono::seconds>(clock_.wall()), make_nonce(random_)}),
        config_.http.timeout);
    account.sent[question] = true;
    under_way_.emplace(id, UnderWay{index, question});
  }

  void take_in(Completion completion) {
    const auto found = under_way_.find(completion.id);
    if (found == under_way_.end()) return;
    CheckedAccount& account = accounts_[found->second.account];
    const std::size_t question = found->second.question;
    under_way_.erase(found);
    fill_line(account, question, std::move(completion.response));
    if (account.lines[question].result != reason_name(Reason::kAuth)) return;
    account.refused = true;
    leave_rest_unsent(account, kAfterAuth);
  }

  void fill_line(CheckedAccount& account, std::size_t index,
                 Result<HttpResponse, Failure> response) {
    const AccessQuestion& question = account.questions[index];
    AccessLine& line = account.lines[index];
    if (response) line.clock_difference = clock_difference(*response);
    const int status = response ? response->status : 0;
    auto fact = read(account, question, std::move(response));
    if (fact) {
      if (!fact->account_id.empty()) account.account_id = fact->account_id;
      line.result = kAllowed;
      line.fact = std::move(fact->text);
      line.advice = advise_on_clock(line.clock_difference);
    } else {
      auto told =
          tell_failure(fact.error(), status, question, *account.provider, line.clock_difference);
      line.result = reason_name(fact.error().reason);
      line.fact = hide_secrets(std::move(told.fact), **account.secrets);
      line.advice = hide_secrets(std::move(told.advice), **account.secrets);
    }
  }

  static Result<AccessFact, Failure> read(const CheckedAccount& account,
                                          const AccessQuestion& question,
                                          Result<HttpResponse, Failure> response) {
    if (!response) return std::move(response).error();
    if (response->status < 200 || response->status > 299) {
      return account.provider->classify_error(*response);
    }
    return question.read(*response, account.account_id);
  }

  // A second more or less is what the header cannot tell.
  [[nodiscard]] std::optional<std::chrono::seconds> clock_difference(
      const HttpResponse& response) const {
    const auto there = read_http_date(response.header("date").value_or(""));
    if (!there) return std::nullopt;
    const auto difference = std::chrono::floor<std::chrono::seconds>(clock_.wall()) - *there;
    return std::chrono::abs(difference) <= std::chrono::seconds(1) ? std::chrono::seconds(0)
                                                                   : difference;
  }

  const Config& config_;
  Transport& transport_;
  const Clock& clock_;
  std::mt19937_64 random_;
  std::vector<CheckedAccount> accounts_;
  std::map<std::string, RateLimiter> paces_;  // by provider and access key id
  std::map<RequestId, UnderWay> under_way_;
  RequestId last_request_ = 0;
};

}  // namespace

std::vector<AccessLine> check_access(const ProviderTable& providers, const Config& config,
                                     const std::vector<AccountSecrets>& secrets,
                                     Transport& transport, const Clock& clock, std::uint64_t seed) {
  const AccessQuery query{std::chrono::floor<std::chrono::seconds>(clock.wall()),
                          config.polling.orders_window};
  AccessCheck check(config, transport, clock, seed);
  for (std::size_t i = 0; i < config.accounts.size(); ++i) {
    const AccountConfig& account = config.accounts[i];
    check.add(begin_account(account, providers.named(account.provider->name), secrets[i], query));
  }
  return check.run();
}

bool is_enough(const std::vector<AccessLine>& lines) {
  return std::all_of(lines.begin(), lines.end(), [](const AccessLine& line) {
    return line.dispensable || line.result == kAllowed;
  });
}

}  // namespace cloud_billing
