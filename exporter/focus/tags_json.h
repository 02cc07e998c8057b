#pragma once

// A row's tags as FOCUS wants them: one flat JSON object. Pure, any thread.

#include <span>
#include <string>
#include <string_view>

#include "billing/bill.h"

namespace cloud_billing {

// A tag without a value is true; appends nothing without tags. Texts are well-formed UTF-8, keys
// differ. A quote is written as `quote`: inside a quoted field of a CSV file it is two.
void append_tags_json(std::string& out, std::span<const Tag> tags, std::string_view quote = "\"");

}  // namespace cloud_billing
