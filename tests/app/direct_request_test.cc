#include "app/direct_request.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/transport/loopback_server.h"

namespace cloud_billing {
namespace {

using namespace std::chrono_literals;

LoopbackServer::Serve unavailable() {
  return [](LoopbackConnection& connection) {
    (void)connection.read_request();
    connection.send("HTTP/1.1 503 Unavailable\r\nContent-Length: 3\r\n\r\nno\n");
  };
}

TEST(FetchStatus, GivesTheStatusOrWhyThereIsNone) {
  std::string url;
  {
    LoopbackServer server(unavailable());
    url = "http://127.0.0.1:" + server.port() + "/";
    const auto status = fetch_status(url, 60s);
    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_EQ(*status, 503);
  }
  const auto refused = fetch_status(url, 60s);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message, "");
}

TEST(TryConnection, SaysWhyThereIsNone) {
  std::string url;
  {
    LoopbackServer server(unavailable());
    url = "http://127.0.0.1:" + server.port() + "/";
    EXPECT_TRUE(try_connection(url, 60s));
  }
  const Status refused = try_connection(url, 60s);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message, "");
}

}  // namespace
}  // namespace cloud_billing
