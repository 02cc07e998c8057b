#include "focus_export/bill_file.h"

#include <string>
#include <utility>

#include "focus/columns.h"

namespace cloud_billing {

BillFile::BillFile(std::deque<AccountReading>& accounts, std::size_t months_per_account,
                   const Spool& spool, const ServiceCategories& categories, WriteOut out)
    : accounts_(accounts),
      months_per_account_(months_per_account),
      spool_(spool),
      categories_(categories),
      out_(std::move(out)) {}

Status BillFile::write_header() {
  CsvLines header;
  add_header(header);
  return out_(header.text());
}

// Null while it is not known.
MonthOutcome* BillFile::next_outcome() {
  auto& outcomes = next_account().outcomes();
  const std::size_t month = months_.size() % months_per_account_;
  return month < outcomes.size() ? &outcomes[month] : nullptr;
}

Status BillFile::write_on() {
  if (!is_writing()) return {};
  if (!writer_) {
    MonthOutcome& outcome = *next_outcome();
    if (!outcome.read) {
      months_.push_back(
          {next_account().subject().config.name, outcome.month, 0, {}, std::move(outcome.failure)});
      return {};
    }
    writer_.emplace(*std::move(outcome.read), spool_, categories_);
    outcome.read.reset();
  }
  if (!writer_->is_done()) {
    const std::size_t rows_before = writer_->rows();
    Status written = writer_->write_page(out_);
    rows_ += writer_->rows() - rows_before;
    return written;
  }
  auto finished = writer_->finish();
  writer_.reset();
  if (!finished) return finished.error();
  months_.push_back(std::move(finished).value());
  return {};
}

}  // namespace cloud_billing
