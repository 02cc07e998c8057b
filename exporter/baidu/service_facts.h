#pragma once

// FOCUS's categories of Baidu's services. Constant, any thread.

#include <span>

#include "config/provider_facts.h"

namespace cloud_billing::baidu {

[[nodiscard]] std::span<const ServiceFact> service_facts();

}  // namespace cloud_billing::baidu
