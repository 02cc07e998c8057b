#pragma once

// What --check-access asks of a site, and its remedies: policies as of
// www.volcengine.com/docs/6269/1186807, the console as of docs/84313/1254467.

#include <span>
#include <vector>

#include "providers/provider.h"
#include "volcengine/site.h"

namespace cloud_billing::volcengine {

// The site and the account must outlive the questions.
[[nodiscard]] std::vector<AccessQuestion> ask_access(const Site& site, const AccountConfig& account,
                                                     const AccessQuery& query);
[[nodiscard]] std::span<const Remedy> remedies(const Site& site);

}  // namespace cloud_billing::volcengine
