#include "billing/closed_month.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ClosedMonth, ComesToAnExactSumInEachCurrency) {
  const ClosedMonth month(
      ServiceCosts{{{{"CNY", "cdn", "postpaid"}, amount("0.1")},
                    {{"CNY", "vm", "postpaid"}, amount("0.2")},
                    {{"CNY", "vm", "prepaid"}, amount("100.000000000000000001")},
                    {{"USD", "cdn", "postpaid"}, amount("-2.5")}}});
  EXPECT_THAT(month.sums(), ElementsAre(CurrencySum{"CNY", amount("100.300000000000000001")},
                                        CurrencySum{"USD", amount("-2.5")}));
}

TEST(ClosedMonth, WithoutCostHasNoSum) {
  EXPECT_THAT(ClosedMonth(ServiceCosts()).sums(), IsEmpty());
}

TEST(ClosedMonth, OfAmountsThatAreTooLargeHasNoKnownSumInTheirCurrencyOnly) {
  const ClosedMonth month(ServiceCosts{{{{"CNY", "a", "postpaid"}, amount("1e20")},
                                        {{"CNY", "b", "postpaid"}, amount("1e20")},
                                        {{"CNY", "c", "postpaid"}, amount("-1e20")},
                                        {{"USD", "a", "postpaid"}, amount("1")}}});
  EXPECT_THAT(month.sums(),
              ElementsAre(CurrencySum{"CNY", std::nullopt}, CurrencySum{"USD", amount("1")}));
}

}  // namespace
}  // namespace cloud_billing
