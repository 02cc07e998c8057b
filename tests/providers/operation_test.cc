#include "providers/operation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "providers/signing.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;

// A request can be made for a row of the table only: there is no way to give a path.
static_assert(!std::is_default_constructible_v<SignedRequest>);
static_assert(!std::is_constructible_v<SignedRequest, std::string_view, const Endpoint&,
                                       std::string_view, std::vector<Header>, std::string>);
static_assert(!std::is_constructible_v<SignedRequest, Operation, const Endpoint&, std::string_view,
                                       std::vector<Header>, std::string>);

constexpr std::array<OperationHeader, 2> kNames{
    {{"x-acs-action", "QueryBill"}, {"x-acs-version", "2017-12-14"}}};
constexpr std::array kTable{
    Operation{.provider = "p", .label = "by_path", .method = HttpMethod::kGet, .path = "/v1/bill"},
    Operation{.provider = "p", .label = "by_query", .query = "Action=QueryBill&Version=1"},
    Operation{.provider = "p", .label = "by_header", .headers = kNames},
};
Endpoint endpoint() { return {"http", "127.0.0.1", "8080"}; }

static_assert(&row_labelled(kTable, "by_query") == &kTable[1]);

TEST(SignedRequest, TakesItsPathFromTheTableAndItsOriginFromTheEndpoint) {
  const SignedRequest with_query(kTable[0], endpoint(), "a=b", {{"c", "d"}}, "");
  EXPECT_EQ(with_query.url(), "http://127.0.0.1:8080/v1/bill?a=b");
  EXPECT_EQ(with_query.operation().method, HttpMethod::kGet);
  EXPECT_THAT(with_query.headers(), ElementsAre(Header{"c", "d"}));
  const SignedRequest without(kTable[0], endpoint(), "", {}, "{}");
  EXPECT_EQ(without.url(), "http://127.0.0.1:8080/v1/bill");
  EXPECT_EQ(without.body(), "{}");
}

TEST(SignedRequest, CarriesTheQueryThatNamesItsOperation) {
  const SignedRequest named(kTable[1], endpoint(), "", {}, "{}");
  EXPECT_EQ(named.url(), "http://127.0.0.1:8080/?Action=QueryBill&Version=1");
  EXPECT_EQ(named.operation().method, HttpMethod::kPost);
  const SignedRequest further(kTable[1], endpoint(), "a=b", {}, "");
  EXPECT_EQ(further.url(), "http://127.0.0.1:8080/?Action=QueryBill&Version=1&a=b");
}

TEST(SignedRequest, CarriesTheHeadersThatNameItsOperation) {
  const SignedRequest named(kTable[2], endpoint(), "", {{"authorization", "..."}}, "");
  EXPECT_EQ(named.url(), "http://127.0.0.1:8080/");
  EXPECT_THAT(named.headers(),
              ElementsAre(Header{"authorization", "..."}, Header{"x-acs-action", "QueryBill"},
                          Header{"x-acs-version", "2017-12-14"}));
}

TEST(SignedRequest, SendsWhatItsSignatureCoversButTheHost) {
  ApiRequest request;
  request.operation = &kTable[2];
  request.query = {{"b", "2"}, {"a", "1"}};
  const SignedRequest sent = signed_request(
      request, endpoint(),
      {{"host", "127.0.0.1:8080"}, {"x-acs-action", "QueryBill"}, {"x-date", "1"}}, "signature");
  EXPECT_EQ(sent.url(), "http://127.0.0.1:8080/?a=1&b=2");
  EXPECT_THAT(sent.headers(),
              ElementsAre(Header{"x-date", "1"}, Header{"content-type", std::string(kContentType)},
                          Header{"authorization", "signature"}, Header{"x-acs-action", "QueryBill"},
                          Header{"x-acs-version", "2017-12-14"}));
  const SignedRequest typed =
      signed_request(request, endpoint(), {{"content-type", "text/xml"}}, "signature");
  EXPECT_EQ(typed.headers().front(), (Header{"content-type", "text/xml"}));
  EXPECT_EQ(typed.headers().size(), 4U);
}

}  // namespace
}  // namespace cloud_billing
