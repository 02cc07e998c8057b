#include "core/steady_list.h"

#include <gtest/gtest.h>

#include <vector>

namespace cloud_billing {
namespace {

std::vector<int> elements_of(const SteadyList<int, 4>& list) {
  std::vector<int> elements;
  for (const int element : list) elements.push_back(element);
  return elements;
}

TEST(SteadyList, KeepsElementsInTheirOrder) {
  SteadyList<int, 4> list;
  std::vector<int> expected;
  EXPECT_EQ(elements_of(list), expected);
  for (int i = 0; i < 13; ++i) {
    list.emplace_back() = i;
    expected.push_back(i);
    EXPECT_EQ(list.size(), expected.size());
    EXPECT_EQ(elements_of(list), expected);
  }
}

TEST(SteadyList, LeavesElementsWhereTheyAreWhenItGrows) {
  SteadyList<int, 4> list;
  int& first = list.emplace_back();
  for (int i = 0; i < 100; ++i) list.emplace_back();
  first = 7;
  EXPECT_EQ(list[0], 7);
}

TEST(SteadyList, TakesItsLastElementsBack) {
  SteadyList<int, 4> list;
  for (int i = 0; i < 9; ++i) list.emplace_back() = i;
  list.pop_back();
  EXPECT_EQ(elements_of(list), (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
  list.emplace_back() = 20;
  EXPECT_EQ(list[8], 20);
  while (list.size() > 0) list.pop_back();
  EXPECT_EQ(elements_of(list), std::vector<int>());
}

}  // namespace
}  // namespace cloud_billing
