#pragma once

// The digest by which a page that was delivered before is known again. Pages that differ have the
// same one by chance only, once in 2^64; it is no defence against a server that wants them to. The
// same in one process only. Pure, any thread.

#include <cstdint>
#include <string_view>

namespace cloud_billing {

// Of a page's rows as they are written.
[[nodiscard]] std::uint64_t page_digest(std::string_view bytes);

}  // namespace cloud_billing
