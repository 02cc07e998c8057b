#include "status_page/csv_row.h"

#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kBeginsFormula = "=+-@\t\r";
constexpr std::string_view kNeedsQuotes = ",\"\r\n";

}  // namespace

void CsvRow::begin_field() {
  if (!is_first_) text_ += ',';
  is_first_ = false;
}

void CsvRow::add_text(std::string_view text) {
  begin_field();
  std::string field = replace_ill_formed_utf8(std::string(text));
  if (!field.empty() && kBeginsFormula.find(field.front()) != std::string_view::npos) {
    field.insert(field.begin(), '\'');
  }
  if (field.find_first_of(kNeedsQuotes) == std::string::npos) {
    text_ += field;
    return;
  }
  text_ += '"';
  for (const char c : field) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
}

void CsvRow::add_amount(const std::optional<Amount>& amount) {
  begin_field();
  if (amount) text_ += amount->to_decimal();
}

}  // namespace cloud_billing
