#pragma once

// Reads one response of Baidu's resource month bill (GET /v1/bill/resource/month) or of its
// amortised bill (GET /v1/bill/share/bill): first what it says of itself, then its rows. Pure; one
// thread, one response at a time.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "baidu/bill_fields.h"
#include "baidu/charge_fields.h"
#include "billing/bill.h"
#include "billing/charge.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/page_facts.h"

namespace cloud_billing::baidu {

struct BillEnvelope {
  PageFacts facts;  // rows: not yet known
  std::string account_id;
  std::string login_name;
  std::string sub_account_id;  // of a financial-circle member, else empty
  std::string sub_login_name;  // likewise

  // True if a financial-circle member is shown: its amounts are masked when it asks for itself.
  [[nodiscard]] bool shows_member() const { return !sub_account_id.empty(); }
  // The queried account's own id.
  [[nodiscard]] const std::string& own_id() const {
    return shows_member() ? sub_account_id : account_id;
  }
  // The name that it signs in with.
  [[nodiscard]] const std::string& own_name() const {
    return shows_member() ? sub_login_name : login_name;
  }
};

// What a row does not say itself.
struct RowContext {
  std::string_view billing_mode;    // of the listing
  std::string_view sub_account_id;  // the queried account's id
  std::string_view sub_account_name;
  std::string_view currency;
  std::string_view tag_separators;
};

// The kinds of bill: what the metrics need of them, or each row with all that it tells.
struct ResourceBill {
  static constexpr auto& kReader = kBillReader;
  using Row = BillRow;
};
struct ShareBill {
  static constexpr auto& kReader = kShareReader;
  using Row = BillRow;
};
struct ResourceCharges : ResourceBill {
  static constexpr auto& kReader = kChargeReader;
  using Row = Charge;
};
struct ShareCharges : ShareBill {
  static constexpr auto& kReader = kShareChargeReader;
  using Row = Charge;
};

template <typename Bill>
class BillPageOf {
 public:
  using Row = typename Bill::Row;

  // Fails if the response is no bill: an error with status 200, a gateway's page, or something not
  // understood. The response must stay as it is, and no other be opened, while this object
  // is used.
  [[nodiscard]] static Result<BillPageOf, Failure> open(HttpResponse& response);

  [[nodiscard]] const BillEnvelope& envelope() const { return envelope_; }

  // Gives every row to `take`, which returns false when a sum overflows. The number of rows, or why
  // one is unreadable.
  [[nodiscard]] Result<std::int64_t, Failure> read_rows(
      const RowContext& context, const std::function<bool(const Row&)>& take) const;

 private:
  using Rows = typename std::remove_cvref_t<decltype(Bill::kReader)>::List;

  BillPageOf(BillEnvelope envelope, Rows rows)
      : envelope_(std::move(envelope)), rows_(std::move(rows)) {}

  BillEnvelope envelope_;
  Rows rows_;
};

using BillPage = BillPageOf<ResourceBill>;
using SharePage = BillPageOf<ShareBill>;
using ChargePageReader = BillPageOf<ResourceCharges>;
using ShareChargePageReader = BillPageOf<ShareCharges>;

}  // namespace cloud_billing::baidu
