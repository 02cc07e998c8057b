// What clients of the web server send, what its configuration may be, and what its requests lead
// to.

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/utf8.h"
#include "exposition/exposition.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/scene.h"
#include "web/account_query.h"
#include "web/basic_auth.h"
#include "web/csv_route.h"
#include "web/listen_address.h"
#include "web/query.h"
#include "web/route.h"
#include "web/status_route.h"
#include "web/web_config.h"

namespace cloud_billing {
namespace {

const Snapshot& known() {
  static const Snapshot snapshot = [] {
    Scene scene;
    for (const char* name : {"prod", "a<b>&\"c", "生产"}) {
      AccountConfig account = account_named(name);
      account.labels = {{"team", name}};
      AccountView& view = scene.add(std::move(account));
      MonthCosts costs;
      costs.rows = 1;
      costs.totals[{"CNY", "postpaid"}] = {};
      costs.services[{"CNY", "BCC"}] = {};
      view.results.months[kNovember] = read(costs);
    }
    return scene.input();
  }();
  return snapshot;
}

std::string text_of(const WebResponse& response) {
  std::string text;
  if (response.body.send) {
    static_cast<void>(response.body.send([&text](std::string_view piece) {
      text += piece;
      return true;
    }));
  }
  require(text.size() == response.body.length, "a body is as long as it says");
  return text;
}

void require_head(const WebResponse& response) {
  for (const auto& [name, value] : response.headers) {
    for (const std::string_view text : {std::string_view(name), std::string_view(value)}) {
      require(std::none_of(text.begin(), text.end(),
                           [](char c) { return c == '\r' || c == '\n' || c == '\0'; }),
              "a header is one line, whatever was asked");
    }
  }
}

// Whatever is asked for, of whatever is known.
void ask_pages(std::string_view bytes) {
  const std::size_t cut = bytes.find('\n');
  WebRequest request;
  request.method = "GET";
  request.query = bytes.substr(0, cut);
  request.accept_language = cut == bytes.npos ? "" : bytes.substr(cut + 1);
  static_cast<void>(read_account_search(request.query));
  for (const bool packs : {false, true}) {
    request.accept_encoding = packs ? "gzip" : "";
    for (const WebResponse& response : {respond_with_status_page(request, known(), "/metrics"),
                                        respond_with_accounts_csv(request, known()),
                                        respond_with_services_csv(request, known())}) {
      require(response.status == 200 || response.status == 404, "it is there or it is not");
      require_head(response);
      const std::string text = text_of(response);
      if (packs) continue;
      require_equal(replace_ill_formed_utf8(text), text, "what is shown is well-formed");
      require(text.find("<script") == text.npos, "a page has no scripts");
    }
  }
  static_cast<void>(has_query_name(request.query, "account"));
  require(find_query_value(request.query, "q").size() <= 1024, "a value is not long");
}

void choose_routes(std::string_view bytes) {
  const auto answer = [](const WebRequest&) { return make_text_response(200, "here\n"); };
  const std::vector<Route> routes{{"/", {"GET"}, answer},
                                  {"/metrics", {"GET"}, answer},
                                  {"/-/reload", {"POST", "PUT"}, answer},
                                  {"/-/healthy", {"GET"}, answer, Access::kPublic}};
  const std::size_t cut = bytes.find(' ');
  WebRequest request;
  request.method = bytes.substr(0, cut);
  const std::string_view path =
      path_of_target(cut == bytes.npos ? std::string_view() : bytes.substr(cut + 1));
  for (const bool admitted : {true, false}) {
    const WebResponse response =
        choose_response(routes, path, request, [admitted] { return admitted; });
    require_head(response);
    const std::set<int> expected =
        admitted ? std::set{200, 400, 404, 405} : std::set{200, 400, 401, 405};
    require(expected.contains(response.status), "an answer of the table");
    const bool is_public = path == "/-/healthy" || path == "*";
    require(admitted || is_public || response.status == 401, "nobody reads without a password");
    if (text_of(response) == "here\n") {
      require(std::any_of(routes.begin(), routes.end(),
                          [path](const Route& route) { return route.path == path; }),
              "a route answers for its own path only");
    }
  }
}

void admit(std::string_view bytes) {
  // bcrypt of "secret" with the lowest cost.
  static BasicAuth users(
      BasicAuth::Users{{"user", "$2b$04$abcdefghijklmnopqrstuuE8v7ypvv5n5nLuvC0WS5dgL7NQ1Jm3G"}});
  require(!users.admits(bytes), "no other password opens");
  static BasicAuth nobody(BasicAuth::Users{});
  require(!nobody.asks(), "without users nobody is asked");
}

void read_web_config_text(std::string_view bytes) {
  const auto config = parse_web_config(bytes, "web.yml");
  if (!config) {
    require(!config.error().empty(), "what is refused has a problem");
    for (const Error& problem : config.error()) {
      require(problem.message.starts_with("web.yml"), "a problem names the file");
      require_message(problem.message);
    }
    return;
  }
  for (const auto& [name, value] : config->headers) {
    require(value.find_first_of("\r\n") == value.npos && name.find_first_of("\r\n: ") == name.npos,
            "a header is one line");
  }
  require(!config->tls || (config->tls->certificate.is_given() && config->tls->key.is_given()),
          "TLS has a certificate and a key");
}

void read_address(std::string_view bytes) {
  const std::string text = replace_ill_formed_utf8(std::string(bytes));
  const auto address = parse_listen_address(text);
  if (!address) return require_message(address.error().message);
  const auto again = parse_listen_address(to_text(*address));
  require(again && *again == *address, "an address is written as it is read");
}

}  // namespace

std::span<const FuzzTarget> fuzz_targets() {
  static const std::vector<FuzzTarget> all{
      {"page_queries",
       ask_pages,
       {"q=prod&sort=cost\nzh-CN,zh;q=0.9", "account=%E7%94%9F%E4%BA%A7&state=failing&page=2",
        "label=team&value=a%3Cb%3E%26%22c&lang=en&digits=all&refresh=60",
        "month=2026-10&currency=CNY"}},
      {"routes",
       choose_routes,
       {"GET /metrics", "POST /-/reload", "OPTIONS *", "GET http://host/-/healthy", "HEAD /",
        "PUT /x"}},
      {"authorization",
       admit,
       {"Basic dXNlcjpzZWNyZXQx", "basic dXNlcg==", "Bearer x", "Basic ====", "BASIC dXNlcjo="}},
      {"web_config",
       read_web_config_text,
       {"tls_server_config:\n  cert_file: a.crt\n  key_file: a.key\n  client_auth_type: "
        "RequireAndVerifyClientCert\n  client_ca_file: ca\n  min_version: TLS13\n  cipher_suites: "
        "[TLS_AES_128_GCM_SHA256]\n",
        "basic_auth_users:\n  a: $2b$04$abcdefghijklmnopqrstuuE8v7ypvv5n5nLuvC0WS5dgL7NQ1Jm3G\n"
        "http_server_config:\n  http2: true\n  headers:\n    X-Frame-Options: deny\n"}},
      {"listen_address", read_address, {"[::1]:9100", ":9100", "localhost:0", "127.0.0.1:65536"}},
  };
  return all;
}

}  // namespace cloud_billing
