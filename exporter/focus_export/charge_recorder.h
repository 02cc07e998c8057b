#pragma once

// Takes the rows of one bill into the spool while its conversation lasts. On the run's thread; the
// spool must outlive it.

#include <optional>
#include <string>
#include <vector>

#include "focus/focus_row.h"
#include "focus_export/spool.h"
#include "providers/charge_sink.h"

namespace cloud_billing {

// A bill whose rows added up: where they are in the spool, in the order of listings and pages.
struct RecordedBill {
  std::vector<ChargePage> pages;
  RegionOf region_of;
};

class ChargeRecorder final : public ChargeSink {
 public:
  // Of the amortised bill only the shares of what is prepaid count: the bill has the rest.
  ChargeRecorder(Spool& spool, ChargeFamily family) : spool_(spool), family_(family) {}

  void begin_page() override { bytes_.clear(); }
  void add(const BillRow& row, const ChargeDetails& details) override;
  Result<ChargePage, Failure> end_page() override;
  void keep(std::vector<ChargePage> pages, RegionOf region_of) override;

  // Why the spool could not be written, which ends the run.
  [[nodiscard]] const std::optional<Error>& spool_error() const { return spool_error_; }
  [[nodiscard]] RecordedBill take_bill() { return std::move(bill_); }

 private:
  Spool& spool_;
  const ChargeFamily family_;
  std::string bytes_;  // of the page being read
  RecordedBill bill_;
  std::optional<Error> spool_error_;
};

}  // namespace cloud_billing
