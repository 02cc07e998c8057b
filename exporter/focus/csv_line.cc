#include "focus/csv_line.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

namespace cloud_billing {
namespace {

constexpr auto kWantQuotes = [] {
  std::array<bool, 256> marked{};
  for (const char c : std::string_view(",\"\r\n")) marked[static_cast<unsigned char>(c)] = true;
  return marked;
}();

bool wants_quotes(char c) { return kWantQuotes[static_cast<unsigned char>(c)]; }

}  // namespace

void CsvLine::add_text(std::string_view text) {
  begin_field();
  const std::size_t begin = out_.size();
  out_ += text;
  quote_from(begin);
}

// In place, from behind, so that no field needs memory of its own.
void CsvLine::quote_from(std::size_t begin) {
  const auto field = std::string_view(out_).substr(begin);
  if (std::none_of(field.begin(), field.end(), wants_quotes)) return;
  const auto quotes = static_cast<std::size_t>(std::count(field.begin(), field.end(), '"'));
  std::size_t from = out_.size();
  out_.resize(out_.size() + quotes + 2);
  std::size_t to = out_.size();
  out_[--to] = '"';
  while (from > begin) {
    const char c = out_[--from];
    out_[--to] = c;
    if (c == '"') out_[--to] = '"';
  }
  out_[--to] = '"';
}

void CsvLine::add_decimal(Amount amount) {
  constexpr std::size_t kFewestDecimals = 2;
  begin_field();
  const std::string digits = amount.to_decimal();
  out_ += digits;
  const std::size_t point = digits.find('.');
  if (point == std::string::npos) {
    out_ += ".00";
  } else if (digits.size() - point <= kFewestDecimals) {
    out_ += '0';
  }
}

void CsvLine::add_time(UtcSeconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss<std::chrono::seconds> clock(time - days);
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  std::array<char, kForm.size()> text{};
  std::copy(kForm.begin(), kForm.end(), text.begin());
  // The last digits of a number, in the places from `first` on.
  const auto put = [&text](std::size_t first, std::size_t places, unsigned number) {
    for (; places > 0; number /= 10) text[first + --places] = static_cast<char>('0' + number % 10);
  };
  put(0, 4, static_cast<unsigned>(static_cast<int>(date.year())));
  put(5, 2, static_cast<unsigned>(date.month()));
  put(8, 2, static_cast<unsigned>(date.day()));
  put(11, 2, static_cast<unsigned>(clock.hours().count()));
  put(14, 2, static_cast<unsigned>(clock.minutes().count()));
  put(17, 2, static_cast<unsigned>(clock.seconds().count()));
  begin_field();
  out_.append(text.data(), text.size());
}

void CsvLine::end_line() {
  out_ += "\r\n";
  is_first_ = true;
}

}  // namespace cloud_billing
