#pragma once

// What --check-access asks of a cloud: the smallest request for each operation that an account's
// collectors need, what a good response tells, and what a person does about a refusal. Each cloud
// brings its own (baidu/access.h is an example). Values, one thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/calendar.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/conversation.h"
#include "providers/operation.h"

namespace cloud_billing {

struct AccessQuery {
  UtcSeconds now{};
  std::chrono::seconds orders_window{};  // as the collector's
};

// What a person does about a failure, and where in the cloud's console, in the console's languages.
struct Advice {
  std::string_view what;
  std::string_view where{};  // empty: nothing is to be done there
};

struct AccessFact {
  std::string text;          // one fact: "850 CNY cash"
  std::string account_id{};  // the cloud's own id of the account; empty: not told
};

struct AccessQuestion {
  const Operation* operation = nullptr;  // never null
  std::string sub_account{};             // whom it is about; empty: the key's own account
  bool dispensable = false;              // the collectors do without it if it is refused
  bool by_account_id = false;  // needs the id that the response to an earlier question tells
  Advice if_refused{};         // if the key may not
  // The account id is empty while no response has told it.
  std::function<ApiRequest(const std::string& account_id)> request;
  // Takes a 2xx response; its body may be changed by reading.
  std::function<Result<AccessFact, Failure>(HttpResponse& response, const std::string& account_id)>
      read;
};

// "1 row", "700 rows".
[[nodiscard]] inline std::string count_of(std::int64_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

// What a person does about an error with this code of the cloud's.
struct Remedy {
  std::string_view code;
  Advice advice;
};

}  // namespace cloud_billing
