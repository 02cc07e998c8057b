#include "bill_totals.h"

#include <algorithm>

#include "bill_tags.h"
#include "catalogue.h"

namespace simulator {
namespace {

constexpr std::string_view kTagPrefix = "tag:";

std::string dimension_value(const std::string& dimension, const BillRow& row,
                            const Account& account, const Tags& tags) {
  if (dimension == "service_type") {
    return service_code(row.service, account.invented_services);
  }
  if (dimension == "region_id") {
    return std::string(row.region);
  }
  if (dimension == "billing_mode") {
    return row.product_type == ProductType::kPrepaid ? "prepaid" : "postpaid";
  }
  if (dimension == "sub_account_id") {
    return account.id;
  }
  const auto found = std::find_if(tags.begin(), tags.end(), [&](const auto& tag) {
    return dimension.substr(0, kTagPrefix.size()) == kTagPrefix &&
           tag.first == dimension.substr(kTagPrefix.size());
  });
  return found == tags.end() ? "" : found->second;
}

template <typename Visitor>
void visit_rows(const Account& account, Month month, DayRange days, const Visitor& visitor) {
  for (const ProductType type : {ProductType::kPrepaid, ProductType::kPostpaid}) {
    const Listing listing(account, {month, days, type, false, {}, {}});
    for (std::size_t i = 0; i < listing.size(); ++i) {
      visitor(listing.row(i));
    }
  }
}

}  // namespace

void MeasureTotals::add(const RowAmounts& amounts) {
  billed_cost += amounts.finance_price;
  list_cost += amounts.origin_price;
  discount_amount += amounts.discount_price;
  coupon_amount +=
      amounts.coupon_price + amounts.discount_coupon_price + amounts.cash_equivalent_coupon_price;
  paid_amount += amounts.cash + amounts.rebate + amounts.credit_cost + amounts.credit_refund;
  unpaid_amount += amounts.debt;
  ++rows;
}

std::vector<Breakdown> add_up(const TotalsQuery& query) {
  std::vector<Breakdown> breakdowns(query.breakdowns.size());
  for (const Account* account : query.accounts) {
    visit_rows(*account, query.month, query.days, [&](const BillRow& row) {
      const Tags tags = tags_of(row, *account);
      for (std::size_t i = 0; i < breakdowns.size(); ++i) {
        std::vector<std::string> key;
        for (const std::string& dimension : query.breakdowns[i]) {
          key.push_back(dimension_value(dimension, row, *account, tags));
        }
        breakdowns[i][key].add(row.amounts);
      }
    });
  }
  return breakdowns;
}

std::map<SummaryKey, RowAmounts> summarize(const Account& account, Month month, DayRange days) {
  std::map<SummaryKey, RowAmounts> parts;
  visit_rows(account, month, days, [&](const BillRow& row) {
    parts[{row.service, row.product_type}] += row.amounts;
  });
  return parts;
}

}  // namespace simulator
