// For any rows, grouping and limit, on any pages in any order: what is shown comes to what the rows
// came to, by long addition.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "billing/cost_snapshot.h"
#include "billing/costs.h"
#include "billing/known_days.h"
#include "billing/orders.h"
#include "billing/service_costs.h"
#include "tests/fuzz/exact_json.h"

namespace cloud_billing {
namespace {

// Amounts are kept as they are written, for the sum beside the program's own.
struct AnyRow {
  std::string service;
  std::string region;
  std::string mode;
  std::string sub_account;
  std::string project;
  std::string currency;
  std::string env;
  std::array<std::string, kAllMeasures.size()> amounts;

  [[nodiscard]] BillRow view() const {
    BillRow row;
    row.service_type = service;
    row.region_id = region;
    row.billing_mode = mode;
    row.sub_account_id = sub_account;
    row.project = project;
    row.currency = currency;
    if (!env.empty()) row.tags = {{"env", env}};
    for (std::size_t i = 0; i < amounts.size(); ++i) row.amounts[i] = *Amount::parse(amounts[i]);
    return row;
  }
};

std::ostream& operator<<(std::ostream& out, const AnyRow& row) {
  return out << row.service << '/' << row.region << '/' << row.mode << '/' << row.currency << '/'
             << row.env << '=' << row.amounts[0];
}

std::string any_amount() {
  const std::string units = std::to_string(*rc::gen::inRange<std::int64_t>(-2'000'000, 2'000'000));
  return units + "e-" + std::to_string(*rc::gen::inRange(0, 19));
}

rc::Gen<AnyRow> any_row() {
  return rc::gen::exec([] {
    AnyRow row;
    row.service = "s" + std::to_string(*rc::gen::inRange(0, 9));
    row.region = *rc::gen::element<std::string>("bj", "gz", "global", "");
    row.mode = *rc::gen::element<std::string>("prepaid", "postpaid", "contract");
    row.sub_account = *rc::gen::element<std::string>("1", "2", "__other__");
    row.project = *rc::gen::element<std::string>("", "web", "生产");
    row.currency = *rc::gen::element<std::string>("CNY", "CNY", "USD");
    row.env = *rc::gen::element<std::string>("", "prod", "test");
    for (std::string& amount : row.amounts) amount = any_amount();
    return row;
  });
}

AggregationConfig any_aggregation() {
  using Kind = GroupDimension::Kind;
  static const std::vector<GroupDimension> all{
      {Kind::kServiceType, {}, "service_type"}, {Kind::kRegionId, {}, "region_id"},
      {Kind::kBillingMode, {}, "billing_mode"}, {Kind::kSubAccountId, {}, "sub_account_id"},
      {Kind::kProject, {}, "project"},          {Kind::kTag, "env", "tag_env"}};
  AggregationConfig aggregation;
  aggregation.group_by.clear();
  for (const GroupDimension& dimension : all) {
    if (*rc::gen::arbitrary<bool>()) aggregation.group_by.push_back(dimension);
  }
  if (*rc::gen::arbitrary<bool>()) aggregation.tag_keys = {"env"};
  aggregation.max_series = *rc::gen::inRange<std::size_t>(1, 12);
  return aggregation;
}

std::vector<AnyRow> any_rows() { return *rc::gen::container<std::vector<AnyRow>>(any_row()); }

// The numbers 0 to `count` - 1 in any order.
std::vector<std::size_t> any_order(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = count; i > 1; --i) {
    std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
  }
  return order;
}

std::string sum_of_rows(const std::vector<AnyRow>& rows, const std::string& currency,
                        std::size_t measure) {
  LongSum sum;
  for (const AnyRow& row : rows) {
    if (row.currency == currency) RC_ASSERT(sum.add(row.amounts[measure]));
  }
  return sum.text().empty() ? "0" : sum.text();
}

// Of one currency.
std::string sum_of(const GroupLines& groups, const std::string& currency, std::size_t measure) {
  Amount sum;
  for (const GroupLine& line : groups.lines) {
    if (line.values().front() == currency) RC_ASSERT(sum.add(line.amounts[measure]));
  }
  return sum.to_decimal();
}

std::string told(const std::optional<GroupLines>& groups) {
  if (!groups) return "overflow";
  std::string out = std::to_string(groups->folded_groups) + "\n";
  for (const GroupLine& line : groups->lines) {
    out += line.key;
    for (const Amount amount : line.amounts) out += '|' + amount.to_decimal();
    out += '\n';
  }
  return out;
}

RC_GTEST_PROP(Folding, GivesTheSumOfTheRowsWhateverIsGroupedAndFolded, ()) {
  const std::vector<AnyRow> rows = any_rows();
  const AggregationConfig aggregation = any_aggregation();
  CostSnapshot snapshot(aggregation);
  for (const AnyRow& row : rows) RC_ASSERT(snapshot.fold(row.view()));
  const auto month = summarise_month(snapshot, aggregation, "CNY");
  RC_ASSERT(month.has_value());
  RC_ASSERT(month->rows == rows.size());
  std::set<std::string> currencies{"CNY"};
  for (const AnyRow& row : rows) currencies.insert(row.currency);
  for (const std::string& currency : currencies) {
    for (std::size_t measure = 0; measure < kAllMeasures.size(); ++measure) {
      const std::string expected = sum_of_rows(rows, currency, measure);
      Amount total;
      for (const auto& [key, amounts] : month->totals) {
        if (key.currency == currency) RC_ASSERT(total.add(amounts[measure]));
      }
      RC_ASSERT(total.to_decimal() == expected);
      if (!rows.empty()) RC_ASSERT(sum_of(month->groups, currency, measure) == expected);
      for (const GroupLines& tags : month->tag_groups) {
        RC_ASSERT(sum_of(tags, currency, measure) == expected);
      }
    }
    Amount services;
    for (const auto& [key, cost] : month->services) {
      if (key.currency == currency) RC_ASSERT(services.add(cost));
    }
    RC_ASSERT(services.to_decimal() == sum_of_rows(rows, currency, index_of(Measure::kBilledCost)));
  }
}

RC_GTEST_PROP(Folding, ShowsNoMoreGroupsThanAskedForBesideTheFoldedOnes, ()) {
  const std::vector<AnyRow> rows = any_rows();
  const AggregationConfig aggregation = any_aggregation();
  CostSnapshot snapshot(aggregation);
  for (const AnyRow& row : rows) RC_ASSERT(snapshot.fold(row.view()));
  const auto groups = snapshot.rank_groups();
  RC_ASSERT(groups.has_value());
  // Of the folded ones there is one for each currency, billing mode and sub-account, as far as rows
  // are grouped by these.
  const auto is_grouped_by = [&aggregation](GroupDimension::Kind kind) {
    return std::any_of(aggregation.group_by.begin(), aggregation.group_by.end(),
                       [kind](const GroupDimension& dimension) { return dimension.kind == kind; });
  };
  std::set<std::string> others;
  for (const AnyRow& row : rows) {
    std::string other = row.currency + '/';
    if (is_grouped_by(GroupDimension::Kind::kBillingMode)) other += row.mode;
    if (is_grouped_by(GroupDimension::Kind::kSubAccountId)) other += '/' + row.sub_account;
    others.insert(other);
  }
  RC_ASSERT(groups->lines.size() <= aggregation.max_series + others.size());
  std::set<std::string> keys;
  for (const GroupLine& line : groups->lines) RC_ASSERT(keys.insert(line.key).second);
  RC_ASSERT(std::is_sorted(groups->lines.begin(), groups->lines.end(),
                           [](const GroupLine& a, const GroupLine& b) { return a.key < b.key; }));
}

RC_GTEST_PROP(Folding, IsTheSameOnAnyPagesInAnyOrder, ()) {
  const std::vector<AnyRow> rows = any_rows();
  const AggregationConfig aggregation = any_aggregation();
  CostSnapshot whole(aggregation);
  for (const AnyRow& row : rows) RC_ASSERT(whole.fold(row.view()));

  std::vector<CostSnapshot> parts(*rc::gen::inRange<std::size_t>(1, 6), CostSnapshot(aggregation));
  for (const std::size_t row : any_order(rows.size())) {
    RC_ASSERT(parts[*rc::gen::inRange<std::size_t>(0, parts.size())].fold(rows[row].view()));
  }
  CostSnapshot merged(aggregation);
  for (const std::size_t part : any_order(parts.size())) RC_ASSERT(merged.merge(parts[part]));
  RC_ASSERT(merged.rows() == whole.rows());
  RC_ASSERT(merged.lacked() == whole.lacked());
  RC_ASSERT(told(merged.rank_groups()) == told(whole.rank_groups()));
  for (std::size_t tag = 0; tag < aggregation.tag_keys.size(); ++tag) {
    RC_ASSERT(told(merged.rank_tag_groups(tag)) == told(whole.rank_tag_groups(tag)));
  }
  RC_ASSERT(merged.totals() == whole.totals());
}

RC_GTEST_PROP(Folding, OnArrivalLosesNothing, ()) {
  const std::vector<AnyRow> rows = any_rows();
  std::vector<GroupSums> parts(2, GroupSums(*rc::gen::inRange<std::size_t>(0, 5)));
  const OtherOf other_of = [](std::string_view key) {
    return join_cost_key({std::string(split_cost_key(key).front()), std::string(kOther)});
  };
  for (const AnyRow& row : rows) {
    const CostKey key = join_cost_key({row.currency, row.service});
    GroupSums& part = parts[*rc::gen::inRange<std::size_t>(0, 2)];
    RC_ASSERT(part.add(key, other_of, row.view().amounts));
  }
  RC_ASSERT(parts[0].merge(parts[1]));
  for (const std::string currency : {"CNY", "USD"}) {
    Amount sum;
    for (const CostTable* table : {&parts[0].shown(), &parts[0].folded()}) {
      for (const auto& [key, amounts] : *table) {
        if (split_cost_key(key).front() == currency) RC_ASSERT(sum.add(amounts[0]));
      }
    }
    RC_ASSERT(sum.to_decimal() == sum_of_rows(rows, currency, 0));
  }
}

RC_GTEST_PROP(Folding, OfServicesLosesNothing, ()) {
  const std::vector<AnyRow> rows = any_rows();
  ServiceCosts costs;
  for (const AnyRow& row : rows) {
    const DayCostKey key{row.currency, row.service, row.mode};
    RC_ASSERT(costs.add(key, row.view().amounts[0]));
  }
  const auto most = *rc::gen::inRange<std::size_t>(0, 8);
  const auto folded = fold_services(costs, most);
  RC_ASSERT(folded.has_value());
  std::size_t shown = 0;
  std::map<std::string, Amount> sums;
  for (const auto& [key, cost] : folded->billed_costs) {
    RC_ASSERT(sums[key.currency].add(cost));
    if (key.service_type != kOther) ++shown;
  }
  RC_ASSERT(shown <= most);
  for (const auto& [currency, sum] : sums) {
    RC_ASSERT(sum.to_decimal() == sum_of_rows(rows, currency, 0));
  }
}

RC_GTEST_PROP(Orders, AreCountedOnceHoweverTheirListingsAreSplit, ()) {
  const std::vector<AnyRow> rows = any_rows();
  std::vector<Orders> listings(*rc::gen::inRange<std::size_t>(1, 4));
  for (const std::size_t row : any_order(rows.size())) {
    const AnyRow& order = rows[row];
    const Order as_listed{
        order.mode, order.region, order.service, order.currency, order.view().amounts[0], {}};
    Orders& listing = listings[*rc::gen::inRange<std::size_t>(0, listings.size())];
    RC_ASSERT(listing.add(as_listed));
  }
  Orders all;
  for (const std::size_t listing : any_order(listings.size())) {
    RC_ASSERT(all.merge(listings[listing]));
  }
  std::size_t count = 0;
  std::map<std::string, Amount> sums;
  for (const auto& [key, group] : all.groups()) {
    count += group.count;
    for (const auto& [currency, payable] : group.payable) RC_ASSERT(sums[currency].add(*payable));
  }
  RC_ASSERT(count == rows.size());
  for (const auto& [currency, sum] : sums) {
    RC_ASSERT(sum.to_decimal() == sum_of_rows(rows, currency, 0));
  }
}

// As polls bring them: the newest one first, the earlier ones in any order.
RC_GTEST_PROP(KnownDays, ComeToTheSumOfTheDaysInWhateverOrderTheyAreRead, ()) {
  const BillingDay newest = *parse_day("2026-11-23");
  const std::vector<AnyRow> rows = any_rows();
  constexpr std::size_t kDays = 23;
  std::vector<DayCosts> days(kDays);
  std::vector<std::vector<AnyRow>> rows_of_days(kDays);
  for (std::size_t i = 0; i < kDays; ++i) days[i].day = days_before(newest, static_cast<int>(i));
  for (const AnyRow& row : rows) {
    const auto day = *rc::gen::inRange<std::size_t>(0, kDays);
    const DayCostKey key{row.currency, row.service, row.mode};
    RC_ASSERT(days[day].billed_costs[key].add(row.view().amounts[0]));
    rows_of_days[day].push_back(row);
  }
  KnownDays known(days[0], UtcSeconds());
  for (const std::size_t day : any_order(kDays)) {
    if (day != 0) known.add_earlier(days[day], UtcSeconds());
  }
  const auto first = *rc::gen::inRange<std::size_t>(0, kDays);
  const auto last = *rc::gen::inRange<std::size_t>(0, first + 1);
  std::vector<AnyRow> expected;
  for (std::size_t day = last; day <= first; ++day) {
    expected.insert(expected.end(), rows_of_days[day].begin(), rows_of_days[day].end());
  }
  const DaysSum sum = known.sum(days[first].day, days[last].day);
  RC_ASSERT(sum.known == static_cast<int>(first - last + 1));
  RC_ASSERT(sum.fits);
  std::map<std::string, Amount> sums;
  for (const auto& [key, amount] : sum.sums) RC_ASSERT(sums[key.currency].add(amount));
  for (const auto& [currency, amount] : sums) {
    RC_ASSERT(amount.to_decimal() == sum_of_rows(expected, currency, 0));
  }
}

}  // namespace
}  // namespace cloud_billing
