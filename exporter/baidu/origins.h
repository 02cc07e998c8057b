#pragma once

// Where the figures of metrics come from in Baidu's responses, for HELP. Constant, any thread.

#include <span>

#include "config/provider_facts.h"

namespace cloud_billing::baidu {

[[nodiscard]] std::span<const MetricOrigin> origins();

}  // namespace cloud_billing::baidu
