#include "config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

// Part of every secret in these tests, and allowed in no message.
constexpr std::string_view kSecretMark = "s3cr3t";

// A provider as documented, and one invented to be different.
const std::vector<ProviderFacts>& test_providers() {
  static const std::vector<ProviderFacts> providers{
      {"baidu",
       kChinaTime,
       "https://billing.baidubce.com",
       10,
       20,
       {Collector::kBalance, Collector::kBills, Collector::kOrders, Collector::kHistory,
        Collector::kAmortization, Collector::kRenewals},
       {Collector::kBalance, Collector::kBills},
       {{.name = "sub_accounts", .kind = ProviderKey::Kind::kTextList, .noun = "an account id"},
        {.name = "tag_separators", .default_text = ";,\n"},
        {.name = "renewal_services", .kind = ProviderKey::Kind::kTextList, .noun = "a service"}},
       {"百度智能云"}},
      {"fogcloud",
       kUtc,
       "https://api.fogcloud.example",
       4,
       5,
       {Collector::kBalance},
       {Collector::kBalance},
       {{.name = "region",
         .kind = ProviderKey::Kind::kPlainName,
         .default_text = "cn-beijing",
         .noun = "a region"}}}};
  return providers;
}

std::optional<std::string> look_up(std::string_view name) {
  static const std::map<std::string, std::string, std::less<>> variables{
      {"BAIDU_AK", "AK1"},   {"BAIDU_SK", "s3cr3t"}, {"VOLC_AK", "AK2"},
      {"VOLC_SK", "s3cr3t"}, {"BUDGET", "1250.75"},  {"TEAM", "infra"},
      {"EMPTY", ""},         {"SECRET", "s3cr3t"},   {"NOT_UTF8", "caf\xe9"}};
  const auto found = variables.find(name);
  if (found == variables.end()) return std::nullopt;
  return found->second;
}

auto parse(std::string_view text) {
  return parse_config(text, "config.yml", look_up, test_providers());
}

std::vector<std::string> problems_of(const Result<Config, std::vector<Error>>& result) {
  std::vector<std::string> texts;
  if (result) return texts;
  for (const Error& problem : result.error()) texts.push_back(problem.message);
  return texts;
}

// The value of a document that must be right.
Config read_valid(std::string_view text) {
  const auto result = parse(text);
  EXPECT_THAT(problems_of(result), IsEmpty());
  if (!result) return {};
  return *result;
}

