#pragma once

// Which of FOCUS's categories a service belongs to: what the providers' tables say, which a user's
// file extends. Codes are compared exactly; a service that stands nowhere is Other. Immutable once
// made, any thread.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/result.h"

namespace cloud_billing {

struct ServiceCategory {
  std::string category = "Other";
  std::string subcategory = "Other (Other)";
  friend bool operator==(const ServiceCategory&, const ServiceCategory&) = default;
};

// The values that FOCUS 1.2 allows for ServiceCategory.
[[nodiscard]] std::span<const std::string_view> focus_service_categories();

class ServiceCategories {
 public:
  // A service that the provider is known to have, or another category of it.
  void add(std::string_view provider, std::string_view service, ServiceCategory category);

  // Takes the lines of a user's file, "provider,service,category[,subcategory]" each; empty lines
  // and those that begin with "#" say nothing. They win over what is known. `providers` are the
  // names that the first field may have. Nothing is taken if there are errors: each begins with
  // `file_name` and the line's number.
  [[nodiscard]] Result<void, std::vector<Error>> extend(
      std::string_view text, std::string_view file_name,
      std::span<const std::string_view> providers);

  [[nodiscard]] const ServiceCategory& of(std::string_view provider,
                                          std::string_view service) const;

 private:
  using OfProvider = std::map<std::string, ServiceCategory, std::less<>>;  // by service
  std::map<std::string, OfProvider, std::less<>> known_;                   // by provider
  ServiceCategory other_;
};

}  // namespace cloud_billing
