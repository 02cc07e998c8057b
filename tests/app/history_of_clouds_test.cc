// What is shown of the closed months of a real cloud while the month changes in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/providers.h"
#include "exposition/exposition.h"
#include "tests/polling/poller_world.h"
#include "tests/polling/shown_costs.h"

namespace cloud_billing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

const std::map<std::string, std::string> kCosts{
    {"2026-08", "8.5"}, {"2026-09", "9.5"}, {"2026-10", "10.5"}, {"2026-11", "11.5"}};

// Everything is postpaid, of one service.
HttpResponse baidu_summary(const SimulatedCall& call) {
  const bool has_cost = call.parameter("productType") == "postpay";
  const std::string cost = has_cost ? kCosts.at(call.parameter("billMonth")) : "0";
  const std::string items =
      has_cost ? R"({"serviceType":"vm","productType":"postpay","financePrice":)" + cost + "}" : "";
  return response_of(R"({"accountId":"account-1","subAccountId":"/","data":{"financePrice":)" +
                     cost + R"(,"items":[)" + items + "]}}");
}

HttpResponse volcengine_overview(const SimulatedCall& call) {
  const std::string month = nlohmann::json::parse(call.body).at("BillPeriod");
  return response_of(
      R"({"ResponseMetadata":{"RequestId":"r"},"Result":{"Total":1,"Limit":300,"Offset":0,)"
      R"("List":[{"Product":"vm","BillingMode":"按量计费","Currency":"CNY","PayableAmount":")" +
      kCosts.at(month) + R"("}]}})");
}

std::string month_of(const SimulatedCall& call) {
  return call.body.empty() ? call.parameter("billMonth")
                           : nlohmann::json::parse(call.body).at("BillPeriod").get<std::string>();
}

// Month to cost.
std::map<std::string, std::string> shown_months(const World& world) {
  Snapshot input;
  input.config = world.config;
  input.now = std::chrono::floor<std::chrono::seconds>(world.cloud.wall());
  input.accounts = world.views;
  const std::string text = render_exposition(input);
  const std::string mark = "month=\"";
  std::map<std::string, std::string> months;
  for (std::size_t at = text.find("\ncloud_billing_closed_month_billed_cost{");
       at != std::string::npos;
       at = text.find("\ncloud_billing_closed_month_billed_cost{", at + 1)) {
    const std::string line = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
    EXPECT_NE(line.find(R"(currency="CNY",service_type="vm",billing_mode="postpaid"})"),
              std::string::npos)
        << line;
    months[line.substr(line.find(mark) + mark.size(), 7)] = line.substr(line.find("} ") + 2);
  }
  return months;
}

class HistoryOfEveryProvider : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Provider, HistoryOfEveryProvider, testing::Values("baidu", "volcengine"),
                         [](const auto& test) { return test.param; });

TEST_P(HistoryOfEveryProvider, GetsThePreviousMonthWhenTheMonthChangesAndAsksForEachOnce) {
  const std::string& provider = GetParam();
  World world("polling: {history: {months: 2}}\naccounts:\n" +
                  account("a", "ak-a", "history", "", provider),
              china(2026, 11, 28), all_providers());
  std::map<std::string, int> asked;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    ++asked[month_of(call)];
    return SimulatedReply{provider == "baidu" ? baidu_summary(call) : volcengine_overview(call),
                          milliseconds(20)};
  };
  const std::map<std::string, std::string> before{{"2026-08", "8.5"}, {"2026-09", "9.5"}};
  world.cloud.schedule(days(3) - milliseconds(1), [&] { EXPECT_EQ(shown_months(world), before); });
  world.run_for(days(5));
  EXPECT_EQ(shown_months(world),
            (std::map<std::string, std::string>{{"2026-09", "9.5"}, {"2026-10", "10.5"}}));
  const int each = provider == "baidu" ? 2 : 1;  // Baidu's product types are asked for apart
  EXPECT_EQ(asked,
            (std::map<std::string, int>{{"2026-08", each}, {"2026-09", each}, {"2026-10", each}}));
}

}  // namespace
}  // namespace cloud_billing
