#include "baidu/balance.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "baidu/bill_listings.h"
#include "baidu/bill_page.h"
#include "baidu/money.h"

namespace cloud_billing::baidu {
namespace {

enum Token : std::uint64_t { kCash, kOneRow, kCredit };

// Cash and credit are asked for together. The credit quota is asked by the cloud's own account id,
// which any bill answer tells: where none is known yet, one row of the month's bill is asked for
// first.
class BaiduBalance final : public BalanceConversation {
 public:
  BaiduBalance(const AccountConfig& account, const BalanceQuery& query)
      : month_(BillingMonth::at(query.now)),
        credit_wanted_(query.ask_credit),
        credit_known_(query.credit_known) {
    balance_.currency = account.currency;
    balance_.account_id = query.account_id;
  }

  std::optional<PendingRequest> next() override {
    if (finished()) return std::nullopt;
    if (!cash_asked_) {
      cash_asked_ = true;
      ApiRequest request;
      request.operation = OperationId::kBaiduCashBalance;
      request.body = "{}";
      request.subject = "cash balance";
      return PendingRequest{kCash, std::move(request)};
    }
    if (!credit_wanted_) return std::nullopt;
    if (balance_.account_id.empty()) {
      if (std::exchange(row_asked_, true)) return std::nullopt;
      return PendingRequest{kOneRow, bill_request(BillPeriod::of(month_), "postpay", "", 1, 1)};
    }
    if (std::exchange(credit_asked_, true)) return std::nullopt;
    ApiRequest request;
    request.operation = OperationId::kBaiduCreditQuota;
    request.body = nlohmann::json{{"accountIds", {balance_.account_id}}}.dump();
    request.subject = "credit quota";
    return PendingRequest{kCredit, std::move(request)};
  }

  std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) override {
    switch (token) {
      case kCash:
        return accept_cash(response);
      case kOneRow:
        return accept_row(response);
      default:
        return accept_credit(response);
    }
  }

  void fail(std::uint64_t token, const Failure& failure) override {
    const bool refused_for_good = failure.reason == Reason::kPermission ||
                                  (failure.reason == Reason::kRequest && !credit_known_);
    if (token != kCash && refused_for_good) {
      // Normal for a key that may read the cash balance only.
      credit_refused_ = true;
      credit_wanted_ = false;
    } else if (!failure_) {
      failure_ = failure;
    }
  }

  bool finished() const override {
    return failure_.has_value() || (cash_read_ && (credit_read_ || !credit_wanted_));
  }
  const std::optional<Failure>& failure() const override { return failure_; }
  bool credit_refused() const override { return credit_refused_; }
  Balance take_balance() override { return std::move(balance_); }

 private:
  std::optional<Failure> accept_cash(HttpResponse& response) {
    const auto cash = read_cash(response);
    if (!cash) return cash.error();
    cash_read_ = true;
    balance_.cash = *cash;
    return add_available(*cash);
  }

  std::optional<Failure> accept_row(HttpResponse& response) {
    const auto bill = BillPage::open(response);
    if (!bill) return bill.error();
    balance_.account_id = bill->envelope().own_id();
    if (balance_.account_id.empty()) credit_wanted_ = false;  // nothing to ask by
    return std::nullopt;
  }

  std::optional<Failure> accept_credit(HttpResponse& response) {
    const auto credit = read_credit(response, balance_.account_id);
    if (!credit) return credit.error();
    credit_read_ = true;
    if (!*credit) return std::nullopt;
    balance_.credit_limit = (*credit)->quota;
    return add_available((*credit)->remaining);
  }

  std::optional<Failure> add_available(Amount amount) {
    if (balance_.available.add(amount)) return std::nullopt;
    Failure failure;
    failure.reason = Reason::kDecode;
    failure.message = "the available balance is too large";
    return failure;
  }

  BillingMonth month_;
  Balance balance_;
  bool credit_wanted_;
  bool credit_known_;
  bool cash_asked_ = false;
  bool row_asked_ = false;
  bool credit_asked_ = false;
  bool cash_read_ = false;
  bool credit_read_ = false;
  bool credit_refused_ = false;
  std::optional<Failure> failure_;
};

}  // namespace

std::unique_ptr<BalanceConversation> ask_balance(const AccountConfig& account,
                                                 const BalanceQuery& query) {
  return std::make_unique<BaiduBalance>(account, query);
}

}  // namespace cloud_billing::baidu
