#include "volcengine/renewals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/volcengine/list_cloud.h"
#include "volcengine/operations.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine::renewals_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr UtcSeconds kThen{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

json instance(int number, const json& more = {}) {
  json instance{{"AccountID", 2100000001}, {"InstanceID", "i-" + std::to_string(number)},
                {"Product", "ECS"},        {"RenewType", "ManualRenewal"},
                {"Status", "Running"},     {"ExpiredTime", "2026-11-28T15:59:59Z"}};
  if (!more.is_null()) instance.update(more);
  return instance;
}

// A token is the number of the next instance.
struct InstanceCloud {
  std::vector<json> instances;
  std::size_t most_on_page = 100;  // more is refused
  std::vector<json> asked;

  HttpResponse response(const ApiRequest& request) {
    EXPECT_EQ(request.operation, &kListAvailableInstances);
    const json body = json::parse(request.body);
    asked.push_back(body);
    const auto size = body.at("MaxResults").get<std::size_t>();
    if (size > most_on_page) {
      return {400, {}, R"({"ResponseMetadata":{"Error":{"Code":"InvalidParameter.MaxResults"}}})"};
    }
    const std::size_t begin = std::stoul(body.value("NextToken", "0"));
    const std::size_t end = std::min(instances.size(), begin + size);
    json page{{"InstanceList", json::array()}, {"MaxResults", size}};
    for (std::size_t i = begin; i < end; ++i) page["InstanceList"].push_back(instances[i]);
    if (end < instances.size()) page["NextToken"] = std::to_string(end);
    return {200, {}, respond_with(page)};
  }
};

// "service auto|manual: 7d 30d 90d first"; or the failure.
struct ToldRenewals {
  std::vector<std::string> groups;
  std::string failure;
  std::string partial_failure;
};

ToldRenewals tell_renewals(const std::function<HttpResponse(const ApiRequest&)>& respond,
                           Refusals& refusals) {
  const AccountConfig account;
  const auto talk = provider().ask_renewals(account, {kThen, {"unused"}, {}, refusals});
  while (const auto pending = talk->next()) {
    HttpResponse response = respond(pending->request);
    if (response.status == 200) {
      static_cast<void>(answer(*pending->reply, std::move(response)));
    } else {
      pending->reply->fail(provider().classify_error(response));
    }
  }
  EXPECT_TRUE(talk->finished());
  ToldRenewals told;
  if (const auto& failure = talk->failure()) {
    told.failure = std::string(reason_name(failure->reason)) + ": " + failure->message;
    return told;
  }
  const Renewals renewals = talk->take_result();
  if (renewals.failure) {
    told.partial_failure =
        std::string(reason_name(renewals.failure->reason)) + ": " + renewals.failure->message;
  }
  for (const auto& [key, group] : renewals.resources) {
    EXPECT_EQ(key.region_id, "") << "the list tells none";
    std::string text = key.service_type + (key.auto_renew ? " auto:" : " manual:");
    for (const std::size_t count : group.within) text += " " + std::to_string(count);
    const auto first = group.first_expiry.at();
    told.groups.push_back(text + " " + (first ? utc_text(*first) : "not known"));
  }
  return told;
}

ToldRenewals tell_renewals(InstanceCloud& cloud) {
  Refusals refusals;
  return tell_renewals([&](const ApiRequest& request) { return cloud.response(request); },
                       refusals);
}

ToldRenewals tell_renewals(const json& result) {
  Refusals refusals;
  return tell_renewals(
      [&](const ApiRequest&) {
        return HttpResponse{200, {}, respond_with(result)};
      },
      refusals);
}

TEST(VolcengineRenewals, AreOneListOfAllProductsForAllWindows) {
  InstanceCloud cloud;
  cloud.instances = {
      instance(1), instance(2, {{"ExpiredTime", "2026-12-10T23:59:59+08:00"}}),
      instance(3, {{"RenewType", "NonRenewal"}, {"ExpiredTime", "2026-11-30T04:00:00.000Z"}}),
      instance(4, {{"RenewType", "AutoRenewal"}, {"ExpiredTime", "2027-02-01T00:00:00Z"}}),
      instance(5, {{"Product", "RDS_MySQL"}, {"RenewType", "AutoRenewal"}})};
  const ToldRenewals told = tell_renewals(cloud);
  EXPECT_EQ(told.failure + told.partial_failure, "");
  EXPECT_THAT(told.groups, ElementsAre("ECS manual: 2 3 3 2026-11-28T15:59:59Z",
                                       "ECS auto: 0 0 1 2027-02-01T00:00:00Z",
                                       "RDS_MySQL auto: 1 1 1 2026-11-28T15:59:59Z"));
  EXPECT_THAT(cloud.asked, ElementsAre(json{{"ExpiredTimeStart", "2026-11-23T04:00:00Z"},
                                            {"ExpiredTimeEnd", "2027-02-21T04:00:00Z"},
                                            {"MaxResults", 100}}));
}

TEST(VolcengineRenewals, OfInstancesThatHaveEndedOrEndLaterAreNoneEvenIfTheyAreListed) {
  InstanceCloud cloud;
  cloud.instances = {instance(1, {{"ExpiredTime", "2026-11-23T04:00:00Z"}}),
                     instance(2, {{"ExpiredTime", "2027-02-21T04:00:01Z"}}),
                     instance(3, {{"ExpiredTime", "9999-12-31T23:59:59Z"}})};
  const ToldRenewals told = tell_renewals(cloud);
  EXPECT_EQ(told.failure + told.partial_failure, "");
  EXPECT_THAT(told.groups, IsEmpty());
}

