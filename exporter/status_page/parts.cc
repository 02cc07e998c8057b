#include "status_page/parts.h"

#include <algorithm>
#include <cmath>

#include "core/percent_encoding.h"
#include "status_page/html.h"
#include "status_page/money_text.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kUnknown = R"(<span class="none" title="not known">–</span>)";

constexpr double kWarnFrom = 0.8;

std::string currency_html(std::string_view currency) {
  return fill_form(R"(<span class="currency">{}</span> )", escape_html(currency));
}

// A number with at most one decimal, for lengths and percentages.
std::string tenths_text(double value) {
  const auto tenths = static_cast<long long>(std::llround(std::clamp(value, -1e9, 1e9) * 10));
  std::string out = std::to_string(std::abs(tenths) / 10);
  if (tenths % 10 != 0) out += "." + std::to_string(std::abs(tenths) % 10);
  return (tenths < 0 ? "-" : "") + out;
}

// With the day if it is not today's.
std::string short_time_text(UtcSeconds time, UtcSeconds now) {
  const std::string text = china_time_text(time);
  const bool today = billing_day_at(time) == billing_day_at(now);
  return today ? text.substr(11, 5) : text.substr(5, 11);
}

std::string time_html(UtcSeconds time, UtcSeconds now, const std::string& words) {
  return fill_form(
      R"(<time datetime="{}" title="{} UTC+8">{} <span class="age">· {}</span></time>)",
      utc_text(time), china_time_text(time), short_time_text(time, now), words);
}

std::string service_line(const ServiceCost& service, Amount largest, std::optional<Amount> total) {
  const std::string name = service.name.empty() || service.name == service.service_type
                               ? escape_html(service.service_type)
                               : fill_form("{} <code>{}</code>", escape_html(service.name),
                                           escape_html(service.service_type));
  const auto share = total ? share_of(service.cost, *total) : std::nullopt;
  return fill_form(
      "<li><span class=\"what\">{}</span> {}<span class=\"cost\">{}</span> "
      "<span class=\"share\">{}</span></li>\n",
      name, bar_html(share_of(service.cost, largest).value_or(0), "plain"),
      money_html(service.cost), share ? percent_text(*share) : "");
}

}  // namespace

std::string money_html(std::optional<Amount> amount) {
  if (!amount) return std::string(kUnknown);
  return fill_form(R"(<data class="money" value="{}" title="{}">{}</data>)", amount->to_decimal(),
                   exact_money_text(*amount), money_text(*amount));
}

std::string money_html(std::optional<Amount> amount, std::string_view currency) {
  if (!amount) return std::string(kUnknown);
  return currency_html(currency) + money_html(amount);
}

std::string exact_money_html(std::optional<Amount> amount, std::string_view currency) {
  if (!amount) return std::string(kUnknown);
  const std::string text = exact_money_text(*amount);
  const std::size_t cents = text.find('.') + 3;
  const std::string tail = text.substr(cents);
  return currency_html(currency) + fill_form(R"(<data class="money" value="{}">{}{}</data>)",
                                             amount->to_decimal(), text.substr(0, cents),
                                             tail.empty() ? "" : "<small>" + tail + "</small>");
}

std::string percent_text(double share) { return tenths_text(share * 100) + " %"; }

std::string bar_html(double share, std::string_view tone, std::optional<double> mark) {
  const std::string width = tenths_text(std::clamp(share, 0.0, 1.0) * 100);
  std::string line;
  if (mark) {
    const std::string at = tenths_text(std::clamp(*mark, 0.0, 1.0) * 100);
    line = fill_form(R"(<line x1="{}%" x2="{}%" y1="0" y2="10"/>)", at, at);
  }
  return fill_form(
      "<svg class=\"bar {}\" width=\"100%\" height=\"10\" aria-hidden=\"true\" focusable=\"false\">"
      "<rect class=\"track\" y=\"1\" width=\"100%\" height=\"8\" rx=\"2\"/>"
      "<rect class=\"fill\" y=\"1\" width=\"{}%\" height=\"8\" rx=\"2\"/>{}</svg>",
      tone, width, line);
}

std::string_view budget_tone(double used) {
  if (used >= 1) return "bad";
  return used >= kWarnFrom ? "warn" : "good";
}

std::string budget_bar_html(double used, double month_elapsed) {
  return bar_html(used, budget_tone(used), month_elapsed);
}

std::string budget_used_html(double used) {
  return fill_form(R"(<b class="{}">{}</b>)", budget_tone(used), percent_text(used));
}

std::string past_time_html(UtcSeconds time, UtcSeconds now) {
  return time_html(time, now, duration_words(now - time) + " ago");
}

std::string next_time_html(std::optional<UtcSeconds> time, UtcSeconds now) {
  if (!time || *time <= now) return "under way";
  return time_html(*time, now, "in " + duration_words(*time - now));
}

std::string services_html(const CurrencyCosts& costs, std::size_t shown) {
  if (costs.services.empty()) return "";
  const Amount largest = costs.services.front().cost;
  std::string first;
  std::string rest;
  for (std::size_t i = 0; i < costs.services.size(); ++i) {
    (i < shown ? first : rest) += service_line(costs.services[i], largest, costs.current);
  }
  std::string out = fill_form("<ul class=\"services\">\n{}</ul>\n", first);
  if (rest.empty()) return out;
  Sum others;
  for (std::size_t i = shown; i < costs.services.size(); ++i) others.add(costs.services[i].cost);
  return out + fill_form(
                   "<details><summary>{}, together {}</summary>\n"
                   "<ul class=\"services\">\n{}</ul></details>\n",
                   count_text(others.parts, "further service"), money_html(others.known()), rest);
}

std::string_view reason_words(Reason reason) {
  switch (reason) {
    case Reason::kTransport:
      return "transport: the cloud could not be reached";
    case Reason::kTimeout:
      return "timeout: no complete answer in time";
    case Reason::kAuth:
      return "auth: key, signature, token or clock refused";
    case Reason::kPermission:
      return "permission: the key may not read this";
    case Reason::kThrottled:
      return "throttled: the cloud was asked too often";
    case Reason::kServer:
      return "server: the cloud has a fault";
    case Reason::kRequest:
      return "request: the cloud refused the request";
    case Reason::kDecode:
      return "decode: an answer was not understood";
    case Reason::kInconsistent:
      return "inconsistent: the pages did not add up";
  }
  return "";
}

std::string account_link_html(const AccountSummary& account) {
  const std::string& name = account.view->config->name;
  return fill_form(R"(<a href="?account={}">{}</a>)", percent_encode(name), escape_html(name));
}

std::string count_text(std::size_t count, std::string_view noun) {
  return fill_form("{} {}{}", std::to_string(count), noun, count == 1 ? "" : "s");
}

}  // namespace cloud_billing
