#include "transport/curl_failure.h"

#include <array>

#include "core/ascii.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

// "%" stands for the host.
struct Explanation {
  CURLcode code;
  std::string_view what;
  std::string_view advice;
};

constexpr std::array kExplanations{
    Explanation{CURLE_COULDNT_RESOLVE_HOST, "cannot resolve the host name of %",
                "check the endpoint and the name servers"},
    Explanation{CURLE_COULDNT_RESOLVE_PROXY, "cannot resolve the proxy for %",
                "check the variables https_proxy and no_proxy"},
    Explanation{CURLE_COULDNT_CONNECT, "cannot connect to %",
                "check the network, the firewall and the proxy variables"},
    Explanation{CURLE_PEER_FAILED_VERIFICATION, "the TLS certificate of % is not trusted",
                "check the CA certificates (package ca-certificates, and update-ca-certificates "
                "after adding one) and the clock"},
    Explanation{CURLE_SSL_CACERT_BADFILE, "no CA certificates to check % with",
                "install the package ca-certificates"},
    Explanation{CURLE_SSL_CONNECT_ERROR, "no TLS connection to %",
                "check that the endpoint speaks TLS 1.2 or newer"},
    Explanation{CURLE_OUT_OF_MEMORY, "no room for the request to %",
                "check the memory and the limit fs.epoll.max_user_watches"},
    Explanation{CURLE_GOT_NOTHING, "% closed the connection without an answer", ""},
    Explanation{CURLE_ABORTED_BY_CALLBACK, "% keeps closing connections without an answer", ""},
    Explanation{CURLE_PARTIAL_FILE, "the answer of % was cut short", ""},
    Explanation{CURLE_RECV_ERROR, "the connection to % broke while receiving", ""},
    Explanation{CURLE_SEND_ERROR, "the connection to % broke while sending", ""},
};

}  // namespace

std::string explain_curl_error(CURLcode code, std::string_view host, std::string_view detail) {
  Explanation explanation{code, "the request to % failed", ""};
  for (const Explanation& known : kExplanations) {
    if (known.code == code) explanation = known;
  }
  std::string text(explanation.what);
  text.replace(text.find('%'), 1, host);
  text += ": ";
  text += detail.empty() ? std::string_view(curl_easy_strerror(code)) : trim_blanks(detail);
  if (!explanation.advice.empty()) {
    text += "; ";
    text += explanation.advice;
  }
  return replace_ill_formed_utf8(std::move(text));
}

}  // namespace cloud_billing
