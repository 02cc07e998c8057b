#include "core/key_text.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

TEST(KeyText, KeysOfTheCloudsAreTaken) {
  for (const char* key :
       {"0b0f67dfb88244b289b72b142befad0c", "AKLTNTY4ODc2ZGE5ZWEzNDNhMGI5",
        "WkRZeE1qTTBOVFkzT0Rrd01UST0=", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a$b<c>"}) {
    EXPECT_FALSE(refuse_key(key)) << key;
  }
}

TEST(KeyText, ASecretThatStandsForAVariableIsNotQuoted) {
  EXPECT_EQ(refuse_key("$WkRZeE1qTTBOVFkzT0Rrd01UST0"),
            "looks like a variable, not like a key; the configuration fills in ${NAME} only");
  EXPECT_EQ(refuse_key("$BAIDU_AK"),
            "looks like a variable, not like a key; the configuration fills in ${BAIDU_AK} only");
}

TEST(KeyText, WhatStandsInTheWayIsNamed) {
  EXPECT_EQ(refuse_key(""), "must not be empty");
  EXPECT_EQ(refuse_key("a\n"), "must not hold control characters, such as a line break at its end");
  EXPECT_EQ(refuse_key("ab c"),
            "holds a blank as character 3; keys are letters, digits and signs of ASCII without "
            "blanks");
}

TEST(KeyText, LinesOfAnEnvironmentFileAreKnown) {
  EXPECT_TRUE(is_assignment("BAIDU_SK=x"));
  EXPECT_TRUE(is_assignment("SK2=x=="));
  EXPECT_FALSE(is_assignment("ABC123="));
  EXPECT_FALSE(is_assignment("ABC123=="));
  EXPECT_FALSE(is_assignment("=x"));
  EXPECT_FALSE(is_assignment("Abc=x"));
}

}  // namespace
}  // namespace cloud_billing
