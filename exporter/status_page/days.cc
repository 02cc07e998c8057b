#include "status_page/days.h"

#include <string>

#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

std::string note_html(std::string_view html) {
  return fill_form("<p class=\"note\">{}</p>\n", html);
}

std::string why_not_known(const AccountView& view, const Rendering& page) {
  const PollSentences& say = page.say.polls;
  if (view.days_are_read) return std::string(say.days_are_read);
  if (!view.days_failure) return std::string(say.days_are_read_next);
  return say.days_failed(reason_words(view.days_failure->reason, say),
                         log_words_html(view.days_failure->message, page));
}

std::string listed_days(const std::vector<DayRange>& ranges, const TimeSentences& say) {
  std::string out;
  for (const DayRange& range : ranges) {
    out += fill_form("{}{}", out.empty() ? std::string_view() : std::string_view(say.comma),
                     days_words(range.first, range.last, say));
  }
  return out;
}

std::string days_total_html(const DaysTotal& total, const Rendering& page) {
  const PollSentences& say = page.say.polls;
  const std::string month = month_words(total.month, page.say.times);
  const std::string days = money_html(total.days, total.currency, page);
  if (total.difference == Amount()) return note_html(say.days_add_up(month, days));
  const std::string difference = money_html(total.difference.magnitude(), total.currency, page);
  return note_html(total.difference < Amount() ? say.days_come_to_less(month, days, difference)
                                               : say.days_come_to_more(month, days, difference));
}

}  // namespace

std::string days_html(const AccountSummary& account, const Rendering& page) {
  if (account.days == nullptr) return "";
  std::string html;
  const std::vector<DayRange>& missing = account.missing_days;
  if (!missing.empty()) {
    html += note_html(page.say.polls.days_not_known(listed_days(missing, page.say.times),
                                                    why_not_known(*account.view, page)));
  }
  for (const DaysTotal& total : account.days_totals) html += days_total_html(total, page);
  return html;
}

}  // namespace cloud_billing
