#pragma once

// What the poller makes of one failed request: its words without secrets, and how long it may be
// tried again. Pure.

#include <string>

#include "core/failure.h"
#include "core/http.h"
#include "polling/retry.h"
#include "providers/provider.h"
#include "system/clock.h"

namespace cloud_billing {

// A server may echo what it was sent, as the code of an error for example.
[[nodiscard]] std::string hide_secrets(std::string message, const Credentials& credentials);

// A wrong clock is the likeliest cause of a refused time or signature.
void name_clock_difference(Failure& failure, const HttpResponse& response, WallTime now);

// For a response that comes soon or is done without.
[[nodiscard]] RetryLimits limit_informational(RetryLimits limits);

}  // namespace cloud_billing
