#include "billing/cost_snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/account_view.h"
#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kLargest = "170141183460469231731.687303715884105727";

// A snapshot keeps this many groups of a listing before it folds new ones on arrival, or 20 times
// max_series where that is more.
constexpr int kGroupsKept = 10000;

BillRow row_of(std::string_view service, std::string_view region, std::string_view billed,
               std::string_view list) {
  BillRow row;
  row.service_type = service;
  row.region_id = region;
  row.billing_mode = "postpaid";
  row.sub_account_id = "main";
  row.currency = "CNY";
  row.amounts[index_of(Measure::kBilledCost)] = amount(billed);
  row.amounts[index_of(Measure::kListCost)] = amount(list);
  return row;
}

GroupDimension dimension(GroupDimension::Kind kind, std::string label, std::string tag_key = {}) {
  GroupDimension result;
  result.kind = kind;
  result.label = std::move(label);
  result.tag_key = std::move(tag_key);
  return result;
}

using Kind = GroupDimension::Kind;

AggregationConfig by_service(std::size_t max_series) {
  AggregationConfig aggregation;
  aggregation.group_by = {dimension(Kind::kServiceType, "service_type")};
  aggregation.max_series = max_series;
  return aggregation;
}

// Lines as "CNY,SCS,bj=119.68", of one measure.
std::vector<std::string> lines_of(const std::optional<GroupLines>& groups,
                                  Measure measure = Measure::kBilledCost) {
  std::vector<std::string> lines;
  if (!groups) return {"overflow"};
  for (const GroupLine& line : groups->lines) {
    std::string text;
    for (const std::string_view value : line.values())
      text.append(text.empty() ? "" : ",").append(value);
    lines.push_back(text + "=" + line.amounts[index_of(measure)].to_decimal());
  }
  return lines;
}

std::string sum_of(const GroupLines& groups, Measure measure) {
  Amount sum;
  for (const GroupLine& line : groups.lines) {
    EXPECT_TRUE(sum.add(line.amounts[index_of(measure)]));
  }
  return sum.to_decimal();
}

TEST(CostSnapshot, SumsRowsOfAGroupExactly) {
  const AggregationConfig aggregation = by_service(500);
  CostSnapshot snapshot(aggregation);
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(snapshot.fold(row_of("BCC", "bj", "0.1", "0.2")));
  ASSERT_TRUE(snapshot.fold(row_of("SCS", "bj", "119.68", "119.68")));
  ASSERT_TRUE(snapshot.fold(row_of("SCS", "gz", "-19.680000000000000001", "0")));
  EXPECT_EQ(snapshot.rows(), 12U);
  EXPECT_THAT(lines_of(snapshot.rank_groups()),
              ElementsAre("CNY,BCC=1", "CNY,SCS=99.999999999999999999"));
  EXPECT_THAT(lines_of(snapshot.rank_groups(), Measure::kListCost),
              ElementsAre("CNY,BCC=2", "CNY,SCS=119.68"));
}

TEST(CostSnapshot, GroupsByEveryDimensionInTheOrderAskedFor) {
  AggregationConfig aggregation;
  aggregation.group_by = {dimension(Kind::kTag, "tag_env", "env"),
                          dimension(Kind::kProject, "project"),
                          dimension(Kind::kSubAccountId, "sub_account_id"),
                          dimension(Kind::kBillingMode, "billing_mode"),
                          dimension(Kind::kRegionId, "region_id"),
                          dimension(Kind::kServiceType, "service_type")};
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("SCS", "bj", "1", "2");
  row.project = "web";
  row.tags = {{"team", "infra"}, {"env", "prod"}};
  ASSERT_TRUE(snapshot.fold(row));
  row.tags.clear();
  ASSERT_TRUE(snapshot.fold(row));
  EXPECT_THAT(lines_of(snapshot.rank_groups()), ElementsAre("CNY,,web,main,postpaid,bj,SCS=1",
                                                            "CNY,prod,web,main,postpaid,bj,SCS=1"));
}

TEST(CostSnapshot, WithoutGroupByHasOneGroupPerCurrency) {
  AggregationConfig aggregation = by_service(1);
  aggregation.group_by.clear();
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("SCS", "bj", "1", "1");
  ASSERT_TRUE(snapshot.fold(row));
  row.region_id = "gz";
  ASSERT_TRUE(snapshot.fold(row));
  EXPECT_THAT(lines_of(snapshot.rank_groups()), ElementsAre("CNY=2"));
}

