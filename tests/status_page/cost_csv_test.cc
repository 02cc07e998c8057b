#include "status_page/cost_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kAccountNames =
    "account,provider,period,month,currency,billed_cost,list_cost,paid_amount,unpaid_amount,"
    "coupon_amount,discount_amount,forecast_billed_cost,budget";

MeasureAmounts& postpaid(MonthCosts& month) { return month.totals[{"CNY", "postpaid"}]; }

TEST(AccountsCsv, HasALineForEachMonthAndCurrencyWithExactAmounts) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  account.budget = amount("5000");
  account.labels = {{"team", "infra"}};
  MonthCosts november = month_of({{"BCC", "2210.123456789012345678"}});
  postpaid(november)[index_of(Measure::kListCost)] = amount("3000.10");
  postpaid(november)[index_of(Measure::kCouponAmount)] = amount("-1.5");
  november.lacked[index_of(Measure::kPaidAmount)] = true;
  november.lacked[index_of(Measure::kUnpaidAmount)] = true;
  november.data_through = kChinaTime.start_of(kYesterday) + hours(24);
  november.totals[{"CNY", "prepaid"}][index_of(Measure::kBilledCost)] = amount("0.5");
  view.results.months.emplace(kNovember, read(november));
  view.results.months.emplace(kOctober, read(month_of({{"BCC", "900"}}, "USD")));
  view.results.days = read(days_of(22, {{"BCC", "100"}}));
  EXPECT_EQ(render_accounts_csv(scene.input(), {}),
            std::string(kAccountNames) +
                ",label_team\r\n"
                "a,baidu,current,2026-11,CNY,2210.623456789012345678,3000.1,,,-1.5,0,"
                "3010.623456789012345678,5000,infra\r\n"
                "a,baidu,current,2026-11,USD,0,0,,,0,0,,,infra\r\n"
                "a,baidu,previous,2026-10,CNY,0,0,0,0,0,0,,,infra\r\n"
                "a,baidu,previous,2026-10,USD,900,0,0,0,0,0,,,infra\r\n");
}

TEST(AccountsCsv, LeavesEmptyWhatIsNotKnown) {
  StatusScene scene;
  scene.add("a");
  EXPECT_EQ(render_accounts_csv(scene.input(), {}), std::string(kAccountNames) +
                                                        "\r\n"
                                                        "a,baidu,current,2026-11,CNY,,,,,,,,\r\n"
                                                        "a,baidu,previous,2026-10,CNY,,,,,,,,\r\n");
}

TEST(AccountsCsv, IsSortedByNameAndHasTheAccountsAskedFor) {
  StatusScene scene;
  scene.add("b").second.results.months.emplace(kNovember, read(month_of({{"BCC", "9"}})));
  scene.add("a").second.collectors[0].up = false;
  const std::string all = render_accounts_csv(scene.input(), {});
  EXPECT_LT(all.find("\na,"), all.find("\nb,"));
  EXPECT_THAT(render_accounts_csv(scene.input(), {"BCC", ""}), Not(HasSubstr("\na,")));
  EXPECT_THAT(render_accounts_csv(scene.input(), {"", "a"}), Not(HasSubstr("\nb,")));
  EXPECT_THAT(render_accounts_csv(scene.input(), {"", "", AccountCondition::kFailing}),
              Not(HasSubstr("\nb,")));
}

class ServicesCsv : public testing::Test {
 protected:
  ServicesCsv() {
    month_ = month_of({{"BCC", "30.5"}, {"EIP", "2"}});
    month_.service_names = {{"BCC", "云服务器"}};
    add_group("BCC", "bj", "10", "100");
    add_group("BCC", "gz", "20.5", "50");
    add_group("EIP", "bj", "2", "2");
  }

  void add_group(const std::string& service, const std::string& region, std::string_view billed,
                 std::string_view list) {
    MeasureAmounts amounts{};
    amounts[index_of(Measure::kBilledCost)] = amount(billed);
    amounts[index_of(Measure::kListCost)] = amount(list);
    month_.groups.lines.push_back({join_cost_key({"CNY", service, region, "postpaid"}), amounts});
  }

  std::string csv() {
    StatusScene scene;
    scene.add("a").second.results.months.emplace(kNovember, read(month_));
    return render_services_csv(scene.input(), {});
  }

  MonthCosts month_;
};

constexpr std::string_view kServiceNames =
    "account,provider,period,month,currency,service_type,service_name,billed_cost,list_cost,"
    "paid_amount,unpaid_amount,coupon_amount,discount_amount\r\n";

TEST_F(ServicesCsv, HasALineForEachService) {
  EXPECT_EQ(csv(), std::string(kServiceNames) +
                       "a,baidu,current,2026-11,CNY,BCC,云服务器,30.5,150,0,0,0,0\r\n"
                       "a,baidu,current,2026-11,CNY,EIP,,2,2,0,0,0,0\r\n");
}

TEST_F(ServicesCsv, KnowsTheBilledCostOnlyWhereGroupsAreFolded) {
  month_.groups.folded_groups = 3;
  EXPECT_EQ(csv(), std::string(kServiceNames) +
                       "a,baidu,current,2026-11,CNY,BCC,云服务器,30.5,,,,,\r\n"
                       "a,baidu,current,2026-11,CNY,EIP,,2,,,,,\r\n");
  month_.groups.folded_groups = 0;
  month_.grouped = false;
  EXPECT_THAT(csv(), EndsWith("EIP,,2,,,,,\r\n"));
}

TEST_F(ServicesCsv, KeepsTheFoldedService) {
  month_ = month_of({{"__other__", "7"}});
  month_.grouped = false;
  EXPECT_THAT(csv(), EndsWith("CNY,__other__,,7,,,,,\r\n"));
}

TEST_F(ServicesCsv, HasOnlyItsFirstLineWhileNoMonthIsKnown) {
  StatusScene scene;
  scene.add("a");
  EXPECT_EQ(render_services_csv(scene.input(), {}), kServiceNames);
}

}  // namespace
}  // namespace cloud_billing
