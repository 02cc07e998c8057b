#pragma once

// Reads one response of Volcengine's ListBillDetail or ListAmortizedCostBillMonthly: first what it
// says of itself, then its rows. Pure; one thread, one response at a time.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "billing/bill.h"
#include "billing/charge.h"
#include "core/calendar.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "volcengine/bill_fields.h"
#include "volcengine/charge_fields.h"
#include "volcengine/regions.h"
#include "volcengine/site.h"

namespace cloud_billing::volcengine {

// What rows do not say themselves.
struct BillTerms {
  std::string_view currency;  // of rows that name none
  const Site& site;           // on which they were billed
};

// What the response says of the page that it is.
struct BillEnvelope {
  std::optional<std::int64_t> total;  // rows of the whole listing; absent if it does not tell
  std::optional<std::int64_t> limit;  // echoed
  std::optional<std::int64_t> offset;
};

// The texts are views into the response being read.
template <typename BilledRow>
struct RowOf {
  BilledRow bill;
  std::string_view id;        // BillDetailId; empty if it has none
  std::string_view payer_id;  // whose bill it stands on
  std::optional<UtcSeconds> expense_end;
};
using Row = RowOf<BillRow>;

// The kinds of bill: what the metrics need of them, with tax where the site adds it; or each row
// with all that it tells.
struct DetailBill {
  static constexpr auto& kReader = kBillReader;
  using BilledRow = BillRow;
};
struct TaxedDetailBill : DetailBill {
  static constexpr auto& kReader = kTaxedBillReader;
};
struct AmortizedBill {
  static constexpr auto& kReader = kShareReader;
  using BilledRow = BillRow;
};
struct TaxedAmortizedBill : AmortizedBill {
  static constexpr auto& kReader = kTaxedShareReader;
};
struct DetailCharges : DetailBill {
  static constexpr auto& kReader = kChargeReader;
  using BilledRow = Charge;
};
struct TaxedDetailCharges : DetailCharges {
  static constexpr auto& kReader = kTaxedChargeReader;
};
struct AmortizedCharges : AmortizedBill {
  static constexpr auto& kReader = kShareChargeReader;
  using BilledRow = Charge;
};
struct TaxedAmortizedCharges : AmortizedCharges {
  static constexpr auto& kReader = kTaxedShareChargeReader;
};

template <typename Bill>
class BillPageOf {
 public:
  using Row = RowOf<typename Bill::BilledRow>;

  // Fails if the response is no bill: an error with status 200, a gateway's page, or something not
  // understood. The response must stay as it is, and no other be opened, while this object
  // is used.
  [[nodiscard]] static Result<BillPageOf, Failure> open(HttpResponse& response);

  [[nodiscard]] const BillEnvelope& envelope() const { return envelope_; }

  // Gives every row to `take`, which returns false when a sum overflows. The number of rows, or why
  // one is unreadable.
  [[nodiscard]] Result<std::int64_t, Failure> read_rows(
      const BillTerms& terms, Regions& regions, const std::function<bool(const Row&)>& take) const;

  // Of the rows' bytes: pages that differ have the same by chance only.
  [[nodiscard]] std::uint64_t digest() const;

 private:
  using Rows = typename std::remove_cvref_t<decltype(Bill::kReader)>::List;

  BillPageOf(const BillEnvelope& envelope, Rows rows)
      : envelope_(envelope), rows_(std::move(rows)) {}

  BillEnvelope envelope_;
  Rows rows_;
};

using BillPage = BillPageOf<DetailBill>;
using TaxedBillPage = BillPageOf<TaxedDetailBill>;
using AmortizedPage = BillPageOf<AmortizedBill>;
using TaxedAmortizedPage = BillPageOf<TaxedAmortizedBill>;
using ChargePageReader = BillPageOf<DetailCharges>;
using TaxedChargePageReader = BillPageOf<TaxedDetailCharges>;
using ShareChargePageReader = BillPageOf<AmortizedCharges>;
using TaxedShareChargePageReader = BillPageOf<TaxedAmortizedCharges>;

// When an expense began and ended: "2026-11-23 04:05:06" in that zone, a plain date means its start
// or its end. Nothing if there is none or it cannot be read.
[[nodiscard]] std::optional<UtcSeconds> read_expense_begin(std::string_view text, BillingZone zone);
[[nodiscard]] std::optional<UtcSeconds> read_expense_end(std::string_view text, BillingZone zone);

// "prepaid", "postpaid", "contract" or "fulfillment", from the text in Chinese or English or the
// digit that stands for it; another one in lower case, held in `storage`.
[[nodiscard]] std::string_view billing_mode(std::string_view text, std::string& storage);

}  // namespace cloud_billing::volcengine