TEST(CostSnapshot, NeverAddsAcrossCurrencies) {
  const AggregationConfig aggregation = by_service(1);
  CostSnapshot snapshot(aggregation);
  for (const std::string_view currency : {"CNY", "USD", "CNY"}) {
    for (const std::string_view service : {"BCC", "SCS"}) {
      BillRow row = row_of(service, "bj", service == "BCC" ? "3" : "1", "0");
      row.currency = currency;
      ASSERT_TRUE(snapshot.fold(row));
    }
  }
  // One group is shown; the rest folds, each in its own currency.
  EXPECT_THAT(lines_of(snapshot.rank_groups()),
              ElementsAre("CNY,BCC=6", "CNY,__other__=2", "USD,__other__=4"));
}

TEST(Folding, ShowsTheLargestGroupsByBilledOrListCostWhicheverIsLarger) {
  const AggregationConfig aggregation = by_service(3);
  CostSnapshot snapshot(aggregation);
  ASSERT_TRUE(snapshot.fold(row_of("all_discounted", "bj", "0", "1000")));
  ASSERT_TRUE(snapshot.fold(row_of("refunded", "bj", "-500", "0")));
  ASSERT_TRUE(snapshot.fold(row_of("middle", "bj", "100", "100")));
  ASSERT_TRUE(snapshot.fold(row_of("small", "bj", "99.999999999999999999", "1")));
  ASSERT_TRUE(snapshot.fold(row_of("free", "bj", "0", "0")));
  const auto groups = snapshot.rank_groups();
  EXPECT_THAT(lines_of(groups),
              ElementsAre("CNY,__other__=99.999999999999999999", "CNY,all_discounted=0",
                          "CNY,middle=100", "CNY,refunded=-500"));
  EXPECT_EQ(groups->folded_groups, 2U);
}

TEST(Folding, TakesTiesInLabelOrder) {
  const AggregationConfig aggregation = by_service(2);
  CostSnapshot snapshot(aggregation);
  for (const std::string_view service : {"d", "b", "a", "c"}) {
    ASSERT_TRUE(snapshot.fold(row_of(service, "bj", "7", "7")));
  }
  EXPECT_THAT(lines_of(snapshot.rank_groups()),
              ElementsAre("CNY,__other__=14", "CNY,a=7", "CNY,b=7"));
}

TEST(Folding, KeepsBillingModeAndSubAccount) {
  AggregationConfig aggregation;
  aggregation.group_by = {
      dimension(Kind::kServiceType, "service_type"), dimension(Kind::kBillingMode, "billing_mode"),
      dimension(Kind::kSubAccountId, "sub_account_id"), dimension(Kind::kTag, "tag_env", "env")};
  aggregation.max_series = 1;
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("BCC", "bj", "100", "100");
  ASSERT_TRUE(snapshot.fold(row));
  for (const std::string_view mode : {"prepaid", "postpaid"}) {
    for (const std::string_view id : {"main", "sub"}) {
      for (const std::string_view service : {"BOS", "CDN"}) {
        row = row_of(service, "bj", "1", "1");
        row.billing_mode = mode;
        row.sub_account_id = id;
        ASSERT_TRUE(snapshot.fold(row));
      }
    }
  }
  const auto groups = snapshot.rank_groups();
  EXPECT_THAT(lines_of(groups),
              ElementsAre("CNY,BCC,postpaid,main,=100", "CNY,__other__,postpaid,main,__other__=2",
                          "CNY,__other__,postpaid,sub,__other__=2",
                          "CNY,__other__,prepaid,main,__other__=2",
                          "CNY,__other__,prepaid,sub,__other__=2"));
  EXPECT_EQ(groups->folded_groups, 8U);
}

TEST(Folding, CountsNoGroupWhoseLabelsAllStay) {
  AggregationConfig aggregation;
  aggregation.group_by = {dimension(Kind::kSubAccountId, "sub_account_id")};
  aggregation.max_series = 1;
  CostSnapshot snapshot(aggregation);
  for (const std::string_view id : {"a", "b", "c"}) {
    BillRow row = row_of("BCC", "bj", "1", "1");
    row.sub_account_id = id;
    ASSERT_TRUE(snapshot.fold(row));
  }
  const auto groups = snapshot.rank_groups();
  EXPECT_THAT(lines_of(groups), ElementsAre("CNY,a=1", "CNY,b=1", "CNY,c=1"));
  EXPECT_EQ(groups->folded_groups, 0U);
}

