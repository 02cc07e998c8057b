#pragma once

// Reads the cash of the sub-accounts that an account lists, which only the key of their financial
// circle's (财务圈) master may read: POST /v1/finance/supervisor/cash/balance, as the vendor's Java
// SDK has it. Pure; conversations on one thread.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "core/result.h"
#include "providers/provider.h"

namespace cloud_billing::baidu {

// `ids` are at most kMostIdsOfARequest.
[[nodiscard]] ApiRequest sub_account_cash_request(std::span<const std::string> ids);

// The credit quota, which is asked for alike, takes as many; of this operation no limit is known.
inline constexpr std::size_t kMostIdsOfARequest = 1000;

// cashBalance of each of `ids` that the response tells, whatever else it tells. A sub-account whose
// amount is missing, unreadable or told twice and differently is left out and named by `failure`.
// The currency, which no response tells, is empty.
[[nodiscard]] Result<SubAccountCash, Failure> read_sub_account_cash(
    HttpResponse& response, std::span<const std::string> ids);

// No question without sub_accounts, and for a day after a refusal. Refused, it ends in nothing.
[[nodiscard]] std::optional<Question<SubAccountCash>> ask_sub_account_cash(
    const AccountConfig& account, const SubAccountCashQuery& query);

// For --check-access: the same of an account with sub_accounts. It must outlive the question.
[[nodiscard]] AccessQuestion ask_sub_account_access(const AccountConfig& account);

}  // namespace cloud_billing::baidu
