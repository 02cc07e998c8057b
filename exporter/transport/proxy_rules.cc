#include "transport/proxy_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/endpoint.h"
#include "core/ascii.h"
#include "transport/curl_handles.h"

namespace cloud_billing {
namespace {

// In the order in which curl looks at them.
constexpr std::array<std::string_view, 4> kProxyVariables{"https_proxy", "HTTPS_PROXY", "all_proxy",
                                                          "ALL_PROXY"};
constexpr std::array<std::string_view, 2> kNoProxyVariables{"no_proxy", "NO_PROXY"};

constexpr std::array<std::string_view, 6> kSchemes{"http",    "https",  "socks4",
                                                   "socks4a", "socks5", "socks5h"};
constexpr std::string_view kDefaultPort = "1080";  // as curl has it, but for https

struct Variable {
  std::string_view name;
  std::string value;
};

// The first that is set and not empty.
template <std::size_t kCount>
Variable first_set(const Environment& environment,
                   const std::array<std::string_view, kCount>& names) {
  for (const std::string_view name : names) {
    const std::string value = environment(name).value_or("");
    if (!trim_blanks(value).empty()) return {name, std::string(trim_blanks(value))};
  }
  return {};
}

struct UrlCleanup {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct PartCleanup {
  void operator()(char* part) const { curl_free(part); }
};

// A part of a URL; empty if it has none.
Result<std::string, CURLUcode> take_part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  const CURLUcode code = curl_url_get(url, part, &text, flags);
  const std::unique_ptr<char, PartCleanup> owned(text);
  if (code == CURLUE_OK) return std::string(text);
  const bool absent = code == CURLUE_NO_USER || code == CURLUE_NO_PASSWORD ||
                      code == CURLUE_NO_PORT || code == CURLUE_NO_QUERY ||
                      code == CURLUE_NO_FRAGMENT || code == CURLUE_NO_SCHEME;
  if (absent) return std::string();
  return code;
}

// The value is never quoted: what is not understood may be a password.
std::string explain_problem(std::string_view variable, std::string_view what) {
  return "the variable " + std::string(variable) + " is not understood: " + std::string(what) +
         "; write http://host:port or http://user:password@host:port, and in user and password "
         "percent-encode what is neither letter nor digit (/ is %2F, @ is %40, # is %23)";
}

// It is shown in messages.
bool is_plain(std::string_view host) {
  return std::all_of(host.begin(), host.end(), [](char c) { return c > ' ' && c <= '~'; });
}

constexpr std::string_view kBadPort = "its port is not a number from 1 to 65535";
constexpr std::string_view kBadScheme =
    "its scheme is none of http, https, socks4, socks4a, socks5 and socks5h";
constexpr std::string_view kMoreFollows = "something follows host and port";
constexpr std::string_view kNoAddress = "it is not the address of a proxy";

std::string_view explain_url_error(CURLUcode code) {
  if (code == CURLUE_BAD_PORT_NUMBER) return kBadPort;
  if (code == CURLUE_URLDECODE) return "its user or password is not well percent-encoded";
  return kNoAddress;
}

Result<Proxy, std::string> parse_proxy(const Variable& variable) {
  const auto refuse = [&variable](std::string_view what) {
    return explain_problem(variable.name, what);
  };
  const std::string& value = variable.value;
  const std::unique_ptr<CURLU, UrlCleanup> url(curl_url());
  const std::string whole = value.find("://") == value.npos ? "http://" + value : value;
  const CURLUcode code =
      curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) return refuse(explain_url_error(code));

  const auto scheme = take_part(url.get(), CURLUPART_SCHEME);
  if (!scheme || std::find(kSchemes.begin(), kSchemes.end(), *scheme) == kSchemes.end()) {
    return refuse(kBadScheme);
  }
  // A "/", "?" or "#" in a password ends host and port too early.
  const auto path = take_part(url.get(), CURLUPART_PATH);
  const auto query = take_part(url.get(), CURLUPART_QUERY);
  const auto fragment = take_part(url.get(), CURLUPART_FRAGMENT);
  if (!path || *path != "/" || !query || !query->empty() || !fragment || !fragment->empty()) {
    return refuse(kMoreFollows);
  }
  auto user = take_part(url.get(), CURLUPART_USER, CURLU_URLDECODE);
  auto password = take_part(url.get(), CURLUPART_PASSWORD, CURLU_URLDECODE);
  if (!user || !password) return refuse(explain_url_error(CURLUE_URLDECODE));
  const auto host = take_part(url.get(), CURLUPART_HOST);
  auto port = take_part(url.get(), CURLUPART_PORT);
  if (!host || host->empty() || !port || !is_plain(*host)) return refuse(kNoAddress);
  if (*port == "0") return refuse(kBadPort);
  if (port->empty()) *port = *scheme == "https" ? "443" : kDefaultPort;

  Proxy proxy;
  proxy.address = *scheme + "://" + *host + ":" + *port;
  proxy.variable = variable.name;
  proxy.user = *std::move(user);
  proxy.password = *std::move(password);
  return proxy;
}

}  // namespace

std::string Proxy::in_words() const {
  return "the proxy " + address.substr(address.find("://") + 3) + " (" + variable + ")";
}

ProxyRules ProxyRules::read(const Environment& environment) {
  ProxyRules rules;
  rules.no_proxy_ = NoProxyList(first_set(environment, kNoProxyVariables).value);
  const Variable variable = first_set(environment, kProxyVariables);
  if (variable.value.empty()) return rules;
  auto proxy = parse_proxy(variable);
  if (proxy) {
    rules.proxy_ = std::make_shared<const Proxy>(*std::move(proxy));
  } else {
    rules.problem_ = Error{std::move(proxy).error()};
  }
  return rules;
}

Result<std::shared_ptr<const Proxy>> ProxyRules::proxy_for(const Endpoint& endpoint) const {
  if (is_loopback(endpoint.host) || no_proxy_.contains(endpoint.host, endpoint.effective_port())) {
    return std::shared_ptr<const Proxy>();
  }
  if (problem_) return *problem_;
  return proxy_;
}

}  // namespace cloud_billing
