#include "config/environment_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cloud_billing::environment_text_test {
namespace {

using testing::ElementsAre;

std::optional<std::string> look_up(std::string_view name) {
  if (name == "A") return "alpha";
  if (name == "_b2") return "beta";
  if (name == "EMPTY") return "";
  if (name == "DOLLARS") return "${A}$$";
  return std::nullopt;
}

std::string expanded(std::string_view text) {
  const auto result = expand_environment(text, look_up);
  return result ? *result : "refused: " + result.error().front().message;
}

TEST(EnvironmentText, ReplacesVariables) {
  EXPECT_EQ(expanded("${A}"), "alpha");
  EXPECT_EQ(expanded("x${A}y${_b2}z"), "xalphaybetaz");
  EXPECT_EQ(expanded("${EMPTY}"), "");
  EXPECT_EQ(expanded(""), "");
}

TEST(EnvironmentText, UsesDefaultsForUnsetAndEmptyVariables) {
  EXPECT_EQ(expanded("${A:-x}"), "alpha");
  EXPECT_EQ(expanded("${NONE:-x}"), "x");
  EXPECT_EQ(expanded("${EMPTY:-x}"), "x");
  EXPECT_EQ(expanded("${NONE:-}"), "");
  EXPECT_EQ(expanded("${NONE:-a:-b}"), "a:-b");
  EXPECT_EQ(expanded("${NONE:-a$$b$c}"), "a$b$c");
}

TEST(EnvironmentText, KeepsOtherDollars) {
  EXPECT_EQ(expanded("$$"), "$");
  EXPECT_EQ(expanded("$$$$"), "$$");
  EXPECT_EQ(expanded("$"), "$");
  EXPECT_EQ(expanded("a$"), "a$");
  EXPECT_EQ(expanded("$A $ {A}"), "$A $ {A}");
  EXPECT_EQ(expanded("$${A}"), "${A}");
  EXPECT_EQ(expanded("$$${A}"), "$alpha");
  EXPECT_EQ(expanded("a}b"), "a}b");
}

TEST(EnvironmentText, DoesNotExpandWhatAVariableHolds) {
  EXPECT_EQ(expanded("${DOLLARS}"), "${A}$$");
}

TEST(EnvironmentText, NamesEveryUnsetVariable) {
  const auto result = expand_environment("${ONE}${A}${TWO}", look_up);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error(), ElementsAre(Error{"environment variable ONE is not set"},
                                          Error{"environment variable TWO is not set"}));
}

TEST(EnvironmentText, RefusesMalformedVariables) {
  for (const char* text : {"${", "${A", "${}", "${A B}", "${1A}", "${A-x}", "${A:x}", "${:-x}",
                           "${A:-${B}}", "x${ A }"}) {
    EXPECT_FALSE(expand_environment(text, look_up)) << text;
  }
}

}  // namespace
}  // namespace cloud_billing::environment_text_test
