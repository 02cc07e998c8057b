#pragma once

// Volcengine: which billing operations to call for an account, and what their answers mean. Facts:
// www.volcengine.com/docs/6269.

#include "providers/provider.h"

namespace cloud_billing {

[[nodiscard]] const Provider& volcengine_provider();

}  // namespace cloud_billing
