#pragma once

// The words of a cloud as they may be logged. A cloud may echo what it was sent: the key's id, a
// session token, the signature, all that was signed, whole or in parts. Pure, any thread.

#include <string>
#include <string_view>

#include "providers/credentials.h"

namespace cloud_billing {

// At most 200 characters on one line, the last of them "..." if there were more. Each word that
// holds a part of the credentials of 8 characters and more, or what looks like a digest or a
// signature, is "***" as a whole.
[[nodiscard]] std::string masked_words(std::string_view words, const Credentials& credentials);

}  // namespace cloud_billing
