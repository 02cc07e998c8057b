#pragma once

// What a cloud is asked, one question at a time, without knowing how requests travel: a
// conversation gives requests, each with a Reply that takes its response, and ends in one result.
// Everything is pure: bytes in, values out; no thread, clock, socket or log. Objects are used by
// one thread.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/operation.h"

namespace cloud_billing {

// A request before it is signed, so that every attempt can be signed anew.
struct ApiRequest {
  const Operation* operation = nullptr;  // a row of its cloud's table; never null in a request
  std::vector<QueryParameter> query;
  std::string body;
  std::string subject;  // what it asks for, in words for errors and logs: "page 3 of the postpay
                        // bill of 2026-11"
};

// Takes what comes of one request. It refers to its conversation, which must outlive it.
class Reply {
 public:
  Reply() = default;
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  virtual ~Reply() = default;

  // Takes a 2xx response; its body may be changed by reading. If it is refused, the failure says
  // why: the caller then sends the request again (if retryable) and accepts that response, or
  // gives up with fail().
  [[nodiscard]] virtual Result<void, Failure> accept(HttpResponse& response) = 0;

  // No good response will come for this request.
  virtual void fail(const Failure& failure) = 0;
};

struct PendingRequest {
  ApiRequest request;
  std::shared_ptr<Reply> reply;        // never null
  std::chrono::milliseconds pause{0};  // to wait before it is sent
  bool informational = false;          // its response is not worth holding a result back for long
};

// The part of a conversation that does not depend on what it is about.
class AnyConversation {
 public:
  AnyConversation() = default;
  AnyConversation(const AnyConversation&) = delete;
  AnyConversation& operator=(const AnyConversation&) = delete;
  virtual ~AnyConversation() = default;

  // What to send next, at most once each, in any number at a time, answered in any order; nothing
  // while that depends on responses under way, and when all is asked.
  [[nodiscard]] virtual std::optional<PendingRequest> next() = 0;

  // True when the result is complete or out of reach. Responses under way are then of no use.
  [[nodiscard]] virtual bool finished() const = 0;

  // Once finished: why there is no result, or nothing.
  [[nodiscard]] virtual const std::optional<Failure>& failure() const = 0;
};

// A conversation that ends in a T.
template <typename T>
class Conversation : public AnyConversation {
 public:
  // Once finished without failure, once.
  [[nodiscard]] virtual T take_result() = 0;
};

// For what a cloud cannot tell: finished before it began, with a failure that says so.
template <typename T>
class UnsupportedConversation final : public Conversation<T> {
 public:
  explicit UnsupportedConversation(std::string message)
      : failure_(Failure{Reason::kRequest, std::move(message)}) {}

  std::optional<PendingRequest> next() override { return std::nullopt; }
  bool finished() const override { return true; }
  const std::optional<Failure>& failure() const override { return failure_; }
  T take_result() override { return T{}; }

 private:
  std::optional<Failure> failure_;
};

// A conversation that is there, whatever a cloud returned: none is an unsupported one.
template <typename T>
class Question {
 public:
  // Implicit, so that a cloud returns what it made.
  template <typename Made>
  // NOLINTNEXTLINE(google-explicit-constructor)
  Question(std::unique_ptr<Made> made) : conversation_(std::move(made)) {
    if (conversation_) return;
    conversation_ = std::make_unique<UnsupportedConversation<T>>("this cloud cannot be asked this");
  }

  [[nodiscard]] Conversation<T>& operator*() const { return *conversation_; }
  [[nodiscard]] Conversation<T>* operator->() const { return conversation_.get(); }
  // Never null.
  [[nodiscard]] std::unique_ptr<Conversation<T>> release() && { return std::move(conversation_); }

 private:
  std::unique_ptr<Conversation<T>> conversation_;
};

}  // namespace cloud_billing
