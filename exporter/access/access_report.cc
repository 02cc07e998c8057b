#include "access/access_report.h"

#include <nlohmann/json.hpp>

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

std::string what_came(const AccessLine& line) {
  return line.fact.empty() ? line.result : line.result + ": " + line.fact;
}

}  // namespace

std::string write_table(const std::vector<AccessLine>& lines, std::size_t width) {
  std::vector<TableRow> rows{{"ACCOUNT", "OPERATION", "CLOCK", "WHAT CAME", "WHAT TO DO"}};
  const AccessLine* above = nullptr;
  for (const AccessLine& line : lines) {
    const bool is_repeated =
        above != nullptr && above->account == line.account && above->advice == line.advice;
    rows.push_back({line.account, line.operation, clock_text(line), what_came(line),
                    is_repeated && !line.advice.empty() ? "As above." : line.advice});
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
                                  {"fact", line.fact},
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
