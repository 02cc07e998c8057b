#include "billing/effective_costs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloud_billing::effective_costs_test {
namespace {

const BillingMonth kNovember(std::chrono::year(2026) / std::chrono::November);

MonthCosts with_rows(std::size_t rows) {
  MonthCosts month;
  month.rows = rows;
  return month;
}

EffectiveCosts shares(std::size_t rows, UtcSeconds through) {
  EffectiveCosts costs{with_rows(rows)};
  costs.shares.data_through = through;
  return costs;
}

const UtcSeconds kBegin = kChinaTime.start_of(kNovember);
const UtcSeconds kSomeDays = kBegin + std::chrono::days(3);

TEST(EffectiveCosts, AreToldByRowsWhateverTheBillSays) {
  const MonthCosts none = with_rows(0);
  EXPECT_TRUE(is_told(shares(1, kSomeDays), nullptr));
  EXPECT_TRUE(is_told(shares(1, kSomeDays), &none));
}

TEST(EffectiveCosts, WithoutRowsAreZeroOnlyIfTheBillHasNoneEither) {
  const MonthCosts none = with_rows(0);
  const MonthCosts some = with_rows(1);
  EXPECT_TRUE(is_told(shares(0, kSomeDays), &none));
  EXPECT_FALSE(is_told(shares(0, kSomeDays), &some));
  EXPECT_FALSE(is_told(shares(0, kSomeDays), nullptr)) << "the bill may not be read at all";
}

TEST(EffectiveCosts, SeemSwitchedOffIfCoveredDaysHaveABillAndNoShares) {
  const MonthCosts none = with_rows(0);
  const MonthCosts some = with_rows(1);
  EXPECT_TRUE(seems_switched_off(shares(0, kSomeDays), kBegin, &some));
  EXPECT_FALSE(seems_switched_off(shares(0, kBegin), kBegin, &some)) << "no day is covered yet";
  EXPECT_FALSE(seems_switched_off(shares(0, kSomeDays), kBegin, &none));
  EXPECT_FALSE(seems_switched_off(shares(0, kSomeDays), kBegin, nullptr));
  EXPECT_FALSE(seems_switched_off(shares(1, kSomeDays), kBegin, &some));
}

// ---- regions ----

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

GroupLines groups(const std::vector<std::pair<std::vector<std::string>, std::string>>& lines) {
  GroupLines made;
  made.folded_groups = 7;
  for (const auto& [values, cost] : lines) {
    GroupLine& line = made.lines.emplace_back();
    line.key = join_cost_key(values);
    line.amounts[index_of(Measure::kBilledCost)] = amount(cost);
  }
  return made;
}

std::vector<std::string> texts(const GroupLines& groups) {
  std::vector<std::string> texts;
  for (const GroupLine& line : groups.lines) {
    std::string& text = texts.emplace_back();
    for (const std::string_view value : line.values()) text += std::string(value) + " ";
    text += line.amounts[index_of(Measure::kBilledCost)].to_decimal();
  }
  return texts;
}

const RegionIds kIds{{"华北2（北京）", "cn-beijing"}, {"北京", "cn-beijing"}};

TEST(RegionIds, StandForTheirNamesInGroupsWhichAreAddedIfTheyBecomeTheSame) {
  const AggregationConfig aggregation;  // service, region, billing mode
  const auto renamed = with_region_ids(groups({{{"CNY", "ECS", "北京", "prepaid"}, "1"},
                                               {{"CNY", "ECS", "华北2（北京）", "prepaid"}, "0.2"},
                                               {{"CNY", "ECS", "新加坡", "prepaid"}, "5"},
                                               {{"CNY", "TOS", "__other__", "prepaid"}, "9"}}),
                                       aggregation, kIds);
  ASSERT_TRUE(renamed);
  EXPECT_THAT(texts(*renamed),
              testing::ElementsAre("CNY ECS cn-beijing prepaid 1.2", "CNY ECS 新加坡 prepaid 5",
                                   "CNY TOS __other__ prepaid 9"));
  EXPECT_EQ(renamed->folded_groups, 7U);
}

TEST(RegionIds, LeaveOtherDimensionsAlone) {
  AggregationConfig aggregation;
  aggregation.group_by = {{GroupDimension::Kind::kServiceType, {}, "service_type"}};
  const auto same = with_region_ids(groups({{{"CNY", "北京"}, "1"}}), aggregation, kIds);
  ASSERT_TRUE(same);
  EXPECT_THAT(texts(*same), testing::ElementsAre("CNY 北京 1"));
}

}  // namespace
}  // namespace cloud_billing::effective_costs_test
