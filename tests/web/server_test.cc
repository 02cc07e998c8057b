#include "web/server.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// A client that sends bytes as they are.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, const char* host = "127.0.0.1") {
    sockaddr_in6 address{};
    socklen_t size = sizeof(sockaddr_in6);
    if (::inet_pton(AF_INET6, host, &address.sin6_addr) == 1) {
      address.sin6_family = AF_INET6;
    } else {
      auto* v4 = reinterpret_cast<sockaddr_in*>(&address);
      ::inet_pton(AF_INET, host, &v4->sin_addr);
      v4->sin_family = AF_INET;
      size = sizeof(sockaddr_in);
    }
    address.sin6_port = htons(port);  // the same place in both families
    fd_ = ::socket(address.sin6_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&address), size) == 0;
  }
  ~RawClient() { ::close(fd_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // One answer: the head and as many bytes as it announces (none where `head_only`).
  std::string read_response(bool head_only = false) {
    while (true) {
      const std::size_t head_end = buffer_.find("\r\n\r\n");
      if (head_end != std::string::npos) {
        const std::size_t at = buffer_.find("Content-Length: ");
        const std::size_t length =
            head_only || at > head_end ? 0 : std::stoul(buffer_.substr(at + 16, 20));
        if (buffer_.size() >= head_end + 4 + length) {
          std::string response = buffer_.substr(0, head_end + 4 + length);
          buffer_.erase(0, response.size());
          return response;
        }
      }
      if (!receive()) return "closed after " + buffer_;
    }
  }

  std::string read_until_closed() {
    while (receive()) {
    }
    return buffer_;
  }

 private:
  bool receive() {
    char chunk[65536];
    const ssize_t got = ::recv(fd_, chunk, sizeof chunk, 0);
    if (got > 0) buffer_.append(chunk, static_cast<std::size_t>(got));
    return got > 0;
  }

  int fd_ = -1;
  bool connected_ = false;
  std::string buffer_;
};

const std::size_t kLargeSize = 3'000'000;

std::vector<Route> test_routes() {
  return {
      {"/metrics",
       {"GET"},
       [](const WebRequest& request) {
         WebResponse response = make_text_response(
             200, "accept=" + request.accept + " encoding=" + request.accept_encoding);
         response.content_type = "text/plain; version=0.0.4; charset=utf-8";
         return response;
       }},
      {"/-/ready", {"GET"}, [](const WebRequest&) { return make_text_response(503, "not yet\n"); }},
      {"/-/reload",
       {"POST", "PUT"},
       [](const WebRequest& request) { return make_text_response(200, request.method); }},
      {"/large",
       {"GET"},
       [](const WebRequest&) {
         WebResponse response;
         response.headers.emplace_back("X-More", "yes");
         response.body = {kLargeSize, [](const ByteSink& sink) {
                            // Short and long pieces.
                            const std::string a(kLargeSize / 2 - 1000, 'a');
                            const std::string b(kLargeSize - kLargeSize / 2, 'b');
                            for (int i = 0; i < 1000; ++i) {
                              if (!sink("a")) return false;
                            }
                            return sink(a) && sink(b);
                          }};
         return response;
       }},
      {"/throws",
       {"GET"},
       [](const WebRequest&) -> WebResponse { throw std::runtime_error("secret detail"); }},
  };
}

class MetricsServerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto started = MetricsServer::start({ListenAddress{"127.0.0.1", 0}}, test_routes());
    ASSERT_TRUE(started.ok()) << started.error().message;
    server = std::move(*started);
  }
  static void TearDownTestSuite() { server.reset(); }

  static std::uint16_t port() { return server->bound_addresses().front().port; }

  static std::string ask(const std::string& method, const std::string& path,
                         const std::string& headers = "") {
    RawClient client(port());
    client.send(method + " " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    return client.read_response(method == "HEAD");
  }

  static std::unique_ptr<MetricsServer> server;
};
std::unique_ptr<MetricsServer> MetricsServerTest::server;

