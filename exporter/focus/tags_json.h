#pragma once

// A row's tags as FOCUS wants them: one flat JSON object. Pure, any thread.

#include <span>
#include <string>

#include "billing/bill.h"

namespace cloud_billing {

// A tag without a value is true; empty without tags. Texts are well-formed UTF-8, keys differ.
[[nodiscard]] std::string tags_json(std::span<const Tag> tags);

}  // namespace cloud_billing
