#pragma once

// JSON read by another library than the program's, with every number as its own digits, and sums of
// decimal texts by long addition: what answers come to if nothing is lost. For tests.

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

// Numbers are texts in it.
class ExactJson final : public nlohmann::json_sax<nlohmann::json> {
 public:
  using Json = nlohmann::json;

  // Nothing if it is no JSON, or if a name stands twice in an object: readers may differ in which
  // one counts.
  static std::optional<Json> parse(const std::string& text) {
    ExactJson reader;
    const bool is_json = Json::sax_parse(text, &reader);
    return is_json && !reader.repeats_name_ ? std::optional(reader.root_) : std::nullopt;
  }

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return put(std::to_string(value)); }
  bool number_float(number_float_t /*value*/, const string_t& digits) override {
    return put(digits);
  }
  bool string(string_t& value) override { return put(value); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*elements*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*elements*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    repeats_name_ = repeats_name_ || stack_.back()->contains(name);
    name_ = name;
    return true;
  }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const Json::exception& /*error*/) override {
    return false;
  }

 private:
  bool put(Json value) {
    place(std::move(value));
    return true;
  }
  bool open(Json empty) {
    stack_.push_back(place(std::move(empty)));
    return true;
  }
  bool close() {
    stack_.pop_back();
    return true;
  }
  Json* place(Json value) {
    if (stack_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *stack_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    parent[name_] = std::move(value);
    return &parent[name_];
  }

  Json root_;
  std::vector<Json*> stack_;
  std::string name_;
  bool repeats_name_ = false;
};

// A sum in units of 10^-18, as digits.
class LongSum {
 public:
  // False if the text is no decimal number, as JSON writes one.
  bool add(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    const auto take_digits = [&text] {
      const auto end = std::find_if_not(text.begin(), text.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
      const std::string digits(text.begin(), end);
      text.remove_prefix(digits.size());
      return digits;
    };
    std::string digits = take_digits();
    if (digits.empty()) return false;
    long decimals = 0;
    if (text.starts_with('.')) {
      text.remove_prefix(1);
      const std::string fraction = take_digits();
      if (fraction.empty()) return false;
      digits += fraction;
      decimals = static_cast<long>(fraction.size());
    }
    if (text.starts_with('e') || text.starts_with('E')) {
      text.remove_prefix(1);
      const bool is_small = text.starts_with('-');
      if (is_small || text.starts_with('+')) text.remove_prefix(1);
      const std::string exponent = take_digits();
      if (exponent.empty()) return false;
      const long size = exponent.size() > 6 ? 1000000 : std::atol(exponent.c_str());
      decimals += is_small ? size : -size;
    }
    if (!text.empty()) return false;
    add_units(is_negative, units_of(digits, decimals));
    return true;
  }

  [[nodiscard]] std::string text() const {
    std::string digits = units_;
    if (digits.size() <= 18) digits.insert(0, 19 - digits.size(), '0');
    std::string fraction = digits.substr(digits.size() - 18);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return (is_negative_ && !units_.empty() ? "-" : "") + digits.substr(0, digits.size() - 18) +
           (fraction.empty() ? "" : "." + fraction);
  }

 private:
  static std::string trimmed(std::string digits) {
    digits.erase(0, digits.find_first_not_of('0'));
    return digits;
  }

  // `digits` with so many decimals, in whole units, rounded half to even.
  static std::string units_of(const std::string& digits, long decimals) {
    const std::string significant = trimmed(digits);
    if (significant.empty()) return {};
    if (decimals <= 18) {
      return significant +
             std::string(static_cast<std::size_t>(std::min(18 - decimals, 100L)), '0');
    }
    const auto dropped = static_cast<std::size_t>(decimals - 18);
    if (dropped > significant.size()) return {};
    const std::string kept = significant.substr(0, significant.size() - dropped);
    const std::string rest = significant.substr(significant.size() - dropped);
    const std::string half = "5" + std::string(dropped - 1, '0');
    const bool is_odd = !kept.empty() && (kept.back() - '0') % 2 == 1;
    return rest > half || (rest == half && is_odd) ? plus(kept, "1") : kept;
  }

  static std::string plus(const std::string& a, const std::string& b) {
    std::string sum;
    int carry = 0;
    for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry != 0; ++i) {
      carry += i < a.size() ? a[a.size() - 1 - i] - '0' : 0;
      carry += i < b.size() ? b[b.size() - 1 - i] - '0' : 0;
      sum += static_cast<char>('0' + carry % 10);
      carry /= 10;
    }
    std::reverse(sum.begin(), sum.end());
    return trimmed(sum);
  }
  // Of the larger one minus the smaller one.
  static std::string minus(const std::string& a, const std::string& b) {
    std::string rest;
    int borrow = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      int digit = a[a.size() - 1 - i] - '0' - borrow;
      digit -= i < b.size() ? b[b.size() - 1 - i] - '0' : 0;
      borrow = digit < 0 ? 1 : 0;
      rest += static_cast<char>('0' + digit + 10 * borrow);
    }
    std::reverse(rest.begin(), rest.end());
    return trimmed(rest);
  }

  void add_units(bool is_negative, const std::string& units) {
    if (is_negative == is_negative_) {
      units_ = plus(units_, units);
      return;
    }
    const bool is_less =
        units_.size() != units.size() ? units_.size() < units.size() : units_ < units;
    if (is_less) is_negative_ = is_negative;
    units_ = is_less ? minus(units, units_) : minus(units_, units);
  }

  bool is_negative_ = false;
  std::string units_;  // without leading zeros
};

}  // namespace cloud_billing
