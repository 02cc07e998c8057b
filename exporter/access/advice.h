#pragma once

// What a person does about a failure of a question: what the cloud knows of it, else what its
// reason says. Pure, any thread.

#include <chrono>
#include <optional>
#include <string>

#include "core/failure.h"
#include "providers/provider.h"

namespace cloud_billing {

// A failure of a question, in two parts.
struct ToldFailure {
  std::string fact;    // what came: "HTTP 403, AccessDenied"
  std::string advice;  // one or two sentences
};

// `status` is that of the response; 0: there was none.
[[nodiscard]] ToldFailure tell_failure(const Failure& failure, int status,
                                       const AccessQuestion& question, const Provider& provider,
                                       const std::optional<std::chrono::seconds>& clock_difference);

// "60 min ahead", "3 s behind"; the difference is not 0.
[[nodiscard]] std::string describe_clock_difference(std::chrono::seconds difference);

// For a question that went well although the clock is wrong; empty: it is not.
[[nodiscard]] std::string advise_on_clock(
    const std::optional<std::chrono::seconds>& clock_difference);

}  // namespace cloud_billing
