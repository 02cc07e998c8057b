#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "providers/conversation.h"

namespace cloud_billing {
namespace {

// As a cloud may return by mistake whose facts name a collector that it does not answer.
TEST(Question, ThatIsNullIsOverBeforeItBeganAndFails) {
  const Question<int> question = std::unique_ptr<Conversation<int>>();
  ASSERT_NE(&*question, nullptr);
  EXPECT_TRUE(question->finished());
  EXPECT_FALSE(question->next());
  ASSERT_TRUE(question->failure());
  EXPECT_EQ(question->failure()->reason, Reason::kRequest);
}

TEST(Question, IsTheConversationThatItWasMadeOf) {
  auto made = std::make_unique<UnsupportedConversation<int>>("not here");
  const Conversation<int>* const address = made.get();
  Question<int> question = std::move(made);
  EXPECT_EQ(&*question, address);
  EXPECT_EQ(std::move(question).release().get(), address);
}

}  // namespace
}  // namespace cloud_billing
