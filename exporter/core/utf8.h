#pragma once

// Makes bytes from outside into well-formed UTF-8. Pure, any thread.

#include <string>

namespace cloud_billing {

// Replaces each ill-formed sequence by U+FFFD, one for each maximal subpart, as the Unicode
// Standard recommends (section 3.9, "U+FFFD Substitution of Maximal Subparts"). Well-formed text
// comes back as it is, without a copy.
[[nodiscard]] std::string replace_ill_formed_utf8(std::string text);

}  // namespace cloud_billing
