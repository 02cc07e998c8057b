#include <algorithm>
#include <utility>
#include <vector>

#include "status_page/html.h"
#include "status_page/money_text.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kServicesShown = 8;
constexpr std::size_t kConcernsShown = 10;

// Something to look at: "bad" before "warn".
struct Concern {
  bool bad = true;
  std::string html;
};

void list_collector_concerns(const AccountSummary& account, UtcSeconds now,
                             std::vector<Concern>& concerns) {
  for (const CollectorSummary& collector : account.collectors) {
    const std::string_view name = collector_name(collector.status.collector);
    if (collector.status.up == false) {
      std::string why;
      if (collector.status.last_failure) {
        why = fill_form(" – {}", reason_words(collector.status.last_failure->reason));
      }
      std::string since = " and has never succeeded";
      if (collector.status.last_success) {
        since = fill_form("; last success {} ago",
                          duration_words(now - *collector.status.last_success));
      }
      concerns.push_back({true, fill_form("{}: the latest poll of <b>{}</b> failed{}{}",
                                          account_link_html(account), name, since, why)});
    } else if (collector.late) {
      concerns.push_back(
          {false, fill_form("{}: <b>{}</b> has not been polled for {}", account_link_html(account),
                            name, duration_words(now - *collector.status.last_success))});
    }
  }
}

void list_money_concerns(const AccountSummary& account, std::vector<Concern>& concerns) {
  const AccountConfig& config = *account.view->config;
  for (const std::string& other : account.also_holds) {
    concerns.push_back(
        {true,
         fill_form("{}: its bill holds that of <b>{}</b> too, so a sum over both would count it "
                   "twice; the totals of this page do not",
                   account_link_html(account), escape_html(other))});
  }
  for (const CurrencyMismatch& mismatch : account.mismatches) {
    concerns.push_back(
        {true, fill_form("{}: <b>{}</b> is in {}, in which the account has nothing (it has {}), so "
                         "no alert can come of it; set the account's <code>currency</code>",
                         account_link_html(account), mismatch.key, escape_html(config.currency),
                         escape_html(mismatch.currencies))});
  }
  if (account.budget_used && budget_tone(*account.budget_used) != "good") {
    concerns.push_back({*account.budget_used >= 1,
                        fill_form("{}: <b>{}</b> of this month's budget is used",
                                  account_link_html(account), percent_text(*account.budget_used))});
  }
  if (account.low_balance) {
    const bool threshold = config.low_balance && account.balance->currency == config.currency;
    concerns.push_back(
        {true, fill_form("{}: the balance of {} is {}", account_link_html(account),
                         money_html(account.balance->available, account.balance->currency),
                         threshold ? "below " + money_html(config.low_balance) : "negative")});
  }
  if (account.unpaid && account.unpaid->count > 0) {
    concerns.push_back({false, fill_form("{}: {}", account_link_html(account),
                                         count_text(account.unpaid->count, "unpaid order"))});
  }
}

std::string progress_html(const CurrencyTotal& total, const Overview& overview) {
  const auto budget = total.budget.known();
  if (!budget) return "";
  if (!total.budget_used) {
    return fill_form(
        "<p class=\"note\">Budgets of {}; not all of these accounts are read yet.</p>\n",
        money_html(budget, total.currency));
  }
  return fill_form(
      "{}<p class=\"note\">{} of {} budgeted for {}; the line marks how much "
      "of the month has passed ({}).</p>\n",
      budget_bar_html(*total.budget_used, overview.month_elapsed),
      budget_used_html(*total.budget_used), money_html(budget),
      count_text(total.budget.parts, "account"), percent_text(overview.month_elapsed));
}

std::string of_accounts(const Sum& sum, std::size_t accounts) {
  if (!sum.fits) return "too large to add up";
  if (sum.parts == accounts) return count_text(accounts, "account");
  return fill_form("{} of {}", std::to_string(sum.parts), count_text(accounts, "account"));
}

std::size_t count_accounts_of(const Overview& overview, const std::string& currency) {
  return static_cast<std::size_t>(
      std::count_if(overview.found.begin(), overview.found.end(), [&](const auto& account) {
        return std::any_of(account.costs.begin(), account.costs.end(),
                           [&](const auto& costs) { return costs.currency == currency; });
      }));
}

std::string left_out_html(const CurrencyTotal& total) {
  std::string out;
  for (const auto& [account, other] : total.left_out) {
    out += fill_form("<p class=\"note\">Without {}: the bill of {} holds it already.</p>\n",
                     escape_html(account), escape_html(other));
  }
  return out;
}

std::string render_total(const CurrencyTotal& total, const Overview& overview) {
  const std::size_t accounts = count_accounts_of(overview, total.currency);
  std::string services = services_html(
      {total.currency, total.current.known(), std::nullopt, total.services}, kServicesShown);
  if (services.empty()) {
    services = total.current.parts == 0 ? "<p class=\"note\">No bill of this month is read yet.</p>"
                                        : "<p class=\"note\">No costs this month.</p>";
  }
  return fill_form(
      "<section class=\"total card\" aria-label=\"{} in {}\">\n"
      "<div>\n<h2>{} <span class=\"note\">so far, {}</span></h2>\n"
      "<p class=\"big\">{}</p>\n{}"
      "<dl>\n<div><dt>{}, whole month <span class=\"note\">{}</span></dt><dd>{}</dd></div>\n"
      "<div><dt>Available balance <span class=\"note\">{}</span></dt><dd>{}</dd></div>\n</dl>\n"
      "</div>\n<div>\n<h3>By service</h3>\n{}</div>\n</section>\n",
      month_words(overview.month), escape_html(total.currency), month_words(overview.month),
      of_accounts(total.current, accounts), exact_money_html(total.current.known(), total.currency),
      progress_html(total, overview) + left_out_html(total), month_words(overview.month.previous()),
      of_accounts(total.previous, accounts), money_html(total.previous.known(), total.currency),
      of_accounts(total.available, std::max(accounts, total.available.parts)),
      money_html(total.available.known(), total.currency), services);
}

}  // namespace

std::string render_attention(const Overview& overview, const Snapshot& input) {
  std::vector<Concern> concerns;
  if (!input.last_reload_successful) {
    concerns.push_back(
        {true, fill_form("The configuration was changed and refused; the one loaded {} "
                         "ago stays in use. The log says what is wrong.",
                         duration_words(input.now - input.config_loaded_at))});
  }
  for (const AccountSummary& account : overview.found) {
    list_collector_concerns(account, overview.now, concerns);
    list_money_concerns(account, concerns);
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
    rest = fill_form("<details><summary>{} more</summary>\n<ul>\n{}</ul></details>\n",
                     std::to_string(concerns.size() - kConcernsShown), rest);
  }
  return fill_form(
      "<section class=\"attention card\" aria-labelledby=\"attention\">\n"
      "<h2 id=\"attention\">Needs attention</h2>\n<ul>\n{}</ul>\n{}</section>\n",
      items, rest);
}

std::string render_totals(const Overview& overview) {
  std::string out;
  for (const CurrencyTotal& total : overview.totals) out += render_total(total, overview);
  return out;
}

}  // namespace cloud_billing