// An account with further lines.
std::string with_account(std::string_view lines) {
  return "accounts:\n  - name: a\n    provider: baidu\n    access_key_id: AK\n"
         "    secret_access_key: s3cr3t\n" +
         std::string(lines);
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

std::vector<std::filesystem::path> list_invalid_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(TEST_DATA_DIR "/config")) {
    if (entry.path().filename().string().starts_with("invalid-")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Each file begins with the problems it must cause, one "# expect: line:column: message" each.
class InvalidConfig : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(InvalidConfig, IsRefusedWithAllItsProblems) {
  const std::string text = read_file(GetParam());
  constexpr std::string_view kMark = "# expect: ";
  std::vector<std::string> expected;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && line.starts_with(kMark);) {
    expected.push_back("config.yml:" + line.substr(kMark.size()));
  }
  ASSERT_THAT(expected, Not(IsEmpty()));

  const std::vector<std::string> problems = problems_of(parse(text));
  EXPECT_EQ(problems, expected);
  for (const std::string& problem : problems) {
    EXPECT_EQ(problem.find(kSecretMark), std::string::npos) << problem;
  }
}

INSTANTIATE_TEST_SUITE_P(File, InvalidConfig, testing::ValuesIn(list_invalid_files()),
                         [](const testing::TestParamInfo<std::filesystem::path>& file) {
                           std::string name = file.param.stem().string();
                           std::replace_if(
                               name.begin(), name.end(),
                               [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name.substr(std::string_view("invalid-").size());
                         });

TEST(Config, HasOrdersOnlyWhereTheyAreAskedFor) {
  const Config config = read_valid(R"(
accounts:
  - {name: a, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t}
  - {name: b, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t,
     collectors: [orders, balance], intervals: {orders: 2h}}
)");
  EXPECT_THAT(config.accounts[0].collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_THAT(config.accounts[1].collectors, ElementsAre(Collector::kBalance, Collector::kOrders));
  EXPECT_EQ(config.accounts[1].intervals.at(Collector::kOrders), hours(2));
}

TEST(Config, HasTheHistoryOnlyIfItIsAskedForAndNeverTooOldAValue) {
  const Config config = read_valid(R"(
polling: {history: {months: 24}}
account_defaults: {collectors: [history, bills], intervals: {history: 7d}}
accounts:
  - {name: a, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t}
  - {name: b, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t,
     intervals: {history: 12h}}
)");
  EXPECT_EQ(config.polling.history_months, 24);
  EXPECT_EQ(config.polling.of(Collector::kHistory).interval, hours(24));
  EXPECT_EQ(config.polling.max_age_of()(Collector::kHistory), seconds(0));
  EXPECT_THAT(config.accounts[0].collectors, ElementsAre(Collector::kBills, Collector::kHistory));
  EXPECT_EQ(interval_of(config, config.accounts[0], Collector::kHistory), hours(24 * 7));
  EXPECT_EQ(interval_of(config, config.accounts[1], Collector::kHistory), hours(12));
}

TEST(Config, HasTheAmortizationOnlyIfItIsAskedFor) {
  const Config config = read_valid(R"(
polling: {amortization: {max_age: 5d}}
accounts:
  - {name: a, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t}
  - {name: b, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t,
     collectors: [amortization, bills], intervals: {amortization: 1d}}
)");
  EXPECT_THAT(config.accounts[0].collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_THAT(config.accounts[1].collectors,
              ElementsAre(Collector::kBills, Collector::kAmortization));
  EXPECT_EQ(interval_of(config, config.accounts[0], Collector::kAmortization), hours(6));
  EXPECT_EQ(interval_of(config, config.accounts[1], Collector::kAmortization), hours(24));
  EXPECT_EQ(config.polling.max_age_of()(Collector::kAmortization), hours(24 * 5));
}

TEST(Config, HasTheRenewalsOnlyIfTheyAreAskedFor) {
  const Config config = read_valid(R"(
polling: {renewals: {max_age: 5d}}
accounts:
  - {name: a, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t}
  - {name: b, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t,
     collectors: [renewals], renewal_services: [BCC, CDS]}
)");
  EXPECT_THAT(config.accounts[0].collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_THAT(config.accounts[1].collectors, ElementsAre(Collector::kRenewals));
  EXPECT_THAT(config.accounts[1].settings.list("renewal_services"), ElementsAre("BCC", "CDS"));
  EXPECT_EQ(interval_of(config, config.accounts[1], Collector::kRenewals), hours(6));
  EXPECT_EQ(config.polling.max_age_of()(Collector::kRenewals), hours(24 * 5));
  EXPECT_EQ(PollingConfig().of(Collector::kRenewals).max_age, hours(72));
}

TEST(Config, HoldsWhatTheDocumentedExampleSays) {
  const Config config = read_valid(R"(
polling:                          # defaults shown; max_age: older values are withdrawn, 0 = never
  balance: {interval: 5m, max_age: 6h}
  bills:   {interval: 1h, max_age: 3d}
  orders:  {interval: 30m, max_age: 1d, window: 30d}
  history: {months: 12, interval: 1d}
  amortization: {interval: 6h, max_age: 3d}
aggregation:
  group_by: [service_type, region_id, billing_mode]   # also: sub_account_id, project, tag:<key>
  tag_keys: []                    # one further breakdown per key, any characters
  measures: [billed_cost, list_cost]   # also: paid_amount, unpaid_amount, coupon_amount
  max_series: 500                 # groups shown per account, month and family
http:
  timeout: 30s                    # one request, all of it
  max_retries: 4
accounts:
  - name: baidu-prod
    provider: baidu
    access_key_id: ${BAIDU_AK}                 # each of the three also as *_file
    secret_access_key_file: /run/secrets/baidu-sk
    session_token_file: /run/secrets/baidu-token     # optional (STS)
    collectors: [balance, bills]               # the default
    intervals: {bills: 6h}                     # overrides polling.*.interval for this account
    sub_accounts: ["0f1e..."]                  # further account ids
    tag_separators: ";,\n"                     # this is the default
    currency: CNY                              # the default
    budget: 50000                              # per month, in that currency; optional
    low_balance: 5000                          # threshold for alerts; optional
    requests_per_second: 10                    # default: baidu 10
    labels: {team: infra}                      # added to all of this account's series
    endpoint: https://billing.baidubce.com     # default per provider
)");
  EXPECT_EQ(config.polling.balance.interval, minutes(5));
  EXPECT_EQ(config.polling.balance.max_age, hours(6));
  EXPECT_EQ(config.polling.bills.interval, hours(1));
  EXPECT_EQ(config.polling.bills.max_age, hours(72));
  EXPECT_EQ(config.polling.orders.interval, minutes(30));
  EXPECT_EQ(config.polling.orders.max_age, hours(24));
  EXPECT_EQ(config.polling.orders_window, hours(720));
  EXPECT_EQ(config.polling.of(Collector::kOrders).max_age, hours(24));
  EXPECT_EQ(config.polling.history.interval, hours(24));
  EXPECT_EQ(config.polling.history_months, 12);
  EXPECT_EQ(config.polling.amortization.interval, hours(6));
  EXPECT_EQ(config.polling.amortization.max_age, hours(72));
  EXPECT_EQ(config.aggregation.group_by.size(), 3U);
  EXPECT_THAT(config.aggregation.tag_keys, IsEmpty());
  EXPECT_THAT(config.aggregation.measures, ElementsAre(Measure::kBilledCost, Measure::kListCost));
  EXPECT_EQ(config.aggregation.max_series, 500U);
  EXPECT_EQ(config.http.timeout, seconds(30));
  EXPECT_EQ(config.http.max_retries, 4);

  ASSERT_EQ(config.accounts.size(), 1U);
  const AccountConfig& account = config.accounts[0];
  EXPECT_EQ(account.name, "baidu-prod");
  EXPECT_EQ(account.provider, test_providers().data());
  EXPECT_EQ(account.access_key_id.text, "AK1");
  EXPECT_EQ(account.access_key_id.path, "");
  EXPECT_EQ(account.secret_access_key.text, "");
  EXPECT_EQ(account.secret_access_key.path, "/run/secrets/baidu-sk");
  EXPECT_EQ(account.secret_access_key.where, "accounts[0].secret_access_key_file");
  ASSERT_TRUE(account.session_token);
  EXPECT_EQ(account.session_token->path, "/run/secrets/baidu-token");
  EXPECT_THAT(account.collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_THAT(account.intervals, ElementsAre(Pair(Collector::kBills, hours(6))));
  EXPECT_THAT(account.settings.list("sub_accounts"), ElementsAre("0f1e..."));
  EXPECT_EQ(account.settings.text("tag_separators"), ";,\n");
  EXPECT_EQ(account.currency, "CNY");
  EXPECT_EQ(account.budget, amount("50000"));
  EXPECT_EQ(account.low_balance, amount("5000"));
  EXPECT_EQ(account.requests_per_second, 10);
  EXPECT_THAT(account.labels, ElementsAre(Pair("team", "infra")));
  EXPECT_EQ(account.endpoint.origin(), "https://billing.baidubce.com");
  EXPECT_EQ(account.position, (Position{17, 5}));
}

void expect_documented_defaults(const Config& config) {
  EXPECT_EQ(config.polling.balance.interval, minutes(5));
  EXPECT_EQ(config.polling.balance.max_age, hours(6));
  EXPECT_EQ(config.polling.bills.interval, hours(1));
  EXPECT_EQ(config.polling.bills.max_age, hours(72));
  ASSERT_EQ(config.aggregation.group_by.size(), 3U);
  EXPECT_EQ(config.aggregation.group_by[0].label, "service_type");
  EXPECT_EQ(config.aggregation.group_by[0].kind, GroupDimension::Kind::kServiceType);
  EXPECT_EQ(config.aggregation.group_by[1].label, "region_id");
  EXPECT_EQ(config.aggregation.group_by[1].kind, GroupDimension::Kind::kRegionId);
  EXPECT_EQ(config.aggregation.group_by[2].label, "billing_mode");
  EXPECT_EQ(config.aggregation.group_by[2].kind, GroupDimension::Kind::kBillingMode);
  EXPECT_THAT(config.aggregation.tag_keys, IsEmpty());
  EXPECT_THAT(config.aggregation.measures, ElementsAre(Measure::kBilledCost, Measure::kListCost));
  EXPECT_EQ(config.aggregation.max_series, 500U);
  EXPECT_EQ(config.http.timeout, seconds(30));
  EXPECT_EQ(config.http.max_retries, 4);
  ASSERT_EQ(config.accounts.size(), 1U);
  const AccountConfig& account = config.accounts[0];
  EXPECT_FALSE(account.session_token);
  EXPECT_THAT(account.collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_THAT(account.intervals, IsEmpty());
  EXPECT_THAT(account.settings.list("sub_accounts"), IsEmpty());
  EXPECT_EQ(account.settings.text("tag_separators"), ";,\n");
  EXPECT_EQ(account.currency, "CNY");
  EXPECT_FALSE(account.budget);
  EXPECT_FALSE(account.low_balance);
  EXPECT_EQ(account.requests_per_second, 10);
  EXPECT_THAT(account.labels, IsEmpty());
  EXPECT_EQ(account.endpoint.origin(), "https://billing.baidubce.com");
}

TEST(Config, HasTheDocumentedDefaults) { expect_documented_defaults(read_valid(with_account(""))); }

TEST(Config, AnUnreadableSecretFileStandsAmongTheOtherProblemsWhereItIsAskedFor) {
  const std::string text =
      "accounts:\n"
      "  - name: a\n"
      "    provider: baidu\n"
      "    access_key_id_file: ${TEAM}/gone\n"
      "    budget: much\n"
      "    secret_access_key_file: there\n"
      "    session_token_file: \"\"\n";
  const auto check = [](const std::string& path) {
    return path == "there" ? Status() : Error{"cannot read " + path};
  };
  EXPECT_THAT(problems_of(parse_config(text, "config.yml", look_up, test_providers(), check)),
              ElementsAre("config.yml:4:25: accounts[0].access_key_id_file: cannot read infra/gone",
                          HasSubstr("config.yml:5:13: accounts[0].budget"),
                          HasSubstr("config.yml:7:25: accounts[0].session_token_file: must not")));
  EXPECT_THAT(problems_of(parse(text)),
              ElementsAre(HasSubstr("config.yml:5:13: "), HasSubstr("config.yml:7:25: ")));
}

TEST(Config, ASecretThatIsAVariablesDefaultIsNotQuoted) {
  EXPECT_THAT(problems_of(parse(with_account("    budget: ${EMPTY:-q3Vt8ZkP0mJx2RbY5LwD}\n"))),
              ElementsAre("config.yml:6:13: accounts[0].budget: expected a number"));
}

TEST(Config, ASecretThatStandsWhereAPathBelongsIsNotCalledTheFile) {
  const Config config = read_valid(
      "accounts: [{name: a, provider: baidu, access_key_id_file: keys/ak,"
      " secret_access_key_file: q3Vt8ZkP0mJx2RbY5LwD}]");
  const AccountConfig& account = config.accounts.at(0);
  EXPECT_EQ(account.access_key_id.shown_path, "keys/ak");
  EXPECT_EQ(account.secret_access_key.path, "q3Vt8ZkP0mJx2RbY5LwD");
  EXPECT_EQ(account.secret_access_key.shown_path,
            "a file whose name is not shown, since it looks like no path");
}

TEST(Config, ExampleFilesAreValidAndShowTheDefaults) {
  std::vector<ProviderFacts> providers = test_providers();
  providers.back().name = "volcengine";
  providers.back().default_endpoint = "https://billing.volcengineapi.com";
  providers.back().collectors = {Collector::kBills};
  providers.back().default_collectors = {Collector::kBills};
  const auto read_example = [&providers](const char* file) {
    auto config =
        parse_config(read_file(std::filesystem::path(TEST_DATA_DIR "/../../config") / file), file,
                     look_up, providers);
    EXPECT_THAT(problems_of(config), IsEmpty());
    return config ? std::move(config).value() : Config{};
  };
  expect_documented_defaults(read_example("baidu-minimal.yml"));
  for (const char* file :
       {"volcengine-minimal.yml", "config.example.yml", "config.example.zh.yml"}) {
    SCOPED_TRACE(file);
    Config config = read_example(file);
    ASSERT_FALSE(config.accounts.empty());
    EXPECT_EQ(config.accounts.back().settings.text("region"), "cn-beijing");
    EXPECT_EQ(config.accounts.back().requests_per_second, 4);
    EXPECT_EQ(config.accounts.back().endpoint.origin(), "https://billing.volcengineapi.com");
    if (config.accounts.size() == 1) continue;
    config.accounts.pop_back();
    expect_documented_defaults(config);
  }
}

TEST(Config, TheExampleOfFortyAccountsHasATeamAndABudgetForEach) {
  std::vector<ProviderFacts> providers = test_providers();
  providers.push_back(providers.front());
  providers.back().name = "volcengine";
  auto parsed = parse_config(read_file(TEST_DATA_DIR "/../../config/40-accounts.example.yml"),
                             "40-accounts.example.yml", look_up, providers);
  ASSERT_THAT(problems_of(parsed), IsEmpty());
  const Config config = std::move(parsed).value();
  EXPECT_EQ(config.accounts.size(), 40U);
  std::map<std::string, Amount> budgets;  // by team
  for (const AccountConfig& account : config.accounts) {
    SCOPED_TRACE(account.name);
    EXPECT_EQ(account.labels.at("company"), "example");
    EXPECT_TRUE(account.labels.contains("env"));
    EXPECT_TRUE(account.low_balance);
    EXPECT_THAT(account.collectors, Contains(Collector::kHistory));
    ASSERT_TRUE(account.budget);
    EXPECT_TRUE(budgets[account.labels.at("team")].add(*account.budget));
  }
  std::map<std::string, std::string> told;
  for (const auto& [team, budget] : budgets) told[team] = budget.to_decimal();
  // As the comments of the file say.
  EXPECT_THAT(told,
              ElementsAre(Pair("ai", "565000"), Pair("data", "320000"), Pair("growth", "66000"),
                          Pair("infra", "135000"), Pair("media", "259000"), Pair("office", "26000"),
                          Pair("payment", "146000"), Pair("shop", "336000")));
}

TEST(Config, AnAccountThatNamesNoCurrencyHasThatOfItsProvider) {
  std::vector<ProviderFacts> providers = test_providers();
  providers.front().default_currency = "USD";
  for (const auto& [line, currency] :
       {std::pair("", "USD"), std::pair("    currency: EUR\n", "EUR")}) {
    auto parsed = parse_config(with_account(line), "config.yml", look_up, providers);
    ASSERT_THAT(problems_of(parsed), IsEmpty());
    EXPECT_EQ(std::move(parsed).value().accounts.at(0).currency, currency);
  }
}

TEST(Config, AKeyThatOtherProvidersKnowNamesAllOfThem) {
  std::vector<ProviderFacts> providers = test_providers();
  providers.push_back(providers.back());
  providers.back().name = "mistcloud";
  const std::string text = with_account("    region: cn-beijing\n");
  EXPECT_THAT(problems_of(parse_config(text, "config.yml", look_up, providers)),
              ElementsAre(HasSubstr("region: provider \"baidu\" has no such key, only "
                                    "\"fogcloud\" or \"mistcloud\" has")));
}

TEST(Config, DefaultsDependOnTheProvider) {
  const Config config = read_valid(
      "accounts: [{name: f, provider: fogcloud, access_key_id: AK, secret_access_key: s3cr3t}]");
  ASSERT_EQ(config.accounts.size(), 1U);
  EXPECT_EQ(config.accounts[0].requests_per_second, 4);
  EXPECT_THAT(config.accounts[0].collectors, ElementsAre(Collector::kBalance));
  EXPECT_EQ(config.accounts[0].endpoint.host, "api.fogcloud.example");
}

TEST(Config, FillsInVariablesBeforeTyping) {
  const Config config = read_valid(with_account(R"(
    budget: ${BUDGET}
    low_balance: "${LOW:-12}"
    intervals: {bills: "${HOURS:-6}h"}
    labels: {team: "${TEAM}-$$-$-${EMPTY}", site: "$TEAM", key: "${EMPTY:-none}"}
)"));
  const AccountConfig& account = config.accounts.at(0);
  EXPECT_EQ(account.budget, amount("1250.75"));
  EXPECT_EQ(account.low_balance, amount("12"));
  EXPECT_THAT(account.intervals, ElementsAre(Pair(Collector::kBills, hours(6))));
  EXPECT_THAT(account.labels,
              ElementsAre(Pair("key", "none"), Pair("site", "$TEAM"), Pair("team", "infra-$-$-")));
}

TEST(Config, TakesTextsAsWritten) {
  const Config config = read_valid(R"(
accounts:
  - name: 007
    provider: baidu
    access_key_id: 1e3
    secret_access_key: 0x10
    sub_accounts: [90e12, yes, 1_000, 0o7, "null"]
    labels: {a: no, b: 1.50, c: "~", d: 2026-11-23, e: ''}
)");
  const AccountConfig& account = config.accounts.at(0);
  EXPECT_EQ(account.name, "007");
  EXPECT_EQ(account.access_key_id.text, "1e3");
  EXPECT_EQ(account.secret_access_key.text, "0x10");
  EXPECT_THAT(account.settings.list("sub_accounts"),
              ElementsAre("90e12", "yes", "1_000", "0o7", "null"));
  EXPECT_THAT(account.labels, ElementsAre(Pair("a", "no"), Pair("b", "1.50"), Pair("c", "~"),
                                          Pair("d", "2026-11-23"), Pair("e", "")));
}

TEST(Config, ACurrencyIsTheCodeThatIsMeant) {
  for (const char* written : {"CNY", "cny", "' CNY'", "RMB", "rmb", "￥", "¥", "元", "人民币"}) {
    const std::string line = "    currency: " + std::string(written) + "\n";
    EXPECT_EQ(read_valid(with_account(line)).accounts.at(0).currency, "CNY") << written;
  }
  EXPECT_EQ(read_valid(with_account("    currency: eur\n")).accounts.at(0).currency, "EUR");
}

TEST(Config, TakesTheRegionOfAProviderThatSignsForOne) {
  const auto region_of = [](std::string_view line) {
    const auto config = parse(
        "accounts:\n  - name: fog\n    provider: fogcloud\n"
        "    access_key_id: AK\n    secret_access_key: s3cr3t\n" +
        std::string(line));
    return config ? config->accounts[0].settings.text("region") : problems_of(config).front();
  };
  EXPECT_EQ(region_of(""), "cn-beijing");
  EXPECT_EQ(region_of("    region: cn-shanghai\n"), "cn-shanghai");
}

TEST(Config, SharesValuesThroughAliases) {
  const Config config = read_valid(R"(
accounts:
  - {name: a, provider: baidu, access_key_id: AK, secret_access_key: &sk s3cr3t,
     labels: &labels {team: infra}}
  - {name: b, provider: baidu, access_key_id: AK, secret_access_key: *sk, labels: *labels}
)");
  ASSERT_EQ(config.accounts.size(), 2U);
  EXPECT_EQ(config.accounts[1].secret_access_key.text, "s3cr3t");
  EXPECT_THAT(config.accounts[1].labels, ElementsAre(Pair("team", "infra")));
}

TEST(Config, KeysOfTheDocumentThatBeginWithXAreAPlaceForAnchors) {
  const Config config = read_valid(R"(
x-team: &team {team: infra}
x-nothing:
accounts:
  - {name: a, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t, labels: *team}
)");
  EXPECT_THAT(config.accounts.at(0).labels, ElementsAre(Pair("team", "infra")));
}

// As https://yaml.org/type/merge.html has it: a map's own keys win, and of a list the earlier map.
TEST(Config, MergeKeysFillInWhatAMapDoesNotSay) {
  const Config config = read_valid(R"(
x-common: &common
  provider: baidu
  secret_access_key: s3cr3t
  budget: 1
  low_balance: 2
  labels: {team: infra}
x-large: &large
  <<: *common
  budget: 100
x-slow: &slow {budget: 7, requests_per_second: 1}
accounts:
  - <<: *common
    name: a
    access_key_id: AK
  - {name: b, access_key_id: AK, low_balance: 3, <<: *large}
  - name: c
    access_key_id: AK
    labels: {site: bj}
    <<: [*slow, *large]
)");
  ASSERT_EQ(config.accounts.size(), 3U);
  EXPECT_EQ(config.accounts[0].budget, amount("1"));
  EXPECT_EQ(config.accounts[0].low_balance, amount("2"));
  EXPECT_EQ(config.accounts[1].budget, amount("100"));
  EXPECT_EQ(config.accounts[1].low_balance, amount("3"));
  EXPECT_THAT(config.accounts[1].labels, ElementsAre(Pair("team", "infra")));
  EXPECT_EQ(config.accounts[2].budget, amount("7"));
  EXPECT_EQ(config.accounts[2].requests_per_second, 1);
  EXPECT_EQ(config.accounts[2].low_balance, amount("2"));
  EXPECT_THAT(config.accounts[2].labels, ElementsAre(Pair("site", "bj")));
}

TEST(Config, AccountDefaultsHoldForWhatAnAccountDoesNotSay) {
  const Config config = read_valid(R"(
account_defaults:
  provider: baidu
  collectors: [orders]
  intervals: {balance: 1h, orders: 2h}
  currency: USD
  budget: ${BUDGET}
  low_balance: 10
  requests_per_second: 3
  labels: {team: infra, site: bj}
  endpoint: https://billing.example.com
  sub_accounts: [one, two]
accounts:
  - {name: a, access_key_id: AK, secret_access_key: s3cr3t}
  - name: b
    access_key_id: AK
    secret_access_key: s3cr3t
    collectors: [balance]
    intervals: {orders: 3h}
    currency: CNY
    budget: 2
    low_balance: 0
    requests_per_second: 4
    labels: {site: sh, department: ops}
    endpoint: https://other.example.com
    sub_accounts: [three]
)");
  ASSERT_EQ(config.accounts.size(), 2U);
  const AccountConfig& a = config.accounts[0];
  EXPECT_EQ(a.provider->name, "baidu");
  EXPECT_THAT(a.collectors, ElementsAre(Collector::kOrders));
  EXPECT_THAT(a.intervals,
              ElementsAre(Pair(Collector::kBalance, hours(1)), Pair(Collector::kOrders, hours(2))));
  EXPECT_EQ(a.currency, "USD");
  EXPECT_EQ(a.budget, amount("1250.75"));
  EXPECT_EQ(a.low_balance, amount("10"));
  EXPECT_EQ(a.requests_per_second, 3);
  EXPECT_THAT(a.labels, ElementsAre(Pair("site", "bj"), Pair("team", "infra")));
  EXPECT_EQ(a.endpoint.host, "billing.example.com");
  EXPECT_THAT(a.settings.list("sub_accounts"), ElementsAre("one", "two"));
  const AccountConfig& b = config.accounts[1];
  EXPECT_THAT(b.collectors, ElementsAre(Collector::kBalance));
  EXPECT_THAT(b.intervals,
              ElementsAre(Pair(Collector::kBalance, hours(1)), Pair(Collector::kOrders, hours(3))));
  EXPECT_EQ(b.currency, "CNY");
  EXPECT_EQ(b.budget, amount("2"));
  EXPECT_EQ(b.low_balance, amount("0"));
  EXPECT_EQ(b.requests_per_second, 4);
  EXPECT_THAT(b.labels,
              ElementsAre(Pair("department", "ops"), Pair("site", "sh"), Pair("team", "infra")));
  EXPECT_EQ(b.endpoint.host, "other.example.com");
  EXPECT_THAT(b.settings.list("sub_accounts"), ElementsAre("three"));
}

TEST(Config, DefaultsOfAnotherProviderAreNotAnAccountsMistake) {
  const Config config = read_valid(R"(
account_defaults: {sub_accounts: [one], region: cn-shanghai, intervals: {bills: 2h, balance: 1h}}
accounts:
  - {name: a, provider: baidu, access_key_id: AK, secret_access_key: s3cr3t}
  - {name: f, provider: fogcloud, access_key_id: AK, secret_access_key: s3cr3t}
)");
  ASSERT_EQ(config.accounts.size(), 2U);
  EXPECT_THAT(config.accounts[0].settings.list("sub_accounts"), ElementsAre("one"));
  EXPECT_EQ(config.accounts[0].settings.text("region"), "");
  EXPECT_THAT(config.accounts[0].intervals,
              ElementsAre(Pair(Collector::kBalance, hours(1)), Pair(Collector::kBills, hours(2))));
  EXPECT_EQ(config.accounts[1].settings.text("region"), "cn-shanghai");
  EXPECT_THAT(config.accounts[1].settings.list("sub_accounts"), IsEmpty());
  EXPECT_THAT(config.accounts[1].intervals, ElementsAre(Pair(Collector::kBalance, hours(1))));
}

TEST(Config, LabelsThatAMergeKeyGivesComeBeforeTheDefaultOnes) {
  const Config config = read_valid(R"(
x-bj: &bj {site: bj, team: web}
account_defaults: {provider: baidu, labels: {team: infra, site: sh, floor: 2}}
accounts:
  - {name: a, access_key_id: AK, secret_access_key: s3cr3t, labels: {<<: *bj, team: ops}}
)");
  EXPECT_THAT(config.accounts.at(0).labels,
              ElementsAre(Pair("floor", "2"), Pair("site", "bj"), Pair("team", "ops")));
}

TEST(Config, ReadsEveryKindOfGroup) {
  const Config config = read_valid(
      "aggregation:\n"
      "  group_by: [sub_account_id, project, tag:env, tag:部门=department, 'tag:a=b=ab',\n"
      "             tag:cost-center=tag_cost_center, tag:2nd]\n" +
      with_account(""));
  const std::vector<GroupDimension> expected{
      {GroupDimension::Kind::kSubAccountId, "", "sub_account_id"},
      {GroupDimension::Kind::kProject, "", "project"},
      {GroupDimension::Kind::kTag, "env", "tag_env"},
      {GroupDimension::Kind::kTag, "部门", "department"},
      {GroupDimension::Kind::kTag, "a=b", "ab"},
      {GroupDimension::Kind::kTag, "cost-center", "tag_cost_center"},
      {GroupDimension::Kind::kTag, "2nd", "tag_2nd"}};
  EXPECT_EQ(config.aggregation.group_by, expected);
}

TEST(Config, GroupsCanBeNone) {
  const Config config = read_valid("aggregation: {group_by: []}\n" + with_account(""));
  EXPECT_THAT(config.aggregation.group_by, IsEmpty());
}

TEST(Config, ReadsTagKeysMeasuresAndLimits) {
  const Config config = read_valid(
      "aggregation: {tag_keys: [env, 部门, 'a b'], measures: [discount_amount, list_cost],"
      " max_series: 100000}\nhttp: {timeout: 10m, max_retries: 0}\n"
      "polling: {balance: {interval: 1s, max_age: 0}}\n" +
      with_account("    requests_per_second: 0.5\n    collectors: [bills, balance]\n"
                   "    tag_separators: ''\n    low_balance: 0\n"));
  EXPECT_THAT(config.aggregation.tag_keys, ElementsAre("env", "部门", "a b"));
  EXPECT_THAT(config.aggregation.measures,
              ElementsAre(Measure::kDiscountAmount, Measure::kListCost));
  EXPECT_EQ(config.aggregation.max_series, 100000U);
  EXPECT_EQ(config.http.timeout, minutes(10));
  EXPECT_EQ(config.http.max_retries, 0);
  EXPECT_EQ(config.polling.balance.interval, seconds(1));
  EXPECT_EQ(config.polling.balance.max_age, seconds(0));
  const AccountConfig& account = config.accounts.at(0);
  EXPECT_EQ(account.requests_per_second, 0.5);
  EXPECT_THAT(account.collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_EQ(account.settings.text("tag_separators"), "");
  EXPECT_EQ(account.low_balance, amount("0"));
}

TEST(Config, NamesMayHave64CharactersOfAnyScript) {
  std::string name;
  for (int i = 0; i < 64; ++i) name += "账";
  const Config config = read_valid("accounts: [{name: " + name +
                                   ", provider: baidu, access_key_id: AK,"
                                   " secret_access_key: s3cr3t}]");
  EXPECT_EQ(config.accounts.at(0).name, name);
}

TEST(Config, ReadsAFileWithByteOrderMarkAndWindowsLineEnds) {
  std::string text = "\xEF\xBB\xBF" + with_account("    budget: 5\n    labels: {1: x}\n");
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2)) {
    text.replace(at, 1, "\r\n");
  }
  EXPECT_THAT(problems_of(parse(text)),
              ElementsAre("config.yml:7:14: accounts[0].labels[\"1\"]: not a label name: a letter "
                          "or \"_\", then letters, digits and \"_\""));
}

TEST(Config, AnEmptyFileIsRefused) {
  const auto expected =
      ElementsAre("config.yml:1:1: the file is empty; at least \"accounts\" is needed");
  EXPECT_THAT(problems_of(parse("")), expected);
  EXPECT_THAT(problems_of(parse("\n# nothing\n")), expected);
}

TEST(Config, AHugeFileIsRefused) {
  const std::string text = with_account("") + std::string(4U << 20U, '#');
  EXPECT_THAT(problems_of(parse(text)),
              ElementsAre("config.yml:1:1: the file is larger than 4 MiB"));
}

TEST(Config, TenThousandAccountsFit) {
  std::string text = "accounts:\n";
  for (int i = 0; i < 10000; ++i) {
    text += "  - name: account-" + std::to_string(i) +
            "\n    provider: baidu\n    access_key_id_file: /run/secrets/ak-" + std::to_string(i) +
            "\n    secret_access_key_file: /run/secrets/sk-" + std::to_string(i) +
            "\n    budget: 50000\n    low_balance: 5000\n    labels: {team: infra, site: bj}\n";
  }
  EXPECT_EQ(read_valid(text).accounts.size(), 10000U);
}

}  // namespace
}  // namespace cloud_billing
