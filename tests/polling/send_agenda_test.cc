#include "polling/send_agenda.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

using std::chrono::seconds;

constexpr SteadyTime kLookedAt{std::chrono::hours(1)};

TEST(SendAgenda, HoldsNothingOfWhoHasNothingToSend) {
  SendAgenda agenda;
  EXPECT_EQ(agenda.take_due(kLookedAt), nullptr);
  EXPECT_EQ(agenda.take_waiting(), nullptr);
  EXPECT_EQ(agenda.next(), SteadyTime::max());
}

TEST(SendAgenda, GivesEachWhenItIsDueAndOnce) {
  SendAgenda agenda;
  KeyQueue late, soon;
  agenda.look_at(late, kLookedAt + seconds(2));
  agenda.look_at(soon, kLookedAt + seconds(1));
  EXPECT_EQ(agenda.next(), kLookedAt + seconds(1));
  EXPECT_EQ(agenda.take_due(kLookedAt), nullptr);
  EXPECT_EQ(agenda.take_due(kLookedAt + seconds(3)), &soon);
  EXPECT_EQ(agenda.take_due(kLookedAt + seconds(3)), &late);
  EXPECT_EQ(agenda.take_due(kLookedAt + seconds(3)), nullptr);
}

TEST(SendAgenda, LooksAtTheSoonestOfTheTimesThatWereSaid) {
  SendAgenda agenda;
  KeyQueue queue;
  agenda.look_at(queue, kLookedAt + seconds(2));
  agenda.look_at(queue, kLookedAt + seconds(1));
  agenda.look_at(queue, kLookedAt + seconds(3));
  EXPECT_EQ(agenda.take_due(kLookedAt + seconds(1)), &queue);
  EXPECT_EQ(agenda.next(), SteadyTime::max());
}

TEST(SendAgenda, LetsQueuesTakeTurns) {
  SendAgenda agenda;
  KeyQueue a, b;
  agenda.look_at(a, kLookedAt);
  agenda.look_at(b, kLookedAt);
  EXPECT_EQ(agenda.take_due(kLookedAt), &a);
  agenda.look_at(a, kLookedAt);  // has more to send
  EXPECT_EQ(agenda.take_due(kLookedAt), &b);
  agenda.look_when_there_is_room(b);
  agenda.look_when_there_is_room(a);
  EXPECT_EQ(agenda.take_waiting(), &b);
  agenda.look_when_there_is_room(b);
  EXPECT_EQ(agenda.take_waiting(), &a);
}

TEST(SendAgenda, KeepsApartWhatWaitsForRoomOfAnotherKind) {
  SendAgenda agenda;
  KeyQueue polls, days;
  agenda.look_when_there_is_room(days, RequestKind::kFollowUp);
  agenda.look_when_there_is_room(polls, RequestKind::kPoll);
  EXPECT_EQ(agenda.take_waiting(RequestKind::kPoll), &polls);
  EXPECT_EQ(agenda.take_waiting(RequestKind::kPoll), nullptr);
  agenda.look_when_there_is_room(days, RequestKind::kPoll);
  EXPECT_EQ(agenda.take_waiting(RequestKind::kFollowUp), &days);
  EXPECT_EQ(agenda.take_waiting(RequestKind::kPoll), nullptr) << "it stands nowhere any more";
}

// Of two accounts that share a key one waits for room, and a retry of the other comes due.
TEST(SendAgenda, LooksAtAQueueThatWaitsForRoomWhenItIsDueToo) {
  SendAgenda agenda;
  KeyQueue queue;
  agenda.look_when_there_is_room(queue);
  agenda.look_at(queue, kLookedAt + seconds(1));
  EXPECT_EQ(agenda.next(), kLookedAt + seconds(1));
  EXPECT_EQ(agenda.take_due(kLookedAt + seconds(1)), &queue);
  EXPECT_EQ(agenda.take_waiting(), nullptr) << "it was looked at";
}

}  // namespace
}  // namespace cloud_billing
