#include "accounts/account_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/literals.h"

namespace cloud_billing {

// The test's own idea of equal: every field.
bool operator==(const PollFailure& a, const PollFailure& b) {
  return a.reason == b.reason && a.message == b.message && a.at == b.at;
}
bool operator==(const CollectorStatus& a, const CollectorStatus& b) {
  return a.collector == b.collector && a.up == b.up && a.last_success == b.last_success &&
         a.duration_seconds == b.duration_seconds && a.last_failure == b.last_failure;
}
bool operator==(const CollectorRecord& a, const CollectorRecord& b) {
  return a.status == b.status && a.started == b.started && a.due == b.due &&
         a.failures_in_a_row == b.failures_in_a_row && a.failed_for == b.failed_for &&
         a.not_before == b.not_before;
}
bool operator==(const Balance& a, const Balance& b) {
  return a.currency == b.currency && a.available == b.available && a.cash == b.cash &&
         a.credit_limit == b.credit_limit && a.frozen == b.frozen && a.arrears == b.arrears &&
         a.account_id == b.account_id && a.available_at == b.available_at;
}
bool operator==(const GroupLine& a, const GroupLine& b) {
  return a.key == b.key && a.amounts == b.amounts;
}
bool operator==(const GroupLines& a, const GroupLines& b) {
  return a.lines == b.lines && a.folded_groups == b.folded_groups;
}
bool operator==(const ProviderTotal& a, const ProviderTotal& b) {
  return a.currency == b.currency && a.billed_cost == b.billed_cost && a.difference == b.difference;
}
bool operator==(const MonthCosts& a, const MonthCosts& b) {
  return a.rows == b.rows && a.lacked == b.lacked && a.totals == b.totals &&
         a.grouped == b.grouped && a.groups == b.groups && a.tag_groups == b.tag_groups &&
         a.service_names == b.service_names && a.sub_account_names == b.sub_account_names &&
         a.provider_totals == b.provider_totals && a.data_through == b.data_through &&
         a.account_id == b.account_id && a.account_ids == b.account_ids &&
         a.region_ids == b.region_ids && a.prepaid_services == b.prepaid_services;
}
bool operator==(const EffectiveCosts& a, const EffectiveCosts& b) { return a.shares == b.shares; }
bool operator==(const DayCosts& a, const DayCosts& b) {
  return a.day == b.day && a.billed_costs == b.billed_costs;
}
bool operator==(const KnownDays& a, const KnownDays& b) {
  return a.days() == b.days() && std::ranges::all_of(a.days(), [&](BillingDay day) {
           return a.read_at(day) == b.read_at(day) && *a.find(day) == *b.find(day);
         });
}
bool operator==(const FirstExpiry& a, const FirstExpiry& b) {
  return a.earliest() == b.earliest() && a.undated() == b.undated();
}
bool operator==(const Coupons& a, const Coupons& b) {
  return a.count == b.count && a.balances == b.balances && a.first_expiry == b.first_expiry;
}
bool operator==(const PackageSums& a, const PackageSums& b) {
  return a.total == b.total && a.available == b.available && a.is_known == b.is_known;
}
bool operator==(const Packages& a, const Packages& b) {
  return a.count == b.count && a.sums == b.sums && a.first_expiries == b.first_expiries;
}
bool operator==(const ProviderBudgetSums& a, const ProviderBudgetSums& b) {
  return a.budget == b.budget && a.used == b.used && a.knows_budget == b.knows_budget &&
         a.knows_used == b.knows_used;
}
bool operator==(const ProviderBudgets& a, const ProviderBudgets& b) {
  return a.count == b.count && a.sums == b.sums;
}
bool operator==(const SubAccountCash& a, const SubAccountCash& b) {
  return a.currency == b.currency && a.balances == b.balances;
}
bool operator==(const ExpiringResources& a, const ExpiringResources& b) {
  return a.within == b.within && a.first_expiry == b.first_expiry;
}
bool operator==(const Renewals& a, const Renewals& b) {
  return a.resources == b.resources && a.configured_services == b.configured_services;
}
bool operator==(const OrderSums& a, const OrderSums& b) {
  return a.count == b.count && a.payable == b.payable;
}
bool operator==(const Orders& a, const Orders& b) {
  return a.groups() == b.groups() && a.oldest_unpaid() == b.oldest_unpaid();
}
template <typename T>
bool operator==(const Read<T>& a, const Read<T>& b) {
  return a.at == b.at && *a.value == *b.value;
}
bool operator==(const AccountRecord& a, const AccountRecord& b) {
  return a.account == b.account && a.identity == b.identity && a.grouping == b.grouping &&
         a.orders_window == b.orders_window && a.collectors == b.collectors &&
         a.results.account_id == b.results.account_id && a.results.balance == b.results.balance &&
         a.results.months == b.results.months && a.results.days == b.results.days &&
         a.results.orders == b.results.orders &&
         a.results.closed_months == b.results.closed_months &&
         a.results.effective_months == b.results.effective_months &&
         a.results.coupons == b.results.coupons && a.results.packages == b.results.packages &&
         a.results.budgets == b.results.budgets &&
         a.results.sub_account_cash == b.results.sub_account_cash &&
         a.results.renewals == b.results.renewals;
}

namespace {

using testing::HasSubstr;
using testing::Not;

// Records of any content: odd names, any amount, anything missing.
class AnyRecord {
 public:
  explicit AnyRecord(unsigned seed) : random_(seed) {}

