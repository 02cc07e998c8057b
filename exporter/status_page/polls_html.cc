#include "status_page/polls_html.h"

#include <algorithm>
#include <optional>

#include "status_page/days.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

std::string outcome_html(const CollectorStatus& status, const PollSentences& say) {
  if (!status.up) return fill_form(R"(<span class="none">{}</span>)", say.not_yet);
  return *status.up ? fill_form(R"(<span class="good">{}</span>)", say.ok)
                    : fill_form(R"(<b class="bad">{}</b>)", say.failed);
}

std::string success_html(const CollectorSummary& collector, const Rendering& page) {
  const PollSentences& say = page.say.polls;
  const auto& at = collector.status.last_success;
  if (!at) return fill_form(R"(<span class="none">{}</span>)", say.never);
  const std::string success = past_time_html(*at, page);
  return collector.withdrawn ? fill_form(R"({} <b class="warn">{}</b>)", success, say.too_old)
                             : success;
}

// What fails now.
std::string failures_html(const AccountSummary& account, const Rendering& page) {
  const PollSentences& say = page.say.polls;
  std::string out;
  for (const CollectorSummary& collector : account.collectors) {
    const CollectorStatus& status = collector.status;
    if (status.up != false || !status.last_failure) continue;
    const std::string name = fill_form("<b>{}</b>", collector_words(status.collector, say));
    out += fill_form("<p class=\"failure\">{}<br>{}</p>\n",
                     say.failed_ago(name, age_words(status.last_failure->at, page),
                                    reason_words(status.last_failure->reason, say)),
                     log_words_html(status.last_failure->message, page));
  }
  return out;
}

// What failed and is over.
std::string past_failures_html(const AccountSummary& account, const Rendering& page) {
  const PollSentences& say = page.say.polls;
  std::string out;
  for (const CollectorSummary& collector : account.collectors) {
    const CollectorStatus& status = collector.status;
    if (status.up == false || !status.last_failure) continue;
    out += fill_form("<details><summary>{}</summary>\n<p class=\"note\">{}</p></details>\n",
                     say.last_error(collector_words(status.collector, say),
                                    past_time_html(status.last_failure->at, page),
                                    reason_words(status.last_failure->reason, say)),
                     log_words_html(status.last_failure->message, page));
  }
  return out;
}

// What has to be switched on in the cloud's console.
std::string not_amortised_html(const AccountSummary& account, const Rendering& page) {
  std::string out;
  for (const BillingMonth month : account.not_amortised) {
    out += fill_form("<p class=\"note\">{}</p>\n",
                     page.say.polls.not_amortised(month_words(month, page.say.times),
                                                  account.config().provider->amortised_bill));
  }
  return out;
}

// Of what can grow old: closed months stay as they are.
std::optional<UtcSeconds> find_oldest_success(const AccountSummary& account) {
  std::optional<UtcSeconds> oldest;
  for (const CollectorSummary& collector : account.collectors) {
    const auto& success = collector.status.last_success;
    if (!success) return std::nullopt;
    if (collector.status.collector == Collector::kHistory) continue;
    oldest = std::min(oldest.value_or(*success), *success);
  }
  return oldest;
}

}  // namespace

std::string polls_html(const AccountSummary& account, const Rendering& page) {
  const PollSentences& say = page.say.polls;
  std::string rows;
  for (const CollectorSummary& collector : account.collectors) {
    rows += fill_form("<tr><th scope=\"row\">{} {}</th><td>{}</td><td>{}</td></tr>\n",
                      collector_words(collector.status.collector, say),
                      outcome_html(collector.status, say), success_html(collector, page),
                      next_time_html(collector.status.next_poll, page));
  }
  return fill_form(
      "{}<table class=\"polls\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>"
      "<th scope=\"col\">{}</th></tr></thead>\n<tbody>\n{}</tbody></table>\n{}",
      failures_html(account, page), say.latest_poll, say.last_success, say.next_poll, rows,
      past_failures_html(account, page) + not_amortised_html(account, page));
}

std::string folded_polls_html(const AccountSummary& account, std::string_view summary,
                              const Rendering& page) {
  const PollSentences& say = page.say.polls;
  std::string polls;
  for (const CollectorSummary& collector : account.collectors) {
    const CollectorStatus& status = collector.status;
    const std::string name = fill_form("<b>{}</b>", collector_words(status.collector, say));
    polls += fill_form("<li>{}</li>\n",
                       say.in_short(name, outcome_html(status, say), success_html(collector, page),
                                    next_time_html(status.next_poll, page)));
  }
  const auto oldest = find_oldest_success(account);
  return fill_form(
      "<details><summary>{} <span class=\"age\">{}</span></summary>\n<ul>\n{}</ul>\n{}{}{}"
      "</details>",
      summary, oldest ? age_words(*oldest, page) : "", polls, failures_html(account, page),
      past_failures_html(account, page),
      not_amortised_html(account, page) + days_html(account, page));
}

}  // namespace cloud_billing
