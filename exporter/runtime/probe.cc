#include "runtime/probe.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "runtime/curl_transport.h"

namespace cloud_billing {
namespace {

constexpr std::chrono::milliseconds kTimeout{5000};  // over all addresses

std::vector<std::string> hosts_to_ask(const std::string& host) {
  if (host.empty() || host == "::") return {"127.0.0.1", "::1"};
  if (host == "0.0.0.0") return {"127.0.0.1"};
  return {host};
}

}  // namespace

int run_probe(const ListenAddress& address) {
  if (address.port == 0) {
    std::cerr << "probe: --web.listen-address has port 0; name the port that the log shows\n";
    return 1;
  }
  const auto deadline = std::chrono::steady_clock::now() + kTimeout;
  std::string problems;
  for (const std::string& host : hosts_to_ask(address.host)) {
    const std::string authority = to_text(ListenAddress{host, address.port});
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
    const Result<int, std::string> status = fetch_status(
        "http://" + authority + "/-/healthy", std::max(left, std::chrono::milliseconds(1)));
    if (status.ok() && *status == 200) return 0;
    problems += "probe: " + authority + ": " +
                (status.ok() ? "/-/healthy answered " + std::to_string(*status) : status.error()) +
                "\n";
  }
  std::cerr << problems;
  return 1;
}

}  // namespace cloud_billing
