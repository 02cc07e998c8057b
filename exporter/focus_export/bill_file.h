#pragma once

// Writes the months of all accounts into the file in its order, each as soon as it is read and
// those before it are written. On the run's thread; accounts, spool and categories must outlive it.

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "focus/service_categories.h"
#include "focus_export/account_reading.h"
#include "focus_export/exported_month.h"
#include "focus_export/month_writer.h"
#include "focus_export/spool.h"

namespace cloud_billing {

class BillFile {
 public:
  // As many months of each account.
  BillFile(std::deque<AccountReading>& accounts, std::size_t months_per_account, const Spool& spool,
           const ServiceCategories& categories, WriteOut out);

  [[nodiscard]] Status write_header();
  // Whether there is something to write now.
  [[nodiscard]] bool is_writing() { return writer_ || (!is_done() && next_outcome() != nullptr); }
  // One page more, so that requests that come due meanwhile leave in time.
  [[nodiscard]] Status write_on();

  [[nodiscard]] bool is_done() const {
    return months_.size() == accounts_.size() * months_per_account_;
  }
  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::vector<ExportedMonth> take_months() { return std::move(months_); }

 private:
  [[nodiscard]] AccountReading& next_account() {
    return accounts_[months_.size() / months_per_account_];
  }
  [[nodiscard]] MonthOutcome* next_outcome();

  std::deque<AccountReading>& accounts_;
  const std::size_t months_per_account_;
  const Spool& spool_;
  const ServiceCategories& categories_;
  const WriteOut out_;
  std::size_t rows_ = 0;
  std::vector<ExportedMonth> months_;  // that are done
  std::optional<MonthWriter> writer_;  // of the next one
};

}  // namespace cloud_billing
