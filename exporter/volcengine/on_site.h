#pragma once

// A question as it is put to a site: its requests are rows of that site's table of operations, by
// which they are counted. For provider.cc; objects are used by one thread.

#include <optional>
#include <utility>

#include "providers/conversation.h"
#include "volcengine/site.h"

namespace cloud_billing::volcengine {

template <typename T>
class OnSite final : public Conversation<T> {
 public:
  // The site must outlive the conversation.
  OnSite(const Site& site, Question<T> question) : site_(site), question_(std::move(question)) {}

  std::optional<PendingRequest> next() override {
    auto pending = question_->next();
    if (pending) pending->request.operation = &site_.own_row(*pending->request.operation);
    return pending;
  }
  bool finished() const override { return question_->finished(); }
  const std::optional<Failure>& failure() const override { return question_->failure(); }
  T take_result() override { return question_->take_result(); }

 private:
  const Site& site_;
  const Question<T> question_;
};

}  // namespace cloud_billing::volcengine