  AccountRecord make() {
    AccountRecord record;
    record.account = text();
    record.identity = text();
    record.grouping = text();
    record.orders_window = std::chrono::seconds(number(10000000));
    record.results.account_id = text();
    for (const Collector collector : kAllCollectors) {
      if (number(3) != 0) record.collectors.push_back(make_collector(collector));
    }
    if (number(3) != 0) record.results.balance = read(make_balance());
    for (int i = 0; i < number(3); ++i) {
      const int months = number(400);
      record.results.months.insert_or_assign(
          BillingMonth(std::chrono::year(2000) / std::chrono::January +
                       std::chrono::months(months)),
          read(make_month()));
    }
    if (number(3) != 0) record.results.days = read(make_days());
    if (number(3) != 0) record.results.orders = read(make_orders());
    for (int i = 0; i < number(3); ++i) {
      record.results.closed_months.insert_or_assign(
          BillingMonth(std::chrono::year(2000) / std::chrono::January +
                       std::chrono::months(number(400))),
          read(ClosedMonth(ServiceCosts{make_days().newest().billed_costs, text()})));
    }
    for (int i = 0; i < number(3); ++i) {
      record.results.effective_months.insert_or_assign(
          BillingMonth(std::chrono::year(2000) / std::chrono::January +
                       std::chrono::months(number(400))),
          read(EffectiveCosts{make_month()}));
    }
    if (number(3) != 0) record.results.coupons = read(make_coupons());
    if (number(3) != 0) record.results.packages = read(make_packages());
    if (number(3) != 0) record.results.budgets = read(make_budgets());
    if (number(3) != 0) record.results.sub_account_cash = read(make_sub_account_cash());
    if (number(3) != 0) record.results.renewals = read(make_renewals());
    return record;
  }

 private:
  int number(int below) { return std::uniform_int_distribution(0, below - 1)(random_); }

  std::string text() {
    static const std::vector<std::string> parts{"a",    "生产", "\"", "\\", "\n",
                                                "\x01", "é",    "/",  "😀"};
    std::string made;
    for (int i = number(5); i > 0; --i) {
      made += parts[static_cast<std::size_t>(number(static_cast<int>(parts.size())))];
    }
    return made;
  }

  Amount amount() {
    std::string digits = number(2) == 0 ? "-" : "";
    for (int i = number(20); i >= 0; --i) digits += std::to_string(number(10));
    digits += '.';
    for (int i = number(18); i >= 0; --i) digits += std::to_string(number(10));
    return Amount::parse(digits).value();
  }

  std::optional<Amount> maybe_amount() {
    return number(2) == 0 ? std::nullopt : std::optional(amount());
  }
  UtcSeconds time() { return UtcSeconds(std::chrono::seconds(1700000000 + number(100000000))); }
  std::optional<UtcSeconds> maybe_time() {
    return number(2) == 0 ? std::nullopt : std::optional(time());
  }

  MeasureAmounts amounts() {
    MeasureAmounts made{};
    for (Amount& one : made) {
      if (number(3) != 0) one = amount();
    }
    return made;
  }

  template <typename T>
  Read<T> read(T value) {
    return {std::make_shared<const T>(std::move(value)), time()};
  }

  Reason reason() { return kAllReasons[static_cast<std::size_t>(number(kAllReasons.size()))]; }

  CollectorRecord make_collector(Collector collector) {
    CollectorRecord made;
    made.status.collector = collector;
    if (number(3) != 0) made.status.up = number(2) == 0;
    made.status.last_success = maybe_time();
    made.status.duration_seconds = std::uniform_real_distribution<double>(0, 100)(random_);
    made.started = maybe_time();
    made.due = time();
    made.failures_in_a_row = number(100);
    if (number(2) == 0) {
      made.failed_for = reason();
    }
    if (number(2) == 0) made.status.last_failure = PollFailure{reason(), text(), time()};
    made.not_before = maybe_time();
    return made;
  }

