#include "tests/fuzz/fuzz_target.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "core/spelling.h"
#include "core/utf8.h"

namespace cloud_billing {

void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

void require_equal(std::string_view one, std::string_view other, std::string_view what) {
  if (one == other) return;
  std::fprintf(stderr, "one:   %.*s\nother: %.*s\n", static_cast<int>(one.size()), one.data(),
               static_cast<int>(other.size()), other.data());
  require(false, what);
}

void require_message(std::string_view message) {
  require(!message.empty(), "a message says something");
  require_equal(replace_ill_formed_utf8(std::string(message)), message,
                "a message is well-formed UTF-8");
  require(!has_control_character(message), "a message is one line");
}

std::string with_bytes_behind(std::string_view bytes) {
  constexpr std::size_t kBehind = 256;
  std::string text(bytes);
  text.resize(bytes.size() + kBehind, '7');
  text.resize(bytes.size());
  return text;
}

}  // namespace cloud_billing
