#pragma once

// Reads the resource packages (资源包) of a Volcengine account: ListResourcePackages, docs/6269.

#include <memory>
#include <string>
#include <string_view>

#include "billing/packages.h"
#include "providers/provider.h"
#include "volcengine/entry_listing.h"
#include "volcengine/expiry.h"

namespace cloud_billing::volcengine {

struct ListedPackage {
  bool is_effective = false;  // by its Status
  PackageKey key;
  OptionalAmount total;
  OptionalAmount available;
  Expiry expiry;
};

// The effective ones of a type: "Package", "RI" (reserved instances) or "RSC". 20 are on a page at
// most.
[[nodiscard]] ApiRequest package_request(std::string_view type, const TokenPages::Page& page,
                                         int page_size);

[[nodiscard]] Result<EntryPage<ListedPackage>, Failure> read_package_page(HttpResponse& response);

// Of all types.
[[nodiscard]] std::unique_ptr<Conversation<Packages>> ask_packages(UtcSeconds now);

}  // namespace cloud_billing::volcengine
