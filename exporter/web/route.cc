#include "web/route.h"

#include <algorithm>

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

}  // namespace

WebResponse make_text_response(int status, std::string text) {
  WebResponse response;
  response.status = status;
  response.body.push_back(std::make_shared<const std::string>(std::move(text)));
  return response;
}

// A path that does not exist asks for a password too: only users learn which ones do.
WebResponse choose_response(const std::vector<Route>& routes, std::string_view path,
                            const WebRequest& request, const std::function<bool()>& admits) {
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