  Balance make_balance() {
    return {text(),         maybe_amount(), amount(), maybe_amount(),
            maybe_amount(), maybe_amount(), text(),   maybe_time()};
  }

  GroupLines make_groups() {
    GroupLines made;
    for (int i = number(5); i > 0; --i)
      made.lines.push_back({join_cost_key({text(), text()}), amounts()});
    made.folded_groups = static_cast<std::size_t>(number(1000));
    return made;
  }

  MonthCosts make_month() {
    MonthCosts made;
    made.rows = static_cast<std::size_t>(number(1000000));
    if (number(2) == 0) made.lacked.set(index_of(Measure::kPaidAmount));
    if (number(2) == 0) made.lacked.set(index_of(Measure::kUnpaidAmount));
    for (int i = number(4); i > 0; --i) made.totals[{text(), text()}] = amounts();
    for (int i = number(4); i > 0; --i) made.services[{text(), text()}] = amount();
    made.grouped = number(2) == 0;
    made.groups = make_groups();
    for (int i = number(3); i > 0; --i) made.tag_groups.push_back(make_groups());
    for (int i = number(3); i > 0; --i) made.service_names[text()] = text();
    for (int i = number(3); i > 0; --i) made.sub_account_names[text()] = text();
    for (int i = number(3); i > 0; --i) made.region_ids[text()] = text();
    for (int i = number(3); i > 0; --i) made.prepaid_services.insert(text());
    for (int i = number(3); i > 0; --i) {
      made.provider_totals.push_back({text(), amount(), amount()});
    }
    made.data_through = maybe_time();
    made.account_id = text();
    for (int i = number(3); i > 0; --i) made.account_ids.insert(text());
    return made;
  }

  DayCosts make_day() {
    DayCosts made;
    made.day = kChinaTime.day_at(time());
    for (int i = number(4); i > 0; --i) made.billed_costs[{text(), text(), text()}] = amount();
    return made;
  }

  KnownDays make_days() {
    KnownDays made(make_day(), time());
    for (int i = number(4); i > 0; --i) {
      DayCosts earlier = make_day();
      earlier.day = days_before(made.newest().day, number(59));
      made.add_earlier(std::move(earlier), time());
    }
    return made;
  }

  FirstExpiry make_first_expiry() {
    return {number(3) != 0 ? std::optional(time()) : std::nullopt,
            static_cast<std::size_t>(number(3))};
  }

  Coupons make_coupons() {
    Coupons coupons{static_cast<std::size_t>(number(1000)), {}, make_first_expiry()};
    for (int i = number(3); i > 0; --i) coupons.balances[text()] = amount();
    return coupons;
  }

  Packages make_packages() {
    Packages packages;
    packages.count = static_cast<std::size_t>(number(1000));
    for (int i = number(3); i > 0; --i) {
      packages.sums[{text(), text()}] = {amount(), amount(), number(2) != 0};
      packages.first_expiries[text()] = make_first_expiry();
    }
    return packages;
  }

  ProviderBudgets make_budgets() {
    ProviderBudgets budgets;
    budgets.count = static_cast<std::size_t>(number(1000));
    for (int i = number(3); i > 0; --i) {
      ProviderBudgetSums& sums = budgets.sums[{text(), text()}];
      sums.knows_budget = number(2) != 0;
      sums.knows_used = number(2) != 0;
      if (sums.knows_budget) sums.budget = amount();
      if (sums.knows_used) sums.used = amount();
    }
    return budgets;
  }

  Renewals make_renewals() {
    Renewals renewals;
    for (int i = number(3); i > 0; --i) renewals.configured_services.push_back(text());
    for (int i = number(4); i > 0; --i) {
      ExpiringResources& group = renewals.resources[{text(), text(), number(2) != 0}];
      for (std::size_t& count : group.within) count = static_cast<std::size_t>(number(1000));
      group.first_expiry = make_first_expiry();
    }
    return renewals;
  }

  SubAccountCash make_sub_account_cash() {
    SubAccountCash cash{text(), {}};
    for (int i = number(4); i > 0; --i) cash.balances.insert_or_assign(text(), amount());
    return cash;
  }

  Orders make_orders() {
    std::map<OrderKey, OrderSums> groups;
    for (int i = number(4); i > 0; --i) {
      OrderSums& sums = groups[{text(), text(), text()}];
      sums.count = static_cast<std::size_t>(number(1000));
      for (int j = number(3); j > 0; --j) sums.payable[text()] = amount();
    }
    return {std::move(groups), maybe_time()};
  }

  std::mt19937 random_;
};

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
