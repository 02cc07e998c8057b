#include "volcengine/balance.h"

#include <utility>

#include "providers/single_request.h"
#include "volcengine/money.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {

std::unique_ptr<Conversation<Balance>> ask_balance(const AccountConfig& account) {
  ApiRequest request;
  request.operation = &kQueryBalanceAcct;
  request.body = "{}";
  request.subject = "balance";
  return std::make_unique<SingleRequest<Balance>>(
      std::move(request),
      [&account](HttpResponse& response) { return read_balance(response, account.currency); });
}

}  // namespace cloud_billing::volcengine