TEST(Folding, OfMoreGroupsThanAreKeptIsStillExact) {
  const AggregationConfig aggregation = by_service(2);
  CostSnapshot snapshot(aggregation);
  constexpr int kFoldedOnArrival = 1000;
  std::vector<std::string> names;
  for (int i = 0; i < kGroupsKept + kFoldedOnArrival; ++i) names.push_back("s" + std::to_string(i));
  for (int twice = 0; twice < 2; ++twice) {
    for (const std::string& name : names)
      ASSERT_TRUE(snapshot.fold(row_of(name, "bj", "0.1", "1")));
  }
  const auto groups = snapshot.rank_groups();
  ASSERT_TRUE(groups);
  EXPECT_THAT(groups->lines, SizeIs(3));
  EXPECT_EQ(sum_of(*groups, Measure::kBilledCost), "2200");
  EXPECT_EQ(sum_of(*groups, Measure::kListCost), "22000");
  EXPECT_EQ(groups->folded_groups, names.size() - 2);
}

TEST(Folding, OnArrivalIsStillExactAfterListingsAreMerged) {
  const AggregationConfig aggregation = by_service(2);
  CostSnapshot all(aggregation);
  constexpr int kGroups = kGroupsKept + 500;
  for (int listing = 0; listing < 2; ++listing) {
    CostSnapshot snapshot(aggregation);
    for (int i = 0; i < kGroups; ++i) {
      ASSERT_TRUE(snapshot.fold(row_of("s" + std::to_string(i), "bj", "0.01", "0")));
    }
    ASSERT_TRUE(all.merge(snapshot));
  }
  const auto groups = all.rank_groups();
  ASSERT_TRUE(groups);
  EXPECT_EQ(sum_of(*groups, Measure::kBilledCost), "210");
  EXPECT_EQ(groups->folded_groups, std::size_t{kGroups - 2});
}

TEST(Folding, ChoosesFromTheGroupsOfAllListings) {
  // More groups together than a listing alone would keep: the largest is in the last listing.
  const AggregationConfig aggregation = by_service(1);
  CostSnapshot all(aggregation);
  for (int listing = 0; listing < 3; ++listing) {
    CostSnapshot snapshot(aggregation);
    for (int i = 0; i < kGroupsKept; ++i) {
      const std::string name = std::to_string(listing) + "-" + std::to_string(i);
      const bool largest = listing == 2 && i == 4321;
      ASSERT_TRUE(snapshot.fold(row_of(name, "bj", largest ? "99" : "1", "0")));
    }
    ASSERT_TRUE(all.merge(snapshot));
  }
  EXPECT_THAT(lines_of(all.rank_groups()), ElementsAre("CNY,2-4321=99", "CNY,__other__=29999"));
}

TEST(Folding, OfTagsIsPerKeyAndFoldsValueAndService) {
  AggregationConfig aggregation = by_service(500);
  aggregation.max_series = 2;
  aggregation.tag_keys = {"env", "team"};
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("BCC", "bj", "10", "10");
  row.tags = {{"env", "prod"}, {"team", "infra"}};
  ASSERT_TRUE(snapshot.fold(row));
  row = row_of("BCC", "bj", "5", "5");
  row.tags = {{"env", "test"}};
  ASSERT_TRUE(snapshot.fold(row));
  row = row_of("BOS", "bj", "1", "1");
  row.tags = {{"env", "test"}};
  ASSERT_TRUE(snapshot.fold(row));
  ASSERT_TRUE(snapshot.fold(row_of("CDN", "bj", "0.5", "0.5")));

  EXPECT_THAT(lines_of(snapshot.rank_tag_groups(0)),
              ElementsAre("CNY,__other__,__other__=1.5", "CNY,prod,BCC=10", "CNY,test,BCC=5"));
  // Rows without the key count under the empty value.
  EXPECT_THAT(lines_of(snapshot.rank_tag_groups(1)),
              ElementsAre("CNY,,BCC=5", "CNY,__other__,__other__=1.5", "CNY,infra,BCC=10"));
  EXPECT_EQ(snapshot.rank_tag_groups(1)->folded_groups, 2U);
}

