#pragma once

// What all of Baidu's responses have in common: a JSON object, and an error's code at any HTTP
// status. The table of codes follows the billing documents' error pages and the SDKs' retry
// policies (cloud.baidu.com/doc/Reference/s/Bjz3uz3qj-en). Pure; one thread, one response at a
// time.

#include <string>
#include <string_view>

#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "json/json_walk.h"
#include "providers/api_error.h"

namespace cloud_billing::baidu {

// What a response says of itself, beside the fields that were visited.
struct Response {
  std::string code;     // of an error; empty: none
  std::string message;  // for people
  std::string request_id;

  // An error is no data, even beside some: it would show a real zero.
  [[nodiscard]] bool is_error() const { return !code.empty(); }
  // What is wrong with a response of status 2xx that is an error or lacks what was asked for.
  [[nodiscard]] Failure explain_missing(int status, std::string_view field) const;
};

// Visits every top-level field but those of the error, once. The response must stay where it is,
// and no other be opened, while what was visited is used.
[[nodiscard]] Result<Response, Failure> open_response(HttpResponse& response,
                                                      const FieldVisitor& visit);

// A response outside 2xx.
[[nodiscard]] Failure classify_error(HttpResponse& response);

}  // namespace cloud_billing::baidu
