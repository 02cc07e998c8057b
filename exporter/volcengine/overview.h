#pragma once

// The provider's own total of a month, by currency: ListBillOverviewByProd, page by page. For
// information only: what cannot be read fails nothing. Part of the month's conversation, on its
// thread.

#include <map>
#include <optional>
#include <string>

#include "accounts/account_view.h"
#include "providers/provider.h"

namespace cloud_billing::volcengine {

class Overview {
 public:
  // The account must outlive it.
  Overview(const AccountConfig& account, BillingMonth month) : account_(account), month_(month) {}

  // The next page; nothing while one is under way, and when all are read.
  [[nodiscard]] std::optional<ApiRequest> next();
  [[nodiscard]] std::optional<Failure> accept(HttpResponse& response);
  void fail() { is_read_ = is_refused_ = true; }
  [[nodiscard]] bool finished() const { return is_read_; }

  // Once finished: beside our own sums. Empty where it could not be read.
  [[nodiscard]] std::vector<ProviderTotal> reconcile(const MonthCosts& costs) const;

 private:
  const AccountConfig& account_;
  BillingMonth month_;
  bool is_asked_ = false;
  bool is_read_ = false;
  bool is_refused_ = false;
  std::int64_t rows_ = 0;
  int pages_ = 0;
  std::map<std::string, Amount, std::less<>> payable_;
};

}  // namespace cloud_billing::volcengine
