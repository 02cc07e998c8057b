#pragma once

// The conversation that consists of one request. One thread.

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "providers/conversation.h"

namespace cloud_billing {

template <typename T>
class SingleRequest final : public Conversation<T> {
 public:
  using Read = std::function<Result<T, Failure>(HttpResponse& response)>;

  SingleRequest(ApiRequest request, Read read)
      : request_(std::move(request)), read_(std::move(read)) {}

  std::optional<PendingRequest> next() override {
    if (finished() || !request_) return std::nullopt;
    PendingRequest pending;
    pending.request = *std::exchange(request_, std::nullopt);
    pending.reply = std::make_shared<OnlyReply>(*this);
    return pending;
  }
  bool finished() const override { return failure_.has_value() || result_.has_value(); }
  const std::optional<Failure>& failure() const override { return failure_; }
  T take_result() override { return *std::move(result_); }

 private:
  class OnlyReply final : public Reply {
   public:
    explicit OnlyReply(SingleRequest& asked) : asked_(asked) {}

    Result<void, Failure> accept(HttpResponse& response) override {
      if (asked_.finished()) return {};
      auto result = asked_.read_(response);
      if (!result) return std::move(result).error();
      asked_.result_.emplace(std::move(result).value());
      return {};
    }
    void fail(const Failure& failure) override {
      if (!asked_.finished()) asked_.failure_ = failure;
    }

   private:
    SingleRequest& asked_;
  };

  std::optional<ApiRequest> request_;  // nothing once it is asked
  const Read read_;
  std::optional<T> result_;
  std::optional<Failure> failure_;
};

}  // namespace cloud_billing
