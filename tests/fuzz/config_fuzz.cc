// A configuration of any bytes is accepted or refused with at least one problem, and never more.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "app/providers.h"
#include "config/config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto environment = [](std::string_view name) {
    return name == "SET" ? std::optional<std::string>("value") : std::nullopt;
  };
  const auto config =
      cloud_billing::parse_config({reinterpret_cast<const char*>(data), size}, "config.yml",
                                  environment, cloud_billing::all_providers().facts());
  if (!config && config.error().empty()) std::abort();
  if (config && config->accounts.empty()) std::abort();
  return 0;
}
