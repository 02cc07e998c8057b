#include "bill_totals.h"

#include <algorithm>

#include "amortized_rows.h"
#include "bill_tags.h"
#include "catalogue.h"
#include "wire_request.h"

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
  if (dimension == "currency") {
    return "CNY";
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

MeasureTotals measure(const RowAmounts& amounts) {
  MeasureTotals measures;
  measures.billed_cost = amounts.finance_price;
  measures.list_cost = amounts.origin_price;
  measures.discount_amount = amounts.discount_price;
  measures.coupon_amount =
      amounts.coupon_price + amounts.discount_coupon_price + amounts.cash_equivalent_coupon_price;
  measures.paid_amount =
      amounts.cash + amounts.rebate + amounts.credit_cost + amounts.credit_refund;
  measures.unpaid_amount = amounts.debt;
  measures.rows = 1;
  return measures;
}

void visit_shares(const Account& account, const TotalsQuery& query, const TotalsVisitor& visit) {
  for (const ProductType type : {ProductType::kPrepaid, ProductType::kPostpaid}) {
    const ShareListing listing(account, query.month, query.days, type);
    for (std::size_t i = 0; i < listing.size(); ++i) {
      const ShareRow share = listing.row(i);
      MeasureTotals amounts;
      amounts.billed_cost = share.days.share_of(share.row.amounts.finance_price);
      amounts.list_cost = share.days.share_of(share.row.amounts.origin_price);
      amounts.rows = 1;
      const Tags tags = tags_of(share.row, account);
      visit({"CNY", amounts, [&](const std::string& dimension) {
               return dimension_value(dimension, share.row, account, tags);
             }});
    }
  }
}

void visit_baidu_rows(const Account& account, const TotalsQuery& query,
                      const TotalsVisitor& visit) {
  if (query.amortized) {
    return visit_shares(account, query, visit);
  }
  visit_rows(account, query.month, query.days, [&](const BillRow& row) {
    const Tags tags = tags_of(row, account);
    visit({"CNY", measure(row.amounts), [&](const std::string& dimension) {
             return dimension_value(dimension, row, account, tags);
           }});
  });
}

}  // namespace

MeasureTotals& MeasureTotals::operator+=(const MeasureTotals& other) {
  billed_cost += other.billed_cost;
  list_cost += other.list_cost;
  discount_amount += other.discount_amount;
  coupon_amount += other.coupon_amount;
  paid_amount += other.paid_amount;
  unpaid_amount += other.unpaid_amount;
  rows += other.rows;
  return *this;
}

std::vector<Breakdown> add_up(const TotalsQuery& query) {
  std::vector<Breakdown> breakdowns(query.breakdowns.size());
  for (const Account* account : query.accounts) {
    const auto visit = [&](const TotalledRow& row) {
      const bool is_wanted = query.currency.empty() || query.currency == row.currency;
      for (std::size_t i = 0; i < breakdowns.size(); ++i) {
        if (!is_wanted && !contains(query.breakdowns[i], "currency")) {
          continue;
        }
        std::vector<std::string> key;
        for (const std::string& dimension : query.breakdowns[i]) {
          key.push_back(row.dimension(dimension));
        }
        breakdowns[i][key] += row.amounts;
      }
    };
    if (account->cloud == Cloud::kBaidu) {
      visit_baidu_rows(*account, query, visit);
    } else {
      visit_volcengine_rows(*account, query, visit);
    }
  }
  return breakdowns;
}

Date newest_complete_day(const Account& account, Moment now) {
  const std::chrono::sys_days today{account.billing_date(now)};
  return account.cloud == Cloud::kBaidu ? newest_complete_day(now)
                                        : Date{today - std::chrono::days{2}};
}

std::optional<DayRange> covered_days(const Account& account, Month month, Moment now) {
  const std::chrono::sys_days today{account.billing_date(now)};
  return days_until(month, account.cloud == Cloud::kBaidu ? newest_complete_day(now)
                                                          : Date{today - std::chrono::days{1}});
}

std::map<SummaryKey, RowAmounts> summarize(const Account& account, Month month, DayRange days) {
  std::map<SummaryKey, RowAmounts> parts;
  visit_rows(account, month, days, [&](const BillRow& row) {
    parts[{row.service, row.product_type}] += row.amounts;
  });
  return parts;
}

}  // namespace simulator
