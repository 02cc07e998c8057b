// The documents' own example of a bill, all the way from its bytes to the text that Prometheus
// scrapes. The expected text is a file: tests/golden/seed-001.prom.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "baidu/operations.h"
#include "baidu/provider.h"
#include "exposition/exposition.h"
#include "volcengine/provider.h"

namespace cloud_billing::baidu::seed_001_test {
namespace {

using testing::HasSubstr;

// 2019-02-20 12:00 in China: the example's month is the current one.
constexpr UtcSeconds kNow{std::chrono::seconds(1550635200)};

std::string read_file(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The postpaid bill is the example, the prepaid one is empty, and the provider's total agrees.
MonthCosts read_month(const Config& config) {
  const auto talk = provider().ask_month(config.accounts.front(), config.aggregation,
                                         {kNow, kChinaTime.month_at(kNow)});
  const std::string example = read_file(TEST_DATA_DIR "/baidu/resource-month-bill.json");
  while (const auto pending = talk->next()) {
    HttpResponse response{200, {}, R"({"bills":[],"totalCount":0})"};
    for (const QueryParameter& parameter : pending->request.query) {
      if (parameter.value == "postpay") response.body = example;
    }
    if (pending->request.operation == &kMonthSummary) {
      response.body = R"({"data":{"financePrice":119.68}})";
    }
    EXPECT_TRUE(pending->reply->accept(response));
  }
  EXPECT_TRUE(talk->finished());
  EXPECT_FALSE(talk->failure());
  return talk->take_result();
}

std::string render_example() {
  auto config = std::make_shared<Config>();
  AccountConfig account;
  account.name = "example";
  account.provider = &provider().facts();
  account.settings.set("tag_separators", ";,\n");
  config->accounts.push_back(account);
  config->aggregation.tag_keys = {"tag"};

  auto view = std::make_shared<AccountView>();
  view->config = std::shared_ptr<const AccountConfig>(config, &config->accounts.front());
  auto costs = std::make_shared<const MonthCosts>(read_month(*config));
  view->results.account_id = costs->account_id;
  view->results.months[kChinaTime.month_at(kNow)] = {costs, kNow};
  view->collectors = {{Collector::kBills, true, kNow, 0.5}};

  Snapshot input;
  input.now = kNow;
  input.config = config;
  input.accounts = {view};
  input.build = {"0.0.0", "unknown", "any"};
  input.config_loaded_at = kNow;
  const std::array clouds{provider().facts(), volcengine::provider().facts()};
  input.providers = clouds;
  return render_exposition(input);
}

TEST(TheDocumentsExample, Costs119Yuan68InBeijing) {
  const std::string text = render_example();
  const std::string labels =
      "{provider=\"baidu\",account=\"example\",period=\"current\",currency=\"CNY\","
      "service_type=\"SCS\",region_id=\"bj\",billing_mode=\"postpaid\"} 119.68\n";
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_billed_cost" + labels));
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_list_cost" + labels));
}

TEST(TheDocumentsExample, IsExposedAsInTheGoldenFile) {
  const std::string text = render_example();
  // For a look with diff, and to copy once the difference is meant.
  const std::string shown_path = testing::TempDir() + "seed-001.prom";
  std::ofstream(shown_path) << text;

  std::istringstream expected(read_file(GOLDEN_DIR "/seed-001.prom"));
  std::istringstream shown(text);
  std::string expected_line;
  std::string shown_line;
  for (int number = 1; std::getline(expected, expected_line); ++number) {
    ASSERT_TRUE(std::getline(shown, shown_line)) << "line " << number << " in " << shown_path;
    ASSERT_EQ(shown_line, expected_line) << "line " << number << " in " << shown_path;
  }
  EXPECT_FALSE(std::getline(shown, shown_line)) << "more than expected in " << shown_path;
}

}  // namespace
}  // namespace cloud_billing::baidu::seed_001_test
