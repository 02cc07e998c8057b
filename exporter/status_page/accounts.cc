#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "status_page/days.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kServicesShown = 5;

bool is_late(const AccountSummary& account) {
  return std::any_of(account.collectors.begin(), account.collectors.end(),
                     [](const CollectorSummary& collector) { return collector.late; });
}

// In words as well as in colour.
std::string state_html(const AccountSummary& account) {
  if (account.failing()) return "<span class=\"state bad\">failing</span>";
  if (account.waiting()) return "<span class=\"state none\">first poll under way</span>";
  if (is_late(account)) return "<span class=\"state warn\">late</span>";
  return "<span class=\"state good\">ok</span>";
}

std::string labels_html(const AccountConfig& config) {
  std::string out =
      fill_form(R"(<span class="label">{}</span>)", escape_html(config.provider->name));
  for (const auto& [name, value] : config.labels) {
    out += fill_form(R"( <span class="label">{}={}</span>)", escape_html(name), escape_html(value));
  }
  return out;
}

std::string budget_html(const AccountSummary& account, const Overview& overview) {
  if (!account.budget_used) return "";
  return fill_form("{}<p class=\"note\">{} of the budget of {}</p>\n",
                   budget_bar_html(*account.budget_used, overview.month_elapsed),
                   budget_used_html(*account.budget_used),
                   money_html(account.view->config->budget));
}

std::string figure(std::string_view term, std::string_view html) {
  return fill_form("<div><dt>{}</dt><dd>{}</dd></div>\n", term, html);
}

std::string available_html(const AccountSummary& account) {
  if (!account.balance) return money_html(std::nullopt);
  return (account.low_balance ? "<b class=\"bad\">low</b> " : "") +
         money_html(account.balance->available, account.balance->currency);
}

std::string balance_html(const AccountSummary& account) {
  std::string out = figure("Available balance", available_html(account));
  if (!account.balance) return out;
  const Balance& balance = *account.balance;
  const auto add = [&](std::string_view term, const std::optional<Amount>& amount) {
    if (amount && *amount != Amount()) out += figure(term, money_html(amount, balance.currency));
  };
  if (!balance.available) {
    add("Cash balance", balance.cash);
  } else if (balance.cash != *balance.available) {
    add("of it cash", balance.cash);
  }
  add("Credit limit", balance.credit_limit);
  add("Frozen", balance.frozen);
  add("Arrears", balance.arrears);
  return out;
}

std::string orders_html(const AccountSummary& account, UtcSeconds now) {
  if (!account.unpaid) return "";
  if (account.unpaid->count == 0) return figure("Unpaid orders", "none");
  std::string text = std::to_string(account.unpaid->count);
  for (const auto& [currency, amount] : account.unpaid->payable) {
    text += " · " + money_html(amount, currency);
  }
  if (account.unpaid->oldest) {
    text += fill_form(R"(<br><span class="note">oldest {}</span>)",
                      past_time_html(*account.unpaid->oldest, now));
  }
  return figure("Unpaid orders", text);
}

std::string outcome_html(const CollectorStatus& status) {
  if (!status.up) return "<span class=\"none\">not yet</span>";
  return *status.up ? "<span class=\"good\">ok</span>" : "<b class=\"bad\">failed</b>";
}

std::string success_html(const CollectorSummary& collector, UtcSeconds now) {
  std::string success = "<span class=\"none\">never</span>";
  if (const auto& at = collector.status.last_success) success = past_time_html(*at, now);
  if (collector.withdrawn) success += " <b class=\"warn\">too old, not shown</b>";
  return success;
}

std::string message_html(const PollFailure& failure) {
  return failure.message.empty() ? "before this start; the log of then has the words"
                                 : escape_html(failure.message);
}

// What fails now.
std::string failures_html(const AccountSummary& account, UtcSeconds now) {
  std::string out;
  for (const CollectorSummary& collector : account.collectors) {
    const CollectorStatus& status = collector.status;
    if (status.up != false || !status.last_failure) continue;
    out +=
        fill_form("<p class=\"failure\"><b>{}</b> failed {} ago – {}.<br><span>{}</span></p>\n",
                  collector_name(status.collector), duration_words(now - status.last_failure->at),
                  reason_words(status.last_failure->reason), message_html(*status.last_failure));
  }
  return out;
}

// What failed and is over.
std::string past_failures_html(const AccountSummary& account, UtcSeconds now) {
  std::string out;
  for (const CollectorSummary& collector : account.collectors) {
    const CollectorStatus& status = collector.status;
    if (status.up == false || !status.last_failure) continue;
    out += fill_form(
        "<details><summary>{}: last error {} – {}</summary>\n<p class=\"note\">{}</p></details>\n",
        collector_name(status.collector), past_time_html(status.last_failure->at, now),
        reason_words(status.last_failure->reason), message_html(*status.last_failure));
  }
  return out;
}

