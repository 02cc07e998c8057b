#include "volcengine/balance.h"

#include "providers/single_request.h"
#include "volcengine/money.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {

ApiRequest balance_request() {
  ApiRequest request;
  request.operation = &kQueryBalanceAcct;
  request.body = "{}";
  request.subject = "balance";
  return request;
}

std::unique_ptr<Conversation<Balance>> ask_balance(const AccountConfig& account) {
  return std::make_unique<SingleRequest<Balance>>(
      balance_request(),
      [&account](HttpResponse& response) { return read_balance(response, account.currency); });
}

}  // namespace cloud_billing::volcengine
