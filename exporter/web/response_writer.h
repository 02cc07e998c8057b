#pragma once

// A response as HTTP/1.1: its head, and its body in pieces that are large enough to be few and
// small enough to notice a client that takes too long. Knows no connection.

#include "core/byte_sink.h"
#include "web/route.h"

namespace cloud_billing {

// Through a sink that sends all of the bytes, or returns false: the client has gone. Without the
// body for HEAD. False if the client has gone, or has not taken everything 30 s after the start.
// Without memory for it throws std::bad_alloc, once it has answered 503 if nothing was sent before:
// the connection has to end then.
[[nodiscard]] bool write_response(const WebResponse& response, bool with_body, bool keep_alive,
                                  const ByteSink& write);

}  // namespace cloud_billing
