#include "web/connection_crowd.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace cloud_billing {
namespace {

// A connection of which the test holds the client's end.
class Client {
 public:
  Client() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() {
    ::close(ends_[0]);
    ::close(ends_[1]);
  }

  void enter(ConnectionCrowd& crowd, const std::string& address) const {
    crowd.enter(this, ends_[0], address);
  }

  [[nodiscard]] bool was_ended() const {
    char byte = 0;
    const auto got = ::recv(ends_[1], &byte, 1, MSG_DONTWAIT | MSG_PEEK);
    return got == 0;
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST(ConnectionCrowd, LetsAllStayUntilThereAreTooMany) {
  ConnectionCrowd crowd(2);
  const Client first;
  const Client second;
  const Client third;
  first.enter(crowd, "192.0.2.1");
  second.enter(crowd, "192.0.2.1");
  EXPECT_FALSE(first.was_ended());
  third.enter(crowd, "192.0.2.1");
  EXPECT_TRUE(first.was_ended());
  EXPECT_FALSE(second.was_ended());
  EXPECT_FALSE(third.was_ended());
}

TEST(ConnectionCrowd, EndsWhoWasSilentForLongest) {
  ConnectionCrowd crowd(2);
  const Client first;
  const Client second;
  const Client third;
  first.enter(crowd, "192.0.2.1");
  second.enter(crowd, "192.0.2.1");
  crowd.wait_for_answer(&first);
  crowd.wait_for_words(&first);  // it spoke after the second one came
  third.enter(crowd, "192.0.2.1");
  EXPECT_FALSE(first.was_ended());
  EXPECT_TRUE(second.was_ended());
}

TEST(ConnectionCrowd, NeverEndsOneThatWaitsForItsAnswer) {
  ConnectionCrowd crowd(1);
  const Client first;
  const Client second;
  first.enter(crowd, "192.0.2.1");
  crowd.wait_for_answer(&first);
  second.enter(crowd, "192.0.2.1");
  EXPECT_FALSE(first.was_ended());
  EXPECT_FALSE(second.was_ended());
}

TEST(ConnectionCrowd, EndsReadersOnlyIfNobodyIsSilent) {
  ConnectionCrowd crowd(2);
  const Client reader;
  const Client silent;
  const Client third;
  const Client fourth;
  reader.enter(crowd, "192.0.2.1");
  crowd.wait_for_reader(&reader);
  silent.enter(crowd, "192.0.2.1");
  third.enter(crowd, "192.0.2.1");
  EXPECT_FALSE(reader.was_ended());
  EXPECT_TRUE(silent.was_ended());
  crowd.wait_for_answer(&third);
  fourth.enter(crowd, "192.0.2.1");
  EXPECT_TRUE(reader.was_ended());
}

TEST(ConnectionCrowd, EndsThoseOfTheAddressThatHasMost) {
  ConnectionCrowd crowd(3);
  const Client prometheus;
  const Client one;
  const Client two;
  const Client three;
  prometheus.enter(crowd, "192.0.2.1");  // silent for longest
  one.enter(crowd, "203.0.113.66");
  two.enter(crowd, "203.0.113.66");
  crowd.wait_for_reader(&one);
  crowd.wait_for_reader(&two);
  three.enter(crowd, "203.0.113.66");
  EXPECT_FALSE(prometheus.was_ended());
  EXPECT_TRUE(one.was_ended());
}

TEST(ConnectionCrowd, CountsThoseThatLeftNoMore) {
  ConnectionCrowd crowd(2);
  const Client first;
  const Client second;
  const Client third;
  first.enter(crowd, "192.0.2.1");
  second.enter(crowd, "192.0.2.1");
  crowd.leave(&second);
  crowd.leave(&second);  // twice is no harm
  third.enter(crowd, "192.0.2.1");
  EXPECT_FALSE(first.was_ended());
  second.enter(crowd, "192.0.2.2");
  EXPECT_TRUE(first.was_ended());
  crowd.leave(&first);  // its worker noticed
  first.enter(crowd, "192.0.2.3");
  EXPECT_TRUE(third.was_ended() || second.was_ended());
}

TEST(ConnectionCrowd, TakesOneThatEntersAgainForTheSame) {
  ConnectionCrowd crowd(2);
  const Client first;
  const Client second;
  first.enter(crowd, "192.0.2.1");
  first.enter(crowd, "192.0.2.1");
  second.enter(crowd, "192.0.2.1");
  EXPECT_FALSE(first.was_ended());
}

}  // namespace
}  // namespace cloud_billing
