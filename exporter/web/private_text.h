#pragma once

// Responses with text that no cache may keep: what accounts cost. Values, any thread.

#include <string>

#include "web/route.h"

namespace cloud_billing {

// Packed where the request accepts it.
[[nodiscard]] WebResponse make_private_text(const WebRequest& request, std::string content_type,
                                            std::string text);

}  // namespace cloud_billing
