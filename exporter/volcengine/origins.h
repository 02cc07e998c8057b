#pragma once

// Where the figures of metrics come from in Volcengine's responses, for HELP. Constant, any thread.

#include <span>

#include "config/provider_facts.h"

namespace cloud_billing::volcengine {

[[nodiscard]] std::span<const MetricOrigin> origins();
[[nodiscard]] std::span<const MetricOrigin> byteplus_origins();

}  // namespace cloud_billing::volcengine
