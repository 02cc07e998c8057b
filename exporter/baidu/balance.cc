#include "baidu/balance.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "baidu/bill_listings.h"
#include "baidu/bill_page.h"
#include "baidu/money.h"
#include "baidu/operations.h"
#include "baidu/provider.h"
#include "providers/composed_conversation.h"
#include "providers/single_request.h"

namespace cloud_billing::baidu {
namespace {

using OptionalQuota = std::optional<CreditQuota>;

// One row of the month's bill.
ApiRequest own_id_request(BillingMonth month) {
  ApiRequest request = bill_request(BillPeriod::of(month), "postpay", "", 1, 1);
  request.subject = "the account's id, from the postpay bill of " + month.text();
  return request;
}

// Cash and credit are asked for together. The credit quota is asked by the cloud's own account id,
// which any bill tells: while none is known, one row of the month's bill is asked for first. Cash
// is a result without them.
class BaiduBalance final : public ComposedConversation<Balance> {
 public:
  BaiduBalance(const AccountConfig& account, const BalanceQuery& query)
      : query_(query),
        cash_(cash_request(), [this](HttpResponse& response) { return read_cash(response); }) {
    balance_.currency = account.currency;
    balance_.account_id = query.account_id;
    if (query.refusals.holds(kCreditQuota, query.now)) {
      credit_done_ = true;
    } else if (balance_.account_id.empty()) {
      own_id_.emplace(own_id_request(kBillingZone.month_at(query.now)), read_own_id);
    } else {
      ask_credit();
    }
  }

 private:
  std::optional<PendingRequest> next_of_parts() override {
    if (auto pending = cash_.next()) return pending;
    if (credit_) return credit_->next();
    return own_id_ ? own_id_->next() : std::nullopt;
  }

  void look_at_parts() override {
    if (cash_.failure()) return give_up(*cash_.failure());
    if (!credit_done_) look_at_credit();
    if (!cash_.finished() || !credit_done_) return;
    if (!balance_.available_failure) balance_.available = available_;
    conclude(std::move(balance_));
  }

  void look_at_credit() {
    const AnyConversation& asked =
        credit_ ? static_cast<const AnyConversation&>(*credit_) : *own_id_;
    if (!asked.finished()) return;
    if (asked.failure()) {
      do_without_credit(*asked.failure());
    } else if (credit_) {
      credit_done_ = true;
    } else {
      balance_.account_id = own_id_->take_result();
      if (balance_.account_id.empty()) {
        credit_done_ = true;  // nothing to ask by
      } else {
        ask_credit();
      }
    }
  }

  // Normal for a key that may read the cash balance only, and for an account that has no quota. One
  // that was read before is not left out: the available balance would silently be too low.
  void do_without_credit(const Failure& failure) {
    const bool is_refusal =
        failure.reason == Reason::kPermission || failure.reason == Reason::kRequest;
    if (is_refusal && !query_.had_credit_limit) {
      query_.refusals.note(kCreditQuota, query_.now);
    } else {
      balance_.credit_limit.reset();
      balance_.available_failure =
          failure.with_prefix("the cash balance was read, the credit quota was not");
    }
    credit_done_ = true;
  }

  void ask_credit() {
    credit_.emplace(quota_request(balance_.account_id),
                    [this](HttpResponse& response) { return read_quota(response); });
  }

  Result<Amount, Failure> read_cash(HttpResponse& response) {
    auto cash = baidu::read_cash(response);
    if (!cash) return cash;
    balance_.cash = *cash;
    if (!available_.add(*cash)) return too_large();
    return cash;
  }

  Result<OptionalQuota, Failure> read_quota(HttpResponse& response) {
    auto quota = read_credit(response, balance_.account_id);
    if (!quota || !*quota) return quota;
    balance_.credit_limit = (*quota)->quota;
    if (!available_.add((*quota)->remaining)) return too_large();
    return quota;
  }

  static Result<std::string, Failure> read_own_id(HttpResponse& response) {
    const auto bill = BillPage::open(response);
    if (!bill) return bill.error();
    return bill->envelope().own_id();
  }

  static Failure too_large() { return Failure::decode("the available balance is too large"); }

  const BalanceQuery query_;
  Balance balance_;
  Amount available_;  // what is read of it so far
  SingleRequest<Amount> cash_;
  std::optional<SingleRequest<std::string>> own_id_;    // if it is not known
  std::optional<SingleRequest<OptionalQuota>> credit_;  // once the id is known
  bool credit_done_ = false;                            // read, or done without
};

}  // namespace

ApiRequest cash_request() {
  ApiRequest request;
  request.operation = &kCashBalance;
  request.body = "{}";
  request.subject = "cash balance";
  return request;
}

ApiRequest quota_request(const std::string& account_id) {
  ApiRequest request;
  request.operation = &kCreditQuota;
  request.body = nlohmann::json{{"accountIds", {account_id}}}.dump();
  request.subject = "credit quota";
  return request;
}

std::unique_ptr<Conversation<Balance>> ask_balance(const AccountConfig& account,
                                                   const BalanceQuery& query) {
  return std::make_unique<BaiduBalance>(account, query);
}

}  // namespace cloud_billing::baidu
