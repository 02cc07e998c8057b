#pragma once

// Reads the section tls_server_config of --web.config.file. Part of parse_web_config
// (web_config.h); the same thread.

#include <optional>

#include "config/typed_reader.h"
#include "web/web_config.h"

namespace cloud_billing {

// Nothing if nothing is given; mistakes are reported.
[[nodiscard]] std::optional<TlsConfig> read_tls_config(TypedReader& reader, const Place& place);

}  // namespace cloud_billing
