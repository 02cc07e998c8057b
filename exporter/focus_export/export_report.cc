#include "focus_export/export_report.h"

#include <string_view>

#include "access/text_table.h"

namespace cloud_billing {
namespace {

TableRow row_of(const ExportedMonth& month, std::string_view currency, const ExportedSums& sums) {
  std::string difference = "-";
  if (sums.provider_total) {
    Amount left = sums.billed_cost;
    difference = left.subtract(*sums.provider_total) ? left.to_decimal() : "too large";
  }
  return {month.account,
          month.month,
          std::to_string(month.rows),
          std::string(currency),
          sums.billed_cost.to_decimal(),
          sums.effective_cost.to_decimal(),
          sums.provider_total ? sums.provider_total->to_decimal() : "not known",
          difference};
}

}  // namespace

std::string write_export_table(const std::vector<ExportedMonth>& months, std::size_t width) {
  std::vector<TableRow> rows{{"ACCOUNT", "MONTH", "ROWS", "CURRENCY", "BILLED", "EFFECTIVE",
                              "PROVIDER'S TOTAL", "DIFFERENCE"}};
  for (const ExportedMonth& month : months) {
    if (month.failure) {
      rows.push_back({month.account, month.month, "-", "-", "-", "-", "-", "not in the file"});
    }
    if (!month.failure && month.sums.empty()) {
      rows.push_back({month.account, month.month, "0", "-", "-", "-", "-", "-"});
    }
    for (const auto& [currency, sums] : month.sums) rows.push_back(row_of(month, currency, sums));
  }
  return lay_out(rows, width);
}

std::vector<Error> missing_months(const std::vector<ExportedMonth>& months) {
  std::vector<Error> missing;
  for (const ExportedMonth& month : months) {
    if (!month.failure) continue;
    missing.push_back(
        Error{month.account + ", " + month.month + ": not in the file: " + *month.failure});
  }
  return missing;
}

}  // namespace cloud_billing
