#include "volcengine/balance.h"

#include <utility>

#include "volcengine/money.h"

namespace cloud_billing::volcengine {
namespace {

class VolcengineBalance final : public BalanceConversation {
 public:
  explicit VolcengineBalance(const AccountConfig& account) : account_(account) {}

  std::optional<PendingRequest> next() override {
    if (std::exchange(asked_, true)) return std::nullopt;
    ApiRequest request;
    request.operation = OperationId::kVolcengineQueryBalanceAcct;
    request.body = "{}";
    request.subject = "balance";
    return PendingRequest{0, std::move(request)};
  }

  std::optional<Failure> accept(std::uint64_t /*token*/, HttpResponse& response) override {
    auto balance = read_balance(response, account_.currency);
    if (!balance) return std::move(balance).error();
    balance_ = std::move(balance).value();
    return std::nullopt;
  }

  void fail(std::uint64_t /*token*/, const Failure& failure) override { failure_ = failure; }

  bool finished() const override { return failure_.has_value() || balance_.has_value(); }
  const std::optional<Failure>& failure() const override { return failure_; }
  // The limit is part of the balance.
  bool credit_refused() const override { return false; }
  Balance take_balance() override { return *std::move(balance_); }

 private:
  const AccountConfig& account_;
  bool asked_ = false;
  std::optional<Balance> balance_;
  std::optional<Failure> failure_;
};

}  // namespace

std::unique_ptr<BalanceConversation> ask_balance(const AccountConfig& account) {
  return std::make_unique<VolcengineBalance>(account);
}

}  // namespace cloud_billing::volcengine
