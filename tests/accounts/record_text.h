#pragma once

// An account's record as its state file holds it, for tests that care for what is in the record and
// not for how it is written.

#include <string>
#include <string_view>

#include "accounts/account_record.h"

namespace cloud_billing {

inline std::string record_text(const AccountRecord& record) { return to_json(record); }

// Reads what record_text() made.
inline AccountRecord record_of(std::string_view text) {
  return account_record_from_json(text).value();
}

}  // namespace cloud_billing
