#pragma once

// A sentence of the status page in one language, known when compiled. It is text, no markup: what
// is emphasised comes as a part. Gaps are numbered, "{0}", "{1}", so that each language may put
// them in its own order; with one that is missing, or not among the parts, it does not compile.
// Pure, any thread.

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cloud_billing {

// For Sentence: `text` with part number i in place of each "{i}".
[[nodiscard]] std::string fill_sentence(std::string_view text,
                                        std::initializer_list<std::string_view> parts);

// How many gaps a sentence has, if they are numbered from 0 on without one left out; throws where
// the sentence is compiled.
consteval std::size_t count_gaps(std::string_view text) {
  std::size_t found = 0;
  std::size_t largest = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' || text[i] == '>' || text[i] == '&') throw "a sentence holds no markup";
    if (text[i] != '{') continue;
    const bool is_gap =
        i + 2 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9' && text[i + 2] == '}';
    if (!is_gap) throw "a gap is a digit in braces";
    const auto number = static_cast<std::size_t>(text[i + 1] - '0');
    found |= std::size_t{1} << number;
    if (number + 1 > largest) largest = number + 1;
  }
  if (found != (std::size_t{1} << largest) - 1) throw "a gap's number is left out";
  return largest;
}

// There is no default: a table of sentences that lacks one does not compile.
template <std::size_t kGaps>
class Sentence {
 public:
  // Implicit, so that a table is made of literals.
  // NOLINTNEXTLINE(google-explicit-constructor)
  consteval Sentence(const char* text) : text_(text) {
    if (count_gaps(text_) != kGaps) throw "the sentence has not as many gaps as are filled";
  }

  // HTML in, HTML out: a part that comes from outside is escaped already.
  template <std::convertible_to<std::string_view>... Parts>
  requires(sizeof...(Parts) == kGaps && kGaps > 0) [[nodiscard]] std::string operator()(
      const Parts&... parts) const {
    return fill_sentence(text_, {std::string_view(parts)...});
  }

  // NOLINTNEXTLINE(google-explicit-constructor): words without a gap are text
  constexpr operator std::string_view() const requires(kGaps == 0) { return text_; }

 private:
  std::string_view text_;
};

using Words = Sentence<0>;

// Words about so many things: languages differ in how many forms they have.
class Counted {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): the only form, as a literal
  consteval Counted(const char* any) : one_(any), others_(any) {}
  consteval Counted(const char* one, const char* others) : one_(one), others_(others) {}

  [[nodiscard]] std::string operator()(std::size_t count) const;

 private:
  Sentence<1> one_;
  Sentence<1> others_;
};

}  // namespace cloud_billing
