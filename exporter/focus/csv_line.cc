#include "focus/csv_line.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "core/byte_scan.h"

namespace cloud_billing {
namespace {

bool wants_quotes(std::string_view field) {
  // Nearly no field holds one of them, or another control character.
  constexpr unsigned char kAboveLineBreaks = '\r' + 1;
  return holds_any<kAboveLineBreaks, ',', '"'>(field) &&
         field.find_first_of(",\"\r\n") != std::string_view::npos;
}

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
  if (!wants_quotes(field)) return;
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
  constexpr int kFewestDecimals = 2;
  begin_field();
  amount.append_decimal(out_, kFewestDecimals);
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
