#pragma once

// Gives a reply its response the way the poller does: if it is refused and not worth another
// attempt, no good response will come. For tests of conversations.

#include <optional>
#include <utility>

#include "providers/conversation.h"

namespace cloud_billing {

// Why the response was refused, or nothing.
inline std::optional<Failure> answer(Reply& reply, HttpResponse response) {
  auto accepted = reply.accept(response);
  if (accepted) return std::nullopt;
  reply.fail(accepted.error());
  return std::move(accepted).error();
}

}  // namespace cloud_billing
