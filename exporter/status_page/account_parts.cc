#include "status_page/account_parts.h"

#include <algorithm>
#include <optional>

#include "status_page/html.h"
#include "status_page/parts.h"

namespace cloud_billing {
namespace {

bool is_late(const AccountSummary& account) {
  return std::any_of(account.collectors.begin(), account.collectors.end(),
                     [](const CollectorSummary& collector) { return collector.late; });
}

}  // namespace

std::string state_html(const AccountSummary& account, const Rendering& page) {
  const PollSentences& say = page.say.polls;
  const auto state = [](std::string_view tone, std::string_view words) {
    return fill_form(R"(<span class="state {}">{}</span>)", tone, words);
  };
  if (account.failing()) return state("bad", say.polls_fail);
  if (account.waiting()) return state("none", say.first_poll_under_way);
  if (is_late(account)) return state("warn", say.polls_late);
  return state("good", say.polls_ok);
}

std::string budget_bar_html(const AccountSummary& account, const Overview& overview) {
  return bar_html(*account.budget_used, budget_tone(*account.budget_used),
                  share_of_month(account.data_through.value_or(overview.now), overview.month));
}

std::string available_html(const AccountSummary& account, const Rendering& page) {
  if (!account.balance) return money_html(std::nullopt, "", page);
  const std::string available =
      money_html(account.balance->available, account.balance->currency, page);
  if (!account.low_balance) return available;
  return fill_form(R"(<b class="bad">{}</b> {})", page.say.money.low, available);
}

}  // namespace cloud_billing
