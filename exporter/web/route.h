#pragma once

// What the web server answers, and to whom: requests, responses and the table of paths, without a
// connection or a server. Values; routes are called on any thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/byte_sink.h"

namespace cloud_billing {

struct WebRequest {
  std::string method;             // HEAD comes as GET
  std::string accept;             // the header's value, several joined by ", "; empty: not sent
  std::string accept_encoding;    // likewise
  std::string query{};            // what follows "?", as received
  std::string authorization{};    // the header's value; empty: not sent
  std::string accept_language{};  // likewise
};

// Of `length` bytes, which `send` gives to a sink, as often as it is called; false if the sink
// wanted no more. Null: nothing. What it needs it owns.
struct Body {
  std::uint64_t length = 0;
  std::function<bool(const ByteSink& sink)> send;
};

[[nodiscard]] Body make_text_body(std::string text);

struct WebResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  Body body;
  std::vector<std::pair<std::string, std::string>> headers;  // beyond type, length and nosniff
};

[[nodiscard]] WebResponse make_text_response(int status, std::string text);

// Whom a route answers if the web configuration has users.
enum class Access { kUsers, kPublic };

struct Route {
  std::string path;                  // compared with the request's as received
  std::vector<std::string> methods;  // upper case; "GET" allows HEAD as well
  std::function<WebResponse(const WebRequest&)> respond;
  Access access = Access::kUsers;
};

// The path that a request's target asks for: the target itself, or of a whole URI what follows the
// host, whichever that is, as with a Host header (RFC 9112, section 3.2).
[[nodiscard]] std::string_view path_of_target(std::string_view target);

// The answer of the route with exactly that path, or for "*" of the server itself; 404, 405, or 401
// if `admits` says that the request comes from no user. It is asked only if the answer depends on
// it.
[[nodiscard]] WebResponse choose_response(const std::vector<Route>& routes, std::string_view path,
                                          const WebRequest& request,
                                          const std::function<bool()>& admits);

// Adds the header, in place of one of this name if the response has one.
void set_header(WebResponse& response, std::pair<std::string, std::string> header);

}  // namespace cloud_billing
