#pragma once

// What a word was meant to be that the configuration does not know: a misspelt name, the same name
// in another style ("accessKeyId"), or another word for it ("sk", "预算"). Pure, any thread.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cloud_billing {

[[nodiscard]] std::optional<std::string_view> find_meant(std::string_view word,
                                                         std::span<const std::string_view> names);

// `, did you mean "name"?`, or nothing.
[[nodiscard]] std::string suggest_name(std::string_view word,
                                       std::span<const std::string_view> names);

}  // namespace cloud_billing
