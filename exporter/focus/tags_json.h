#pragma once

// A row's tags as FOCUS wants them: one flat JSON object. Pure, any thread.

#include <span>
#include <string>

#include "billing/bill.h"

namespace cloud_billing {

// A tag without a value is true; appends nothing without tags. Texts are well-formed UTF-8, keys
// differ.
void append_tags_json(std::string& out, std::span<const Tag> tags);

}  // namespace cloud_billing
