#pragma once

// What the records of an account share: how times, amounts and what may be absent stand in JSON.
// Part of account_record.cc and month_record.cc. Pure, any thread.

#include <chrono>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>

#include "billing/account_results.h"
#include "core/amount.h"
#include "core/calendar.h"

namespace cloud_billing {

using Json = nlohmann::json;

// Readers throw if something is not as it was written: a Json::exception, or this.
struct NotAsWritten : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline std::string read_text(const Json& in, const char* name) {
  return in.at(name).get<std::string>();
}

inline Json write(UtcSeconds time) { return time.time_since_epoch().count(); }
// Of the years that a calendar writes with four digits.
inline UtcSeconds read_time(const Json& in) {
  using std::chrono::sys_days;
  constexpr UtcSeconds kFirst = sys_days(std::chrono::year(0) / 1 / 1);
  constexpr UtcSeconds kEnd = sys_days(std::chrono::year(10000) / 1 / 1);
  if (!in.is_number_integer()) throw NotAsWritten("a time");
  const UtcSeconds time(std::chrono::seconds(in.get<std::int64_t>()));
  if (time < kFirst || time >= kEnd) throw NotAsWritten("a time");
  return time;
}

inline Json write(Amount amount) { return amount.to_decimal(); }
inline Amount read_amount(const Json& in) {
  const auto amount = Amount::parse(in.get_ref<const std::string&>());
  if (!amount) throw NotAsWritten("an amount");
  return *amount;
}

template <typename T>
void write_known(Json& out, const char* name, const std::optional<T>& value) {
  if (value) out[name] = write(*value);
}
template <typename Function>
auto read_known(const Json& in, const char* name, Function read) {
  const auto found = in.find(name);
  return found == in.end() ? std::nullopt : std::optional(read(*found));
}

}  // namespace cloud_billing
