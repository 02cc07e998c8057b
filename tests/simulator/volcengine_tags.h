#pragma once

// Tags and projects of Volcengine's rows. The values are the truth that totals are computed from;
// the text is what a reader has to take apart. Pure.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "volcengine_bill.h"

namespace simulator {

// A key and its values, often one.
using VolcengineTags = std::vector<std::pair<std::string, std::vector<std::string>>>;

// Every key that occurs, one of them the system's.
[[nodiscard]] std::span<const std::string_view> volcengine_tag_keys();

[[nodiscard]] VolcengineTags volcengine_tags_of(const VolcengineRow& row, const Account& account);

// A JSON object as text: {"env":["prod"],"volc:vke:cluster-id":["c1","c2"]}. No tags: "", "-" or
// "{}".
[[nodiscard]] std::string write_volcengine_tags(const VolcengineTags& tags,
                                                const VolcengineRow& row);

struct Project {
  std::string_view code;  // "-": none
  std::string_view name;
};

[[nodiscard]] const Project& project_of(const VolcengineRow& row);

}  // namespace simulator