TEST_F(MetricsServerTest, AGetIsAnsweredWithTypeLengthAndBody) {
  EXPECT_EQ(ask("GET", "/metrics", "Accept: text/plain\r\nAccept-Encoding: gzip\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
            "Content-Length: 31\r\nX-Content-Type-Options: nosniff\r\n\r\n"
            "accept=text/plain encoding=gzip");
}

TEST_F(MetricsServerTest, HeadersThatAreRepeatedAreJoined) {
  EXPECT_THAT(ask("GET", "/metrics", "Accept: a\r\naccept: b\r\n"), HasSubstr("accept=a, b "));
}

TEST_F(MetricsServerTest, HeadIsAnsweredLikeGetWithoutTheBody) {
  RawClient client(port());
  client.send(
      "HEAD /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\nAccept-Encoding: gzip\r\n"
      "Connection: close\r\n\r\n");
  EXPECT_EQ(client.read_until_closed(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"
            "Content-Length: 31\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n");
}

TEST_F(MetricsServerTest, TheStatusIsTheRoutes) {
  EXPECT_THAT(ask("GET", "/-/ready"),
              AllOf(StartsWith("HTTP/1.1 503 Service Unavailable\r\n"), EndsWith("not yet\n")));
}

TEST_F(MetricsServerTest, ALargeAnswerArrivesWhole) {
  const std::string response = ask("GET", "/large");
  EXPECT_THAT(response.substr(0, 300), HasSubstr("\r\nContent-Length: 3000000\r\n"));
  EXPECT_THAT(response.substr(0, 300), HasSubstr("\r\nX-More: yes\r\n"));
  EXPECT_TRUE(response.substr(response.find("\r\n\r\n") + 4) ==
              std::string(kLargeSize / 2, 'a') + std::string(kLargeSize / 2, 'b'));
}

TEST_F(MetricsServerTest, OnlyTheExactPathIsFound) {
  for (const char* path : {"/", "/metrics/", "//metrics", "/./metrics", "/x/../metrics", "/METRICS",
                           "/%6detrics", "/metrics%20", "/metric", "/metrics;x", "/-/"}) {
    EXPECT_THAT(ask("GET", path), StartsWith("HTTP/1.1 404 Not Found\r\n")) << path;
  }
  EXPECT_THAT(ask("POST", "/nowhere", "Content-Length: 0\r\n"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(MetricsServerTest, TheQueryIsNotPartOfThePath) {
  EXPECT_THAT(ask("GET", "/metrics?a=/-/b%20c"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(ask("GET", "/metrics?"), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(MetricsServerTest, AnotherMethodIsRefusedWithThoseAllowed) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"}) {
    EXPECT_THAT(ask(method, "/metrics", "Content-Length: 0\r\n"),
                AllOf(StartsWith("HTTP/1.1 405 Method Not Allowed\r\n"),
                      HasSubstr("\r\nAllow: GET, HEAD\r\n")))
        << method;
  }
  EXPECT_THAT(ask("GET", "/-/reload"),
              AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("\r\nAllow: POST, PUT\r\n")));
  EXPECT_THAT(ask("HEAD", "/-/reload"), StartsWith("HTTP/1.1 405 "));
  EXPECT_THAT(ask("PUT", "/-/reload", "Content-Length: 0\r\n"), EndsWith("\r\n\r\nPUT"));
}

// As a proxy asks, or who reached us under another address (RFC 9112, section 3.2).
TEST_F(MetricsServerTest, AWholeUriIsAsGoodAsItsPathWhateverServerItNames) {
  for (const char* const other :
       {"http://other", "http://other:8080", "https://other", "HTTP://o"}) {
    EXPECT_THAT(ask("GET", other + std::string("/metrics?x=1"), "Accept: a\r\n"),
                AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("accept=a ")))
        << other;
    EXPECT_THAT(ask("GET", other + std::string("/nowhere")), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(ask("POST", other + std::string("/metrics"), "Content-Length: 0\r\n"),
                StartsWith("HTTP/1.1 405 "));
  }
  EXPECT_THAT(ask("GET", "http://other"), StartsWith("HTTP/1.1 400 "));
}

TEST_F(MetricsServerTest, TheServerItselfIsAskedForItsMethodsOnly) {
  EXPECT_THAT(ask("OPTIONS", "*"), AllOf(StartsWith("HTTP/1.1 200 OK\r\n"),
                                         HasSubstr("\r\nAllow: GET, HEAD, POST, PUT\r\n"),
                                         HasSubstr("\r\nContent-Length: 0\r\n")));
  for (const char* const method : {"GET", "POST", "DELETE"}) {
    EXPECT_THAT(ask(method, "*", "Content-Length: 0\r\n"), StartsWith("HTTP/1.1 400 ")) << method;
  }
}

TEST_F(MetricsServerTest, AConnectionServesSeveralRequests) {
  RawClient client(port());
  for (int i = 0; i < 3; ++i) {
    client.send("GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(client.read_response(),
                AllOf(EndsWith("not yet\n"), Not(HasSubstr("Connection:"))));
  }
}

TEST_F(MetricsServerTest, ARequestBodyIsDroppedAndTheConnectionGoesOn) {
  RawClient client(port());
  client.send(
      "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n\r\n"
      "GET /-/ready HTTP/1.1\r\nHost: smuggled\r\n\r\n");
  EXPECT_THAT(client.read_response(), StartsWith("HTTP/1.1 405 "));
  client.send("GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.read_response(), EndsWith("not yet\n"));
}

TEST_F(MetricsServerTest, ABodyInChunksIsTheLastOfItsConnection) {
  RawClient client(port());
  client.send(
      "POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n0\r\n\r\n");
  EXPECT_THAT(client.read_response(),
              AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("\r\nConnection: close\r\n")));
}

TEST_F(MetricsServerTest, ALargeRequestBodyEndsTheConnection) {
  RawClient client(port());
  client.send("POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n" +
              std::string(70'000, 'x'));
  EXPECT_THAT(client.read_response(),
              AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("\r\nConnection: close\r\n")));
}

TEST_F(MetricsServerTest, AClientThatAsksToCloseIsObeyed) {
  for (const char* request : {"GET /-/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                              "GET /-/ready HTTP/1.0\r\n\r\n"}) {
    RawClient client(port());
    client.send(request);
    EXPECT_THAT(client.read_until_closed(),
                AllOf(HasSubstr("\r\nConnection: close\r\n"), EndsWith("not yet\n")));
  }
}

TEST_F(MetricsServerTest, APageThatThrowsIsA500WithoutDetail) {
  testing::internal::CaptureStderr();
  EXPECT_THAT(ask("GET", "/throws"), AllOf(StartsWith("HTTP/1.1 500 Internal Server Error\r\n"),
                                           Not(HasSubstr("secret detail"))));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("path=/throws"));
}

TEST_F(MetricsServerTest, SeveralClientsAreServedAtOnce) {
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 20; ++i) idle.push_back(std::make_unique<RawClient>(port()));
  EXPECT_THAT(ask("GET", "/-/ready"), EndsWith("not yet\n"));
}

TEST_F(MetricsServerTest, APortInUseIsNamed) {
  const auto second = MetricsServer::start({ListenAddress{"127.0.0.1", port()}}, {});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message, AllOf(HasSubstr("127.0.0.1:" + std::to_string(port())),
                                            HasSubstr("Address already in use")));
}

TEST_F(MetricsServerTest, OnePortInUseOfTwoStartsNothing) {
  const auto second =
      MetricsServer::start({ListenAddress{"127.0.0.1", 0}, ListenAddress{"127.0.0.1", port()}}, {});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message, HasSubstr("Address already in use"));
}

TEST_F(MetricsServerTest, AHostWithoutAddressIsNamed) {
  const auto second = MetricsServer::start({ListenAddress{"-", 0}}, {});
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message, HasSubstr("cannot listen on -:0"));
}

TEST(MetricsServerAddresses, EveryInterfaceMeansBothFamilies) {
  auto started =
      MetricsServer::start({ListenAddress{"", 0}, ListenAddress{"localhost", 0}}, test_routes());
  ASSERT_TRUE(started.ok()) << started.error().message;
  const std::vector<ListenAddress> bound = (*started)->bound_addresses();
  ASSERT_EQ(bound.size(), 2U);
  EXPECT_EQ(bound[0].host, "");
  EXPECT_EQ(bound[1].host, "localhost");
  EXPECT_NE(bound[0].port, 0);
  EXPECT_NE(bound[1].port, bound[0].port);
  EXPECT_TRUE(RawClient(bound[0].port).connected());
  EXPECT_TRUE(RawClient(bound[1].port).connected());
  const int v6 = ::socket(AF_INET6, SOCK_STREAM, 0);
  if (v6 < 0) return;  // no IPv6 here
  ::close(v6);
  RawClient client(bound[0].port, "::1");
  client.send("GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.read_response(), EndsWith("not yet\n"));
}

TEST(MetricsServerStop, IdleAndHalfSentConnectionsDoNotHoldItUp) {
  auto started = MetricsServer::start({ListenAddress{"127.0.0.1", 0}}, test_routes());
  ASSERT_TRUE(started.ok()) << started.error().message;
  const std::uint16_t port = (*started)->bound_addresses().front().port;
  RawClient idle(port);
  idle.send("GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\n");
  (void)idle.read_response();
  RawClient half(port);
  half.send("GET /metr");
  started.value().reset();
  EXPECT_EQ(idle.read_until_closed(), "");
  EXPECT_FALSE(RawClient(port).connected());
}

}  // namespace
}  // namespace cloud_billing
