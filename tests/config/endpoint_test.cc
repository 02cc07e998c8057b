#include "config/endpoint.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

std::string origin_of(std::string_view text) {
  const auto endpoint = parse_endpoint(text);
  return endpoint ? endpoint->origin() : "refused: " + endpoint.error().message;
}

TEST(Endpoint, HttpsMayGoAnywhere) {
  EXPECT_EQ(origin_of("https://billing.baidubce.com"), "https://billing.baidubce.com");
  EXPECT_EQ(origin_of("https://billing.baidubce.com/"), "https://billing.baidubce.com");
  EXPECT_EQ(origin_of("HTTPS://Billing.BaiduBCE.com:443"), "https://billing.baidubce.com");
  EXPECT_EQ(origin_of("https://proxy.internal:8443/"), "https://proxy.internal:8443");
  EXPECT_EQ(origin_of("https://10.0.0.1:1"), "https://10.0.0.1:1");
  EXPECT_EQ(origin_of("https://[2001:DB8::1]:65535"), "https://[2001:db8::1]:65535");
  EXPECT_EQ(origin_of("https://cloud_simulator:0443"), "https://cloud_simulator");
}

TEST(Endpoint, PlainHttpStaysOnTheMachine) {
  EXPECT_EQ(origin_of("http://127.0.0.1:8080"), "http://127.0.0.1:8080");
  EXPECT_EQ(origin_of("http://127.255.255.254"), "http://127.255.255.254");
  EXPECT_EQ(origin_of("http://localhost:80/"), "http://localhost");
  EXPECT_EQ(origin_of("http://LocalHost:8080"), "http://localhost:8080");
  EXPECT_EQ(origin_of("http://[::1]:8080"), "http://[::1]:8080");
  EXPECT_EQ(origin_of("http://[0:0:0:0:0:0:0:1]"), "http://[::1]");

  for (const char* text :
       {"http://billing.baidubce.com", "http://128.0.0.1", "http://10.0.0.1", "http://0.0.0.0",
        "http://127.0.0.1.example.com", "http://localhost.example.com", "http://notlocalhost",
        "http://[::2]", "http://[::ffff:10.0.0.1]", "http://2130706433", "http://127.1",
        "http://0x7f.0.0.1", "http://0x7F000001", "http://0177.0.0.1", "http://127.0.0.0x1"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

// A request is signed for what the Host header will say.
TEST(Endpoint, IsSignedAsItIsSent) {
  EXPECT_EQ(origin_of("http://[0:0:0:0:0:0:0:1]:8080"), "http://[::1]:8080");
  EXPECT_EQ(origin_of("https://[2001:0DB8:0:0:0:0:0:1]:443"), "https://[2001:db8::1]");
  EXPECT_EQ(origin_of("https://[::FFFF:10.0.0.1]"), "https://[::ffff:10.0.0.1]");
  EXPECT_EQ(origin_of("https://Billing.BaiduBCE.com.:443/"), "https://billing.baidubce.com");
  EXPECT_EQ(origin_of("http://LOCALHOST.:80"), "http://localhost");
  EXPECT_EQ(origin_of("http://127.0.0.1.:8080"), "http://127.0.0.1:8080");
}

// Whoever resolves names takes it for an address, and sends it in the one plain form.
TEST(Endpoint, WhoseNameEndsInANumberIsAPlainAddressOrRefused) {
  EXPECT_EQ(origin_of("https://10.0.0.1"), "https://10.0.0.1");
  EXPECT_EQ(origin_of("https://h.0xyz"), "https://h.0xyz");
  for (const char* text : {"https://0x7f.0.0.1", "https://0x7F000001", "https://10.0.0.0x1",
                           "https://0177.0.0.1", "https://10.1", "https://2130706433"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

TEST(Endpoint, OnLoopbackIsKnown) {
  for (const char* host : {"localhost", "127.0.0.1", "127.8.9.10", "[::1]"}) {
    EXPECT_TRUE(is_loopback(host)) << host;
  }
  for (const char* host : {"billing.baidubce.com", "10.0.0.1", "[::2]", "localhost.example", ""}) {
    EXPECT_FALSE(is_loopback(host)) << host;
  }
}

TEST(Endpoint, IsNothingButAnAddress) {
  for (std::string_view text : {std::string_view("https://h.example/v1"),
                                std::string_view("https://h.example//"),
                                std::string_view("https://h.example?x=1"),
                                std::string_view("https://h.example#x"),
                                std::string_view("https://u@h.example"),
                                std::string_view("https://u:p@127.0.0.1"),
                                std::string_view("http://localhost@h.example"),
                                std::string_view("h.example"),
                                std::string_view("ftp://h.example"),
                                std::string_view("https:/h.example"),
                                std::string_view("https://"),
                                std::string_view("https:///"),
                                std::string_view("https://:443"),
                                std::string_view("https://h example"),
                                std::string_view("https://h.example:"),
                                std::string_view("https://h.example:0"),
                                std::string_view("https://h.example:65536"),
                                std::string_view("https://h.example:+1"),
                                std::string_view("https://h.example:99999999999"),
                                std::string_view("https://h..example"),
                                std::string_view("https://.example"),
                                std::string_view("https://h.example.."),
                                std::string_view("https://."),
                                std::string_view("https://[::1"),
                                std::string_view("https://[]"),
                                std::string_view("https://[::1]x"),
                                std::string_view("https://[fe80::1%25eth0]"),
                                std::string_view("https://::1"),
                                std::string_view("https://1.2.3.4.5"),
                                std::string_view("https://h.example\r\nHost: x"),
                                std::string_view("http://[::1\0]", 13),
                                std::string_view("")}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
}

}  // namespace
}  // namespace cloud_billing
