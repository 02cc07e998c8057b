#include "transport/curl_failure.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

// Whose words stand behind ours. libcurl's own say more where they can hold nothing but names,
// numbers and certificates; where they may quote a URL, a general text does.
enum class Detail { kOwn, kGeneral };

// "%" stands for the host and the proxy on the way.
struct Explanation {
  CURLcode code;
  Detail detail;
  std::string_view what;
  std::string_view advice;
};

constexpr std::array kExplanations{
    Explanation{CURLE_COULDNT_RESOLVE_HOST, Detail::kOwn, "cannot resolve the host name of %",
                "check the endpoint and the name servers"},
    Explanation{CURLE_COULDNT_CONNECT, Detail::kOwn, "cannot connect to %",
                "check the network, the firewall and the proxy variables"},
    Explanation{
        CURLE_PEER_FAILED_VERIFICATION, Detail::kOwn, "the TLS certificate of % is not trusted",
        "check the authorities that are trusted (the system's, SSL_CERT_FILE, http.ca_file) and "
        "the clock"},
    Explanation{CURLE_SSL_CACERT_BADFILE, Detail::kOwn, "no CA certificates to check % with",
                "install the package ca-certificates"},
    Explanation{CURLE_SSL_CONNECT_ERROR, Detail::kOwn, "no TLS connection to %",
                "check that the endpoint speaks TLS 1.2 or newer"},
    Explanation{CURLE_OUT_OF_MEMORY, Detail::kOwn, "no room for the request to %",
                "check the memory and the limit fs.epoll.max_user_watches"},
    Explanation{CURLE_GOT_NOTHING, Detail::kOwn, "% closed the connection without an answer", ""},
    Explanation{CURLE_ABORTED_BY_CALLBACK, Detail::kOwn,
                "% keeps closing connections without an answer", ""},
    Explanation{CURLE_PARTIAL_FILE, Detail::kOwn, "the answer of % was cut short", ""},
    Explanation{CURLE_RECV_ERROR, Detail::kOwn, "the connection to % broke while receiving", ""},
    Explanation{CURLE_SEND_ERROR, Detail::kOwn, "the connection to % broke while sending", ""},
};

// Before anything has reached the host: the proxy itself is the trouble.
constexpr std::array kProxyExplanations{
    Explanation{CURLE_COULDNT_RESOLVE_PROXY, Detail::kOwn, "cannot resolve the host name of %",
                "check the variable and the name servers"},
    Explanation{CURLE_COULDNT_CONNECT, Detail::kOwn, "cannot connect to %",
                "check the variable, the network and the firewall"},
    Explanation{CURLE_PROXY, Detail::kOwn, "no connection by %", "check its rules"},
};

template <std::size_t kCount>
const Explanation* find(const std::array<Explanation, kCount>& table, CURLcode code) {
  const auto* const found = std::find_if(table.begin(), table.end(),
                                         [code](const Explanation& e) { return e.code == code; });
  return found == table.end() ? nullptr : found;
}

bool holds_secret(std::string_view text, const Proxy* proxy) {
  if (proxy == nullptr) return false;
  const auto holds = [text](const std::string& secret) {
    return !secret.empty() && text.find(secret) != text.npos;
  };
  return holds(proxy->user) || holds(proxy->password);
}

// "Basic, NTLM"; empty if none can be read.
std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    if (!name.empty()) text += (text.empty() ? "" : ", ") + name;
  }
  return text;
}

std::string explain_demand(const Proxy& proxy, const std::vector<std::string>& wants) {
  const std::string schemes = join(wants);
  const bool takes_password =
      schemes.empty() || std::any_of(wants.begin(), wants.end(), [](const std::string& name) {
        return to_lower_case(name) == "basic";
      });
  if (!takes_password) return "it asks for " + schemes + ", and only Basic can be given to it";
  const std::string asks =
      "it asks for a user and password" + (schemes.empty() ? "" : " (" + schemes + ")");
  if (!proxy.user.empty()) return asks + " and does not take those of " + proxy.variable;
  return asks + ": write them into " + proxy.variable + ", as in http://user:password@host:port";
}

std::string explain_status(const Proxy& proxy, int status, const std::vector<std::string>& wants) {
  if (status == 407) return explain_demand(proxy, wants);
  if (status >= 300 && status < 400) return "it redirects, as a portal does that wants a log-in";
  if (status >= 500) return "it cannot reach the host, or has a fault";
  return "its rules do not allow it: allow the host there, or name it in no_proxy";
}

}  // namespace

std::string explain_curl_error(CURLcode code, std::string_view host, const Proxy* proxy,
                               std::string_view detail) {
  const Explanation* const of_proxy = proxy == nullptr ? nullptr : find(kProxyExplanations, code);
  const Explanation* const of_host = find(kExplanations, code);
  const Explanation explanation =
      of_proxy != nullptr  ? *of_proxy
      : of_host != nullptr ? *of_host
                           : Explanation{code, Detail::kGeneral, "the request to % failed", ""};
  std::string where(host);
  if (of_proxy != nullptr) {
    where = proxy->in_words() + " for " + where;
  } else if (proxy != nullptr) {
    where += " through " + proxy->in_words();
  }
  std::string text(explanation.what);
  text.replace(text.find('%'), 1, where);
  const bool own =
      explanation.detail == Detail::kOwn && !detail.empty() && !holds_secret(detail, proxy);
  text += ": ";
  text += own ? trim_blanks(detail) : std::string_view(curl_easy_strerror(code));
  if (!explanation.advice.empty()) {
    text += "; ";
    text += explanation.advice;
  }
  return replace_ill_formed_utf8(std::move(text));
}

Failure explain_proxy_refusal(const Proxy& proxy, std::string_view host, int status,
                              const std::vector<std::string>& wants) {
  Failure failure;
  failure.reason = Reason::kTransport;
  failure.retryable = status >= 500;
  failure.message = proxy.in_words() + " refuses the connection to " + std::string(host) + ": " +
                    std::to_string(status) + ", " + explain_status(proxy, status, wants);
  return failure;
}

}  // namespace cloud_billing
