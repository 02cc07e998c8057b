#include "app/probe.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "app/direct_request.h"
#include "app/report.h"
#include "web/security.h"
#include "web/web_config.h"

namespace cloud_billing {
namespace {

constexpr std::chrono::milliseconds kTimeout{5000};  // over all addresses

std::vector<std::string> hosts_to_ask(const std::string& host) {
  if (host.empty() || host == "::") return {"127.0.0.1", "::1"};
  if (host == "0.0.0.0") return {"127.0.0.1"};
  return {host};
}

// How the server can be asked.
enum class ProbeMethod { kOverHttp, kOverTls, kConnection };

ProbeMethod choose_probe_method(const std::string& web_config_file) {
  if (web_config_file.empty()) return ProbeMethod::kOverHttp;
  const auto config = read_web_config_file(web_config_file);
  // The server still goes by what the file said when it could be read.
  if (!config) return ProbeMethod::kConnection;
  if (!config->tls) return ProbeMethod::kOverHttp;
  const bool needs_certificate = config->tls->client_auth == ClientAuth::kRequireAny ||
                                 config->tls->client_auth == ClientAuth::kRequireAndVerify;
  return needs_certificate ? ProbeMethod::kConnection : ProbeMethod::kOverTls;
}

Status check_health(ProbeMethod method, const std::string& authority,
                    std::chrono::milliseconds timeout) {
  if (method == ProbeMethod::kConnection) return try_connection("http://" + authority, timeout);
  const std::string scheme = method == ProbeMethod::kOverTls ? "https://" : "http://";
  const Result<int> status = fetch_status(scheme + authority + "/-/healthy", timeout);
  if (!status) return status.error();
  if (*status == 200) return {};
  return Error{"/-/healthy answered " + std::to_string(*status)};
}

}  // namespace

int run_probe(const ListenAddress& address, const std::string& web_config_file) {
  if (address.port == 0) {
    report_errors("not healthy",
                  {Error{"probe: --web.listen-address has port 0; name the port that "
                         "the log shows"}});
    return 1;
  }
  const ProbeMethod method = choose_probe_method(web_config_file);
  const auto deadline = std::chrono::steady_clock::now() + kTimeout;
  std::vector<Error> problems;
  for (const std::string& host : hosts_to_ask(address.host)) {
    const std::string authority = to_text(ListenAddress{host, address.port});
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    const Status healthy =
        check_health(method, authority, std::max(left, std::chrono::milliseconds(1)));
    if (healthy) return 0;
    problems.push_back(healthy.error().with_prefix("probe: " + authority));
  }
  report_errors("not healthy", problems);
  return 1;
}

}  // namespace cloud_billing
