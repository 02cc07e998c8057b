#include "focus/csv_lines.h"

#include <array>
#include <chrono>

namespace cloud_billing {

void CsvLines::add_joined(std::initializer_list<std::string_view> parts) {
  const std::size_t begin = size_;
  for (const std::string_view part : parts) put(part);
  end_text(size_ - begin);
}

// In place, from behind, so that no field needs memory of its own.
void CsvLines::quote_last(std::size_t bytes) {
  may_want_quotes_ = false;
  const std::size_t begin = size_ - bytes;
  const std::string_view field = text().substr(begin);
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) return;
  const auto quotes = static_cast<std::size_t>(std::count(field.begin(), field.end(), '"'));
  const char* from = make_room(quotes + 2);
  size_ += quotes + 2;
  const char* const first = memory_.data() + begin;
  char* to = memory_.data() + size_;
  *--to = '"';
  while (from != first) {
    const char c = *--from;
    *--to = c;
    if (c == '"') *--to = '"';
  }
  *--to = '"';
}

void CsvLines::add_doubled(std::string_view text) {
  char* at = make_room(text.size() + 3);
  *at++ = '"';
  at = std::copy(text.begin(), text.end(), at);
  *at++ = '"';
  *at = ',';
  size_ += text.size() + 3;
}

void CsvLines::add_decimal(Amount amount) {
  constexpr int kFewestDecimals = 2;
  char* const begin = make_room(Amount::kMostBytes + 1);
  char* const end = amount.write_decimal(begin, kFewestDecimals);
  *end = ',';
  size_ += static_cast<std::size_t>(end + 1 - begin);
}

void CsvLines::add_time(UtcSeconds time) {
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
  add_word({text.data(), text.size()});
}

void CsvLines::end_line() {
  --size_;  // no comma behind the last field
  add_word("\r\n");
  --size_;
}

}  // namespace cloud_billing
