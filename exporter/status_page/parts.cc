#include "status_page/parts.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

#include "core/number_text.h"
#include "status_page/html.h"
#include "status_page/money_text.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

constexpr double kSecondsOfDay = 86400;
// Below it, a decimal of the days that are left matters.
constexpr double kManyDays = 10;

// A length in percent, with at most one decimal.
std::string length_text(double share) {
  const auto tenths = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 1000));
  std::string out = std::to_string(tenths / 10);
  if (tenths % 10 != 0) out += "." + std::to_string(tenths % 10);
  return out;
}

std::string time_html(UtcSeconds time, const std::string& age, const Rendering& page) {
  return fill_form(R"(<time datetime="{}">{} <span class="age">· {}</span></time>)", utc_text(time),
                   short_time_words(time, page.now, page.say.times), age);
}

// "云服务器 BCC"
std::string service_name_html(const std::string& name, const std::string& service_type) {
  if (name.empty() || name == service_type) return escape_html(service_type);
  return fill_form("{} <code>{}</code>", escape_html(name), escape_html(service_type));
}

std::string service_line(const ServiceCost& service, Amount largest, std::optional<Amount> total,
                         const Rendering& page) {
  const auto share = total ? share_of(service.cost, *total) : std::nullopt;
  return fill_form(
      "<li><span class=\"what\">{}</span> {}<span class=\"cost\">{}</span> "
      "<span class=\"share\">{}</span></li>\n",
      service_name_html(service.name, service.service_type),
      bar_html(share_of(service.cost, largest).value_or(0), "plain"),
      bare_money_html(service.cost, page), share ? percent_html(*share) : "");
}

}  // namespace

std::string bar_html(double share, std::string_view tone, std::optional<double> mark) {
  std::string line;
  if (mark) {
    const std::string at = length_text(*mark);
    line = fill_form(R"(<line x1="{}%" x2="{}%" y1="0" y2="10"/>)", at, at);
  }
  return fill_form(
      "<svg class=\"bar {}\" width=\"100%\" height=\"10\" aria-hidden=\"true\" focusable=\"false\">"
      "<rect class=\"track\" y=\"1\" width=\"100%\" height=\"8\" rx=\"2\"/>"
      "<rect class=\"fill\" y=\"1\" width=\"{}%\" height=\"8\" rx=\"2\"/>{}</svg>",
      tone, length_text(share), line);
}

std::string_view tone_class(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "good";
    case Tone::kWarn:
      return "warn";
    case Tone::kBad:
      return "bad";
    case Tone::kNone:
      break;
  }
  return "plain";
}

std::string toned_html(Tone tone, std::string_view html) {
  if (tone == Tone::kNone) return std::string(html);
  return fill_form(R"(<b class="{}">{}</b>)", tone_class(tone), html);
}

std::string figure_html(std::string_view term, std::string_view html) {
  return fill_form("<div><dt>{}</dt><dd>{}</dd></div>\n", term, html);
}

std::string age_words(UtcSeconds time, const Rendering& page) {
  return page.say.times.ago(duration_words(page.now - time, page.say.times));
}

std::string past_time_html(UtcSeconds time, const Rendering& page) {
  return time_html(time, age_words(time, page), page);
}

std::string next_time_html(std::optional<UtcSeconds> time, const Rendering& page) {
  const TimeSentences& say = page.say.times;
  if (!time || *time <= page.now) return std::string(say.under_way);
  return time_html(*time, say.ahead(duration_words(*time - page.now, say)), page);
}

std::string days_left_html(double seconds, const Rendering& page) {
  if (seconds <= 0) return toned_html(Tone::kBad, page.say.money.used_up);
  const double days = seconds / kSecondsOfDay;
  // Rounded down: nobody has more time than is said.
  const auto tenths = static_cast<std::int64_t>(std::clamp(days, 0.0, 1e6) * 10);
  std::string number = std::to_string(tenths / 10);
  if (days < kManyDays) number += "." + std::to_string(tenths % 10);
  std::string exact;
  append_number(exact, seconds);
  const Tone tone = runway_tone(seconds);
  return toned_html(tone == Tone::kGood ? Tone::kNone : tone,
                    fill_form(R"(<data class="days" value="{}">{}</data>)", exact,
                              page.say.money.days_left(number)));
}

std::string change_html(const Change& change, std::string_view currency, const Rendering& page) {
  std::string amount = signed_money_html(change.difference, currency, page);
  if (!change.share) return amount;
  return page.say.money.change(amount, signed_percent_html(*change.share));
}

std::string growth_html(const ServiceChange& change, std::string_view currency,
                        const Rendering& page) {
  if (change.growth <= Amount()) return "";
  return fill_form("<span>{}</span> {}", service_name_html(change.name, change.service_type),
                   signed_money_html(change.growth, currency, page));
}

std::string services_html(const CurrencyCosts& costs, std::size_t shown, const Rendering& page) {
  if (costs.services.empty()) return "";
  const Amount largest = costs.services.front().cost;
  std::string first;
  std::string rest;
  for (std::size_t i = 0; i < costs.services.size(); ++i) {
    (i < shown ? first : rest) += service_line(costs.services[i], largest, costs.current, page);
  }
  std::string out = fill_form("<ul class=\"services\">\n{}</ul>\n", first);
  if (rest.empty()) return out;
  Sum others;
  for (std::size_t i = shown; i < costs.services.size(); ++i) others.add(costs.services[i].cost);
  const MoneySentences& say = page.say.money;
  return out +
         fill_form("<details><summary>{}</summary>\n<ul class=\"services\">\n{}</ul></details>\n",
                   say.further_together(say.further_services(others.parts),
                                        money_html(others.known(), costs.currency, page)),
                   rest);
}

std::string reason_words(Reason reason, const PollSentences& say) {
  return say.reason(reason_name(reason), say.reasons[static_cast<std::size_t>(reason)]);
}

std::string_view collector_words(Collector collector, const PollSentences& say) {
  return say.collectors[static_cast<std::size_t>(collector)];
}

std::string log_words_html(std::string_view message, const Rendering& page) {
  if (message.empty()) return std::string(page.say.polls.message_not_kept);
  return fill_form(R"(<span lang="en">{}</span>)", escape_html(message));
}

std::string lacking_html(const MissingAccounts& missing, const Rendering& page) {
  const MoneySentences& say = page.say.money;
  if (missing.count == 0) return "";
  return missing.count == 1 ? say.lacking(account_link_html(missing.first, page))
                            : say.lacking_accounts(missing.count);
}

std::string account_link_html(std::string_view name, const Rendering& page) {
  return fill_form(R"(<a href="{}">{}</a>)", page.address.with("account", std::string(name)).html(),
                   escape_html(name));
}

PageAddress all_accounts_address(const Rendering& page) {
  return page.address.without({"q", "account", "state", "label", "value", "page"});
}

double covered_share(const AccountSummary& account, UtcSeconds now) {
  const UtcSeconds begin = account.zone().start_of(account.month);
  const UtcSeconds end = account.zone().end_of(account.month);
  const double share = std::chrono::duration<double>(account.data_through.value_or(now) - begin) /
                       std::chrono::duration<double>(end - begin);
  return std::clamp(share, 0.0, 1.0);
}

}  // namespace cloud_billing
