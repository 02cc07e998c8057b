#pragma once

// Baidu's resource tags. Pure.

#include <string_view>
#include <vector>

#include "billing/bill.h"

namespace cloud_billing::baidu {

// Splits a bill row's tag text at any of `separators` (UTF-8 characters; the real separator is
// documented nowhere, so it is configurable) into "key:value" pieces. The key reaches up to the
// first ':'. A piece without ':' belongs to the value before it, with the separator between. Blanks
// around keys and values are dropped. "/" and "" mean no tags; a key met again is left alone. A tag
// with a NUL is left out: how many were. The tags are views into `text`.
std::size_t split_tags(std::string_view text, std::string_view separators, std::vector<Tag>& tags);

}  // namespace cloud_billing::baidu
