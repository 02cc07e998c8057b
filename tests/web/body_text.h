#pragma once

// The whole body of a response, as a client receives it.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "web/route.h"

namespace cloud_billing {

inline std::string body_of(const WebResponse& response) {
  std::string body;
  if (response.body.send) {
    EXPECT_TRUE(response.body.send([&body](std::string_view piece) {
      body += piece;
      return true;
    }));
  }
  EXPECT_EQ(body.size(), response.body.length);
  return body;
}

}  // namespace cloud_billing