TEST(CostSnapshot, MergedIsTheSameAsReadInOnePiece) {
  AggregationConfig aggregation;
  aggregation.tag_keys = {"env"};
  aggregation.max_series = 7;
  std::mt19937_64 random(99);
  CostSnapshot whole(aggregation);
  CostSnapshot first(aggregation);
  CostSnapshot second(aggregation);
  for (int i = 0; i < 2000; ++i) {
    const std::string service = "s" + std::to_string(random() % 9);
    const std::string region = "r" + std::to_string(random() % 5);
    const std::string cost = std::to_string(random() % 100000) + "." + std::to_string(random());
    BillRow row = row_of(service, region, cost.substr(0, 18), "1");
    const std::string value = std::to_string(random() % 3);
    if (random() % 2 == 0) row.tags = {{"env", value}};
    ASSERT_TRUE(whole.fold(row));
    ASSERT_TRUE((random() % 2 == 0 ? first : second).fold(row));
  }
  ASSERT_TRUE(first.merge(second));
  EXPECT_EQ(first.rows(), whole.rows());
  EXPECT_EQ(lines_of(first.rank_groups()), lines_of(whole.rank_groups()));
  EXPECT_EQ(lines_of(first.rank_tag_groups(0)), lines_of(whole.rank_tag_groups(0)));
  EXPECT_TRUE(first.totals() == whole.totals());
}

TEST(CostSnapshot, GroupsAndEachTagKeyAddUpToTheAccountsTotal) {
  AggregationConfig aggregation;
  aggregation.group_by = {dimension(Kind::kRegionId, "region_id")};
  aggregation.tag_keys = {"env", "team"};
  aggregation.max_series = 3;
  CostSnapshot snapshot(aggregation);
  std::mt19937_64 random(7);
  Amount expected;
  for (int i = 0; i < 3000; ++i) {
    const std::string cost = (random() % 4 == 0 ? "-" : "") + std::to_string(random() % 1000) +
                             ".00000000000000" + std::to_string(1000 + random() % 9000);
    const std::string service = "s" + std::to_string(random() % 10);
    const std::string region = "r" + std::to_string(random() % 20);
    const std::string value = "v" + std::to_string(random() % 30);
    BillRow row = row_of(service, region, cost, cost);
    row.tags = {{"team", value}};
    row.billing_mode = random() % 2 == 0 ? "prepaid" : "postpaid";
    ASSERT_TRUE(expected.add(amount(cost)));
    ASSERT_TRUE(snapshot.fold(row));
  }
  const auto month = summarise_month(snapshot, aggregation, "CNY");
  ASSERT_TRUE(month);
  Amount total;
  for (const auto& [key, amounts] : month->totals) {
    ASSERT_TRUE(total.add(amounts[index_of(Measure::kBilledCost)]));
  }
  EXPECT_EQ(total, expected);
  EXPECT_EQ(sum_of(month->groups, Measure::kBilledCost), expected.to_decimal());
  EXPECT_EQ(sum_of(month->tag_groups[0], Measure::kListCost), expected.to_decimal());
  EXPECT_EQ(sum_of(month->tag_groups[1], Measure::kListCost), expected.to_decimal());
}

TEST(CostSnapshot, RefusesASumBeyondTheRange) {
  const AggregationConfig aggregation = by_service(500);
  CostSnapshot snapshot(aggregation);
  ASSERT_TRUE(snapshot.fold(row_of("SCS", "bj", kLargest, "0")));
  EXPECT_FALSE(snapshot.fold(row_of("SCS", "bj", "1", "0")));

  CostSnapshot first(aggregation);
  CostSnapshot second(aggregation);
  ASSERT_TRUE(first.fold(row_of("SCS", "bj", "0", kLargest)));
  ASSERT_TRUE(second.fold(row_of("SCS", "bj", "0", "1")));
  EXPECT_FALSE(first.merge(second));
}