TEST(VolcengineRenewals, OfWhichThereAreNoneTellNothing) {
  for (const json& none :
       {json::object(), json{{"InstanceList", nullptr}}, json{{"InstanceList", json::array()}},
        json{{"InstanceList", json::array()}, {"NextToken", nullptr}},
        json{{"InstanceList", json::array()}, {"NextToken", ""}}}) {
    const ToldRenewals told = tell_renewals(none);
    EXPECT_EQ(told.failure, "") << none;
    EXPECT_THAT(told.groups, IsEmpty());
  }
}

TEST(VolcengineRenewals, AreReadPageByPage) {
  for (const std::size_t count : {1U, 100U, 2500U}) {
    InstanceCloud cloud;
    for (std::size_t i = 0; i < count; ++i) {
      cloud.instances.push_back(instance(static_cast<int>(i)));
    }
    const std::string number = std::to_string(count);
    EXPECT_THAT(tell_renewals(cloud).groups, ElementsAre("ECS manual: " + number + " " + number +
                                                         " " + number + " 2026-11-28T15:59:59Z"));
    EXPECT_THAT(cloud.asked, SizeIs((count + 99) / 100));
  }
}

TEST(VolcengineRenewals, AreAskedForBySmallerPagesIfAHundredAreRefused) {
  Refusals refusals;
  InstanceCloud cloud;
  cloud.most_on_page = 20;
  for (int i = 0; i < 50; ++i) cloud.instances.push_back(instance(i));
  const auto respond = [&](const ApiRequest& request) { return cloud.response(request); };
  EXPECT_THAT(tell_renewals(respond, refusals).groups,
              ElementsAre("ECS manual: 50 50 50 2026-11-28T15:59:59Z"));
  EXPECT_THAT(cloud.asked, SizeIs(1 + 3));
  cloud.asked.clear();
  static_cast<void>(tell_renewals(respond, refusals));
  EXPECT_THAT(cloud.asked, SizeIs(3)) << "that is remembered";
  cloud.most_on_page = 10;
  Refusals none;
  EXPECT_THAT(tell_renewals(respond, none).failure, HasSubstr("request: "));
}

TEST(VolcengineRenewals, ThatAKeyMayNotReadAreAMissingPermission) {
  Refusals refusals;
  int asked = 0;
  const auto refuse = [&](const ApiRequest&) {
    ++asked;
    return HttpResponse{403, {}, R"({"ResponseMetadata":{"Error":{"Code":"AccessDenied"}}})"};
  };
  EXPECT_THAT(tell_renewals(refuse, refusals).failure, HasSubstr("permission: "));
  EXPECT_EQ(asked, 1);
}

TEST(VolcengineRenewals, WhoseListNeverEndsAreNone) {
  int number = 0;
  Refusals refusals;
  const auto same_token = [&](const ApiRequest&) {
    ++number;
    return HttpResponse{
        200,
        {},
        respond_with({{"InstanceList", {instance(2 * number), instance(2 * number + 1)}},
                      {"NextToken", "more"}})};
  };
  EXPECT_THAT(tell_renewals(same_token, refusals).failure, HasSubstr("they have no end"));
}

TEST(VolcengineRenewals, WithoutATimeThatCanBeReadLeaveTheirGroupOutAndSaySo) {
  for (const json& time : {json("2026-11-28 23:59:59"), json("soon"), json(""), json(nullptr)}) {
    InstanceCloud cloud;
    cloud.instances = {instance(1), instance(2, {{"ExpiredTime", time}}),
                       instance(3, {{"Product", "EIP"}})};
    const ToldRenewals told = tell_renewals(cloud);
    EXPECT_EQ(told.failure, "");
    EXPECT_EQ(told.partial_failure,
              "decode: the answer is not understood: ExpiredTime of an instance of ECS: not a "
              "time");
    EXPECT_THAT(told.groups, ElementsAre("ECS manual: 1 1 1 not known",
                                         "EIP manual: 1 1 1 2026-11-28T15:59:59Z"));
  }
}

TEST(VolcengineRenewals, ThatCannotBeReadAreNone) {
  const std::map<std::string, json> spoiled{
      {"RenewType: not one of the documents", {{"RenewType", "Sometimes"}}},
      {"RenewType: not one", {{"RenewType", nullptr}}},
      {"no Product", {{"Product", ""}}},
      {"no id", {{"InstanceID", nullptr}}},
  };
  for (const auto& [problem, more] : spoiled) {
    InstanceCloud cloud;
    cloud.instances = {instance(1), instance(2, more)};
    const ToldRenewals told = tell_renewals(cloud);
    EXPECT_THAT(told.failure, HasSubstr("decode: ")) << problem;
    EXPECT_THAT(told.failure, HasSubstr(problem));
  }
  EXPECT_THAT(tell_renewals(json{{"NextToken", "more"}}).failure, HasSubstr("no InstanceList"));
}

}  // namespace
}  // namespace cloud_billing::volcengine::renewals_test
