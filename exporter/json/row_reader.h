#pragma once

// RowReader: reads a page's list of rows, which is most of what the program reads. A cloud makes
// one constant of it per kind of row, from its FieldReader and the names of the fields; what they
// mean is the cloud's matter. The list is walked once while the response is opened, so what the
// response says of itself may stand behind it: rows are held until that is known. A constant for
// any thread; texts and bytes are views into the response and live as long as its document.

#include <array>
#include <bitset>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "core/steady_list.h"
#include "json/field_finder.h"
#include "json/field_reader.h"
#include "json/json_reader.h"

namespace cloud_billing {

// Where a row cannot be read, and why.
struct RowProblem {
  std::string_view field;  // empty: the row itself
  JsonProblem problem;

  // "financePrice: not an amount"
  [[nodiscard]] std::string text() const {
    return std::string(field) + (field.empty() ? "" : ": ") + std::string(problem);
  }
};

// What is read of one row, by the numbers of its fields.
template <std::size_t kTexts, std::size_t kAmounts>
struct RowFields {
  // 0 if it has no value: for a field where that is what no value means.
  [[nodiscard]] Amount amount(std::size_t field) const { return amounts[field].value_or(Amount{}); }

  std::array<std::string_view, kTexts> texts{};  // empty: no value
  std::array<OptionalAmount, kAmounts> amounts{};
  std::bitset<kTexts> unread;   // dispensable texts that are unreadable, but perhaps for NULs
  std::bitset<kAmounts> named;  // amounts whose field is there, with a value or without
};

// The rows of a list as far as they are readable.
template <typename Fields>
struct RowList {
  SteadyList<Fields> rows;
  std::optional<RowProblem> problem;  // of the row behind the last of them
  std::string_view bytes;             // the list as written; empty without a list or with a problem
};

struct RowText {
  std::string_view name;
  bool is_dispensable = false;  // costs no amount: unreadable, it is no problem of the row
};

template <std::size_t kTexts, std::size_t kAmounts>
class RowReader {
 public:
  using Fields = RowFields<kTexts, kAmounts>;
  using List = RowList<Fields>;

  // `row_name` names an element that is no object in its problem; it may be empty.
  constexpr RowReader(const FieldReader& reader, std::string_view row_name,
                      const std::array<RowText, kTexts>& texts,
                      const std::array<std::string_view, kAmounts>& amounts)
      : reader_(reader),
        row_name_(row_name),
        texts_(texts),
        amounts_(amounts),
        table_(names_of(texts, amounts)) {}

  // Reads a list; null is a list without rows. A row that cannot be read ends it and is `list`'s
  // problem, not this function's: the rows before it are good.
  [[nodiscard]] JsonProblem read(JsonValue value, List& list) const {
    list = {};
    JsonType type{};
    if (value.type().get(type) != simdjson::SUCCESS) return "not a list";
    if (type == JsonType::null) return {};
    const char* const begin = value.raw_json_token().data();
    JsonArray elements;
    if (type != JsonType::array || value.get_array().get(elements) != simdjson::SUCCESS) {
      return "not a list";
    }
    Finder finder(table_);
    for (auto element : elements) {
      JsonObject row;
      if (element.get_object().get(row) != simdjson::SUCCESS) {
        list.problem = {row_name_, "not a JSON object"};
        return {};
      }
      list.problem = read_row(row, finder, list.rows.emplace_back());
      if (list.problem) {
        list.rows.pop_back();
        return {};
      }
    }
    const char* end = nullptr;
    if (value.current_location().get(end) != simdjson::SUCCESS) return "not JSON";
    list.bytes = {begin, static_cast<std::size_t>(end - begin)};
    return {};
  }

 private:
  static constexpr std::size_t kFields = kTexts + kAmounts;
  using Finder = FieldFinder<kFields>;

  static constexpr std::array<std::string_view, kFields> names_of(
      const std::array<RowText, kTexts>& texts,
      const std::array<std::string_view, kAmounts>& amounts) {
    std::array<std::string_view, kFields> names{};
    for (std::size_t i = 0; i < kTexts; ++i) names[i] = texts[i].name;
    for (std::size_t i = 0; i < kAmounts; ++i) names[kTexts + i] = amounts[i];
    return names;
  }

  [[nodiscard]] std::optional<RowProblem> read_row(JsonObject row, Finder& finder,
                                                   Fields& fields) const {
    constexpr RowProblem kIllFormed{"a field", "not JSON"};
    finder.start_object();
    for (auto element : row) {
      if (element.error() != simdjson::SUCCESS) return kIllFormed;
      JsonField& field = element.value_unsafe();  // not copied: most fields are passed over
      const std::size_t index = finder.find(field);
      if (index == Finder::kNotInTable) continue;
      if (index == Finder::kIllFormed) return kIllFormed;
      JsonValue& value = field.value();
      const JsonProblem problem = index < kTexts
                                      ? reader_.read_text(value, fields.texts[index])
                                      : reader_.read_amount(value, fields.amounts[index - kTexts]);
      if (index >= kTexts) fields.named.set(index - kTexts);
      if (problem.empty()) continue;
      if (index >= kTexts) return RowProblem{amounts_[index - kTexts], problem};
      if (!texts_[index].is_dispensable) return RowProblem{texts_[index].name, problem};
      fields.unread.set(index);
    }
    return std::nullopt;
  }

  FieldReader reader_;
  std::string_view row_name_;
  std::array<RowText, kTexts> texts_;
  std::array<std::string_view, kAmounts> amounts_;
  FieldTable<kFields> table_;
};

}  // namespace cloud_billing
