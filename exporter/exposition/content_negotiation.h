#pragma once

// Which format and which coding a client prefers, from its Accept and Accept-Encoding headers
// (RFC 9110, section 12). What cannot be read in a header counts as not sent. Pure, any thread.

#include <string_view>

#include "exposition/format.h"

namespace cloud_billing {

enum class ContentCoding { kIdentity, kGzip };

// By quality; then by how exactly the header names the format; then by the header's order. The text
// format if nothing is named that we have.
[[nodiscard]] ExpositionFormat choose_format(std::string_view accept);

// gzip if it is accepted and nothing says that no coding is preferred to it.
[[nodiscard]] ContentCoding choose_coding(std::string_view accept_encoding);

}  // namespace cloud_billing
