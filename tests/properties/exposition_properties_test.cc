// What is published piece by piece is what rendering everything gives, whatever happens to
// accounts.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/exposition/changing_accounts.h"

namespace cloud_billing {
namespace {

RC_GTEST_PROP(PublishedText, IsThatOfAFullRendering, ()) {
  ChangingAccounts accounts(*rc::gen::arbitrary<unsigned>());
  for (int step = *rc::gen::inRange(1, 30); step > 0; --step) accounts.step();
  accounts.check();
  RC_ASSERT(!testing::Test::HasFailure());
}

}  // namespace
}  // namespace cloud_billing
