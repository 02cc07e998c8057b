#pragma once

// A double as text, as the exposition formats want it. Pure, any thread.

#include <string>

namespace cloud_billing {

// Appends the shortest digits that read back, without exponent from 1e-6 to 1e21; "NaN", "+Inf",
// "-Inf".
void append_number(std::string& out, double value);

}  // namespace cloud_billing
