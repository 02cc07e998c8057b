#pragma once

// What the configuration's readers share: values with bounds, choices from a table, lists without
// repetition. Errors say what is expected, without the text. Pure, any thread.

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/typed_reader.h"
#include "core/amount.h"
#include "core/result.h"

namespace cloud_billing {

inline constexpr std::chrono::seconds kMinInterval{1};

// A duration of at least `min`, and at most `max` if given.
[[nodiscard]] Result<std::chrono::seconds> parse_duration_within(
    std::string_view text, std::chrono::seconds min,
    std::optional<std::chrono::seconds> max = std::nullopt);

[[nodiscard]] Result<std::chrono::seconds> parse_interval(std::string_view text);

// A whole number in decimal digits.
[[nodiscard]] Result<int> parse_integer_within(std::string_view text, int min, int max);

// A finite decimal number: "0.5", ".5", "5e-1"; without "+" before it.
[[nodiscard]] Result<double> parse_decimal(std::string_view text);

[[nodiscard]] Result<std::string> parse_non_empty(std::string_view text);

// An account's name: UTF-8 up to 64 characters without control characters.
[[nodiscard]] Result<std::string> parse_account_name(std::string_view text);
// An ISO 4217 code, also as people write it (core/currency.h): "元" and "rmb" give "CNY".
[[nodiscard]] Result<std::string> parse_currency(std::string_view text);
// Letters, digits and '-'. The error shows the example.
[[nodiscard]] Result<std::string> parse_plain_name(std::string_view text, std::string_view example);
// More than 0.
[[nodiscard]] Result<std::optional<Amount>> parse_budget(std::string_view text);
// 0 or more.
[[nodiscard]] Result<std::optional<Amount>> parse_low_balance(std::string_view text);

// "expected one of the names", with the one that was probably meant.
[[nodiscard]] std::string expect_choice(std::string_view text,
                                        std::span<const std::string_view> names);

template <typename T>
[[nodiscard]] bool contains(const std::vector<T>& values, const T& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// The readable items of a list, none twice; nothing if it is no list. Reports the rest.
template <typename T, typename Parse>
std::optional<std::vector<T>> read_unique_items(TypedReader& reader, const Place& place,
                                                std::string_view noun, const Parse& parse) {
  const std::optional<std::vector<Place>> items = reader.read_list(place);
  if (!items) return std::nullopt;
  std::vector<T> values;
  for (const Place& item : *items) {
    T value{};
    if (!reader.read_value(item, noun, parse, value)) continue;
    if (contains(values, value)) {
      reader.report_value(item, "repeated");
    } else {
      values.push_back(std::move(value));
    }
  }
  return values;
}

}  // namespace cloud_billing
