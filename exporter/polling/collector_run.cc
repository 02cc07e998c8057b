#include "polling/collector_run.h"

#include <algorithm>
#include <utility>

namespace cloud_billing {

bool CollectorRun::finished() const {
  return std::all_of(legs_.begin(), legs_.end(), [](const RunLeg& leg) { return leg.closed; });
}

std::optional<SteadyTime> CollectorRun::prepare_next(SteadyTime now) {
  const auto is_due = [now](const Outgoing& outgoing) { return outgoing.not_before <= now; };
  if (std::none_of(waiting_.begin(), waiting_.end(), is_due)) {
    // Legs take turns, so that the months are read side by side.
    const std::size_t first = next_leg_;
    for (std::size_t i = 0; i < legs_.size(); ++i) {
      const std::size_t turn = (first + i) % legs_.size();
      if (legs_[turn].closed) continue;
      auto pending = legs_[turn].conversation->next();
      if (!pending) continue;
      next_leg_ = turn + 1;
      Outgoing outgoing;
      outgoing.leg = turn;
      outgoing.not_before = now + pending->pause;
      const bool pauses = pending->pause.count() > 0;
      outgoing.pending = *std::move(pending);
      waiting_.push_back(std::move(outgoing));
      if (!pauses) break;
    }
  }
  if (waiting_.empty()) return std::nullopt;
  return std::min_element(
             waiting_.begin(), waiting_.end(),
             [](const Outgoing& a, const Outgoing& b) { return a.not_before < b.not_before; })
      ->not_before;
}

Outgoing CollectorRun::pop_ready(SteadyTime now) {
  const auto first =
      std::find_if(waiting_.begin(), waiting_.end(),
                   [now](const Outgoing& outgoing) { return outgoing.not_before <= now; });
  Outgoing outgoing = std::move(*first);
  waiting_.erase(first);
  return outgoing;
}

void CollectorRun::drop_waiting(std::size_t leg) {
  std::erase_if(waiting_, [leg](const Outgoing& outgoing) { return outgoing.leg == leg; });
}

}  // namespace cloud_billing
