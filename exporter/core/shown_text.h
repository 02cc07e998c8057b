#pragma once

// What of a text that a person wrote may stand in messages. People forget the blank after a key,
// write a secret where a name or a path belongs, or put it under the wrong key, and what is printed
// stays in terminals, logs and pages. So only what looks like words, numbers or a path is shown:
// letters of one case, a capital at a word's beginning, digits at one end. What looks like a secret
// is left out; a message's position still says where it is. Pure, any thread.

#include <string>
#include <string_view>

namespace cloud_billing {

// Of a key what stands before its first ":", "=" or full-width ":" if that looks like a key of 30
// characters at most, else nothing. "secret_access_key" of "secret_access_key:WkRZ...".
[[nodiscard]] std::string_view show_key(std::string_view key);

// Whether a text, such as a value that was refused, may be quoted as a whole.
[[nodiscard]] bool is_showable(std::string_view text);

// The text in quotes, or `this value` if it may not be shown.
[[nodiscard]] std::string show_value(std::string_view text);

// `label "team"`, or `this label` if the text may not be shown.
[[nodiscard]] std::string quote_if_showable(std::string_view noun, std::string_view text);

// Whether it looks like the name of an environment variable: "BAIDU_SK", "http_proxy".
[[nodiscard]] bool is_showable_variable(std::string_view name);

// Whether it looks like a path: "/run/secrets/sk", "keys/baidu-sk.txt".
[[nodiscard]] bool is_showable_path(std::string_view path);

// The path, or words that stand for it if it may not be shown.
[[nodiscard]] std::string show_path(std::string_view path);

}  // namespace cloud_billing
