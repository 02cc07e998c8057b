#include "providers/canonical_query.h"
#include "core/percent_encoding.h"

#include <gtest/gtest.h>

#include <vector>

namespace cloud_billing {
namespace {

// The examples are Baidu's own: bce-sdk-js test/sdk/auth.spec.js and the authentication page.

TEST(PercentEncoding, KeepsUnreservedCharactersOnly) {
  EXPECT_EQ(percent_encode("!'()*this is an example for 测试"),
            "%21%27%28%29%2Athis%20is%20an%20example%20for%20%E6%B5%8B%E8%AF%95");
  EXPECT_EQ(percent_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encode("+%&=:;"), "%2B%25%26%3D%3A%3B");
  EXPECT_EQ(percent_encode(""), "");
}

TEST(PercentEncoding, KeepsSlashesInPathsOnly) {
  EXPECT_EQ(percent_encode("/v1/a b/"), "%2Fv1%2Fa%20b%2F");
  EXPECT_EQ(percent_encode("/v1/a b/", Slash::kKept), "/v1/a%20b/");
}

TEST(CanonicalQuery, SortsFinishedPairsNotNames) {
  const std::vector<QueryParameter> query{{"text", ""}, {"text1", "测试"}, {"text10", "test"}};
  EXPECT_EQ(canonical_query(query), "text10=test&text1=%E6%B5%8B%E8%AF%95&text=");
}

TEST(CanonicalQuery, WritesEmptyValuesWithTheEqualSign) {
  const std::vector<QueryParameter> query{{"A", "A"}, {"B", ""}, {"C", ""}};
  EXPECT_EQ(canonical_query(query), "A=A&B=&C=");
  EXPECT_EQ(canonical_query({}), "");
}

TEST(CanonicalQuery, SortsBytewiseCapitalsFirst) {
  const std::vector<QueryParameter> query{{"b", ""}, {"C", "d"}, {"A", ""}};
  EXPECT_EQ(canonical_query(query), "A=&C=d&b=");
}

TEST(CanonicalQuery, EncodesSlashes) {
  const std::vector<QueryParameter> query{{"a/b", "c/d"}};
  EXPECT_EQ(canonical_query(query), "a%2Fb=c%2Fd");
}

}  // namespace
}  // namespace cloud_billing
