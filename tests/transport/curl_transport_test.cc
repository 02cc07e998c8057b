#include "transport/curl_transport.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netdb.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <zlib.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "baidu/operations.h"
#include "tests/transport/loopback_server.h"
#include "transport/curl_failure.h"
#include "transport/curl_group.h"
#include "transport/curl_handles.h"

namespace {

// Holds name look-ups of "*.hanging.test" back until opened: a name server that never answers.
struct ResolverGate {
  std::mutex mutex;
  std::condition_variable changed;
  int waiting = 0;
  bool open = false;

  void pass() {
    std::unique_lock lock(mutex);
    ++waiting;
    changed.notify_all();
    changed.wait(lock, [this] { return open; });
    --waiting;
    changed.notify_all();
  }
  void open_and_drain() {
    std::unique_lock lock(mutex);
    open = true;
    changed.notify_all();
    changed.wait(lock, [this] { return waiting == 0; });
  }
};
ResolverGate& resolver_gate() {
  static ResolverGate gate;
  return gate;
}

}  // namespace

// Takes the place of the C library's, for libcurl too.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** found) {
  if (name != nullptr && std::strstr(name, ".hanging.test") != nullptr) {
    resolver_gate().pass();
    return EAI_AGAIN;
  }
  using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto original = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
  return original(name, service, hints, found);
}

