#include "web/query.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

TEST(FindQueryValue, IsDecoded) {
  EXPECT_EQ(find_query_value("page=2&q=a+b%26%E4%BA%91", "q"), "a b&云");
  EXPECT_EQ(find_query_value("page=2&q=x&q=y", "q"), "x");
  EXPECT_EQ(find_query_value("page=2&q=", "q"), "");
  EXPECT_EQ(find_query_value("qq=1", "q"), "");
  EXPECT_EQ(find_query_value("", "q"), "");
}

TEST(FindQueryValue, IsNoneWhereItIsTooLong) {
  EXPECT_EQ(find_query_value("q=" + std::string(1024, 'a'), "q"), std::string(1024, 'a'));
  EXPECT_EQ(find_query_value("q=" + std::string(1025, 'a'), "q"), "");
}

TEST(FindQueryValue, KeepsWhatIsNoEncoding) {
  EXPECT_EQ(find_query_value("q=100%&r=%zz", "q"), "100%");
  EXPECT_EQ(find_query_value("q=100%&r=%zz", "r"), "%zz");
  EXPECT_EQ(find_query_value("q", "q"), "");
}

}  // namespace
}  // namespace cloud_billing
