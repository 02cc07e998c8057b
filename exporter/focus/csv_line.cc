#include "focus/csv_line.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

namespace cloud_billing {

void CsvLine::add_text(std::string_view text) {
  begin_field();
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += text;
    return;
  }
  out_ += '"';
  for (std::size_t quote = 0; (quote = text.find('"')) != std::string_view::npos;) {
    out_ += text.substr(0, quote + 1);
    out_ += '"';
    text.remove_prefix(quote + 1);
  }
  out_ += text;
  out_ += '"';
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
