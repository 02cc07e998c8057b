#include "transport/expected_responses.h"

#include <algorithm>

namespace cloud_billing {
namespace {

using std::chrono::nanoseconds;

constexpr std::size_t kConnectionBytes = std::size_t{48} << 10;  // libcurl's buffer most of all
constexpr std::size_t kMeanOf = 16;                              // responses, about
constexpr int kMedianStep = 16;  // each response moves it by the 16th part
constexpr nanoseconds kShortest = std::chrono::milliseconds(1);
constexpr nanoseconds kLongest = std::chrono::minutes(1);
constexpr nanoseconds kYoungAtLeast = std::chrono::seconds(1);
constexpr int kYoungForMedians = 8;

}  // namespace

void ExpectedResponses::note_started(Ticket ticket, SteadyTime now) {
  young_.push_back({now, false});
  last_ticket_ = ticket;
  ++open_;
}

void ExpectedResponses::note_ended(Ticket ticket) {
  const std::size_t age = last_ticket_ - ticket;
  if (age >= young_.size()) return;
  young_[young_.size() - 1 - age].ended = true;
  --open_;
}

void ExpectedResponses::note_response(std::size_t bytes, nanoseconds duration) {
  mean_size_ = (mean_size_ * (kMeanOf - 1) + bytes) / kMeanOf;
  const nanoseconds step = median_duration_ / kMedianStep;
  median_duration_ += duration > median_duration_ ? step : -step;
  median_duration_ = std::clamp(median_duration_, kShortest, kLongest);
}

std::size_t ExpectedResponses::bytes(SteadyTime now) {
  while (!young_.empty() && young_.front().started + young_for() <= now) {
    if (!young_.front().ended) --open_;
    young_.pop_front();
  }
  return open_ * (mean_size_ + kConnectionBytes);
}

SteadyTime ExpectedResponses::next_change() const {
  for (const Young& young : young_) {
    if (!young.ended) return young.started + young_for();
  }
  return SteadyTime::max();
}

nanoseconds ExpectedResponses::young_for() const {
  return std::max(kYoungAtLeast, kYoungForMedians * median_duration_);
}

}  // namespace cloud_billing
