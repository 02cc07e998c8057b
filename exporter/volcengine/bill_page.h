#pragma once

// Reads one answer of Volcengine's ListBillDetail: first what it says of itself, then its rows.
// Field names: www.volcengine.com/docs/6269/1127842 and the SDK models. Pure; one thread, one
// answer at a time.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "billing/bill.h"
#include "core/calendar.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "json/json_reader.h"
#include "volcengine/regions.h"
#include "volcengine/tags.h"

namespace cloud_billing::volcengine {

// What the answer says of the page that it is.
struct BillEnvelope {
  std::optional<std::int64_t> total;  // rows of the whole listing; absent where it does not tell
  std::optional<std::int64_t> limit;  // echoed
  std::optional<std::int64_t> offset;
};

// The texts are views into the answer being read.
struct Row {
  BillRow bill;
  std::string_view id;        // BillDetailId; empty where it has none
  std::string_view payer_id;  // whose bill it stands on
  std::optional<UtcSeconds> expense_end;
};

class BillPage {
 public:
  // Fails where the answer is no bill: an error with status 200, a gateway's page, or something not
  // understood. The answer must stay where it is while this object is used.
  [[nodiscard]] static Result<BillPage, Failure> open(HttpResponse& response);

  [[nodiscard]] const BillEnvelope& envelope() const { return envelope_; }

  // Gives every row to `take`, which returns false when a sum overflows. The number of rows, or why
  // one is unreadable. `currency` is that of rows which name none.
  [[nodiscard]] Result<std::int64_t, Failure> read_rows(
      std::string_view currency, Regions& regions, const std::function<bool(const Row&)>& take);

  // Of the rows' bytes: pages that differ have the same by chance only.
  [[nodiscard]] std::uint64_t digest() const;

  // After read_rows(): true where no row differs from another in what is read of it.
  [[nodiscard]] bool rows_alike() const { return rows_alike_; }

 private:
  BillPage(JsonDocument document, BillEnvelope envelope, std::string_view rows_text)
      : document_(std::move(document)), envelope_(envelope), rows_text_(rows_text) {}

  JsonDocument document_;
  BillEnvelope envelope_;
  std::string_view rows_text_;  // empty: no rows
  bool rows_alike_ = true;
};

// When an expense ended: "2026-11-23 04:05:06" in UTC+8, a plain date means its end. Nothing where
// there is none or it cannot be read.
[[nodiscard]] std::optional<UtcSeconds> read_expense_end(std::string_view text);

// "prepaid", "postpaid", "contract" or "fulfillment", from the text or the digit that stands for
// it; another one in lower case, held in `storage`.
[[nodiscard]] std::string_view billing_mode(std::string_view text, std::string& storage);

}  // namespace cloud_billing::volcengine
