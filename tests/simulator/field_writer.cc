#include "field_writer.h"

#include <array>

#include "deterministic.h"

namespace simulator {
namespace {

constexpr std::uint64_t kSpelling = 300;

// A number in one of the spellings seen on the wire, chosen by `spelling`.
std::string spell_number(Money money, std::uint64_t spelling) {
  switch (spelling % 16) {
    case 10:
    case 11:
      return write_padded(money, 8);
    case 12:
      return write_padded(money, 4);
    case 13:
      return write_padded(money, 2);
    case 14:
      return write_exponent(money);
    case 15:
      return '"' + write_decimal(money) + '"';
    default:
      return write_decimal(money);
  }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  out += '"';
}

void FieldWriter::text(std::string_view name, std::string_view value) {
  key(name);
  append_json_string(out_, value);
  out_ += ',';
}

void FieldWriter::raw(std::string_view name, std::string_view value) {
  key(name);
  out_ += value;
  out_ += ',';
}

void FieldWriter::key(std::string_view name) {
  out_ += '"';
  out_ += name;
  out_ += "\":";
}

void AmountWriter::required(std::string_view name, Money money) {
  fields_.raw(name, spell_number(money, next_spelling()));
}

void AmountWriter::optional(std::string_view name, Money money) {
  const std::uint64_t spelling = next_spelling();
  if (money == Money{} && spelling % 16 < 4) {
    constexpr std::array<std::string_view, 4> kPlaceholders{"\"/\"", "null", "\"\"", ""};
    const std::string_view placeholder = kPlaceholders[spelling % 4];
    if (!placeholder.empty()) {
      fields_.raw(name, placeholder);
    }
    return;
  }
  fields_.raw(name, spell_number(money, spelling));
}

std::uint64_t AmountWriter::next_spelling() { return mix(mix(occurrence_, kSpelling), field_++); }

}  // namespace simulator
