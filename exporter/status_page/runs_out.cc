#include "status_page/runs_out.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "status_page/html.h"
#include "status_page/money_html.h"
#include "status_page/parts.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kLinesShown = 5;
// Below it the alert for packages fires, too (config/prometheus).
constexpr double kLowPackage = 0.1;

std::string note_html(std::string_view html) {
  return fill_form(R"(<span class="note">{}</span>)", html);
}

// The most urgent is first, and those beyond a few are counted.
std::string lines_html(const std::vector<std::string>& lines, const Rendering& page) {
  std::string out;
  for (std::size_t i = 0; i < std::min(lines.size(), kLinesShown); ++i) {
    if (!out.empty()) out += "<br>";
    out += lines[i];
  }
  if (lines.size() <= kLinesShown) return out;
  const std::string further = std::to_string(lines.size() - kLinesShown);
  return out + "<br>" + note_html(page.say.runs_out.further(further));
}

std::string expiry_html(const FirstExpiry& expiry, const Rendering& page) {
  const RunsOutSentences& say = page.say.runs_out;
  if (expiry.at()) return note_html(say.expires(next_time_html(expiry.at(), page)));
  return expiry.undated() == 0 ? std::string() : note_html(say.expiry_not_known);
}

std::string coupons_html(const Coupons& coupons, const Rendering& page) {
  const RunsOutSentences& say = page.say.runs_out;
  if (coupons.count == 0) return figure_html(say.coupons, say.none);
  std::string text = say.some_coupons(coupons.count);
  for (const auto& [currency, amount] : coupons.balances) {
    text += " · " + money_html(amount, currency, page);
  }
  const std::string expiry = expiry_html(coupons.first_expiry, page);
  if (!expiry.empty()) text += "<br>" + expiry;
  return figure_html(say.coupons, text);
}

std::string package_line(const PackageKey& key, std::optional<double> remaining,
                         const FirstExpiry* expiry, const Rendering& page) {
  const RunsOutSentences& say = page.say.runs_out;
  const std::string service = escape_html(key.service_type);
  std::string line = key.unit.empty() ? service : say.package(service, escape_html(key.unit));
  if (!remaining) {
    line += fill_form(R"( <span class="none">{}</span>)", page.say.money.not_known);
  } else {
    const Tone tone = *remaining < kLowPackage ? Tone::kBad : Tone::kNone;
    line += " " + toned_html(tone, say.left(percent_html(*remaining)));
  }
  if (expiry == nullptr) return line;
  const std::string words = expiry_html(*expiry, page);
  return words.empty() ? line : line + " · " + words;
}

// Those of which the least is left first, then those of which it is not known.
std::string packages_html(const Packages& packages, const Rendering& page) {
  const RunsOutSentences& say = page.say.runs_out;
  if (packages.count == 0) return figure_html(say.packages, say.none);
  std::vector<std::pair<double, std::string>> sorted;
  for (const auto& [key, sums] : packages.sums) {
    const auto remaining = sums.remaining_ratio();
    const auto expiry = packages.first_expiries.find(key.service_type);
    const bool is_dated = expiry != packages.first_expiries.end();
    sorted.emplace_back(remaining.value_or(2),
                        package_line(key, remaining, is_dated ? &expiry->second : nullptr, page));
  }
  std::ranges::stable_sort(sorted, {}, &std::pair<double, std::string>::first);
  std::vector<std::string> lines;
  std::ranges::transform(sorted, std::back_inserter(lines),
                         &std::pair<double, std::string>::second);
  return figure_html(say.packages, lines_html(lines, page));
}

std::string budget_words(const ProviderBudgetKey& key, const ProviderBudgetSums& sums,
                         std::optional<double> share, const Rendering& page) {
  const auto known = [](bool is_known, Amount amount) {
    return is_known ? std::optional(amount) : std::nullopt;
  };
  const std::string budget = money_html(known(sums.knows_budget, sums.budget), key.currency, page);
  if (!share) {
    return page.say.runs_out.used(money_html(known(sums.knows_used, sums.used), key.currency, page),
                                  budget);
  }
  const Tone tone = *share >= 1 ? Tone::kBad : Tone::kNone;
  return page.say.money.of_budget(toned_html(tone, percent_html(*share)), budget);
}

// Those of which the most is used first, then those of which it is not known.
std::string budgets_html(const ProviderBudgets& budgets, const Rendering& page) {
  const RunsOutSentences& say = page.say.runs_out;
  if (budgets.count == 0) return figure_html(say.budgets, say.none);
  std::vector<std::pair<double, std::string>> sorted;
  for (const auto& [key, sums] : budgets.sums) {
    std::optional<double> share;
    if (sums.knows_budget && sums.knows_used) share = share_of(sums.used, sums.budget);
    sorted.emplace_back(-share.value_or(-1),
                        escape_html(key.budget) + ": " + budget_words(key, sums, share, page));
  }
  std::ranges::stable_sort(sorted, {}, &std::pair<double, std::string>::first);
  std::vector<std::string> lines;
  std::ranges::transform(sorted, std::back_inserter(lines),
                         &std::pair<double, std::string>::second);
  return figure_html(say.budgets, lines_html(lines, page));
}

// The least first.
std::string sub_accounts_html(const SubAccountCash& cash, const Rendering& page) {
  std::vector<std::pair<Amount, std::string>> sorted;
  for (const auto& [id, amount] : cash.balances) {
    const std::string shown = money_html(amount, cash.currency, page);
    sorted.emplace_back(amount, escape_html(id) + ": " +
                                    (amount < Amount() ? toned_html(Tone::kBad, shown) : shown));
  }
  if (sorted.empty()) return "";
  std::ranges::sort(sorted);
  std::vector<std::string> lines;
  std::ranges::transform(sorted, std::back_inserter(lines),
                         &std::pair<Amount, std::string>::second);
  return figure_html(page.say.runs_out.sub_accounts, lines_html(lines, page));
}

}  // namespace

std::string runs_out_html(const AccountSummary& account, const Rendering& page) {
  std::string out;
  if (account.sub_account_cash != nullptr) {
    out += sub_accounts_html(*account.sub_account_cash, page);
  }
  if (account.coupons != nullptr) out += coupons_html(*account.coupons, page);
  if (account.packages != nullptr) out += packages_html(*account.packages, page);
  if (account.budgets != nullptr) out += budgets_html(*account.budgets, page);
  return out;
}

}  // namespace cloud_billing
