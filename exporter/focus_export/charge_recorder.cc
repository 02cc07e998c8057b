#include "focus_export/charge_recorder.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "billing/billing_mode.h"
#include "focus/charge_record.h"

namespace cloud_billing {

void ChargeRecorder::expect_pages(std::size_t listing, std::int64_t pages) {
  std::size_t& expected = expected_[listing];
  read_.of_pages -= std::exchange(expected, static_cast<std::size_t>(pages));
  read_.of_pages += expected;
}

ReadSoFar ChargeRecorder::read_so_far() const {
  return {read_.pages, std::max(read_.of_pages, read_.pages), read_.rows};
}

void ChargeRecorder::begin_page() {
  bytes_.clear();
  rows_ = 0;
}

void ChargeRecorder::add(const BillRow& row, const ChargeDetails& details) {
  if (family_ == ChargeFamily::kShare && row.billing_mode != kPrepaid) return;
  append_charge(bytes_, row, details);
  ++rows_;
}

Result<ChargePage, Failure> ChargeRecorder::end_page() {
  ChargePage page;
  page.place = spool_.size();
  page.size = bytes_.size();
  if (const Status written = spool_.append(bytes_); !written) {
    spool_error_ = written.error();
    return Failure{Reason::kRequest, written.error().message};
  }
  ++read_.pages;
  read_.rows += rows_;
  return page;
}

void ChargeRecorder::keep(std::vector<ChargePage> pages, RegionOf region_of) {
  std::sort(pages.begin(), pages.end(), [](const ChargePage& a, const ChargePage& b) {
    return std::tie(a.listing, a.number) < std::tie(b.listing, b.number);
  });
  bill_ = {std::move(pages), std::move(region_of)};
}

}  // namespace cloud_billing
