#include "billing/service_costs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing::service_costs_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

ServiceCosts costs_of(const std::vector<std::pair<DayCostKey, std::string>>& costs) {
  ServiceCosts made;
  for (const auto& [key, text] : costs) EXPECT_TRUE(made.add(key, amount(text)));
  return made;
}

// "CNY vm postpaid 1.5"
std::vector<std::string> lines_of(const std::optional<ServiceCosts>& costs) {
  std::vector<std::string> lines;
  for (const auto& [key, billed_cost] : costs.value().billed_costs) {
    lines.push_back(key.currency + " " + key.service_type + " " + key.billing_mode + " " +
                    billed_cost.to_decimal());
  }
  return lines;
}

const std::vector<std::pair<DayCostKey, std::string>> kCosts{
    {{"CNY", "cdn", "postpaid"}, "2"},    {{"CNY", "disk", "postpaid"}, "-7.25"},
    {{"CNY", "ip", "postpaid"}, "2"},     {{"CNY", "log", "prepaid"}, "0.5"},
    {{"USD", "log", "postpaid"}, "0.01"}, {{"CNY", "vm", "postpaid"}, "3"}};

TEST(ServiceCosts, AddUpExactlyAndStopAtAnOverflow) {
  ServiceCosts costs = costs_of({{{"CNY", "vm", "postpaid"}, "0.1"}});
  EXPECT_TRUE(
      costs.merge(costs_of({{{"CNY", "vm", "postpaid"}, "0.2"}, {{"CNY", "vm", "prepaid"}, "1"}})));
  EXPECT_THAT(lines_of(costs), ElementsAre("CNY vm postpaid 0.3", "CNY vm prepaid 1"));
  ServiceCosts large = costs_of({{{"CNY", "vm", "postpaid"}, "1.7e20"}});
  EXPECT_FALSE(large.merge(large));
}

TEST(ServiceCosts, WithoutZerosHoldWhatCost) {
  ServiceCosts costs =
      costs_of({{{"CNY", "a", "postpaid"}, "0.00"}, {{"CNY", "b", "postpaid"}, "-0.01"}});
  drop_zeros(costs);
  EXPECT_THAT(lines_of(costs), ElementsAre("CNY b postpaid -0.01"));
}

TEST(FoldedServices, AreTheLargestAndTheRestByCurrencyAndBillingMode) {
  EXPECT_THAT(
      lines_of(fold_services(costs_of(kCosts), 3)),
      ElementsAre("CNY __other__ postpaid 2", "CNY __other__ prepaid 0.5", "CNY cdn postpaid 2",
                  "CNY disk postpaid -7.25", "CNY vm postpaid 3", "USD __other__ postpaid 0.01"));
}

TEST(FoldedServices, AreAllIfThereAreNoMore) {
  EXPECT_EQ(fold_services(costs_of(kCosts), 6), costs_of(kCosts));
  EXPECT_THAT(lines_of(fold_services({}, 1)), IsEmpty());
}

TEST(FoldedServices, WhoseSumIsBeyondTheRangeAreNotKnown) {
  EXPECT_FALSE(fold_services(costs_of({{{"CNY", "a", "postpaid"}, "1.7e20"},
                                       {{"CNY", "b", "postpaid"}, "1.7e20"},
                                       {{"CNY", "c", "postpaid"}, "1.7e20"}}),
                             1));
}

}  // namespace
}  // namespace cloud_billing::service_costs_test
