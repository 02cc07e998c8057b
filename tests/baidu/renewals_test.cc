#include "baidu/renewals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/operations.h"
#include "baidu/provider.h"
#include "tests/providers/answer.h"

namespace cloud_billing::baidu::renewals_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

// As the SDKs' models have it.
json resource(int number, const json& more = {}) {
  json resource{{"serviceType", "BCC"},
                {"region", "bj"},
                {"shortId", "i-" + std::to_string(number)},
                {"accountId", "a1b2c3"},
                {"instanceId", "9f8e7d6c-" + std::to_string(number)},
                {"expireTime", "2026-11-28T03:00:00Z"},
                {"aloneRenewEnable", true},
                {"alreadyRenewSet", false},
                {"renewTimeUnit", "month"},
                {"renewTime", "1"},
                {"nextRenewTime", "/"}};
  if (!more.is_null()) resource.update(more);
  return resource;
}

std::string page_of(const std::vector<json>& resources, const json& more = {}) {
  json page{{"accountId", "a1b2c3"}, {"loginName", "ops"}, {"subAccountId", "/"},
            {"pageNo", 1},           {"pageSize", 1000},   {"totalCount", resources.size()},
            {"resources", resources}};
  if (!more.is_null()) page.update(more);
  return page.dump();
}

std::string summary_of(const std::vector<std::string>& services) {
  json items = json::array();
  for (const std::string& service : services) {
    items.push_back({{"serviceType", service}, {"productType", "prepay"}, {"financePrice", 1}});
  }
  return json{{"data", {{"financePrice", services.size()}, {"items", items}}}}.dump();
}

// "service region auto|manual: 7d 30d 90d first".
std::vector<std::string> groups_of(const Renewals& renewals) {
  std::vector<std::string> groups;
  for (const auto& [key, group] : renewals.resources) {
    std::string text = key.service_type + " " + key.region_id;
    text += key.auto_renew ? " auto:" : " manual:";
    for (const std::size_t count : group.within) text += " " + std::to_string(count);
    const auto first = group.first_expiry.at();
    groups.push_back(text + " " + (first ? utc_text(*first) : "not known"));
  }
  return groups;
}

class Talk {
 public:
  explicit Talk(std::set<std::string> prepaid, std::vector<std::string> configured = {},
                std::vector<std::string> sub_accounts = {}) {
    account_.settings = provider().facts().default_settings();
    account_.settings.set("renewal_services", std::move(configured));
    account_.settings.set("sub_accounts", std::move(sub_accounts));
    ask(std::move(prepaid));
  }

  // Another poll of the same account.
  void ask(std::set<std::string> prepaid, std::set<std::string> listed = {},
           bool bills_are_known = true) {
    conversation_ = provider()
                        .ask_renewals(account_, {kNow, std::move(prepaid), std::move(listed),
                                                 refusals_, bills_are_known})
                        .release();
  }

  // Everything that can be asked for now: "BCC 1", "BCC 2 of sub-1", "summary 2026-11".
  std::vector<std::string> ask_all() {
    std::vector<std::string> asked;
    while (const auto pending = conversation_->next()) {
      const ApiRequest& request = pending->request;
      std::string words;
      if (request.operation == &kMonthSummary) {
        std::map<std::string, std::string> query;
        for (const QueryParameter& parameter : request.query) {
          query[parameter.name] = parameter.value;
        }
        EXPECT_EQ(query["productType"], "prepay");
        words = "summary " + query["startDay"] + " " + query["endDay"];
        if (!query["queryAccountId"].empty()) words += " of " + query["queryAccountId"];
      } else {
        EXPECT_EQ(request.operation, &kRenewResourceList);
        EXPECT_THAT(request.query, IsEmpty());
        bodies.push_back(json::parse(request.body));
        words = bodies.back().at("serviceType").get<std::string>() + " " +
                std::to_string(bodies.back().at("pageNo").get<int>());
        if (bodies.back().contains("queryAccountId")) {
          words += " of " + bodies.back().at("queryAccountId").get<std::string>();
        }
      }
      replies_[words] = pending->reply;
      asked.push_back(std::move(words));
    }
    return asked;
  }
  std::string response(const std::string& words, std::string body) {
    const auto failure = answer(*replies_.at(words), {200, {}, std::move(body)});
    return failure ? std::string(reason_name(failure->reason)) + ": " + failure->message : "";
  }
  void fail(const std::string& words, int status, std::string_view code) {
    HttpResponse response{status, {}, R"({"code":")" + std::string(code) + R"("})"};
    replies_.at(words)->fail(provider().classify_error(response));
  }
  std::string failure() const {
    const auto& failure = conversation_->failure();
    return failure ? std::string(reason_name(failure->reason)) + ": " + failure->message : "";
  }
  Conversation<Renewals>* operator->() { return conversation_.get(); }

