#include "web/own_thread.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <new>
#include <set>
#include <string>
#include <string_view>
#include <thread>

namespace cloud_billing {
namespace {

TEST(RespondOnOwnThread, IsNotTheWorkersThread) {
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

// Each makes the next while it is made.
std::size_t count_own_threads(int nested, std::set<std::thread::id>& made_on) {
  static_cast<void>(respond_on_own_thread([&] {
    made_on.insert(std::this_thread::get_id());
    if (nested > 1) count_own_threads(nested - 1, made_on);
    return make_text_response(200, "");
  }));
  return made_on.size();
}

TEST(RespondOnOwnThread, TakesNoMoreThanEightThreadsAtATime) {
  std::set<std::thread::id> made_on;
  EXPECT_EQ(count_own_threads(20, made_on), 8U);
}

TEST(RespondOnOwnThread, PassesAFailureOn) {
  EXPECT_THROW(
      static_cast<void>(respond_on_own_thread([]() -> WebResponse { throw std::bad_alloc(); })),
      std::bad_alloc);
}

}  // namespace
}  // namespace cloud_billing
