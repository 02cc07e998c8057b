#pragma once

// A conversation whose result is a function of another's. Part of conversations; on their thread.

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "providers/composed_conversation.h"

namespace cloud_billing {

template <typename To, typename From>
class MappedConversation final : public ComposedConversation<To> {
 public:
  using Map = std::function<Result<To, Failure>(From from)>;

  MappedConversation(std::unique_ptr<Conversation<From>> from, Map map)
      : from_(std::move(from)), map_(std::move(map)) {
    look_at_parts();
  }

 private:
  std::optional<PendingRequest> next_of_parts() override { return from_->next(); }

  void look_at_parts() override {
    if (!from_->finished()) return;
    if (from_->failure()) return this->give_up(*from_->failure());
    auto to = map_(from_->take_result());
    if (!to) return this->give_up(std::move(to).error());
    this->conclude(std::move(to).value());
  }

  std::unique_ptr<Conversation<From>> from_;
  Map map_;
};

template <typename To, typename From>
[[nodiscard]] std::unique_ptr<Conversation<To>> map_result(
    std::unique_ptr<Conversation<From>> from, typename MappedConversation<To, From>::Map map) {
  return std::make_unique<MappedConversation<To, From>>(std::move(from), std::move(map));
}

}  // namespace cloud_billing
