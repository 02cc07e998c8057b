#pragma once

// The tags of generated rows, as pairs and as the one text that the API carries them in. The pairs
// are the truth that totals are computed from; the text is what a reader has to take apart. Pure.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bill_generator.h"

namespace simulator {

using Tags = std::vector<std::pair<std::string, std::string>>;

// Every key that occurs: "env", "team", "项目", "endpoint".
[[nodiscard]] std::span<const std::string_view> tag_keys();

[[nodiscard]] Tags tags_of(const BillRow& row, const Account& account);

// `key:value` joined by ';' or a newline. No tags: "".
[[nodiscard]] std::string write_tags(const Tags& tags, const BillRow& row);

}  // namespace simulator
