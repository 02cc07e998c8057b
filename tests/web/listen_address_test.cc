#include "web/listen_address.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

TEST(ListenAddress, TheThreeFormsAreRead) {
  const auto all = parse_listen_address(":10877");
  ASSERT_TRUE(all.ok());
  EXPECT_EQ(*all, (ListenAddress{"", 10877}));
  const auto named = parse_listen_address("billing-1.example.com:0");
  ASSERT_TRUE(named.ok());
  EXPECT_EQ(*named, (ListenAddress{"billing-1.example.com", 0}));
  const auto v4 = parse_listen_address("127.0.0.1:65535");
  ASSERT_TRUE(v4.ok());
  EXPECT_EQ(*v4, (ListenAddress{"127.0.0.1", 65535}));
  const auto v6 = parse_listen_address("[::1]:80");
  ASSERT_TRUE(v6.ok());
  EXPECT_EQ(*v6, (ListenAddress{"::1", 80}));
}

TEST(ListenAddress, TextAndValueAgree) {
  for (const char* text : {":10877", "localhost:0", "127.0.0.1:9", "[::]:80", "[fe80::1]:65535"}) {
    const auto address = parse_listen_address(text);
    ASSERT_TRUE(address.ok()) << text;
    EXPECT_EQ(to_text(*address), text);
  }
}

TEST(ListenAddress, AnythingElseIsRefused) {
  for (const char* text : {"",
                           "10877",
                           ":",
                           "localhost",
                           "localhost:",
                           ":65536",
                           ":-1",
                           ":+1",
                           ":80x",
                           ": 80",
                           "::1:80",
                           "[::1]",
                           "[::1:80",
                           "[]:80",
                           "[localhost]:80",
                           "[fe80::1%eth0]:80",
                           "a b:80",
                           "a,b:80",
                           "http://localhost:80",
                           "[::1]x:80",
                           ":80,:81",
                           ":00000000000000000099999"}) {
    EXPECT_FALSE(parse_listen_address(text).ok()) << text;
  }
}

}  // namespace
}  // namespace cloud_billing
