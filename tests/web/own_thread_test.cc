#include "web/own_thread.h"

#include <gtest/gtest.h>

#include <new>
#include <string>
#include <string_view>
#include <thread>

namespace cloud_billing {
namespace {

TEST(RespondOnOwnThread, LeavesNothingBehindOnTheWorkersThread) {
  std::thread::id made_on = std::this_thread::get_id();
  const WebResponse response = respond_on_own_thread([&made_on] {
    made_on = std::this_thread::get_id();
    return make_text_response(200, "made\n");
  });
  EXPECT_NE(made_on, std::this_thread::get_id());
  std::string body;
  EXPECT_TRUE(response.body.send([&body](std::string_view piece) {
    body += piece;
    return true;
  }));
  EXPECT_EQ(body, "made\n");
}

TEST(RespondOnOwnThread, PassesAFailureOn) {
  EXPECT_THROW(
      static_cast<void>(respond_on_own_thread([]() -> WebResponse { throw std::bad_alloc(); })),
      std::bad_alloc);
}

}  // namespace
}  // namespace cloud_billing
