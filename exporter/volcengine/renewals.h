#pragma once

// Reads the instances of a Volcengine account that end soon: ListAvailableInstances, docs/6269.

#include <memory>
#include <string>

#include "billing/renewals.h"
#include "providers/provider.h"
#include "volcengine/entry_listing.h"
#include "volcengine/expiry.h"

namespace cloud_billing::volcengine {

struct ListedInstance {
  RenewalKey key;  // the list tells no region
  Expiry expiry;
};

// Those of all products that end from `now` to the end of the longest window.
[[nodiscard]] ApiRequest instance_request(UtcSeconds now, const TokenPages::Page& page,
                                          int page_size);

[[nodiscard]] Result<EntryPage<ListedInstance>, Failure> read_instance_page(HttpResponse& response);

[[nodiscard]] std::unique_ptr<Conversation<Renewals>> ask_renewals(const RenewalsQuery& query);

}  // namespace cloud_billing::volcengine
