#pragma once

// Several conversations held side by side, and the sum of their results: the listings of the billed
// accounts and product types, say. They take turns, so that all grow together, and fail together
// with the first that fails. Part of conversations; on their thread.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "providers/api_error.h"
#include "providers/composed_conversation.h"

namespace cloud_billing {

// `T` has `bool merge(const T&)`, false on overflow.
template <typename T>
class ConversationSet final : public ComposedConversation<T> {
 public:
  // `none` is the sum of no results.
  ConversationSet(std::vector<std::unique_ptr<Conversation<T>>> parts, T none)
      : parts_(std::move(parts)), sum_(std::move(none)) {
    look_at_parts();
  }

 private:
  std::optional<PendingRequest> next_of_parts() override {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const std::size_t turn = (next_part_ + i) % parts_.size();
      if (auto pending = parts_[turn]->next()) {
        next_part_ = turn + 1;
        return pending;
      }
    }
    return std::nullopt;
  }

  void look_at_parts() override {
    for (const auto& part : parts_) {
      if (part->failure()) return this->give_up(*part->failure());
    }
    const bool complete = std::all_of(parts_.begin(), parts_.end(),
                                      [](const auto& part) { return part->finished(); });
    if (!complete) return;
    for (const auto& part : parts_) {
      if (!sum_.merge(part->take_result())) {
        return this->give_up(response_not_understood("the sum of all rows is too large"));
      }
    }
    this->conclude(std::move(sum_));
  }

  std::vector<std::unique_ptr<Conversation<T>>> parts_;
  std::size_t next_part_ = 0;
  T sum_;
};

}  // namespace cloud_billing
