#pragma once

// What the keys of the clouds are made of: key ids, secrets and session tokens are printable ASCII
// without blanks. Pure, any thread.

#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {

// Why a text is no key, if so: what it looks like instead, or which character is in the way. Quotes
// nothing but that character, or the name of a variable.
[[nodiscard]] std::optional<std::string> refuse_key(std::string_view text);

// A file's content without the byte order mark before it and the blanks and line breaks around it.
[[nodiscard]] std::string_view trim_key(std::string_view content);

// Whether it is a line of an environment's file, such as "BAIDU_SK=...": capitals, digits and "_",
// then "=", then something other than "=", which ends many keys.
[[nodiscard]] bool is_assignment(std::string_view line);

}  // namespace cloud_billing