TEST(CostSnapshot, RefusesAFoldedOrATotalSumBeyondTheRange) {
  AggregationConfig aggregation = by_service(1);
  aggregation.group_by = {dimension(Kind::kRegionId, "region_id")};
  CostSnapshot snapshot(aggregation);
  // Each fits alone, in its own service and region; together they do not.
  ASSERT_TRUE(snapshot.fold(row_of("a", "r1", kLargest, "0")));
  ASSERT_TRUE(snapshot.fold(row_of("b", "r2", kLargest, "0")));
  ASSERT_TRUE(snapshot.fold(row_of("c", "r3", kLargest, "0")));
  EXPECT_FALSE(snapshot.rank_groups());
  EXPECT_FALSE(summarise_month(snapshot, aggregation, "CNY"));
}

TEST(CostSnapshot, RemembersTheLastNameOfAServiceAndWhoseRowsItRead) {
  const AggregationConfig aggregation = by_service(500);
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("SCS", "bj", "1", "1");
  row.service_name = "Simple cache service";
  ASSERT_TRUE(snapshot.fold(row));
  row.service_name = "Cache";
  row.sub_account_id = "sub";
  ASSERT_TRUE(snapshot.fold(row));
  row.service_name = "";
  ASSERT_TRUE(snapshot.fold(row));
  EXPECT_THAT(snapshot.service_names(), ElementsAre(testing::Pair("SCS", "Cache")));
  EXPECT_THAT(snapshot.account_ids(), ElementsAre("main", "sub"));
}

TEST(CostSnapshotTest, NamesAccountsAsTheyWereNamedLast) {
  const AggregationConfig aggregation = by_service(500);
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("SCS", "bj", "1", "1");
  row.sub_account_name = "never without an id";
  row.sub_account_id = "";
  ASSERT_TRUE(snapshot.fold(row));
  row.sub_account_id = "2100";
  row.sub_account_name = "研发";
  ASSERT_TRUE(snapshot.fold(row));
  CostSnapshot later(aggregation);
  row.sub_account_name = "研发一部";
  ASSERT_TRUE(later.fold(row));
  row.sub_account_name = "";
  ASSERT_TRUE(later.fold(row));
  ASSERT_TRUE(snapshot.merge(later));
  EXPECT_THAT(snapshot.sub_account_names(), ElementsAre(testing::Pair("2100", "研发一部")));
}

// ---- a month's summary ----

TEST(MonthSummary, OfNoRowsIsARealZeroForBothBillingModes) {
  const AggregationConfig aggregation = by_service(500);
  const CostSnapshot snapshot(aggregation);
  const auto month = summarise_month(snapshot, aggregation, "CNY");
  ASSERT_TRUE(month);
  EXPECT_EQ(month->rows, 0U);
  EXPECT_THAT(month->groups.lines, IsEmpty());
  EXPECT_THAT(month->totals,
              ElementsAre(testing::Pair(ModeKey{"CNY", "postpaid"}, MeasureAmounts{}),
                          testing::Pair(ModeKey{"CNY", "prepaid"}, MeasureAmounts{})));
}

TEST(MonthSummary, HasFurtherBillingModesWhereTheyOccur) {
  const AggregationConfig aggregation = by_service(500);
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("SCS", "bj", "2", "3");
  row.billing_mode = "contract";
  ASSERT_TRUE(snapshot.fold(row));
  const auto month = summarise_month(snapshot, aggregation, "CNY");
  ASSERT_TRUE(month);
  EXPECT_THAT(month->totals, SizeIs(3));
  EXPECT_EQ(month->totals.at({"CNY", "contract"})[index_of(Measure::kListCost)], amount("3"));
  EXPECT_EQ(month->totals.at({"CNY", "prepaid"}), MeasureAmounts{});
}

TEST(MonthSummary, TellsWhichServicesHavePrepaidRowsEvenIfTheyCostNothing) {
  const AggregationConfig aggregation = by_service(1);
  CostSnapshot snapshot(aggregation);
  for (const auto& [service, mode] : {std::pair("SCS", "prepaid"), std::pair("BCC", "prepaid"),
                                      std::pair("CDN", "postpaid"), std::pair("", "prepaid")}) {
    BillRow row = row_of(service, "bj", "0", "0");
    row.billing_mode = mode;
    ASSERT_TRUE(snapshot.fold(row));
  }
  EXPECT_THAT(summarise_month(snapshot, aggregation, "CNY")->prepaid_services,
              ElementsAre("BCC", "SCS"))
      << "folding hides none";
}

