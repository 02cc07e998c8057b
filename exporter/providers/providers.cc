#include "providers/providers.h"

#include <array>
#include <stdexcept>
#include <string>

#include "providers/baidu.h"
#include "providers/volcengine.h"

namespace cloud_billing {

std::span<const Provider* const> all_providers() {
  static const std::array<const Provider*, 2> providers{&baidu_provider(), &volcengine_provider()};
  return providers;
}

std::span<const ProviderFacts> all_provider_facts() {
  static const std::vector<ProviderFacts> facts = [] {
    std::vector<ProviderFacts> all;
    for (const Provider* provider : all_providers()) all.push_back(provider->facts());
    return all;
  }();
  return facts;
}

const Provider& provider_named(std::string_view name) {
  for (const Provider* provider : all_providers()) {
    if (provider->facts().name == name) return *provider;
  }
  throw std::logic_error("no provider named " + std::string(name));
}

}  // namespace cloud_billing
