#include "baidu/sub_account_cash.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/field_reader.h"
#include "baidu/operations.h"
#include "baidu/response.h"
#include "json/json_walk.h"
#include "providers/composed_conversation.h"
#include "providers/conversation_set.h"
#include "providers/single_request.h"

namespace cloud_billing::baidu {
namespace {

constexpr Advice kSubAccountCashIsOptional{
    "Normal: the cash of the sub-accounts is left out, and asked for again after a day. To have "
    "it, "
    "use a key of their financial circle's (财务圈) master with the policy FCReadAccessPolicy "
    "(财务中心只读), and check the ids under sub_accounts."};
constexpr std::string_view kSubject = "cash of the sub-accounts";

// What is told of one of them.
struct ToldCash {
  OptionalAmount amount;
  JsonProblem problem;  // why there is no amount
};

// By id; empty: it was not told.
using ToldByAccount = std::map<std::string_view, std::optional<ToldCash>>;

JsonProblem read_row(JsonValue row, ToldByAccount& told) {
  std::string_view id;
  ToldCash cash;
  const JsonProblem problem = visit_fields(row, [&](std::string_view name, JsonValue value) {
    if (name == "accountId") return kFieldReader.read_text(value, id);
    if (name == "cashBalance") cash.problem = kFieldReader.read_amount(value, cash.amount);
    return JsonProblem{};
  });
  if (!problem.empty()) return problem;
  if (id.empty()) return "a row without accountId";
  const auto found = told.find(id);
  if (found == told.end()) return {};  // nobody asked for it
  if (!cash.problem.empty()) cash.amount.reset();
  if (!cash.amount && cash.problem.empty()) cash.problem = "no amount";
  std::optional<ToldCash>& known = found->second;
  if (known && known->amount != cash.amount) cash = {std::nullopt, "told twice, differently"};
  known = cash;
  return {};
}

Failure tell_unread(std::string_view id, JsonProblem problem, std::size_t unread) {
  std::string what = "cashBalance of sub-account " + std::string(id) + ": " + std::string(problem);
  if (unread > 1) what += " (and of " + std::to_string(unread - 1) + " more)";
  return response_not_understood(what).with_prefix(kSubject);
}

std::vector<std::unique_ptr<Conversation<SubAccountCash>>> ask_all(
    std::span<const std::string> ids) {
  std::vector<std::unique_ptr<Conversation<SubAccountCash>>> requests;
  while (!ids.empty()) {
    const auto asked = ids.first(std::min(ids.size(), kMostIdsOfARequest));
    requests.push_back(std::make_unique<SingleRequest<SubAccountCash>>(
        sub_account_cash_request(asked),
        [asked](HttpResponse& response) { return read_sub_account_cash(response, asked); }));
    ids = ids.subspan(asked.size());
  }
  return requests;
}

// A refusal is normal: of a key that is no master's, and where nobody was ever told it.
class SubAccountCashQuestion final : public ComposedConversation<SubAccountCash> {
 public:
  SubAccountCashQuestion(const AccountConfig& account, const SubAccountCashQuery& query)
      : query_(query),
        nothing_{account.currency, {}},
        all_(ask_all(account.settings.list("sub_accounts")), nothing_) {}

 private:
  std::optional<PendingRequest> next_of_parts() override { return all_.next(); }

  void look_at_parts() override {
    if (!all_.finished()) return;
    const auto& failure = all_.failure();
    if (!failure) return conclude(all_.take_result());
    const bool refused = failure->reason == Reason::kPermission ||
                         (failure->reason == Reason::kRequest && !query_.was_told);
    if (!refused) return give_up(*failure);
    query_.refusals.note(kSupervisorBalance, query_.now);
    conclude(nothing_);
  }

  const SubAccountCashQuery query_;
  const SubAccountCash nothing_;
  ConversationSet<SubAccountCash> all_;
};

}  // namespace

ApiRequest sub_account_cash_request(std::span<const std::string> ids) {
  ApiRequest request;
  request.operation = &kSupervisorBalance;
  request.body = nlohmann::json{{"accountIds", ids}}.dump();
  request.subject = kSubject;
  return request;
}

Result<SubAccountCash, Failure> read_sub_account_cash(HttpResponse& response,
                                                      std::span<const std::string> ids) {
  ToldByAccount told;
  for (const std::string& id : ids) told.emplace(id, std::nullopt);
  bool has_result = false;
  const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name != "result") return JsonProblem{};
    has_result = true;
    return visit_list(value, [&told](JsonValue row) { return read_row(row, told); });
  });
  if (!opened) return opened.error();
  if (opened->is_error() || !has_result) return opened->explain_missing(response.status, "result");
  SubAccountCash cash;
  std::pair<std::string_view, JsonProblem> first_unread;
  std::size_t unread = 0;
  for (const auto& [id, of_account] : told) {
    if (!of_account) continue;
    if (of_account->amount) {
      cash.balances.emplace(id, *of_account->amount);
    } else if (++unread == 1) {
      first_unread = {id, of_account->problem};
    }
  }
  if (unread > 0) cash.failure = tell_unread(first_unread.first, first_unread.second, unread);
  return cash;
}

std::optional<Question<SubAccountCash>> ask_sub_account_cash(const AccountConfig& account,
                                                             const SubAccountCashQuery& query) {
  if (account.settings.list("sub_accounts").empty()) return std::nullopt;
  if (query.refusals.holds(kSupervisorBalance, query.now)) return std::nullopt;
  return Question<SubAccountCash>(std::make_unique<SubAccountCashQuestion>(account, query));
}

AccessQuestion ask_sub_account_access(const AccountConfig& account) {
  const std::vector<std::string>& all = account.settings.list("sub_accounts");
  const std::span<const std::string> ids(all.data(), std::min(all.size(), kMostIdsOfARequest));
  AccessQuestion question;
  question.operation = &kSupervisorBalance;
  question.dispensable = true;
  question.if_refused = kSubAccountCashIsOptional;
  question.request = [ids](const std::string& /*account_id*/) {
    return sub_account_cash_request(ids);
  };
  question.read = [ids](HttpResponse& response,
                        const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    const auto cash = read_sub_account_cash(response, ids);
    if (!cash) return cash.error();
    if (cash->failure) return *cash->failure;
    return AccessFact{"cash of " + std::to_string(cash->balances.size()) + " of " +
                      count_of(std::ssize(ids), "sub-account")};
  };
  return question;
}

}  // namespace cloud_billing::baidu
