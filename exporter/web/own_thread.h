#pragma once

// Responses that take much memory for a moment, such as a page, made on a thread that ends with
// them. glibc keeps for each thread some of what it freed last, up to 200 KiB; web workers are
// hundreds, take turns, and stay.

#include <functional>

#include "web/route.h"

namespace cloud_billing {

// What `respond` returns or throws. If eight do so already, or no thread can be had, it is called
// on the caller's.
[[nodiscard]] WebResponse respond_on_own_thread(const std::function<WebResponse()>& respond);

}  // namespace cloud_billing
