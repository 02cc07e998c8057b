#include "web/route.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace cloud_billing {
namespace {

WebResponse refuse_method(const Route& route) {
  WebResponse response = make_text_response(405, "Method not allowed\n");
  std::string allowed;
  for (const std::string& method : route.methods) {
    allowed += (allowed.empty() ? "" : ", ") + method + (method == "GET" ? ", HEAD" : "");
  }
  response.headers.emplace_back("Allow", std::move(allowed));
  return response;
}

WebResponse ask_password() {
  WebResponse response = make_text_response(401, "Unauthorized\n");
  response.headers.emplace_back("WWW-Authenticate", "Basic");
  return response;
}

// "OPTIONS *" asks about the server and nothing in it (RFC 9110, section 9.3.7); no other method
// may ask for "*".
WebResponse respond_to_asterisk(const std::vector<Route>& routes, std::string_view method) {
  if (method != "OPTIONS") return make_text_response(400, "Only OPTIONS asks for *\n");
  std::set<std::string_view> methods;
  for (const Route& route : routes) methods.insert(route.methods.begin(), route.methods.end());
  if (methods.contains("GET")) methods.insert("HEAD");
  std::string allowed;
  for (const std::string_view each : methods) {
    allowed += (allowed.empty() ? "" : ", ") + std::string(each);
  }
  WebResponse response = make_text_response(200, "");
  response.headers.emplace_back("Allow", std::move(allowed));
  return response;
}

}  // namespace

std::string_view path_of_target(std::string_view target) {
  if (target.starts_with('/')) return target;
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return target;
  const std::size_t path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

Body make_text_body(std::string text) {
  const std::uint64_t length = text.size();
  return {length, [text = std::move(text)](const ByteSink& sink) { return sink(text); }};
}

WebResponse make_text_response(int status, std::string text) {
  WebResponse response;
  response.status = status;
  response.body = make_text_body(std::move(text));
  return response;
}

// A path that does not exist asks for a password too: only users learn which ones do.
WebResponse choose_response(const std::vector<Route>& routes, std::string_view path,
                            const WebRequest& request, const std::function<bool()>& admits) {
  if (path == "*") return respond_to_asterisk(routes, request.method);
  const auto found = std::find_if(routes.begin(), routes.end(),
                                  [path](const Route& route) { return route.path == path; });
  const bool is_open = found != routes.end() && found->access == Access::kPublic;
  if (!is_open && !admits()) return ask_password();
  if (found != routes.end()) {
    const Route& route = *found;
    const bool allowed = std::find(route.methods.begin(), route.methods.end(), request.method) !=
                         route.methods.end();
    return allowed ? route.respond(request) : refuse_method(route);
  }
  return make_text_response(404, "Not found\n");
}

void set_header(WebResponse& response, std::pair<std::string, std::string> header) {
  std::erase_if(response.headers,
                [&header](const auto& given) { return given.first == header.first; });
  response.headers.push_back(std::move(header));
}

}  // namespace cloud_billing
