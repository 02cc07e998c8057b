#include "app/probe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include "tests/transport/loopback_server.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;

std::uint16_t port_of(const LoopbackServer& server) {
  return static_cast<std::uint16_t>(std::stoul(server.port()));
}

// Answers /-/healthy with 200 and everything else with 404.
void serve_healthy(LoopbackConnection& connection) {
  while (true) {
    const std::string request = connection.read_request();
    if (request.empty()) return;
    const bool healthy = request.rfind("GET /-/healthy HTTP/1.1\r\n", 0) == 0;
    connection.send_response(healthy ? "200 OK" : "404 Not Found", "", "");
  }
}

void serve_failing(LoopbackConnection& connection) {
  (void)connection.read_request();
  connection.send_response("503 Service Unavailable", "", "");
}

std::string complaint_of(const ListenAddress& address) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(run_probe(address, ""), 1);
  return testing::internal::GetCapturedStderr();
}

TEST(Probe, AHealthyExporterIsZero) {
  LoopbackServer server(serve_healthy);
  EXPECT_EQ(run_probe({"127.0.0.1", port_of(server)}, ""), 0);
  EXPECT_EQ(run_probe({"", port_of(server)}, ""), 0);
  EXPECT_EQ(run_probe({"0.0.0.0", port_of(server)}, ""), 0);
  EXPECT_EQ(run_probe({"::", port_of(server)}, ""), 0);
}

TEST(Probe, AllInterfacesMayBeOnIpv6Alone) {
  std::unique_ptr<LoopbackServer> server;
  try {
    server = std::make_unique<LoopbackServer>(serve_healthy, AF_INET6);
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "no IPv6 here";
  }
  EXPECT_EQ(run_probe({"", port_of(*server)}, ""), 0);
  EXPECT_EQ(run_probe({"::1", port_of(*server)}, ""), 0);
}

TEST(Probe, AnotherStatusIsOneAndSaysWhich) {
  LoopbackServer server(serve_failing);
  EXPECT_THAT(complaint_of({"127.0.0.1", port_of(server)}), HasSubstr("/-/healthy answered 503"));
}

TEST(Probe, NobodyThereIsOneAndSaysWhere) {
  std::uint16_t port = 0;
  {
    LoopbackServer server(serve_failing);
    port = port_of(server);
  }
  EXPECT_THAT(complaint_of({"127.0.0.1", port}), HasSubstr("127.0.0.1:" + std::to_string(port)));
}

TEST(Probe, PortZeroCannotBeAsked) { EXPECT_THAT(complaint_of({"", 0}), HasSubstr("port 0")); }

TEST(Probe, AProxyOfTheEnvironmentIsNotAsked) {
  LoopbackServer server(serve_healthy);
  LoopbackServer proxy(serve_failing);
  ::setenv("http_proxy", ("http://127.0.0.1:" + proxy.port()).c_str(), 1);
  EXPECT_EQ(run_probe({"127.0.0.1", port_of(server)}, ""), 0);
  ::unsetenv("http_proxy");
  EXPECT_EQ(proxy.connections(), 0);
}

}  // namespace
}  // namespace cloud_billing
