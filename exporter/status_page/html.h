#pragma once

// Text as a part of an HTML document. Whatever comes from outside, be it a cloud, a configuration
// or a request, goes through one of these. Pure, any thread.

#include <initializer_list>
#include <string>
#include <string_view>

namespace cloud_billing {

// Safe as text and inside a quoted attribute. Ill-formed UTF-8 and control characters become
// U+FFFD.
[[nodiscard]] std::string escape_html(std::string_view text);

// Replaces each "{}" of `form` by the next of `parts`, as it is.
[[nodiscard]] std::string fill_form(std::string_view form,
                                    std::initializer_list<std::string_view> parts);

}  // namespace cloud_billing