  std::vector<json> bodies;

 private:
  AccountConfig account_;
  Refusals refusals_;
  std::unique_ptr<Conversation<Renewals>> conversation_;
  std::map<std::string, std::shared_ptr<Reply>> replies_;
};

TEST(BaiduRenewals, AreOneListForEachServiceAndForAllWindows) {
  Talk talk({"BCC"}, {"CDS"});
  EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 1", "CDS 1"));
  EXPECT_EQ(talk.bodies[0],
            json::parse(R"({"serviceType":"BCC","expiredDays":90,"pageNo":1,"pageSize":1000})"));
  EXPECT_EQ(
      talk.response(
          "BCC 1",
          page_of({resource(1), resource(2, {{"expireTime", "2026-12-20T03:00:00.000Z"}}),
                   resource(3, {{"region", "/"}, {"renewTime", 1}, {"alreadyRenewSet", true}}),
                   resource(4, {{"expireTime", "2027-02-21T04:00:00Z"}})})),
      "");
  EXPECT_FALSE(talk->finished());
  EXPECT_EQ(talk.response("CDS 1", page_of({resource(1, {{"serviceType", nullptr}})})), "");
  ASSERT_TRUE(talk->finished());
  const Renewals renewals = talk->take_result();
  EXPECT_FALSE(renewals.failure);
  EXPECT_THAT(groups_of(renewals), ElementsAre("BCC  auto: 1 1 1 2026-11-28T03:00:00Z",
                                               "BCC bj manual: 1 2 3 2026-11-28T03:00:00Z",
                                               "CDS bj manual: 1 1 1 2026-11-28T03:00:00Z"));
}

TEST(BaiduRenewals, OfResourcesThatHaveEndedAreNone) {
  Talk talk({"BCC"});
  talk.ask_all();
  EXPECT_EQ(
      talk.response("BCC 1", page_of({resource(1, {{"expireTime", "2026-11-23T04:00:00Z"}}),
                                      resource(2, {{"expireTime", "2026-11-01T04:00:00Z"}}),
                                      resource(3, {{"expireTime", "9999-12-31T15:59:59Z"}}),
                                      resource(4, {{"expireTime", "2027-02-21T04:00:01Z"}})})),
      "");
  const Renewals renewals = talk->take_result();
  EXPECT_THAT(groups_of(renewals), IsEmpty());
  EXPECT_FALSE(renewals.failure);
}

TEST(BaiduRenewals, OfWhichThereAreNoneTellNothing) {
  for (const std::string& none : {page_of({}), page_of({}, {{"resources", nullptr}}),
                                  std::string(R"({"pageNo":1,"pageSize":1000,"totalCount":0})")}) {
    Talk talk({"BCC"});
    talk.ask_all();
    EXPECT_EQ(talk.response("BCC 1", none), "") << none;
    ASSERT_TRUE(talk->finished());
    EXPECT_THAT(groups_of(talk->take_result()), IsEmpty());
  }
}

TEST(BaiduRenewals, AreReadPageByPage) {
  for (const std::size_t count : {1U, 1000U, 2500U}) {
    Talk talk({"BCC"});
    std::vector<json> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(resource(static_cast<int>(i)));
    talk.ask_all();
    for (std::size_t page = 1; (page - 1) * 1000 < count; ++page) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>((page - 1) * 1000);
      const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(page * 1000, count));
      EXPECT_EQ(talk.response("BCC " + std::to_string(page),
                              page_of({begin, end}, {{"pageNo", page}, {"totalCount", count}})),
                "");
      talk.ask_all();
    }
    ASSERT_TRUE(talk->finished());
    const std::string number = std::to_string(count);
    EXPECT_THAT(groups_of(talk->take_result()),
                ElementsAre("BCC bj manual: " + number + " " + number + " " + number +
                            " 2026-11-28T03:00:00Z"));
  }
}

TEST(BaiduRenewals, WhosePagesAreOfOneAreReadToo) {
  Talk talk({"BCC"});
  talk.ask_all();
  talk.response("BCC 1", page_of({resource(1)}, {{"pageSize", 1}, {"totalCount", 3}}));
  EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 2", "BCC 3"));
  for (const int page : {2, 3}) {
    talk.response(
        "BCC " + std::to_string(page),
        page_of({resource(page)}, {{"pageNo", page}, {"pageSize", 1}, {"totalCount", 3}}));
  }
  ASSERT_TRUE(talk->finished());
  EXPECT_THAT(groups_of(talk->take_result()),
              ElementsAre("BCC bj manual: 3 3 3 2026-11-28T03:00:00Z"));
}

