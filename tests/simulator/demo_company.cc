// The company of the demonstration. Each account has one story, told by the table below; days are
// counted back from today, so that it shows whenever the simulator starts.

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue.h"
#include "company.h"
#include "deterministic.h"
#include "volcengine_catalogue.h"

namespace simulator {
namespace {

using Week = std::array<int, 7>;
using Year = std::array<int, 12>;

// In per cent of an ordinary day.
constexpr Week kEven{100, 100, 100, 100, 100, 100, 100};
constexpr Week kOffice{104, 106, 105, 104, 100, 58, 52};  // what people work with
constexpr Week kAudience{92, 93, 95, 97, 106, 122, 118};  // what people use in their free time
constexpr Year kSteady{100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
constexpr Year kShop{93, 85, 95, 98, 102, 116, 101, 98, 101, 106, 122, 112};  // 6.18 and 11.11

constexpr int kLongAgo = 3000;  // days
constexpr int kNoEnd = -1000;

// The resources of a service, or all, cost `percent` of their price from `from` to `to` days ago.
struct Change {
  int from = 0;
  int to = 0;
  std::string_view service;
  int percent = 100;
};

// Some days ago; or on the first of each month if `days_ago` is kMonthly.
constexpr int kMonthly = -1;
struct Bought {
  int days_ago = 0;
  std::string_view service;
  int yuan = 0;  // negative: paid back
};

struct Story {
  std::string_view name;
  Cloud cloud = Cloud::kBaidu;
  std::string_view id;
  std::string_view cash;
  std::size_t postpaid_rows = 0;
  std::size_t prepaid_rows = 0;
  int price_percent = 100;
  Week week = kEven;
  Year year = kSteady;
  int noise = 0;
  int began_days_ago = kLongAgo;
  std::vector<Change> changes{};
  std::vector<Bought> bought{};
};

std::vector<Story> tell_stories() {
  constexpr Cloud kVolc = Cloud::kVolcengine;
  return {
      // A shop that grows; servers for a year, a day of an advertising campaign.
      {.name = "prod",
       .id = "de0000000000000000000000000000a1",
       .cash = "148210.6300",
       .postpaid_rows = 640,
       .prepaid_rows = 48,
       .week = kAudience,
       .year = kShop,
       .noise = 4,
       .changes = {{kLongAgo, 240, "", 78}, {239, 120, "", 88}, {16, 16, "CDN", 460}},
       .bought = {{374, "BCC", 31800}, {9, "BCC", 36000}, {5, "RDS", -2400}}},
      // Its balance is below the threshold. A server is given back: on that day more than it cost.
      {.name = "staging",
       .id = "de0000000000000000000000000000a2",
       .cash = "1630.0450",
       .postpaid_rows = 130,
       .prepaid_rows = 8,
       .price_percent = 12,
       .week = kOffice,
       .noise = 5,
       .bought = {{12, "BBC", -960}}},
      // For three days its machines for training have cost several times what they did. It has
      // grown
      // twice in the year before.
      {.name = "data",
       .id = "de0000000000000000000000000000a3",
       .cash = "322975.1000",
       .postpaid_rows = 310,
       .prepaid_rows = 36,
       .price_percent = 180,
       .week = kOffice,
       .noise = 3,
       .changes = {{kLongAgo, 210, "", 64}, {209, 100, "", 85}, {3, kNoEnd, "BBC", 380}}},
      // The group, and two members whose bills it pays. One buys on the first of a month what it
      // needs
      // in it, for more than the budget.
      {.name = "group",
       .id = "de0000000000000000000000000000a4",
       .cash = "156300.0000",
       .postpaid_rows = 90,
       .prepaid_rows = 12,
       .price_percent = 90,
       .week = kOffice,
       .noise = 3},
      {.name = "group-games",
       .id = "de0000000000000000000000000000b1",
       .cash = "4200.5000",
       .postpaid_rows = 160,
       .prepaid_rows = 16,
       .price_percent = 70,
       .week = kAudience,
       .noise = 5},
      {.name = "group-retail",
       .id = "de0000000000000000000000000000b2",
       .cash = "0",
       .postpaid_rows = 70,
       .prepaid_rows = 6,
       .price_percent = 60,
       .week = kAudience,
       .bought = {{kMonthly, "BCC", 98000}}},
      // A campaign for nine days: on any day of a month its cost so far is below 11.52 of today's
      // days,
      // and what is expected of the month above 12.16. The budget is between them.
      {.name = "ads",
       .id = "de0000000000000000000000000000a6",
       .cash = "88400.0000",
       .postpaid_rows = 60,
       .price_percent = 60,
       .changes = {{kLongAgo, 10, "", 12}}},
      // Nobody pays for it any more.
      {.name = "legacy",
       .id = "de0000000000000000000000000000a7",
       .cash = "-286.4000",
       .postpaid_rows = 24,
       .price_percent = 10,
       .noise = 2},

      {.name = "volc-prod",
       .cloud = kVolc,
       .id = "2100738461",
       .cash = "36480.27",
       .postpaid_rows = 520,
       .prepaid_rows = 40,
       .price_percent = 90,
       .week = kAudience,
       .year = kShop,
       .noise = 3,
       .changes = {{kLongAgo, 200, "", 72}, {199, 90, "", 86}},
       .bought = {{388, "ECS", 24000}, {23, "ECS", 24000}}},
      // Linked to it, and read by an entry of its own too.
      {.name = "volc-linked",
       .cloud = kVolc,
       .id = "2100738477",
       .cash = "5230.00",
       .postpaid_rows = 70,
       .prepaid_rows = 4,
       .price_percent = 30,
       .week = kOffice,
       .noise = 5},
      // Runs out within three days.
      {.name = "volc-ai",
       .cloud = kVolc,
       .id = "30013151456",
       .cash = "17300.00",
       .postpaid_rows = 180,
       .prepaid_rows = 26,
       .price_percent = 240,
       .week = kOffice,
       .noise = 4,
       .changes = {{kLongAgo, 180, "", 40}, {179, 60, "", 70}}},
      // Runs out within a week.
      {.name = "volc-media",
       .cloud = kVolc,
       .id = "30013151577",
       .cash = "2300.00",
       .postpaid_rows = 110,
       .prepaid_rows = 8,
       .price_percent = 60,
       .week = kAudience,
       .noise = 4},
      // Sells abroad: a third of it is billed in USD. The provider's own total holds more than the
      // rows.
      {.name = "volc-global",
       .cloud = kVolc,
       .id = "30013151680",
       .cash = "61200.00",
       .postpaid_rows = 120,
       .prepaid_rows = 10,
       .price_percent = 50,
       .week = kAudience,
       .noise = 4},
      // Began twelve days ago.
      {.name = "volc-lab",
       .cloud = kVolc,
       .id = "30013151833",
       .cash = "9120.50",
       .postpaid_rows = 45,
       .prepaid_rows = 4,
       .price_percent = 40,
       .week = kOffice,
       .noise = 6,
       .began_days_ago = 12},
      // Its key may not read the bill.
      {.name = "volc-audit",
       .cloud = kVolc,
       .id = "30013151721",
       .cash = "2400.00",
       .postpaid_rows = 30,
       .price_percent = 20,
       .noise = 3},
  };
}

std::size_t find_service(Cloud cloud, std::string_view code) {
  const auto place = [code](const auto& sold) {
    const auto found = std::find_if(sold.begin(), sold.end(),
                                    [code](const auto& item) { return item.code == code; });
    return static_cast<std::size_t>(found - sold.begin());
  };
  return cloud == Cloud::kBaidu ? place(services()) : place(volcengine_products());
}

Date days_before(Date today, int days) {
  return Date{std::chrono::sys_days{today} - std::chrono::days{days}};
}

// The first of each month, for as long as anybody asks.
std::vector<Date> days_of_purchase(const Bought& bought, Date today) {
  if (bought.days_ago != kMonthly) {
    return {days_before(today, bought.days_ago)};
  }
  std::vector<Date> days;
  for (int month = -36; month <= 36; ++month) {
    days.push_back((today.year() / today.month() + std::chrono::months{month}) /
                   std::chrono::day{1});
  }
  return days;
}

Life make_life(const Story& story, Date today) {
  Life life{days_before(today, story.began_days_ago), story.week, story.year, story.noise, {}, {}};
  for (const Change& change : story.changes) {
    const std::optional<std::size_t> service =
        change.service.empty() ? std::nullopt
                               : std::optional(find_service(story.cloud, change.service));
    life.episodes.push_back(
        {days_before(today, change.from), days_before(today, change.to), service, change.percent});
  }
  for (const Bought& bought : story.bought) {
    for (const Date day : days_of_purchase(bought, today)) {
      life.purchases.push_back(
          {day, find_service(story.cloud, bought.service), Money{kUnitsPerYuan} * bought.yuan});
    }
  }
  std::sort(life.purchases.begin(), life.purchases.end(),
            [](const Purchase& a, const Purchase& b) { return a.day < b.day; });
  return life;
}

Account make_account(const Story& story, Date today, std::uint64_t seed) {
  Account account;
  account.cloud = story.cloud;
  account.id = story.id;
  account.login_name = "demo-" + std::string(story.name);
  account.access_key_id = "demo-ak-" + std::string(story.name);
  account.secret_access_key = "demo-sk-" + std::string(story.name);
  account.cash_balance = story.cash;
  account.balance.available = story.cash;
  account.seed = mix(seed, hash_text(story.id));
  account.postpaid_rows = story.postpaid_rows;
  account.prepaid_rows = story.prepaid_rows;
  account.orders = story.prepaid_rows * 2;
  account.price_percent = story.price_percent;
  account.grows = true;
  account.environments = {"prod"};
  account.life = std::make_shared<const Life>(make_life(story, today));
  return account;
}

void grant_quota(Account& account, const char* quota, const char* remaining) {
  account.quota_access = QuotaAccess::kGranted;
  account.quota = quota;
  account.remaining_quota = remaining;
}

}  // namespace

std::vector<Account> demo_accounts(std::uint64_t seed, Date today) {
  std::vector<Account> accounts;
  for (const Story& story : tell_stories()) {
    accounts.push_back(make_account(story, today, seed));
  }
  const auto named = [&](std::string_view name) -> Account& {
    return *std::find_if(accounts.begin(), accounts.end(), [&](const Account& account) {
      return account.login_name == "demo-" + std::string(name);
    });
  };
  grant_quota(named("prod"), "200000.0000", "136402.1850");
  grant_quota(named("group"), "500000.0000", "500000.0000");
  named("staging").quota_access = QuotaAccess::kForbidden;
  named("staging").old_coupon_names = true;
  named("staging").environments = {"staging", "test", "dev"};
  named("data").session_token = "demo-session-token-data";
  named("data").environments = {"prod", "prod", "staging"};
  named("group-games").unit_name = "游戏事业部";
  named("group-retail").unit_name = "零售事业部";
  for (const std::string_view member : {"group-games", "group-retail"}) {
    named(member).master_id = named("group").id;
    named("group").member_ids.push_back(named(member).id);
  }
  named("volc-prod").balance = {"86012.02", "468.25", "50000.00", "0.00"};
  named("volc-prod").coupons = 8;
  named("volc-prod").packages = 10;
  named("volc-prod").budgets = 4;
  named("volc-prod").resources = 30;
  named("prod").resources = 40;
  named("volc-prod").runs_out = true;
  named("volc-prod").owner_ids = {named("volc-linked").id};
  named("volc-ai").balance = {"5218.60", "0.00", "0.00", "2081.40"};
  named("volc-ai").session_token = "demo-session-token-volc-ai";
  named("volc-ai").environments = {"prod", "staging"};
  named("volc-global").usd_percent = 35;
  named("volc-global").unlisted_yuan = 96;
  named("volc-audit").refused_operations = {"ListBillDetail", "ListBillOverviewByProd"};
  return accounts;
}

}  // namespace simulator