std::string collectors_html(const AccountSummary& account, UtcSeconds now) {
  std::string rows;
  for (const CollectorSummary& collector : account.collectors) {
    rows +=
        fill_form("<tr><th scope=\"row\">{} {}</th><td>{}</td><td>{}</td></tr>\n",
                  collector_name(collector.status.collector), outcome_html(collector.status),
                  success_html(collector, now), next_time_html(collector.status.next_poll, now));
  }
  return fill_form(
      "{}<table class=\"polls\"><thead><tr><th scope=\"col\">Latest poll</th>"
      "<th scope=\"col\">Last success</th><th scope=\"col\">Next</th></tr></thead>\n"
      "<tbody>\n{}</tbody></table>\n{}",
      failures_html(account, now), rows, past_failures_html(account, now));
}

// The same in a table's cell: how old the oldest of it is, the rest folded up.
std::string folded_collectors_html(const AccountSummary& account, UtcSeconds now) {
  std::optional<UtcSeconds> oldest;
  bool all_succeeded = true;
  std::string polls;
  for (const CollectorSummary& collector : account.collectors) {
    const CollectorStatus& status = collector.status;
    const bool can_grow_old = status.collector != Collector::kHistory;  // closed months stay
    if (status.last_success && can_grow_old) {
      oldest = std::min(oldest.value_or(now), *status.last_success);
    }
    all_succeeded = all_succeeded && status.last_success.has_value();
    polls += fill_form("<li><b>{}</b> {}, last success {}, next poll {}</li>\n",
                       collector_name(status.collector), outcome_html(status),
                       success_html(collector, now), next_time_html(status.next_poll, now));
  }
  std::string age;
  if (all_succeeded && oldest) age = duration_words(now - *oldest) + " ago";
  return fill_form(
      "<details><summary>{} <span class=\"age\">{}</span></summary>\n<ul>\n{}</ul>\n{}{}{}"
      "</details>",
      state_html(account), age, polls, failures_html(account, now),
      past_failures_html(account, now), days_html(account, now));
}

std::string costs_html(const CurrencyCosts& costs, const Overview& overview,
                       const std::string& progress) {
  return fill_form(
      "<p class=\"amount\">{}</p>\n{}<dl>\n{}</dl>\n{}",
      exact_money_html(costs.current, costs.currency), progress,
      figure(month_words(overview.month.previous()), money_html(costs.previous, costs.currency)),
      services_html(costs, kServicesShown));
}

std::string card_html(const AccountSummary& account, const Overview& overview) {
  std::string costs;
  for (const CurrencyCosts& in_currency : account.costs) {
    const bool is_first = costs.empty();
    costs += costs_html(in_currency, overview, is_first ? budget_html(account, overview) : "");
  }
  std::string through;
  if (account.data_through) {
    through = fill_form("<p class=\"note\">The bill covers costs until {}.</p>\n",
                        china_time_text(*account.data_through).substr(0, 16));
  }
  return fill_form(
      "<article class=\"card\">\n<header><h3>{}</h3> {}</header>\n"
      "<p class=\"labels\">{}</p>\n{}{}<dl>\n{}{}</dl>\n{}</article>\n",
      account_link_html(account), state_html(account), labels_html(*account.view->config), costs,
      through + days_html(account, overview.now), balance_html(account),
      orders_html(account, overview.now), collectors_html(account, overview.now));
}

std::string row_html(const AccountSummary& account, const Overview& overview) {
  const CurrencyCosts& costs = account.costs.front();
  std::string budget = "<span class=\"none\">–</span>";
  if (account.budget_used) {
    budget = budget_bar_html(*account.budget_used, overview.month_elapsed) +
             budget_used_html(*account.budget_used);
  }
  return fill_form(
      "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">{} "
      "<span class=\"note\">{}</span></th><td role=\"cell\" class=\"runs\">{}</td>"
      "<td role=\"cell\" data-is=\"this month\">{}</td>"
      "<td role=\"cell\" data-is=\"last month\">{}</td>"
      "<td role=\"cell\" class=\"used\" data-is=\"budget\">{}</td>"
      "<td role=\"cell\" data-is=\"balance\">{}</td></tr>\n",
      account_link_html(account), escape_html(account.view->config->provider->name),
      folded_collectors_html(account, overview.now), money_html(costs.current, costs.currency),
      money_html(costs.previous, costs.currency), budget, available_html(account));
}

}  // namespace

std::string render_cards(const Overview& overview) {
  std::string cards;
  for (const AccountSummary& account : overview.found) cards += card_html(account, overview);
  return "<div class=\"cards\">\n" + cards + "</div>\n";
}

std::string render_table(const Overview& overview, std::size_t begin, std::size_t end) {
  std::string rows;
  for (std::size_t i = begin; i < end; ++i) rows += row_html(overview.found[i], overview);
  return fill_form(
      "<div class=\"card\">\n<table class=\"accounts\" role=\"table\">\n"
      "<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">Account"
      "</th><th role=\"columnheader\" scope=\"col\">Polls</th>"
      "<th role=\"columnheader\" scope=\"col\">{} so far</th>"
      "<th role=\"columnheader\" scope=\"col\">{}</th>"
      "<th role=\"columnheader\" scope=\"col\">Budget used</th>"
      "<th role=\"columnheader\" scope=\"col\">Available balance</th></tr></thead>\n"
      "<tbody role=\"rowgroup\">\n{}</tbody></table>\n</div>\n",
      month_words(overview.month), month_words(overview.month.previous()), rows);
}

}  // namespace cloud_billing