TEST(BaiduRenewals, WhosePagesDoNotAddUpAreReadOnceMoreAndThenAreNone) {
  Talk talk({"BCC"});
  for (int reading = 0; reading < 2; ++reading) {
    EXPECT_EQ(talk.failure(), "");
    talk.ask_all();
    EXPECT_THAT(talk.response("BCC 1", page_of({resource(1), resource(2)}, {{"totalCount", 3}})),
                HasSubstr("inconsistent: "));
  }
  EXPECT_THAT(talk.failure(), HasSubstr("inconsistent: "));
  Talk twice({"BCC"});
  twice.ask_all();
  EXPECT_THAT(twice.response("BCC 1", page_of({resource(1), resource(1)})),
              HasSubstr("repeats rows"));
}

TEST(BaiduRenewals, OfSubAccountsAreAddedToTheMasters) {
  Talk talk({"BCC"}, {}, {"sub-1"});
  EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 1", "BCC 1 of sub-1"));
  talk.response("BCC 1", page_of({resource(1)}));
  talk.response("BCC 1 of sub-1",
                page_of({resource(2)}, {{"subAccountId", "sub-1"}, {"ouName", "games"}}));
  ASSERT_TRUE(talk->finished());
  EXPECT_THAT(groups_of(talk->take_result()),
              ElementsAre("BCC bj manual: 2 2 2 2026-11-28T03:00:00Z"));
}

TEST(BaiduRenewals, OfAServiceThatIsRefusedAreNoneToldOnceAndNotAskedForAgain) {
  Talk talk({"BCC", "BOS"});
  talk.ask_all();
  talk.fail("BOS 1", 400, "InvalidHTTPRequest");
  EXPECT_EQ(talk.failure(), "");
  talk.response("BCC 1", page_of({resource(1)}));
  ASSERT_TRUE(talk->finished());
  const Renewals renewals = talk->take_result();
  EXPECT_THAT(renewals.unlisted_services, ElementsAre("BOS"));
  EXPECT_FALSE(renewals.failure);
  EXPECT_THAT(groups_of(renewals), ElementsAre("BCC bj manual: 1 1 1 2026-11-28T03:00:00Z"));
  talk.ask({"BCC", "BOS"});
  EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 1"));
  talk.response("BCC 1", page_of({resource(1)}));
  EXPECT_THAT(talk->take_result().unlisted_services, IsEmpty());
}

TEST(BaiduRenewals, OfAServiceThatHadAListAreNotForgottenForARefusal) {
  Talk talk({});
  talk.ask({"BCC"}, {"BCC"});
  talk.ask_all();
  talk.fail("BCC 1", 400, "InvalidHTTPRequest");
  EXPECT_THAT(talk.failure(), HasSubstr("request: "));
  talk.ask({"BCC"}, {"BCC"});
  EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 1"));
}

TEST(BaiduRenewals, OfARefusedServiceAreToldWithTheFirstGoodPoll) {
  Talk talk({"BCC", "BOS"});
  talk.ask_all();
  talk.fail("BOS 1", 400, "InvalidHTTPRequest");
  talk.fail("BCC 1", 500, "InternalError");
  EXPECT_THAT(talk.failure(), HasSubstr("server"));
  talk.ask({"BCC", "BOS"});
  EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 1", "BOS 1")) << "nobody was told of BOS yet";
}

TEST(BaiduRenewals, ThatFailOtherwiseFailTheWholePollAndAreAskedForAgain) {
  for (const auto& [status, code, reason] :
       {std::tuple(403, "AccessDenied", "permission"), std::tuple(429, "Throttled", "throttled"),
        std::tuple(500, "InternalError", "server"),
        std::tuple(400, "SignatureDoesNotMatch", "auth")}) {
    Talk talk({"BCC", "BOS"});
    talk.ask_all();
    talk.response("BCC 1", page_of({resource(1)}));
    talk.fail("BOS 1", status, code);
    EXPECT_THAT(talk.failure(), HasSubstr(reason));
    talk.ask({"BCC", "BOS"});
    EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 1", "BOS 1"));
  }
}

TEST(BaiduRenewals, OfAServiceThatHasAListAreNotForgottenForALaterPageThatIsRefused) {
  Talk talk({"BCC"});
  talk.ask_all();
  talk.response("BCC 1", page_of({resource(1)}, {{"pageSize", 1}, {"totalCount", 2}}));
  talk.ask_all();
  talk.fail("BCC 2", 400, "InvalidHTTPRequest");
  EXPECT_THAT(talk.failure(), HasSubstr("request: "));
}

