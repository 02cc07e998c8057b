#include "status_page/days.h"

#include <string>

#include "status_page/html.h"
#include "status_page/money_text.h"
#include "status_page/parts.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

std::string reason_html(const AccountView& view) {
  if (view.days_are_read) return "they are being read";
  if (!view.days_failure) return "they are read after the next poll of the bills";
  return fill_form("tried again after the next poll of the bills: {} – {}",
                   reason_words(view.days_failure->reason),
                   escape_html(view.days_failure->message));
}

std::string total_html(const DaysTotal& total) {
  const std::string money = exact_money_html(total.days, total.currency);
  if (total.difference == Amount()) {
    return fill_form("<p class=\"note\">The days of {} add up to its bill, {}.</p>\n",
                     month_words(total.month), money);
  }
  return fill_form("<p class=\"note\">The days of {} add up to {}, {} {} than its bill.</p>\n",
                   month_words(total.month), money,
                   exact_money_html(total.difference.magnitude(), total.currency),
                   total.difference < Amount() ? "less" : "more");
}

}  // namespace

std::string days_html(const AccountSummary& account, UtcSeconds now) {
  if (!account.days) return "";
  std::string html;
  const std::string missing = missing_days_text(*account.days, now);
  if (!missing.empty()) {
    html += fill_form("<p class=\"note\">Days not known: {} – {}.</p>\n", missing,
                      reason_html(*account.view));
  }
  for (const DaysTotal& total : account.days_totals) html += total_html(total);
  return html;
}

}  // namespace cloud_billing
