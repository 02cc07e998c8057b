#pragma once

// All bill rows of a Volcengine account over a month or a day. The conversations about a month and
// about a day are built on it.

#include <optional>
#include <string>
#include <string_view>

#include "billing/cost_snapshot.h"
#include "providers/growing_listing.h"
#include "providers/provider.h"
#include "volcengine/bill_page.h"
#include "volcengine/regions.h"

namespace cloud_billing::volcengine {

// Rows of a page: what the billing API holds at most.
inline constexpr std::int64_t kBillPageSize = 300;

// What a bill is asked for.
struct BillPeriod {
  BillingMonth month;
  std::optional<BillingDay> day;  // of that month; nothing: all of it

  [[nodiscard]] static BillPeriod of(BillingDay day);
  [[nodiscard]] std::string text() const;  // "2026-11", "2026-11-23"
};

class BillListing {
 public:
  // Account and aggregation must outlive the listing, and it must stay where it is.
  BillListing(const AccountConfig& account, const AggregationConfig& aggregation,
              BillPeriod period);
  BillListing(const BillListing&) = delete;
  BillListing& operator=(const BillListing&) = delete;

  [[nodiscard]] std::optional<PendingRequest> next() { return listing_.next(); }
  [[nodiscard]] std::optional<Failure> accept(std::uint64_t token, HttpResponse& response) {
    return listing_.accept(token, response);
  }
  void fail(std::uint64_t token, const Failure& failure) { listing_.fail(token, failure); }

  [[nodiscard]] bool finished() const { return listing_.finished(); }
  [[nodiscard]] const std::optional<Failure>& failure() const { return listing_.failure(); }

  // Once finished without failure, once: the rows with their regions resolved. Nothing where a sum
  // overflows.
  [[nodiscard]] std::optional<CostSnapshot> take_rows();
  // The latest end of a postpaid expense; nothing without one.
  [[nodiscard]] const std::optional<UtcSeconds>& latest_expense() const { return latest_expense_; }
  // The account's own id: the payer that owns rows itself. Empty where the bill does not tell.
  [[nodiscard]] const std::string& account_id() const { return account_id_; }

 private:
  [[nodiscard]] ApiRequest page_request(std::int64_t offset, std::int64_t limit);
  [[nodiscard]] Result<GrowingPageFacts, Failure> read_page(HttpResponse& response,
                                                            CostSnapshot& rows);
  void note_row(const Row& row);

  const AccountConfig& account_;
  BillPeriod period_;
  GrowingListing listing_;
  Regions regions_;
  std::optional<UtcSeconds> latest_expense_;
  std::string account_id_;
};

}  // namespace cloud_billing::volcengine
