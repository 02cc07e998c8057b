#include "accounts/account_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/accounts/any_record.h"
#include "tests/accounts/same_record.h"
#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(AccountRecord, ReadsBackExactlyWhateverItHolds) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    const AccountRecord record = AnyRecord(seed).make();
    const std::string json = to_json(record);
    const auto back = account_record_from_json(json);
    ASSERT_TRUE(back) << json;
    EXPECT_TRUE(*back == record) << json;
  }
}

TEST(AccountRecord, IsOneLineWithAmountsAsDecimalText) {
  AccountRecord record;
  record.account = "prod\nuction";
  Balance balance;
  balance.cash = amount("123456789012345678.000000000000000001");
  record.results.balance =
      Read<Balance>{std::make_shared<const Balance>(balance), UtcSeconds(std::chrono::seconds(7))};
  const std::string json = to_json(record);
  EXPECT_THAT(json, HasSubstr(R"("cash":"123456789012345678.000000000000000001")"));
  EXPECT_THAT(json, Not(HasSubstr("\n")));
}

TEST(AccountRecord, ThatIsCutShortOrChangedIsRefusedWithoutQuotingIt) {
  const std::string json = to_json(AnyRecord(7).make());
  for (std::size_t length = 0; length < json.size(); length += 11) {
    const auto back = account_record_from_json(json.substr(0, length));
    ASSERT_FALSE(back) << length;
    EXPECT_EQ(back.error().message, "it is not the record of an account");
  }
  for (const std::string other : {"[]", "null", "7", "{}", R"({"account":7})"}) {
    EXPECT_FALSE(account_record_from_json(other)) << other;
  }
}

TEST(AccountRecord, WithAnAmountThatIsNoneIsRefused) {
  AccountRecord record;
  record.results.balance = Read<Balance>{std::make_shared<const Balance>(), {}};
  std::string json = to_json(record);
  const std::string cash = R"("cash":"0")";
  json.replace(json.find(cash), cash.size(), R"("cash":"x")");
  EXPECT_FALSE(account_record_from_json(json));
}

TEST(AccountRecord, WithATimeThatNoCalendarHasIsRefused) {
  AccountRecord record;
  record.results.balance = Read<Balance>{std::make_shared<const Balance>(),
                                         UtcSeconds(std::chrono::seconds(1795406400))};
  const std::string json = to_json(record);
  const std::string at = "1795406400";
  ASSERT_THAT(json, HasSubstr(at));
  for (const std::string other :
       {"253402300800", "9223372036854775807", "-9223372036854775808", "1e300", "1795406400.5"}) {
    std::string changed = json;
    EXPECT_FALSE(account_record_from_json(changed.replace(json.find(at), at.size(), other)))
        << other;
  }
  std::string far = json;
  EXPECT_TRUE(account_record_from_json(far.replace(json.find(at), at.size(), "253402300799")));
}

TEST(AccountRecord, OfATimeThatKeptNoDaysHasTheNewestOne) {
  AccountRecord record;
  const KnownDays days(
      DayCosts{parse_day("2026-11-22").value(), {{{"CNY", "BCC", "prepaid"}, amount("1")}}},
      UtcSeconds());
  record.results.days = Read<KnownDays>{std::make_shared<const KnownDays>(days),
                                        UtcSeconds(std::chrono::seconds(1795406400))};
  std::string json = to_json(record);
  const auto replace = [&json](const std::string& now, const std::string& before) {
    ASSERT_THAT(json, HasSubstr(now));
    json.replace(json.find(now), now.size(), before);
  };
  replace(R"("days":{"known":[{)", R"("day":{)");
  replace(R"(,"read_at":0}],"read_at":1795406400})", R"(,"read_at":1795406400})");
  const auto restored = account_record_from_json(json);
  ASSERT_TRUE(restored);
  ASSERT_TRUE(restored->results.days);
  EXPECT_TRUE(*restored->results.days == *record.results.days);
}

// Of a time that kept days but not when each was read.
TEST(AccountRecord, OfDaysWithoutTheirTimesHasThemReadLongAgo) {
  AccountRecord record;
  KnownDays days(
      DayCosts{parse_day("2026-11-22").value(), {{{"CNY", "BCC", "prepaid"}, amount("1")}}},
      UtcSeconds());
  days.add_earlier({parse_day("2026-11-21").value(), {}}, UtcSeconds());
  record.results.days = Read<KnownDays>{std::make_shared<const KnownDays>(days),
                                        UtcSeconds(std::chrono::seconds(1795406400))};
  std::string json = to_json(record);
  for (std::size_t at = 0; (at = json.find(R"(,"read_at":0)")) != std::string::npos;) {
    json.erase(at, 12);
  }
  const auto restored = account_record_from_json(json);
  ASSERT_TRUE(restored);
  EXPECT_TRUE(*restored->results.days == *record.results.days);
}

// A program of before reads the sums as amounts, each of them.
TEST(AccountRecord, HasASumOfOrdersThatIsNotKnownBesideTheOthers) {
  AccountRecord record;
  record.results.orders = Read<Orders>{
      std::make_shared<const Orders>(
          std::map<OrderKey, OrderSums>{
              {{"unpaid", "renewal", "BCC"}, {3, {{"CNY", std::nullopt}, {"USD", amount("5")}}}}},
          std::nullopt),
      {}};
  std::string json = to_json(record);
  EXPECT_THAT(json, HasSubstr(R"("payable":{"USD":"5"})"));
  const auto back = account_record_from_json(json);
  ASSERT_TRUE(back);
  EXPECT_TRUE(*back == record);
  const std::string unknown = R"("payable_not_known":["CNY"],)";
  json.replace(json.find(unknown), unknown.size(), "");
  const auto older = account_record_from_json(json);
  ASSERT_TRUE(older);
  EXPECT_THAT(older->results.orders->value->groups().begin()->second.payable,
              testing::ElementsAre(testing::Pair("USD", amount("5"))));
}

TEST(AccountRecord, OfATimeWithoutClosedMonthsHasNone) {
  std::string json = to_json(AccountRecord{});
  const std::string none = R"("closed_months":{},)";
  ASSERT_THAT(json, HasSubstr(none));
  json.erase(json.find(none), none.size());
  const auto restored = account_record_from_json(json);
  ASSERT_TRUE(restored);
  EXPECT_TRUE(restored->results.closed_months.empty());
}

TEST(Grouping, ChangesWithWhatGroupsAreMadeBy) {
  const AggregationConfig before;
  AggregationConfig fewer = before;
  fewer.group_by.pop_back();
  AggregationConfig other_key = before;
  other_key.group_by.push_back({GroupDimension::Kind::kTag, "env", "tag_env"});
  AggregationConfig other_tag = other_key;
  other_tag.group_by.back().tag_key = "environment";
  AggregationConfig more_tags = before;
  more_tags.tag_keys = {"team"};
  AggregationConfig more_series = before;
  more_series.max_series = 501;
  for (const AggregationConfig& after : {fewer, other_key, more_tags, more_series}) {
    EXPECT_NE(grouping_text(after), grouping_text(before));
  }
  EXPECT_NE(grouping_text(other_tag), grouping_text(other_key));
}

TEST(Grouping, HoldsEveryMeasureWhicheverAreShown) {
  AggregationConfig all;
  all.measures.assign(kAllMeasures.begin(), kAllMeasures.end());
  EXPECT_EQ(grouping_text(all), grouping_text(AggregationConfig()));
}

}  // namespace
}  // namespace cloud_billing
