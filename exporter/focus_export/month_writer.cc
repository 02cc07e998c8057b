#include "focus_export/month_writer.h"

#include <utility>

#include "focus/charge_record.h"
#include "focus/columns.h"

namespace cloud_billing {

MonthWriter::MonthWriter(ReadMonth month, const Spool& spool, const ServiceCategories& categories)
    : month_(std::move(month)), spool_(spool), categories_(categories) {
  exported_.account = month_.facts.account;
  exported_.month = month_.facts.text;
  month_.facts.account_id = month_.costs.account_id;
  month_.facts.has_shares = month_.is_amortised;
}

Status MonthWriter::write_page(const WriteOut& out) {
  const auto& billed = month_.bill.pages;
  const bool is_billed = next_page_ < billed.size();
  const RecordedBill& recorded = is_billed ? month_.bill : month_.shares;
  const ChargePage& page = recorded.pages[is_billed ? next_page_ : next_page_ - billed.size()];
  ++next_page_;
  if (Status read = spool_.read(page.place, page.size, bytes_); !read) return read;
  return write_charges(bytes_, is_billed ? ChargeFamily::kBilled : ChargeFamily::kShare,
                       recorded.region_of, out);
}

Status MonthWriter::write_charges(std::string_view bytes, ChargeFamily family,
                                  const RegionOf& region_of, const WriteOut& out) {
  lines_.clear();
  while (!bytes.empty()) {
    take_charge(bytes, charge_);
    name_region(charge_, family, region_of);
    const FocusRow row = make_focus_row(month_.facts, charge_, family, categories_);
    if (!count(row)) {
      return Error{exported_.account + ": the sum of " + exported_.month + " is too large"};
    }
    add_line(lines_, row);
  }
  return out(lines_.text());
}

// Rows of an amortised bill may have the region's display name only, which rows of the bill may
// tell the id of.
void MonthWriter::name_region(Charge& charge, ChargeFamily family, const RegionOf& region_of) {
  if (family == ChargeFamily::kShare) {
    const auto known = month_.costs.region_ids.find(charge.region_id);
    if (known == month_.costs.region_ids.end()) return;
    charge.details.region_name = charge.region_id;
    charge.region_id = known->second;
  } else {
    region_ = region_of(charge.region_id);
    charge.region_id = region_;
  }
}

bool MonthWriter::count(const FocusRow& row) {
  ++exported_.rows;
  auto sums = exported_.sums.find(row.charge.currency);
  if (sums == exported_.sums.end()) {
    sums = exported_.sums.emplace(row.charge.currency, ExportedSums()).first;
  }
  return sums->second.billed_cost.add(row.billed_cost) &&
         sums->second.effective_cost.add(row.effective_cost);
}

Result<ExportedMonth> MonthWriter::finish() {
  std::map<std::string, Amount> differences;
  for (const auto& [currency, sums] : exported_.sums) differences[currency] = sums.billed_cost;
  bool agrees = true;
  for (const auto& [mode, amounts] : month_.costs.totals) {
    exported_.sums.try_emplace(mode.currency);
    Amount& difference = differences[mode.currency];
    agrees = difference.subtract(amounts[index_of(Measure::kBilledCost)]) && agrees;
  }
  for (const auto& [currency, difference] : differences) agrees = agrees && difference == Amount();
  if (!agrees) {
    return Error{exported_.account + ": the lines of " + exported_.month +
                 " do not come to the sum of its bill"};
  }
  for (const ProviderTotal& total : month_.costs.provider_totals) {
    exported_.sums[total.currency].provider_total = total.billed_cost;
  }
  return std::move(exported_);
}

}  // namespace cloud_billing
