#pragma once

// The values of --shard.index and --shard.count. Used by the command line's reader.

#include <string>
#include <string_view>

#include "config/shard.h"
#include "core/result.h"

namespace cloud_billing {

// The index is a number, or "pod": the number at the end of the host name, up to its first dot, as
// a StatefulSet gives it ("exporter-2"). The error names the flag.
[[nodiscard]] Result<Shard> parse_shard(std::string_view index, std::string_view count,
                                        std::string_view host_name);

// This machine's; empty if it has none.
[[nodiscard]] std::string read_host_name();

}  // namespace cloud_billing