TEST(BaiduRenewals, AreAskedForByTheSummariesTooIfOnlyClosedMonthsTellAService) {
  Talk talk({});
  talk.ask({"BCC"}, {}, false);
  EXPECT_THAT(talk.ask_all(), UnorderedElementsAre("summary 2026-11-01 2026-11-22",
                                                   "summary 2026-10-01 2026-10-31"));
}

TEST(BaiduRenewals, WithoutABillAreAskedForByThePrepaidServicesOfTwoMonths) {
  Talk talk({});
  EXPECT_THAT(talk.ask_all(), UnorderedElementsAre("summary 2026-11-01 2026-11-22",
                                                   "summary 2026-10-01 2026-10-31"));
  talk.response("summary 2026-11-01 2026-11-22", summary_of({"RDS", "BCC"}));
  EXPECT_THAT(talk.ask_all(), IsEmpty());
  talk.response("summary 2026-10-01 2026-10-31", summary_of({"BCC", "EIP"}));
  EXPECT_THAT(talk.ask_all(), ElementsAre("BCC 1", "EIP 1", "RDS 1"));
  Talk none({});
  none.ask_all();
  none.response("summary 2026-11-01 2026-11-22", summary_of({}));
  none.response("summary 2026-10-01 2026-10-31", summary_of({}));
  ASSERT_TRUE(none->finished());
  EXPECT_THAT(groups_of(none->take_result()), IsEmpty()) << "nothing is prepaid";
}

TEST(BaiduRenewals, WhoseSummariesAreRefusedAreAskedForByTheConfiguredServicesOrFail) {
  Talk alone({});
  alone.ask_all();
  alone.fail("summary 2026-11-01 2026-11-22", 403, "AccessDenied");
  EXPECT_THAT(alone.failure(), HasSubstr("permission: "));
  Talk configured({}, {"BCC"});
  configured.ask_all();
  configured.fail("summary 2026-11-01 2026-11-22", 403, "AccessDenied");
  EXPECT_THAT(configured.ask_all(), ElementsAre("BCC 1"));
  Talk broken({}, {"BCC"});
  broken.ask_all();
  broken.fail("summary 2026-11-01 2026-11-22", 500, "InternalError");
  EXPECT_THAT(broken.failure(), HasSubstr("server: "));
}

TEST(BaiduRenewals, WithoutATimeThatCanBeReadLeaveTheirGroupOutAndSaySo) {
  for (const json& time : {json("2026-11-28"), json("soon"), json("/"), json(nullptr), json(5)}) {
    Talk talk({"BCC"});
    talk.ask_all();
    EXPECT_EQ(talk.response("BCC 1", page_of({resource(1), resource(2, {{"expireTime", time}}),
                                              resource(3, {{"region", "gz"}})})),
              "");
    ASSERT_TRUE(talk->finished());
    const Renewals renewals = talk->take_result();
    EXPECT_THAT(groups_of(renewals), ElementsAre("BCC bj manual: 1 1 1 not known",
                                                 "BCC gz manual: 1 1 1 2026-11-28T03:00:00Z"));
    ASSERT_TRUE(renewals.failure);
    EXPECT_EQ(renewals.failure->reason, Reason::kDecode);
    EXPECT_EQ(renewals.failure->message,
              "renewals of BCC: the answer is not understood: expireTime of a resource: not a "
              "time");
  }
}

TEST(BaiduRenewals, ThatCannotBeReadAreNone) {
  for (const auto& [body, problem] :
       {std::pair(page_of({resource(1), resource(2, {{"alreadyRenewSet", nullptr}})}),
                  "resource 2: alreadyRenewSet: neither true nor false"),
        std::pair(page_of({resource(1, {{"alreadyRenewSet", 1}})}), "resource 1: alreadyRenewSet"),
        std::pair(page_of({5}), "resource 1: not a JSON object"),
        std::pair(page_of({}, {{"resources", 5}}), "resources: not a list"),
        std::pair(std::string(R"({"pageNo":1,"totalCount":1})"), "no resources"),
        std::pair(page_of({resource(1)}).substr(0, 300), "not understood")}) {
    Talk talk({"BCC"});
    talk.ask_all();
    EXPECT_THAT(talk.response("BCC 1", body), HasSubstr(problem));
    EXPECT_THAT(talk.failure(), HasSubstr("decode: "));
  }
  Talk talk({"BCC"});
  talk.ask_all();
  EXPECT_THAT(talk.response("BCC 1", R"({"code":"AccessDenied","resources":[]})"),
              HasSubstr("permission: "));
}

}  // namespace
}  // namespace cloud_billing::baidu::renewals_test
