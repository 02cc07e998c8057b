#pragma once

// Text as a part of an HTML document. Whatever comes from outside, be it a cloud, a configuration
// or a request, goes through one of these. Pure, any thread.

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace cloud_billing {

// Safe as text and inside a quoted attribute. Ill-formed UTF-8 and control characters become
// U+FFFD.
[[nodiscard]] std::string escape_html(std::string_view text);

// A piece of a document, known when compiled, with exactly kGaps gaps "{}". With one too many or
// too few it does not compile; std::format and {fmt} would drop the parts that find no gap.
template <std::size_t kGaps>
class Form {
 public:
  // Implicit, so that a literal is a form.
  // NOLINTNEXTLINE(google-explicit-constructor)
  consteval Form(const char* text) : text_(text) {
    std::size_t gaps = 0;
    for (auto at = text_.find("{}"); at != std::string_view::npos; at = text_.find("{}", at + 2)) {
      ++gaps;
    }
    if (gaps != kGaps) throw "the form has not as many gaps as there are parts";
  }

  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

// For fill_form(): one part for each gap of `form`.
[[nodiscard]] std::string fill_gaps(std::string_view form,
                                    std::initializer_list<std::string_view> parts);

// The form with the first part in its first gap, and so on; parts stay as they are.
template <std::convertible_to<std::string_view>... Parts>
[[nodiscard]] std::string fill_form(Form<sizeof...(Parts)> form, const Parts&... parts) {
  return fill_gaps(form.text(), {std::string_view(parts)...});
}

}  // namespace cloud_billing
