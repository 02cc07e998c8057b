#pragma once

// Volcengine: which billing operations to call for an account, and what their responses mean.
// Facts: www.volcengine.com/docs/6269.

#include "providers/provider.h"

namespace cloud_billing::volcengine {

[[nodiscard]] const Provider& provider();

}  // namespace cloud_billing::volcengine
