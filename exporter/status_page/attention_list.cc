#include <algorithm>
#include <string>
#include <vector>

#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kConcernsShown = 10;

// Something to look at: "bad" before "warn".
struct Concern {
  bool bad = true;
  std::string html;
};

std::string bold(std::string_view html) { return fill_form("<b>{}</b>", html); }

std::string code(std::string_view html) { return fill_form("<code>{}</code>", html); }

void list_collector_concerns(const AccountSummary& account, const Rendering& page,
                             std::vector<Concern>& concerns) {
  const AttentionSentences& say = page.say.attention;
  const std::string link = account_link_html(account.view->config->name, page);
  for (const CollectorSummary& collector : account.collectors) {
    const CollectorStatus& status = collector.status;
    const std::string name = bold(collector_words(status.collector, page.say.polls));
    if (status.up == false) {
      const std::string why =
          status.last_failure ? reason_words(status.last_failure->reason, page.say.polls) : "";
      concerns.push_back(
          {true, status.last_success
                     ? say.failing(link, name, age_words(*status.last_success, page), why)
                     : say.never_succeeded(link, name, why)});
    } else if (collector.late) {
      concerns.push_back(
          {false,
           say.late(link, name, duration_words(page.now - *status.last_success, page.say.times))});
    }
  }
}

void list_money_concerns(const AccountSummary& account, const Rendering& page,
                         std::vector<Concern>& concerns) {
  const AttentionSentences& say = page.say.attention;
  const AccountConfig& config = *account.view->config;
  const std::string link = account_link_html(config.name, page);
  for (const std::string& other : account.also_holds) {
    concerns.push_back({true, say.holds_other(link, bold(escape_html(other)))});
  }
  for (const CurrencyMismatch& mismatch : account.mismatches) {
    concerns.push_back(
        {true, say.wrong_currency(link, code(mismatch.key), escape_html(config.currency),
                                  escape_html(mismatch.currencies), code("currency"))});
  }
  if (account.budget_used && budget_tone(*account.budget_used) != "good") {
    concerns.push_back({*account.budget_used >= 1,
                        say.budget_used(link, bold(percent_html(*account.budget_used)))});
  }
  if (account.low_balance) {
    const std::string& currency = account.balance->currency;
    const std::string available = money_html(account.balance->available, currency, page);
    const bool threshold = config.low_balance && currency == config.currency;
    concerns.push_back(
        {true, threshold ? say.below_threshold(link, available,
                                               money_html(config.low_balance, currency, page))
                         : say.in_debt(link, available)});
  }
  if (account.unpaid && account.unpaid->count > 0) {
    concerns.push_back({false, say.unpaid_orders(link, say.counted_orders(account.unpaid->count))});
  }
}

}  // namespace

std::string render_attention(const Overview& overview, const Snapshot& input,
                             const Rendering& page) {
  const AttentionSentences& say = page.say.attention;
  std::vector<Concern> concerns;
  if (!input.last_reload_successful) {
    concerns.push_back({true, say.reload_refused(age_words(input.config_loaded_at, page))});
  }
  for (const AccountSummary& account : overview.found) {
    list_collector_concerns(account, page, concerns);
    list_money_concerns(account, page, concerns);
  }
  if (concerns.empty()) return "";
  std::stable_partition(concerns.begin(), concerns.end(), [](const Concern& c) { return c.bad; });
  std::string items;
  std::string rest;
  for (std::size_t i = 0; i < concerns.size(); ++i) {
    (i < kConcernsShown ? items : rest) +=
        fill_form("<li class=\"{}\">{}</li>\n", concerns[i].bad ? "bad" : "warn", concerns[i].html);
  }
  if (!rest.empty()) {
    rest = fill_form("<details><summary>{}</summary>\n<ul>\n{}</ul></details>\n",
                     say.more(concerns.size() - kConcernsShown), rest);
  }
  return fill_form(
      "<section class=\"attention card\" aria-labelledby=\"attention\">\n"
      "<h2 id=\"attention\">{}</h2>\n<ul>\n{}</ul>\n{}</section>\n",
      say.heading, items, rest);
}

}  // namespace cloud_billing
