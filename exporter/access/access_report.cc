#include "access/access_report.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "access/access_check.h"
#include "access/advice.h"
#include "access/text_table.h"

namespace cloud_billing {
namespace {

std::string clock_text(const AccessLine& line) {
  if (!line.clock_difference) return "-";
  if (line.clock_difference->count() == 0) return "right";
  return describe_clock_difference(*line.clock_difference);
}

std::string of_sub_account(const AccessLine& line, std::string_view fact) {
  const std::string whose =
      line.sub_account.empty() ? "" : "sub-account " + line.sub_account + ": ";
  return whose + std::string(fact);
}

// What came, and what to do about it. The same again, after `above` (null: nothing), is told in
// brief, but for what went well and for reasons that are no longer than a code.
std::pair<std::string, std::string> tell(const AccessLine& line, const AccessLine* above) {
  constexpr std::size_t kBrief = 40;  // columns
  if (line.fact.empty()) return {line.result, line.advice};
  const bool same_advice = above != nullptr && !line.advice.empty() && above->advice == line.advice;
  const bool same_fact = same_advice && line.result != kAllowed && above->result == line.result &&
                         above->fact == line.fact;
  if (same_fact && display_width(line.fact) > kBrief) {
    return {line.result + ": " + of_sub_account(line, "as above"), ""};
  }
  return {line.result + ": " + of_sub_account(line, line.fact),
          same_advice ? "As above." : line.advice};
}

}  // namespace

std::string write_table(const std::vector<AccessLine>& lines, std::size_t width) {
  std::vector<TableRow> rows{{"ACCOUNT", "OPERATION", "CLOCK", "WHAT CAME", "WHAT TO DO"}};
  const AccessLine* above = nullptr;  // the account's latest one that says what to do
  for (const AccessLine& line : lines) {
    if (above != nullptr && above->account != line.account) above = nullptr;
    auto [came, to_do] = tell(line, above);
    rows.push_back(
        {line.account, line.operation, clock_text(line), std::move(came), std::move(to_do)});
    if (!line.advice.empty()) above = &line;
  }
  std::string text = lay_out(rows, width);
  if (lines.empty()) return text + "\nNo account is polled here.\n";
  return text + (is_enough(lines) ? "\nAll that the collectors need is allowed.\n"
                                  : "\nThe collectors need more: see WHAT TO DO.\n");
}

std::string write_json_lines(const std::vector<AccessLine>& lines) {
  std::string text;
  for (const AccessLine& line : lines) {
    nlohmann::ordered_json object{{"account", line.account},
                                  {"provider", line.provider},
                                  {"operation", line.operation},
                                  {"result", line.result},
                                  {"fact", of_sub_account(line, line.fact)},
                                  {"advice", line.advice},
                                  {"clock_difference_seconds", nullptr}};
    if (line.clock_difference) {
      object["clock_difference_seconds"] = line.clock_difference->count();
    }
    text += object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return text;
}

}  // namespace cloud_billing
