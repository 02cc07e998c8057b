#pragma once

// Reads the resources of a Baidu account that end soon: its list of automatic renewals
// (POST /v1/renew/resource/list, reads only), which is asked by service, of the key's own account
// and of each sub-account.

#include <cstdint>
#include <memory>
#include <string>

#include "billing/renewals.h"
#include "providers/provider.h"

namespace cloud_billing::baidu {

// `billed` as in billed_accounts().
[[nodiscard]] ApiRequest renewal_request(const std::string& service, const std::string& billed,
                                         std::int64_t page, std::int64_t page_size);

// Of the query's services and the configured ones; without the former, the summaries of this month
// and the one before tell which are prepaid. A service that the cloud refuses is one without
// automatic renewal: it is noted, and not asked for again. The account must outlive the
// conversation.
[[nodiscard]] std::unique_ptr<Conversation<Renewals>> ask_renewals(const AccountConfig& account,
                                                                   const RenewalsQuery& query);

// For --check-access: of one service, the first that is configured. `billed` as in
// billed_accounts().
[[nodiscard]] AccessQuestion ask_renewal_access(const AccountConfig& account,
                                                const std::string& billed, UtcSeconds now);

}  // namespace cloud_billing::baidu
