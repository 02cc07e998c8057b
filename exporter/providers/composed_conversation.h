#pragma once

// A conversation that is put together from others, its parts. Part of conversations only; on their
// thread.

#include <memory>
#include <optional>
#include <utility>

#include "providers/conversation.h"

namespace cloud_billing {

template <typename T>
class ComposedConversation : public Conversation<T> {
 public:
  std::optional<PendingRequest> next() final {
    if (finished()) return std::nullopt;
    auto pending = next_of_parts();
    if (pending) pending->reply = std::make_shared<PartReply>(*this, std::move(pending->reply));
    return pending;
  }
  bool finished() const final { return failure_.has_value() || result_.has_value(); }
  const std::optional<Failure>& failure() const final { return failure_; }
  T take_result() final { return *std::move(result_); }

 protected:
  [[nodiscard]] virtual std::optional<PendingRequest> next_of_parts() = 0;
  // Looks at the parts after one of them got on, unless finished: may conclude or give up. Parts
  // may be added then, but none be destroyed.
  virtual void look_at_parts() = 0;

  void conclude(T result) { result_ = std::move(result); }
  void give_up(Failure failure) { failure_ = std::move(failure); }

 private:
  class PartReply final : public Reply {
   public:
    PartReply(ComposedConversation& whole, std::shared_ptr<Reply> reply)
        : whole_(whole), reply_(std::move(reply)) {}

    Result<void, Failure> accept(HttpResponse& response) override {
      if (whole_.finished()) return {};
      auto accepted = reply_->accept(response);
      if (accepted) whole_.look_at_parts();
      return accepted;
    }
    void fail(const Failure& failure) override {
      if (whole_.finished()) return;
      reply_->fail(failure);
      whole_.look_at_parts();
    }

   private:
    ComposedConversation& whole_;
    const std::shared_ptr<Reply> reply_;  // the part's
  };

  std::optional<T> result_;
  std::optional<Failure> failure_;
};

}  // namespace cloud_billing
