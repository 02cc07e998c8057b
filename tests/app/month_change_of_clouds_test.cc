// What is shown of the current and the previous month of a real cloud while simulated weeks pass.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/providers.h"
#include "tests/polling/poller_world.h"
#include "tests/polling/shown_costs.h"

namespace cloud_billing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using testing::SizeIs;

using RowsByMonth = std::map<std::string, int>;

HttpResponse nonsense() {
  return HttpResponse{400, {}, R"({"code":"Nonsense","message":"no","requestId":"r-1"})"};
}

// Baidu's month summary, or a page of its bill, whose rows cost 1 each. All are postpaid.
HttpResponse baidu_answer(const SimulatedCall& call, const RowsByMonth& rows_of) {
  if (call.operation == "month_summary") return response_of(R"({"data":{"financePrice":0}})");
  const bool is_of_a_day = !call.parameter("beginTime").empty();
  const bool has_rows = !is_of_a_day && call.parameter("productType") == "postpay";
  const int total = has_rows ? rows_of.at(call.parameter("month")) : 0;
  const int page = std::stoi(call.parameter("pageNo"));
  const int size = std::stoi(call.parameter("pageSize"));
  std::string body = R"({"accountId":"account-1","subAccountId":"/","pageNo":)" +
                     std::to_string(page) + R"(,"pageSize":)" + std::to_string(size) +
                     R"(,"totalCount":)" + std::to_string(total) + R"(,"bills":[)";
  for (int row = (page - 1) * size; row < std::min(total, page * size); ++row) {
    if (body.back() == '}') body += ',';
    body +=
        R"({"serviceType":"BCC","region":"bj","originPrice":2,"financePrice":1,"instanceId":"i-)" +
        std::to_string(row) + R"("})";
  }
  return response_of(body + "]}");
}

// A page of Volcengine's bill or of its overview, whose rows cost 1 each.
HttpResponse volcengine_page(const SimulatedCall& call, int rows) {
  const auto asked = nlohmann::json::parse(call.body);
  const int offset = asked.at("Offset");
  auto list = nlohmann::json::array();
  const bool is_bill = call.operation == "ListBillDetail";
  for (int row = offset; row < std::min(rows, offset + asked.at("Limit").get<int>()); ++row) {
    list.push_back(
        {{"BillDetailId", asked.at("BillPeriod").get<std::string>() + "-" + std::to_string(row)},
         {"Product", "ECS"},
         {"BillingMode", "按量计费"},
         {"OwnerID", "7"},
         {"ZoneCode", "cn-beijing-a"},
         {"OriginalBillAmount", "2.00"},
         {"DiscountBillAmount", "1.50"},
         {"PayableAmount", "1.00"},
         {"Currency", "CNY"}});
  }
  if (!is_bill) rows = 0;
  return response_of(nlohmann::json{{"ResponseMetadata", {{"RequestId", "r"}}},
                                    {"Result",
                                     {{"List", is_bill ? list : nlohmann::json()},
                                      {"Total", rows},
                                      {"Limit", asked.at("Limit")},
                                      {"Offset", offset}}}}
                         .dump());
}

class MonthChangeOfEveryProvider : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Provider, MonthChangeOfEveryProvider,
                         testing::Values("baidu", "byteplus", "volcengine"),
                         [](const auto& test) { return test.param; });

// Failing now and then, in the middle of a listing, too.
TEST_P(MonthChangeOfEveryProvider, NoHourOfFiveWeeksShowsAWrongMonthAMadeUpZeroOrAPartialSum) {
  constexpr UtcSeconds kFirst = china(2026, 12, 14);
  constexpr hours kFiveWeeks = days(35);
  const std::string& provider = GetParam();
  const BillingZone zone = all_providers().named(provider).facts().billing_zone;
  World world(
      "polling: {bills: {interval: 2h}}\naccounts:\n" + account("a", "ak-a", "bills", "", provider),
      kFirst, all_providers());
  // Of two pages and more on each cloud.
  const RowsByMonth cost_of{{"2026-11", 411}, {"2026-12", 612}, {"2027-01", 713}};
  std::map<std::string, HttpResponse> pages;  // by request, each made once
  std::size_t calls = 0;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (++calls % 29 == 0) return SimulatedReply{nonsense(), milliseconds(20)};
    if (provider == "baidu") return SimulatedReply{baidu_answer(call, cost_of), milliseconds(20)};
    const auto asked = nlohmann::json::parse(call.body);
    const int rows = asked.contains("ExpenseDate") ? 0 : cost_of.at(asked.at("BillPeriod"));
    HttpResponse& page = pages[call.operation + call.body];
    if (page.body.empty()) page = volcengine_page(call, rows);
    return SimulatedReply{page, milliseconds(20)};
  };
  int hours_with_both = 0;
  for (hours at{1}; at < kFiveWeeks; ++at) {
    world.cloud.schedule(at, [&, at] {
      const BillingMonth current = zone.month_at(kFirst + at);
      const std::string now = std::to_string(cost_of.at(current.text()));
      const std::string before = std::to_string(cost_of.at(current.previous().text()));
      ShownCosts shown = shown_costs(world, provider);
      if (shown.size() == 2) ++hours_with_both;
      // The first poll of a month comes within an interval, or soon after one that failed.
      if (zone.start_of(current) + hours(4) < kFirst + at) {
        EXPECT_THAT(shown, SizeIs(2U)) << utc_text(kFirst + at);
      }
      shown.emplace("current", now);
      shown.emplace("previous", before);
      EXPECT_EQ(shown, (ShownCosts{{"current", now}, {"previous", before}}))
          << utc_text(kFirst + at);
    });
  }
  world.run_for(kFiveWeeks);
  EXPECT_GE(hours_with_both, kFiveWeeks.count() - 10);
  EXPECT_GE(world.records.failures[Reason::kRequest], 10) << "too little trouble to tell";
}

}  // namespace
}  // namespace cloud_billing
