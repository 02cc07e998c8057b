#pragma once

// Writes the lines of one month of an account, page after page, from the spool. On the run's
// thread; the spool and the categories must outlive it.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "billing/costs.h"
#include "core/result.h"
#include "focus/csv_lines.h"
#include "focus/focus_row.h"
#include "focus/service_categories.h"
#include "focus_export/charge_recorder.h"
#include "focus_export/exported_month.h"
#include "focus_export/spool.h"

namespace cloud_billing {

// Where the file's content goes.
using WriteOut = std::function<Status(std::string_view content)>;

// A month that was read whole.
struct ReadMonth {
  FocusMonth facts;
  MonthCosts costs;
  RecordedBill bill;
  RecordedBill shares;        // no pages: none were asked for, or none are told
  bool is_amortised = false;  // what is prepaid costs its shares, also those that are yet to come
};

class MonthWriter {
 public:
  MonthWriter(ReadMonth month, const Spool& spool, const ServiceCategories& categories);

  [[nodiscard]] bool is_done() const { return next_page_ == pages(); }
  // Lines so far.
  [[nodiscard]] std::size_t rows() const { return exported_.rows; }
  // Writes the lines of one page more.
  [[nodiscard]] Status write_page(const WriteOut& out);

  // Once done. Fails if the lines do not come to what the bill's rows came to.
  [[nodiscard]] Result<ExportedMonth> finish();

 private:
  [[nodiscard]] std::size_t pages() const {
    return month_.bill.pages.size() + month_.shares.pages.size();
  }
  [[nodiscard]] Status write_charges(std::string_view bytes, ChargeFamily family,
                                     const RegionOf& region_of, const WriteOut& out);
  void name_region(Charge& charge, ChargeFamily family, const RegionOf& region_of);
  [[nodiscard]] bool count(const FocusRow& row);

  ReadMonth month_;
  const Spool& spool_;
  const ServiceCategories& categories_;
  std::size_t next_page_ = 0;
  ExportedMonth exported_;

  // Of the page being written.
  std::string bytes_;
  CsvLines lines_;
  Charge charge_;
  std::string region_;
};

}  // namespace cloud_billing
