#include "status_page/account_parts.h"

#include <optional>

#include "status_page/account_condition.h"
#include "status_page/html.h"
#include "status_page/parts.h"

namespace cloud_billing {
namespace {

Tone tone_of(const AccountSummary& account, AccountCondition state) {
  switch (state) {
    case AccountCondition::kFailing:
      return Tone::kBad;
    case AccountCondition::kLow:
      return balance_tone(find_balance_state(account));
    case AccountCondition::kOverBudget:
      return budget_tone(account.budget_used, account.budget_forecast);
    case AccountCondition::kStale:
      return Tone::kWarn;
    case AccountCondition::kOk:
      break;
  }
  return Tone::kGood;
}

std::string_view state_words(const AccountSummary& account, AccountCondition state,
                             const ChoiceSentences& say) {
  if (state == AccountCondition::kLow && find_balance_state(account) == BalanceState::kUsedUp) {
    return say.used_up;
  }
  if (state == AccountCondition::kOverBudget && account.budget_used.value_or(0) < 1) {
    return say.forecast_over;
  }
  return say.states[static_cast<std::size_t>(state)];
}

std::string badge_html(std::string_view css_class, std::string_view words) {
  return fill_form(R"(<span class="state {}">{}</span>)", css_class, words);
}

}  // namespace

std::string states_html(const AccountSummary& account, const Rendering& page) {
  std::string out;
  for (const AccountCondition state : kAllConditions) {
    if (!has_condition(account, state)) continue;
    if (!out.empty()) out += ' ';
    out += badge_html(tone_class(tone_of(account, state)),
                      state_words(account, state, page.say.choices));
  }
  return out.empty() ? badge_html("none", page.say.polls.first_poll_under_way) : out;
}

std::string budget_bar_html(const AccountSummary& account, const Rendering& page) {
  return bar_html(*account.budget_used,
                  tone_class(budget_tone(account.budget_used, account.budget_forecast)),
                  covered_share(account, page.now));
}

std::string budget_used_html(const AccountSummary& account) {
  const bool is_used_up = account.budget_used.value_or(0) >= 1;
  return toned_html(is_used_up ? Tone::kBad : Tone::kNone, percent_html(*account.budget_used));
}

std::string budget_forecast_html(const AccountSummary& account) {
  return toned_html(budget_tone(account.budget_used, account.budget_forecast),
                    percent_html(*account.budget_forecast));
}

std::string available_html(const AccountSummary& account, const Rendering& page) {
  if (account.balance == nullptr) return money_html(std::nullopt, "", page);
  const std::string available =
      money_html(account.balance->available, account.balance->currency, page);
  const Tone tone = balance_tone(find_balance_state(account));
  return tone == Tone::kBad ? toned_html(tone, available) : available;
}

std::string runway_html(const AccountSummary& account, const Rendering& page) {
  const BalanceState state = find_balance_state(account);
  if (state == BalanceState::kUsedUp) return toned_html(Tone::kBad, page.say.money.used_up);
  if (!account.trend.runway) {
    return fill_form(R"(<span class="none">{}</span>)", page.say.money.not_known);
  }
  return days_left_html(account.trend.runway->seconds, page);
}

}  // namespace cloud_billing
