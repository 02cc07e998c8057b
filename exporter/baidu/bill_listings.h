#pragma once

// All bill rows of a Baidu account over a month or a day: the prepaid and the postpaid bill of the
// key's own account and of each sub-account, page by page. The conversations about a month and
// about a day are built on it.

#include <string>
#include <string_view>
#include <vector>

#include "billing/cost_snapshot.h"
#include "providers/listing_set.h"
#include "providers/provider.h"

namespace cloud_billing::baidu {

// What a bill is asked for.
struct BillPeriod {
  std::vector<QueryParameter> parameters;
  std::string text;  // "2026-11", "2026-11-23"

  [[nodiscard]] static BillPeriod of(BillingMonth month);
  [[nodiscard]] static BillPeriod of(BillingDay day);
};

// There is no bill of both: each is a listing of its own.
struct ProductType {
  std::string_view wire;
  std::string_view billing_mode;
};

// The bill request of one page. `product_type` is "prepay" or "postpay"; `query_account_id` is
// empty for the key's own account.
[[nodiscard]] ApiRequest bill_request(const BillPeriod& period, std::string_view product_type,
                                      std::string_view query_account_id, std::int64_t page,
                                      std::int64_t page_size);

// "<what> of <period>", and of which sub-account.
[[nodiscard]] std::string describe_baidu_request(std::string_view what, std::string_view period,
                                                 std::string_view query_account_id);

// The accounts whose bills and orders are read: "" for the key's own, then the sub-accounts.
[[nodiscard]] std::vector<std::string> billed_accounts(const AccountConfig& account);

class BillListings {
 public:
  // Account and aggregation must outlive the listings, and these must stay where they are.
  BillListings(const AccountConfig& account, const AggregationConfig& aggregation,
               BillPeriod period);
  BillListings(const BillListings&) = delete;
  BillListings& operator=(const BillListings&) = delete;

  [[nodiscard]] std::optional<PendingRequest> next() { return listings_.next(); }
  [[nodiscard]] std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) {
    return listings_.accept(token, response);
  }
  void fail(std::uint64_t token, const Failure& failure) { listings_.fail(token, failure); }

  [[nodiscard]] bool complete() const { return listings_.complete(); }
  [[nodiscard]] const std::optional<Failure>& failure() const { return listings_.failure(); }

  // Once complete; nothing where a sum overflows.
  [[nodiscard]] std::optional<CostSnapshot> merge() const {
    return listings_.merge(CostSnapshot(aggregation_));
  }
  // The account's own id as the bill tells it; empty before.
  [[nodiscard]] const std::string& account_id() const { return account_id_; }

 private:
  [[nodiscard]] Result<PageFacts, Failure> read_page(const std::string& billed,
                                                     const ProductType& type,
                                                     HttpResponse& response, CostSnapshot& rows);

  const AccountConfig& account_;
  const AggregationConfig& aggregation_;
  BillPeriod period_;
  ListingSet<CostSnapshot> listings_;
  std::string account_id_;
};

}  // namespace cloud_billing::baidu
