#pragma once

// The clouds that a configuration can name, handed to whoever looks one up: the program's own table
// (all_providers()), or the clouds of a test. Immutable once made, any thread.

#include <initializer_list>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "config/provider_facts.h"
#include "providers/provider.h"

namespace cloud_billing {

class ProviderTable {
 public:
  // The providers must outlive the table.
  ProviderTable(std::initializer_list<const Provider*> providers) : providers_(providers) {
    for (const Provider* provider : providers_) facts_.push_back(provider->facts());
  }

  // The provider of that name, which must be in the table.
  [[nodiscard]] const Provider& named(std::string_view name) const {
    for (const Provider* provider : providers_) {
      if (provider->facts().name == name) return *provider;
    }
    throw std::logic_error("no provider named " + std::string(name));
  }

  // The facts of all providers, for parse_config().
  [[nodiscard]] std::span<const ProviderFacts> facts() const { return facts_; }

 private:
  std::vector<const Provider*> providers_;
  std::vector<ProviderFacts> facts_;
};

}  // namespace cloud_billing