TEST(CostSnapshot, RemembersTheAccountsThatItsRowsName) {
  const AggregationConfig aggregation = by_service(10);
  CostSnapshot snapshot(aggregation);
  BillRow row = row_of("BCC", "bj", "1", "1");
  row.account_id = "other";
  ASSERT_TRUE(snapshot.fold(row));
  row.account_id = "";
  ASSERT_TRUE(snapshot.fold(row));
  EXPECT_THAT(snapshot.account_ids(), testing::ElementsAre("main", "other"));
}

// ---- regions that are known after the last row ----

TEST(CostSnapshot, AddsGroupsWhoseRegionsBecomeTheSame) {
  const AggregationConfig aggregation;
  CostSnapshot snapshot(aggregation);
  for (const auto& [region, cost] :
       {std::pair("cn-beijing", "0.1"), std::pair("R9", "0.2"), std::pair("R8", "0.4")}) {
    EXPECT_TRUE(snapshot.fold(row_of("ECS", region, cost, cost)));
  }
  const auto rename = [](std::string_view region) {
    return std::string(region == "R9" ? "cn-beijing" : region);
  };
  EXPECT_TRUE(snapshot.rename_regions(rename));
  EXPECT_THAT(lines_of(snapshot.rank_groups()),
              ElementsAre("CNY,ECS,R8,postpaid=0.4", "CNY,ECS,cn-beijing,postpaid=0.3"));
  EXPECT_EQ(snapshot.rows(), 3U);
}

TEST(CostSnapshot, RenamesNothingButRegions) {
  const AggregationConfig aggregation = by_service(10);
  CostSnapshot snapshot(aggregation);
  EXPECT_TRUE(snapshot.fold(row_of("R9", "R9", "1", "1")));
  EXPECT_TRUE(snapshot.rename_regions([](std::string_view) { return std::string("other"); }));
  EXPECT_THAT(lines_of(snapshot.rank_groups()), ElementsAre("CNY,R9=1"));
}

TEST(CostSnapshot, SaysWhenARenamedGroupOverflows) {
  const AggregationConfig aggregation;
  CostSnapshot snapshot(aggregation);
  EXPECT_TRUE(snapshot.fold(row_of("ECS", "a", kLargest, "0")));
  EXPECT_TRUE(snapshot.fold(row_of("ECS", "b", "-1", "0")));
  EXPECT_TRUE(snapshot.fold(row_of("ECS", "c", "1", "0")));
  const auto join = [](std::string_view region) {
    return std::string(region == "c" ? "a" : region);
  };
  EXPECT_FALSE(snapshot.rename_regions(join));
}

// ---- what rows do not tell ----

TEST(CostSnapshot, LacksAMeasureIfNoRowOfAnyListingCarriesIt) {
  constexpr std::size_t kPaid = index_of(Measure::kPaidAmount);
  const AggregationConfig aggregation = by_service(10);
  BillRow without = row_of("BCC", "bj", "1", "2");
  without.lacked.set(kPaid);
  CostSnapshot one(aggregation);
  EXPECT_TRUE(one.lacked().none()) << "without a row it is really 0";
  ASSERT_TRUE(one.fold(without));
  ASSERT_TRUE(one.merge(CostSnapshot(aggregation)));
  EXPECT_TRUE(one.lacked()[kPaid]);
  EXPECT_EQ(summarise_month(one, aggregation, "CNY")->lacked, one.lacked());
  CostSnapshot two(aggregation);
  ASSERT_TRUE(two.fold(without));
  ASSERT_TRUE(two.fold(row_of("BCC", "bj", "1", "2")));
  EXPECT_TRUE(two.lacked().none());
  ASSERT_TRUE(one.merge(two));
  EXPECT_TRUE(one.lacked().none());
}

TEST(CostSnapshot, CountsTheTagsThatCouldNotBeRead) {
  const AggregationConfig aggregation = by_service(10);
  BillRow row = row_of("BCC", "bj", "1", "2");
  row.unread_tags = 2;
  CostSnapshot one(aggregation);
  CostSnapshot two(aggregation);
  ASSERT_TRUE(one.fold(row));
  ASSERT_TRUE(two.fold(row));
  ASSERT_TRUE(one.merge(two));
  EXPECT_EQ(one.unread_tags(), 4U);
  EXPECT_EQ(summarise_month(one, aggregation, "CNY")->unread_tags, 4U);
}

}  // namespace
}  // namespace cloud_billing
