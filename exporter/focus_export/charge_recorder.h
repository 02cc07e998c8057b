#pragma once

// Takes the rows of one bill into the spool while its conversation lasts. On the run's thread; the
// spool must outlive it.

#include <cstddef>
#include <cstdint>
#include <map>
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

// How much of bills has come.
struct ReadSoFar {
  std::size_t pages = 0;
  std::size_t of_pages = 0;  // that are known of, those that came among them
  std::size_t rows = 0;
};

class ChargeRecorder final : public ChargeSink {
 public:
  // Of the amortised bill only the shares of what is prepaid count: the bill has the rest.
  ChargeRecorder(Spool& spool, ChargeFamily family) : spool_(spool), family_(family) {}

  void expect_pages(std::size_t listing, std::int64_t pages) override;
  void begin_page() override;
  void add(const BillRow& row, const ChargeDetails& details) override;
  Result<ChargePage, Failure> end_page() override;
  void keep(std::vector<ChargePage> pages, RegionOf region_of) override;

  // Why the spool could not be written, which ends the run.
  [[nodiscard]] const std::optional<Error>& spool_error() const { return spool_error_; }
  [[nodiscard]] RecordedBill take_bill() { return std::move(bill_); }
  // Of a listing that is read once more, its first reading too.
  [[nodiscard]] ReadSoFar read_so_far() const;

 private:
  Spool& spool_;
  const ChargeFamily family_;
  std::string bytes_;     // of the page being read
  std::size_t rows_ = 0;  // likewise
  ReadSoFar read_;
  std::map<std::size_t, std::size_t> expected_;  // pages by listing
  RecordedBill bill_;
  std::optional<Error> spool_error_;
};

}  // namespace cloud_billing