namespace cloud_billing {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kMiB = std::size_t{1} << 20;

Endpoint loopback(const LoopbackServer& server) {
  return Endpoint{"http", "127.0.0.1", server.port()};
}

SignedRequest get_request(const Endpoint& endpoint) {
  return SignedRequest(baidu::kResourceMonthBill, endpoint, "month=2026-11&pageNo=1",
                       {{"x-bce-date", "2026-11-23T00:00:00Z"}, {"Authorization", "SIGNATURE"}},
                       "");
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// Serves each request of each connection with the same bytes, then closes where `then_close`.
LoopbackServer::Serve always(std::string bytes, bool then_close = false) {
  return [bytes = std::move(bytes), then_close](LoopbackConnection& connection) {
    while (!connection.read_request().empty()) {
      if (!connection.send(bytes) || then_close) return;
    }
  };
}

std::string response_of(const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

class CurlTransportTest : public testing::Test {
 protected:
  void SetUp() override { transport_ = make_transport({}); }

  // With these variables set.
  static std::unique_ptr<Transport> make_transport(
      const std::map<std::string, std::string, std::less<>>& environment) {
    auto made = make_curl_transport(
        {"cloud_billing_exporter/1.2.3",
         ProxyRules::read([&](std::string_view name) -> std::optional<std::string> {
           const auto found = environment.find(name);
           return found == environment.end() ? std::nullopt : std::optional(found->second);
         }),
         &authorities()});
    EXPECT_TRUE(made.ok()) << made.error();
    return std::move(made).value();
  }

  // Waits until `count` requests have completed.
  std::map<RequestId, Completion> wait_for(std::size_t count) {
    std::map<RequestId, Completion> all;
    while (all.size() < count) {
      for (Completion& completion : transport_->wait(far())) {
        const RequestId id = completion.id;
        EXPECT_TRUE(all.emplace(id, std::move(completion)).second) << "completed twice: " << id;
      }
    }
    return all;
  }

  Completion exchange(const SignedRequest& request, std::chrono::milliseconds timeout = 60s) {
    transport_->start(7, request, timeout);
    return std::move(wait_for(1).at(7));
  }

  HttpResponse response(const SignedRequest& request) {
    Completion done = exchange(request);
    if (done.response.ok()) return std::move(*done.response);
    ADD_FAILURE() << done.response.error().message;
    return {};
  }

  Failure failure(const SignedRequest& request, std::chrono::milliseconds timeout = 60s) {
    const Completion done = exchange(request, timeout);
    if (!done.response.ok()) return done.response.error();
    ADD_FAILURE() << "answered " << done.response->status;
    return {};
  }

  // The system's, unless a test sets others.
  static CurrentAuthorities& authorities() {
    static CurrentAuthorities current(read_authorities(""));
    return current;
  }
  static std::shared_ptr<const TrustedAuthorities> read_authorities(std::string ca_file) {
    return TrustedAuthorities::read(
        find_authority_files([](std::string_view) { return std::nullopt; }, std::move(ca_file)));
  }

  static SteadyTime far() { return std::chrono::steady_clock::now() + 1h; }

  std::unique_ptr<Transport> transport_;
};

TEST_F(CurlTransportTest, AnAnswerComesWithStatusHeadersAndBody) {
  LoopbackServer server(always(response_of(R"({"totalCount": 1})",
                                           "Content-Type: application/json\r\nX-Bce-Request-Id: "
                                           "a1b2\r\nRETRY-AFTER: 30\r\nSet-Cookie: a=b\r\n")));
  const HttpResponse got = response(get_request(loopback(server)));
  EXPECT_EQ(got.status, 200);
  EXPECT_EQ(got.body, R"({"totalCount": 1})");
  EXPECT_EQ(got.header("content-type"), "application/json");
  EXPECT_EQ(got.header("x-bce-request-id"), "a1b2");
  EXPECT_EQ(got.header("retry-after"), "30");
  EXPECT_FALSE(got.header("set-cookie").has_value());
  EXPECT_GE(got.body.capacity(), got.body.size() + 64);
}

// Answers nobody until `count` have asked.
class Assembly {
 public:
  explicit Assembly(int count) : count_(count) {}

  void wait_for_all() {
    std::unique_lock lock(mutex_);
    const int end = asked_ / count_ * count_ + count_;
    ++asked_;
    all_.notify_all();
    all_.wait(lock, [&] { return asked_ >= end; });
  }

 private:
  const int count_;
  std::mutex mutex_;
  std::condition_variable all_;
  int asked_ = 0;
};

TEST_F(CurlTransportTest, ConnectionsAreUsedAgainBesideOthersOfOtherServers) {
  constexpr int kEach = 20;
  Assembly assembly(2 * kEach);
  std::array<std::atomic<int>, 2> connections{};
  const auto serve = [&](std::size_t server) {
    return [&, server](LoopbackConnection& connection) {
      ++connections[server];
      while (!connection.read_request().empty()) {
        assembly.wait_for_all();
        if (!connection.send(response_of("{}"))) return;
      }
    };
  };
  LoopbackServer first(serve(0));
  LoopbackServer second(serve(1));
  RequestId id = 0;
  const auto ask = [&](const LoopbackServer& server) {
    transport_->start(++id, get_request(loopback(server)), 60s);
  };
  for (int i = 0; i < kEach; ++i) {  // by turns
    ask(first);
    ask(second);
  }
  (void)wait_for(std::size_t{2} * kEach);
  for (int i = 0; i < 2 * kEach; ++i) ask(i < kEach ? first : second);  // after each other
  (void)wait_for(std::size_t{2} * kEach);
  EXPECT_EQ(connections[0], kEach);
  EXPECT_EQ(connections[1], kEach);
}

TEST(CurlGroup, ARequestWhoseSocketCannotBeWatchedEndsAlone) {
  LoopbackServer server([](LoopbackConnection& connection) { connection.wait_until_closed(); });
  const std::string host = "127.0.0.1:" + server.port();
  constexpr int kNoEpoll = -1;
  CurlGroup group(kNoEpoll, 0, host,
                  std::make_shared<const TrustPeriod>(TrustedAuthorities::read({})));
  for (int i = 0; i < 3; ++i) {  // the group can be used on
    const EasyHandle easy(curl_easy_init());
    curl_easy_setopt(easy.get(), CURLOPT_URL, ("http://" + host).c_str());
    ASSERT_TRUE(group.add(easy.get()));
    std::vector<CurlGroup::Ended> ended;
    while (ended.empty()) {
      group.on_timeout();
      ended = group.take_ended();
    }
    EXPECT_EQ(ended.front().easy, easy.get());
    EXPECT_EQ(ended.front().code, CURLE_OUT_OF_MEMORY);
    group.remove(easy.get());
  }
}

TEST(CurlFailure, ARequestThereIsNoRoomForNamesTheLimitsToLookAt) {
  EXPECT_THAT(explain_curl_error(CURLE_OUT_OF_MEMORY, "billing.test:443", nullptr, ""),
              AllOf(HasSubstr("billing.test:443"), HasSubstr("memory"),
                    HasSubstr("fs.epoll.max_user_watches")));
}

TEST_F(CurlTransportTest, AnErrorStatusIsAnAnswerToo) {
  LoopbackServer server(
      always("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops"));
  const HttpResponse got = response(get_request(loopback(server)));
  EXPECT_EQ(got.status, 500);
  EXPECT_EQ(got.body, "oops");
}

TEST_F(CurlTransportTest, AGetCarriesItsOwnHeadersAndNoOthers) {
  std::promise<std::string> seen;
  LoopbackServer server([&](LoopbackConnection& connection) {
    seen.set_value(connection.read_request());
    connection.send(response_of(""));
    connection.wait_until_closed();
  });
  (void)response(get_request(loopback(server)));
  const std::string request = seen.get_future().get();
  const std::size_t encodings = request.find("Accept-Encoding: ");
  ASSERT_NE(encodings, std::string::npos);
  EXPECT_THAT(request.substr(encodings, request.find("\r\n", encodings) - encodings),
              HasSubstr("gzip"));
  const std::string without_encodings =
      request.substr(0, encodings) + request.substr(request.find("\r\n", encodings) + 2);
  EXPECT_EQ(without_encodings,
            "GET /v1/bill/resource/month?month=2026-11&pageNo=1 HTTP/1.1\r\nHost: 127.0.0.1:" +
                server.port() +
                "\r\nUser-Agent: cloud_billing_exporter/1.2.3\r\n"
                "x-bce-date: 2026-11-23T00:00:00Z\r\nAuthorization: SIGNATURE\r\n\r\n");
}

TEST_F(CurlTransportTest, APostSendsItsBodyAtOnce) {
  std::promise<std::string> seen;
  LoopbackServer server([&](LoopbackConnection& connection) {
    seen.set_value(connection.read_request());
    connection.send(response_of("{}"));
    connection.wait_until_closed();
  });
  const std::string body = R"({"accountId":")" + std::string(2'000'000, 'x') + R"("})";
  (void)response(SignedRequest(baidu::kCreditQuota, loopback(server), "",
                               {{"Content-Type", "application/json"}}, body));
  const std::string request = seen.get_future().get();
  EXPECT_THAT(request, AllOf(HasSubstr("POST /v1/finance/supervisor/credit/quota HTTP/1.1\r\n"),
                             HasSubstr("Content-Type: application/json\r\n"),
                             HasSubstr("Content-Length: " + std::to_string(body.size()) + "\r\n"),
                             Not(HasSubstr("Expect:")), Not(HasSubstr("urlencoded"))));
  EXPECT_TRUE(request.substr(request.find("\r\n\r\n") + 4) == body);
}

TEST_F(CurlTransportTest, APostWithoutBodySaysSo) {
  std::promise<std::string> seen;
  LoopbackServer server([&](LoopbackConnection& connection) {
    seen.set_value(connection.read_request());
    connection.send(response_of("{}"));
    connection.wait_until_closed();
  });
  (void)response(SignedRequest(baidu::kCashBalance, loopback(server), "", {}, ""));
  EXPECT_THAT(seen.get_future().get(),
              AllOf(HasSubstr("POST /v1/finance/cash/balance HTTP/1.1\r\n"),
                    HasSubstr("Content-Length: 0\r\n"), Not(HasSubstr("Content-Type"))));
}

TEST_F(CurlTransportTest, AGetAfterAPostOnTheSameHandleHasNoBody) {
  std::vector<std::string> seen;
  std::promise<void> both;
  LoopbackServer server([&](LoopbackConnection& connection) {
    for (int i = 0; i < 2; ++i) {
      seen.push_back(connection.read_request());
      connection.send(response_of("{}"));
    }
    both.set_value();
    connection.wait_until_closed();
  });
  (void)response(SignedRequest(baidu::kCashBalance, loopback(server), "", {}, "{}"));
  (void)response(get_request(loopback(server)));
  both.get_future().wait();
  EXPECT_THAT(seen[1], AllOf(testing::StartsWith("GET "), Not(HasSubstr("Content-Length"))));
}

TEST_F(CurlTransportTest, TwoRequestsShareOneConnection) {
  LoopbackServer server(always(response_of("{}")));
  (void)response(get_request(loopback(server)));
  (void)response(get_request(loopback(server)));
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlTransportTest, AGzippedAnswerIsDecompressed) {
  const std::string text(100'000, 'r');
  LoopbackServer server(always(response_of(gzip(text), "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(response(get_request(loopback(server))).body, text);
}

// As from a server that compresses pieces apart, which gzip(1) reads as one.
TEST_F(CurlTransportTest, SeveralGzipMembersAreOneBody) {
  const std::string rows(300'000, 'r');
  LoopbackServer server(
      always(response_of(gzip("[") + gzip(rows) + gzip("]"), "Content-Encoding: gzip\r\n")));
  EXPECT_TRUE(response(get_request(loopback(server))).body == "[" + rows + "]");
}

TEST_F(CurlTransportTest, GzipThatEndsEarlyIsRefusedAsDecode) {
  const std::string whole = gzip(std::string(1000, 'r') + "end");
  LoopbackServer server(
      always(response_of(whole.substr(0, whole.size() - 9), "Content-Encoding: gzip\r\n")));
  const Failure got = failure(get_request(loopback(server)));
  EXPECT_EQ(got.reason, Reason::kDecode);
  EXPECT_TRUE(got.retryable);
  EXPECT_EQ(got.message, "the answer of 127.0.0.1:" + server.port() +
                             " is cut short within its compressed data");
}

TEST_F(CurlTransportTest, AConnectionThatEndsWithinGzipIsATransportFailure) {
  LoopbackServer server(
      always("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
             "100\r\n\r\n" +
                 gzip("{}").substr(0, 15),
             true));
  EXPECT_EQ(failure(get_request(loopback(server))).reason, Reason::kTransport);
}

TEST_F(CurlTransportTest, ACompressionThatWasNotAskedForIsNamed) {
  LoopbackServer server(always(response_of("\x0b\x02\x80{}\x03", "Content-Encoding: br\r\n")));
  const Failure got = failure(get_request(loopback(server)));
  EXPECT_EQ(got.reason, Reason::kDecode);
  EXPECT_THAT(got.message, HasSubstr("compressed in a way that was not asked for"));
}

TEST_F(CurlTransportTest, AnEmptyBodyMayCallItselfGzip) {
  LoopbackServer server(always(response_of("", "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(response(get_request(loopback(server))).body, "");
}

TEST_F(CurlTransportTest, AChunkedAnswerIsPutTogether) {
  LoopbackServer server(
      always("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3\r\n:1}\r\n"
             "0\r\n\r\n"));
  EXPECT_EQ(response(get_request(loopback(server))).body, R"({"a":1})");
}

TEST_F(CurlTransportTest, HeadersOfAnInterimAnswerAreForgotten) {
  LoopbackServer server(always("HTTP/1.1 103 Early Hints\r\nDate: early\r\n\r\n" +
                               response_of("{}", "Date: final\r\n")));
  EXPECT_EQ(response(get_request(loopback(server))).header("date"), "final");
}

TEST_F(CurlTransportTest, ARedirectIsNotFollowed) {
  LoopbackServer other(always(response_of("stolen")));
  LoopbackServer server(always("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + other.port() +
                               "/\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_EQ(response(get_request(loopback(server))).status, 302);
  EXPECT_EQ(other.connections(), 0);
}

TEST_F(CurlTransportTest, ABodyCutShortIsATransportFailure) {
  LoopbackServer server(always("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\"", true));
  const Failure got = failure(get_request(loopback(server)));
  EXPECT_EQ(got.reason, Reason::kTransport);
  EXPECT_TRUE(got.retryable);
  EXPECT_THAT(got.message,
              HasSubstr("the answer of 127.0.0.1:" + server.port() + " was cut short"));
}

TEST_F(CurlTransportTest, AResetIsATransportFailure) {
  LoopbackServer server([](LoopbackConnection& connection) {
    (void)connection.read_request();
    connection.reset_on_close();
  });
  const Failure got = failure(get_request(loopback(server)));
  EXPECT_EQ(got.reason, Reason::kTransport);
  EXPECT_TRUE(got.retryable);
  EXPECT_THAT(got.message, HasSubstr("127.0.0.1:" + server.port()));
}

// A server that closes a connection at the moment at which it is used again.
TEST_F(CurlTransportTest, AConnectionThatTheServerClosedMeanwhileIsNoFailure) {
  std::atomic<int> requests{0};
  LoopbackServer server([&requests](LoopbackConnection& connection) {
    if (connection.read_request().empty()) return;
    ++requests;
    connection.send_response("200 OK", "", "{}");
    if (!connection.read_request().empty()) ++requests;  // and no answer
  });
  (void)response(get_request(loopback(server)));
  for (int i = 2; i < 6; ++i) {
    EXPECT_EQ(response(get_request(loopback(server))).body, "{}");
    EXPECT_EQ(server.connections(), i) << "a new one each time";
  }
  EXPECT_EQ(requests, 9) << "the first once, the others twice";
}

TEST_F(CurlTransportTest, ARequestOfAResetConnectionIsSentOnceMore) {
  LoopbackServer server([](LoopbackConnection& connection) {
    if (connection.read_request().empty()) return;
    connection.send_response("200 OK", "", "{}");
    if (!connection.read_request().empty()) connection.reset_on_close();
  });
  (void)response(get_request(loopback(server)));
  EXPECT_EQ(response(SignedRequest(baidu::kCashBalance, loopback(server), "", {}, "{}")).body,
            "{}");
}

TEST_F(CurlTransportTest, ARequestThatIsNeverAnsweredIsSentTwiceAtMost) {
  constexpr int kConnections = 3;
  Assembly assembly(kConnections);
  std::atomic<int> requests{0};
  LoopbackServer server([&](LoopbackConnection& connection) {
    if (connection.read_request().empty()) return;
    // All connections are kept alive, then none is answered any more.
    if (++requests > kConnections) return;
    assembly.wait_for_all();
    connection.send_response("200 OK", "", "{}");
    if (!connection.read_request().empty()) ++requests;
  });
  for (RequestId id = 0; id < kConnections; ++id) {
    transport_->start(id, get_request(loopback(server)), 60s);
  }
  (void)wait_for(kConnections);
  const Failure got = failure(get_request(loopback(server)));
  EXPECT_EQ(got.reason, Reason::kTransport);
  EXPECT_TRUE(got.retryable);
  EXPECT_THAT(got.message, HasSubstr("closed the connection without an answer"));
  EXPECT_EQ(requests, kConnections + 2);
}

TEST_F(CurlTransportTest, ARequestOfANewConnectionIsSentOnce) {
  std::atomic<int> requests{0};
  LoopbackServer server([&requests](LoopbackConnection& connection) {
    if (!connection.read_request().empty()) ++requests;
  });
  EXPECT_EQ(failure(get_request(loopback(server))).reason, Reason::kTransport);
  EXPECT_EQ(requests, 1);
}

// What has begun to come was worked on: it is the poller's to ask again.
TEST_F(CurlTransportTest, AnAnswerCutShortOnAConnectionUsedBeforeIsAFailure) {
  LoopbackServer server([](LoopbackConnection& connection) {
    (void)connection.read_request();
    connection.send_response("200 OK", "", "{}");
    (void)connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
  });
  (void)response(get_request(loopback(server)));
  EXPECT_THAT(failure(get_request(loopback(server))).message, HasSubstr("cut short"));
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CurlTransportTest, ARefusedConnectionIsATransportFailureThatNamesTheHost) {
  Endpoint endpoint;
  {
    LoopbackServer server(always(""));
    endpoint = loopback(server);
  }
  const Failure got = failure(get_request(endpoint));
  EXPECT_EQ(got.reason, Reason::kTransport);
  EXPECT_TRUE(got.retryable);
  EXPECT_THAT(got.message, HasSubstr("cannot connect to " + endpoint.authority()));
}

TEST_F(CurlTransportTest, SilenceIsATimeout) {
  LoopbackServer server([](LoopbackConnection& connection) { connection.wait_until_closed(); });
  const Failure got = failure(get_request(loopback(server)), 50ms);
  EXPECT_EQ(got.reason, Reason::kTimeout);
  EXPECT_TRUE(got.retryable);
  EXPECT_EQ(got.message, "no complete answer from 127.0.0.1:" + server.port() + " within 50 ms");
}

TEST_F(CurlTransportTest, AnAnswerThatNeverEndsIsATimeout) {
  LoopbackServer server([](LoopbackConnection& connection) {
    (void)connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
    connection.wait_until_closed();
  });
  EXPECT_EQ(failure(get_request(loopback(server)), 50ms).reason, Reason::kTimeout);
}

TEST_F(CurlTransportTest, ANameServerThatNeverAnswersHoldsUpNobody) {
  LoopbackServer server(always(response_of("{}")));
  transport_->start(1, get_request(Endpoint{"http", "billing.hanging.test", ""}), 50ms);
  auto done = wait_for(1);
  ASSERT_FALSE(done.at(1).response.ok());
  EXPECT_EQ(done.at(1).response.error().reason, Reason::kTimeout);
  EXPECT_EQ(done.at(1).response.error().message,
            "no connection to billing.hanging.test within 50 ms");
  EXPECT_EQ(response(get_request(loopback(server))).status, 200);
  transport_.reset();
  resolver_gate().open_and_drain();
}

TEST_F(CurlTransportTest, AnAnswerOfEightMiBIsTaken) {
  LoopbackServer server(always(response_of(std::string(8 * kMiB, 'x'))));
  EXPECT_EQ(response(get_request(loopback(server))).body.size(), 8 * kMiB);
}

TEST_F(CurlTransportTest, ALargerAnswerIsRefusedAsDecode) {
  LoopbackServer server(always(response_of(std::string(8 * kMiB + 1, 'x'))));
  const Failure got = failure(get_request(loopback(server)));
  EXPECT_EQ(got.reason, Reason::kDecode);
  EXPECT_EQ(got.message, "the answer of 127.0.0.1:" + server.port() + " is larger than 8 MiB");
}

TEST_F(CurlTransportTest, ASmallAnswerThatUnpacksToMoreIsRefusedAsDecode) {
  LoopbackServer server(
      always(response_of(gzip(std::string(8 * kMiB + 1, 'x')), "Content-Encoding: gzip\r\n")));
  EXPECT_EQ(failure(get_request(loopback(server))).reason, Reason::kDecode);
}

TEST_F(CurlTransportTest, BytesThatAreNoGzipAreRefusedAsDecode) {
  LoopbackServer server(always(response_of("not compressed", "Content-Encoding: gzip\r\n")));
  const Failure got = failure(get_request(loopback(server)));
  EXPECT_EQ(got.reason, Reason::kDecode);
  EXPECT_THAT(got.message, HasSubstr("cannot be decompressed"));
}

TEST_F(CurlTransportTest, NothingStartsWhileTooMuchIsReceivedAndUnread) {
  std::promise<void> finish;
  const std::shared_future<void> may_finish = finish.get_future().share();
  LoopbackServer server([may_finish](LoopbackConnection& connection) {
    (void)connection.read_request();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n" +
                    std::string(7'999'999, 'x'));
    may_finish.wait();
    connection.send("x");
    connection.wait_until_closed();
  });
  constexpr RequestId kCount = 5;  // 40 MB, above 32 MiB
  for (RequestId id = 0; id < kCount; ++id) {
    ASSERT_TRUE(transport_->can_start());
    transport_->start(id, get_request(loopback(server)), 10min);
  }
  while (transport_->can_start()) {
    const auto soon = std::chrono::steady_clock::now() + 1ms;
    ASSERT_TRUE(transport_->wait(soon).empty());
  }
  finish.set_value();
  EXPECT_EQ(wait_for(kCount).size(), kCount);
  EXPECT_TRUE(transport_->can_start());
}

TEST_F(CurlTransportTest, FewAreUnderWayUntilTheyAreKnownToBeSilent) {
  LoopbackServer silent([](LoopbackConnection& connection) { connection.wait_until_closed(); });
  for (RequestId id = 0; transport_->can_start(); ++id) {
    ASSERT_LT(id, 10'000) << "nothing bounds what is under way";
    transport_->start(id, get_request(loopback(silent)), 10min);
  }
  const auto never = std::chrono::steady_clock::now() + 10min;
  while (!transport_->can_start()) {
    ASSERT_TRUE(transport_->wait(never).empty());  // returns by itself once some are silent
  }
}

TEST_F(CurlTransportTest, AnAbandonedRequestNeverCompletes) {
  LoopbackServer silent([](LoopbackConnection& connection) { connection.wait_until_closed(); });
  LoopbackServer server(always(response_of("{}")));
  transport_->start(1, get_request(loopback(silent)), 10min);
  transport_->start(2, get_request(loopback(server)), 10min);
  transport_->abandon(1);
  transport_->abandon(99);  // unknown ids are nothing
  const auto done = wait_for(1);
  EXPECT_TRUE(done.contains(2));
  EXPECT_TRUE(transport_->wait(std::chrono::steady_clock::now()).empty());
}

TEST_F(CurlTransportTest, AnIdMayBeUsedAgainAfterAbandon) {
  LoopbackServer silent([](LoopbackConnection& connection) { connection.wait_until_closed(); });
  LoopbackServer server(always(response_of("{}")));
  transport_->start(7, get_request(loopback(silent)), 10min);
  transport_->abandon(7);
  EXPECT_EQ(response(get_request(loopback(server))).body, "{}");
}

TEST_F(CurlTransportTest, WaitingEndsWhenTheTimeHasCome) {
  const auto until = std::chrono::steady_clock::now() + 1ms;
  EXPECT_TRUE(transport_->wait(until).empty());
  EXPECT_GE(std::chrono::steady_clock::now(), until);
}

TEST_F(CurlTransportTest, AWakeEndsAWait) {
  std::thread other([this] { transport_->wake(); });
  EXPECT_TRUE(transport_->wait(far()).empty());
  other.join();
}

TEST_F(CurlTransportTest, AWakeBeforehandEndsTheNextWaitOnly) {
  transport_->wake();
  EXPECT_TRUE(transport_->wait(far()).empty());
  const auto until = std::chrono::steady_clock::now() + 1ms;
  EXPECT_TRUE(transport_->wait(until).empty());
  EXPECT_GE(std::chrono::steady_clock::now(), until);
}

TEST_F(CurlTransportTest, ManyRequestsCompleteEachWithItsOwnAnswer) {
  LoopbackServer server([](LoopbackConnection& connection) {
    while (true) {
      const std::string request = connection.read_request();
      if (request.empty()) return;
      const std::size_t at = request.find("page=") + 5;
      connection.send(response_of(request.substr(at, request.find(' ', at) - at)));
    }
  });
  for (RequestId id = 0; id < 200; ++id) {
    transport_->start(id,
                      SignedRequest(baidu::kResourceMonthBill, loopback(server),
                                    "page=" + std::to_string(id), {}, ""),
                      60s);
  }
  for (const auto& [id, completion] : wait_for(200)) {
    ASSERT_TRUE(completion.response.ok()) << completion.response.error().message;
    EXPECT_EQ(completion.response->body, std::to_string(id));
    EXPECT_GT(completion.duration, std::chrono::nanoseconds(0));
  }
}

// Answers CONNECT with these bytes; what was asked is in `seen`.
LoopbackServer::Serve proxy_that(std::string answers, std::promise<std::string>& seen) {
  return [answers = std::move(answers), &seen](LoopbackConnection& connection) {
    seen.set_value(connection.read_request());
    connection.send(answers);
    connection.wait_until_closed();
  };
}

const Endpoint kFarCloud{"https", "billing.test", ""};

TEST_F(CurlTransportTest, AProxyIsAskedToConnectWithItsPasswordAndNoHeaderOfOurs) {
  std::promise<std::string> seen;
  LoopbackServer proxy(proxy_that("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", seen));
  transport_ = make_transport({{"https_proxy", "http://svc:Zk%2Fq7@127.0.0.1:" + proxy.port()}});
  const Failure got = failure(get_request(kFarCloud));
  EXPECT_EQ(got.reason, Reason::kTransport);
  EXPECT_FALSE(got.retryable);
  EXPECT_EQ(got.message, "the proxy 127.0.0.1:" + proxy.port() +
                             " (https_proxy) refuses the connection to billing.test: 403, its "
                             "rules do not allow it: allow the host there, or name it in no_proxy");
  // RFC 7617: base64 of "svc:Zk/q7".
  EXPECT_THAT(seen.get_future().get(),
              AllOf(testing::StartsWith("CONNECT billing.test:443 HTTP/1.1\r\n"),
                    HasSubstr("Proxy-Authorization: Basic c3ZjOlprL3E3\r\n"),
                    Not(HasSubstr("SIGNATURE")), Not(HasSubstr("x-bce"))));
}

struct Refusal {
  const char* answer;
  const char* words;
  bool retryable;
};

TEST_F(CurlTransportTest, AProxyThatRefusesSaysWhatItWants) {
  for (const Refusal& c : {
           Refusal{"407 No\r\nProxy-Authenticate: Basic realm=\"corp\"",
                   "407, it asks for a user and password (Basic): write them into HTTPS_PROXY, as "
                   "in http://user:password@host:port",
                   false},
           Refusal{"407 No\r\nProxy-Authenticate: Negotiate\r\nproxy-authenticate: NTLM",
                   "407, it asks for Negotiate, NTLM, and only Basic can be given to it", false},
           Refusal{"407 No", "407, it asks for a user and password: write", false},
           Refusal{"407 No\r\nProxy-Authenticate: <b>sesame</b>",
                   "407, it asks for a user and password: write", false},
           Refusal{"302 Found\r\nLocation: http://portal/", "302, it redirects, as a portal",
                   false},
           Refusal{"502 Bad Gateway", "502, it cannot reach the host, or has a fault", true},
       }) {
    std::promise<std::string> seen;
    LoopbackServer proxy(
        proxy_that("HTTP/1.1 " + std::string(c.answer) + "\r\nContent-Length: 0\r\n\r\n", seen));
    transport_ = make_transport({{"HTTPS_PROXY", "127.0.0.1:" + proxy.port()}});
    const Failure got = failure(get_request(kFarCloud));
    EXPECT_EQ(got.reason, Reason::kTransport) << c.answer;
    EXPECT_EQ(got.retryable, c.retryable) << c.answer;
    EXPECT_THAT(got.message,
                AllOf(testing::StartsWith(
                          "the proxy 127.0.0.1:" + proxy.port() +
                          " (HTTPS_PROXY) refuses the connection to billing.test: " + c.words),
                      Not(HasSubstr("sesame"))));
    transport_.reset();
  }
}

TEST_F(CurlTransportTest, AProxyIsNamedWhateverGoesWrongOnTheWay) {
  std::string port;
  {
    LoopbackServer silent([](LoopbackConnection& connection) { connection.wait_until_closed(); });
    port = silent.port();
    transport_ = make_transport({{"ALL_PROXY", "http://sesame:sesame@127.0.0.1:" + port}});
    EXPECT_EQ(failure(get_request(kFarCloud), 50ms).message,
              "no connection to billing.test through the proxy 127.0.0.1:" + port +
                  " (ALL_PROXY) within 50 ms");
  }
  const Failure gone = failure(get_request(kFarCloud));
  EXPECT_EQ(gone.reason, Reason::kTransport);
  EXPECT_THAT(gone.message, AllOf(testing::StartsWith("cannot connect to the proxy 127.0.0.1:" +
                                                      port + " (ALL_PROXY) for billing.test: "),
                                  Not(HasSubstr("sesame"))));
  LoopbackServer closing([](LoopbackConnection& connection) { (void)connection.read_request(); });
  transport_ = make_transport({{"ALL_PROXY", "127.0.0.1:" + closing.port()}});
  EXPECT_THAT(failure(get_request(kFarCloud)).message,
              HasSubstr("the proxy 127.0.0.1:" + closing.port() + " (ALL_PROXY)"));
  transport_ = make_transport({{"ALL_PROXY", "socks5h://127.0.0.1:" + closing.port()}});
  EXPECT_THAT(failure(get_request(kFarCloud)).message,
              HasSubstr("the proxy 127.0.0.1:" + closing.port() + " (ALL_PROXY)"));
}

TEST_F(CurlTransportTest, AProxyThatIsNotUnderstoodIsExplainedAtEachRequestOnly) {
  LoopbackServer server(always(response_of("{}")));
  transport_ = make_transport({{"https_proxy", "http://svc:Zk/q7@127.0.0.1:3128"}});
  EXPECT_EQ(response(get_request(loopback(server))).status, 200) << "loopback needs none";
  const Failure got = failure(get_request(kFarCloud));
  EXPECT_EQ(got.reason, Reason::kTransport);
  EXPECT_FALSE(got.retryable);
  EXPECT_THAT(got.message, AllOf(testing::StartsWith("no request to billing.test: the variable "
                                                     "https_proxy is not understood"),
                                 Not(HasSubstr("Zk")), Not(HasSubstr("q7"))));
  EXPECT_EQ(exchange(get_request(kFarCloud)).duration, std::nullopt) << "nothing was sent";
}

// It would quote them.
TEST_F(CurlTransportTest, LibcurlLooksAtNoVariable) {
  LoopbackServer server(always(response_of("{}")));
  const std::map<std::string, std::string> variables{
      {"http_proxy", "http://svc:Zk/q7@127.0.0.1:1"},
      {"https_proxy", "http://svc:Zk/q7@127.0.0.1:1"},
      {"all_proxy", "http://svc:Zk/q7@127.0.0.1:1"}};
  for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
  transport_ = make_transport({});
  EXPECT_EQ(response(get_request(loopback(server))).status, 200);
  for (const auto& [name, value] : variables) ::unsetenv(name.c_str());
}

TEST(CurlFailure, AUrlThatATextMightQuoteIsNotShown) {
  const std::string quoted = "Port number was not a decimal number in 'http://svc:Zk/q7@h:1'";
  EXPECT_THAT(explain_curl_error(CURLE_URL_MALFORMAT, "billing.test", nullptr, quoted),
              AllOf(HasSubstr("billing.test"), Not(HasSubstr("Zk"))));
  const Proxy proxy{"http://h:1", "https_proxy", "svc", "Zk/q7"};
  EXPECT_THAT(explain_curl_error(CURLE_COULDNT_CONNECT, "billing.test", &proxy, quoted),
              AllOf(HasSubstr("the proxy h:1 (https_proxy)"), Not(HasSubstr("Zk"))));
}

TEST_F(CurlTransportTest, AnIpv6EndpointWorks) {
  std::unique_ptr<LoopbackServer> server;
  try {
    server = std::make_unique<LoopbackServer>(always(response_of("{}")), AF_INET6);
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "no IPv6 here";
  }
  EXPECT_EQ(response(get_request(Endpoint{"http", "[::1]", server->port()})).body, "{}");
}

// A certificate for 127.0.0.1 that nobody else has signed.
class SelfSigned {
 public:
  SelfSigned() {
    X509_gmtime_adj(X509_getm_notBefore(certificate_.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate_.get()), 3600);
    X509_set_pubkey(certificate_.get(), key_.get());
    X509_NAME* self = X509_get_subject_name(certificate_.get());
    X509_NAME_add_entry_by_NID(self, NID_commonName, MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
    X509_set_issuer_name(certificate_.get(), self);
    X509_EXTENSION* names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate_.get(), names, -1);
    X509_EXTENSION_free(names);
    X509_set_version(certificate_.get(), X509_VERSION_3);
    X509_sign(certificate_.get(), key_.get(), nullptr);
  }

  [[nodiscard]] std::string pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), &BIO_free);
    PEM_write_bio_X509(bio.get(), certificate_.get());
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
  }

  // Answers each request of a connection over TLS with this body.
  void serve(LoopbackConnection& connection, const std::string& body) const {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
    SSL_CTX_use_certificate(context.get(), certificate_.get());
    SSL_CTX_use_PrivateKey(context.get(), key_.get());
    const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), &SSL_free);
    SSL_set_fd(tls.get(), connection.fd());
    if (SSL_accept(tls.get()) != 1) return;
    const std::string response = response_of(body);
    std::array<char, 4096> request{};  // comes in one piece
    while (SSL_read(tls.get(), request.data(), static_cast<int>(request.size())) > 0) {
      SSL_write(tls.get(), response.data(), static_cast<int>(response.size()));
    }
  }

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{
      EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free};
  std::unique_ptr<X509, decltype(&X509_free)> certificate_{X509_new(), &X509_free};
};

void serve_self_signed(LoopbackConnection& connection) {
  static const SelfSigned self_signed;
  self_signed.serve(connection, "stolen");
}

TEST_F(CurlTransportTest, ACertificateThatIsNotTrustedIsRefused) {
  ::signal(SIGPIPE, SIG_IGN);
  LoopbackServer server(serve_self_signed);
  const Failure got = failure(get_request(Endpoint{"https", "127.0.0.1", server.port()}));
  EXPECT_EQ(got.reason, Reason::kTransport);
  EXPECT_THAT(got.message,
              HasSubstr("the TLS certificate of 127.0.0.1:" + server.port() + " is not trusted"));
}

class TrustTest : public CurlTransportTest {
 protected:
  void SetUp() override {
    ::signal(SIGPIPE, SIG_IGN);
    CurlTransportTest::SetUp();
    std::string pattern = (std::filesystem::temp_directory_path() / "trust-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    directory_ = pattern;
  }
  void TearDown() override {
    transport_.reset();
    authorities().set(read_authorities(""));
    std::filesystem::remove_all(directory_);
  }

  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(directory_ / name) << text;
    return (directory_ / name).string();
  }

  std::filesystem::path directory_;
  const SelfSigned self_signed_;
  LoopbackServer server_{
      [this](LoopbackConnection& connection) { self_signed_.serve(connection, "{}"); }};
};

TEST_F(TrustTest, AnAuthorityOfOnesOwnIsTrustedBesideTheSystems) {
  const Endpoint endpoint{"https", "127.0.0.1", server_.port()};
  EXPECT_THAT(failure(get_request(endpoint)).message, HasSubstr("is not trusted"));
  const SelfSigned another;
  authorities().set(read_authorities(write("ca.pem", another.pem() + self_signed_.pem())));
  EXPECT_EQ(response(get_request(endpoint)).body, "{}");
}

TEST_F(TrustTest, ThatEndsHoldsForConnectionsThatAreOpenToo) {
  const Endpoint endpoint{"https", "127.0.0.1", server_.port()};
  const auto with_it = read_authorities(write("ca.pem", self_signed_.pem()));
  authorities().set(with_it);
  EXPECT_EQ(response(get_request(endpoint)).body, "{}");
  EXPECT_EQ(response(get_request(endpoint)).body, "{}");
  EXPECT_EQ(server_.connections(), 1);
  authorities().set(read_authorities(""));
  EXPECT_THAT(failure(get_request(endpoint)).message, HasSubstr("is not trusted"));
  authorities().set(with_it);
  EXPECT_EQ(response(get_request(endpoint)).body, "{}");
}

TEST_F(TrustTest, FilesOfTheEnvironmentTakeTheSystemsPlace) {
  const Endpoint endpoint{"https", "127.0.0.1", server_.port()};
  const std::string file = write("ca.crt", self_signed_.pem());
  write("notes.txt", "no certificate");
  for (const auto& [variable, value] :
       {std::pair<std::string_view, std::string>{"SSL_CERT_FILE", file},
        std::pair<std::string_view, std::string>{"SSL_CERT_DIR",
                                                 "/nowhere:" + directory_.string()}}) {
    authorities().set(TrustedAuthorities::read(find_authority_files(
        [&](std::string_view name) {
          return name == variable ? std::optional(value) : std::nullopt;
        },
        "")));
    EXPECT_EQ(response(get_request(endpoint)).body, "{}") << variable;
  }
}

TEST_F(TrustTest, AFileThatCannotBeReadIsNamedWhereItMatters) {
  authorities().set(TrustedAuthorities::read(find_authority_files(
      [](std::string_view name) {
        return name == "SSL_CERT_FILE" ? std::optional<std::string>("/nowhere/ca.pem")
                                       : std::nullopt;
      },
      "")));
  EXPECT_THAT(failure(get_request(Endpoint{"https", "127.0.0.1", server_.port()})).message,
              AllOf(HasSubstr("is not trusted"), HasSubstr("/nowhere/ca.pem"),
                    HasSubstr("no authority is trusted")));
}

TEST_F(TrustTest, ACaFileIsCheckedBeforeItIsUsed) {
  EXPECT_TRUE(
      check_ca_file(write("good.pem", "a note\n" + self_signed_.pem() + self_signed_.pem())));
  const auto refusal = [](const std::string& path) { return check_ca_file(path).error().message; };
  EXPECT_THAT(refusal((directory_ / "none").string()), HasSubstr("No such file"));
  EXPECT_THAT(refusal(write("empty", "")), HasSubstr("no certificate in PEM form"));
  EXPECT_THAT(refusal(write("key.pem",
                            "-----BEGIN PRIVATE KEY-----\nAAAA\n"
                            "-----END PRIVATE KEY-----\n")),
              HasSubstr("no certificate in PEM form"));
  std::string damaged = self_signed_.pem();
  damaged[60] = damaged[60] == 'A' ? 'B' : 'A';
  damaged.erase(100, 1);
  EXPECT_THAT(refusal(write("damaged.pem", self_signed_.pem() + damaged)),
              HasSubstr("certificate 2 of"));
}

// What this process has read of files and sockets.
std::uint64_t bytes_read() {
  std::ifstream io("/proc/self/io");
  std::string name;
  std::uint64_t bytes = 0;
  io >> name >> bytes;
  EXPECT_EQ(name, "rchar:");
  return bytes;
}

TEST_F(CurlTransportTest, TrustedCertificatesAreNotReadAnewForEveryConnection) {
  constexpr int kConnections = 20;
  const char* const bundle = curl_version_info(CURLVERSION_NOW)->cainfo;
  ASSERT_NE(bundle, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  LoopbackServer server(serve_self_signed);
  const std::uint64_t before = bytes_read();
  for (int i = 0; i < kConnections; ++i) {
    EXPECT_THAT(failure(get_request(Endpoint{"https", "127.0.0.1", server.port()})).message,
                HasSubstr("is not trusted"));
  }
  EXPECT_LT(bytes_read() - before, kConnections / 4 * std::filesystem::file_size(bundle));
}

TEST_F(CurlTransportTest, APlainServerBehindHttpsIsATransportFailure) {
  LoopbackServer server([](LoopbackConnection& connection) {
    connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    connection.wait_until_closed();
  });
  const Failure got = failure(get_request(Endpoint{"https", "127.0.0.1", server.port()}));
  EXPECT_EQ(got.reason, Reason::kTransport);
}

TEST_F(CurlTransportTest, MessagesHoldNeitherHeadersNorQuery) {
  LoopbackServer server(always("nonsense\r\n\r\n", true));
  EXPECT_THAT(failure(get_request(loopback(server))).message,
              AllOf(Not(HasSubstr("SIGNATURE")), Not(HasSubstr("2026-11"))));
}

}  // namespace
}  // namespace cloud_billing
