#pragma once

// A hash of texts for tables that are looked up by string_view without making a string, and for
// sets of long texts that are held as their hashes. The same in one process only. Pure, any thread.

#include <cstddef>
#include <functional>
#include <string_view>

namespace cloud_billing {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

}  // namespace cloud_billing
