#pragma once

// The descriptors 0, 1 and 2. What is written to one of them must never reach a file or a
// connection that got its number because the program was started without it.

#include <cstddef>
#include <string_view>

#include "core/result.h"

namespace cloud_billing {

// Puts something into the place of those that are closed: writing to it fails. Called once, before
// anything is opened.
void occupy_standard_descriptors();

// The columns of the terminal on the descriptor; 0 if it is none.
[[nodiscard]] std::size_t terminal_width(int descriptor);

// All of it, or the error says why not.
[[nodiscard]] Status write_standard_output(std::string_view text);

}  // namespace cloud_billing
