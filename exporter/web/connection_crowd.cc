#include "web/connection_crowd.h"

#include <sys/socket.h>

#include <algorithm>
#include <tuple>

namespace cloud_billing {

ConnectionCrowd::ConnectionCrowd(std::size_t most) : most_(std::max<std::size_t>(most, 1)) {}

void ConnectionCrowd::enter(Id id, int socket, const std::string& address) {
  const MutexLock lock(mutex_);
  if (connections_.contains(id)) return;
  while (staying_ >= most_ && end_one()) {
  }
  const auto of = addresses_.try_emplace(address, 0).first;
  // Last what may be out of memory; an address of which nobody is counted is found again.
  connections_.emplace(id, Connection{socket, of, State::kSilent, ++changes_});
  ++of->second;
  ++staying_;
}

void ConnectionCrowd::change(Id id, State state) {
  const MutexLock lock(mutex_);
  const auto found = connections_.find(id);
  if (found == connections_.end() || found->second.state == State::kEnded) return;
  found->second.state = state;
  found->second.since = ++changes_;
}

void ConnectionCrowd::leave(Id id) {
  const MutexLock lock(mutex_);
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  if (found->second.state != State::kEnded) forget_address(found->second.address);
  connections_.erase(found);
}

bool ConnectionCrowd::end_one() {
  Connection* chosen = nullptr;
  std::tuple<std::size_t, bool, std::uint64_t> least;
  for (auto& [id, connection] : connections_) {
    if (connection.state == State::kEnded || connection.state == State::kAnswering) continue;
    const std::tuple rank{staying_ - connection.address->second,
                          connection.state == State::kReading, connection.since};
    if (chosen != nullptr && rank >= least) continue;
    chosen = &connection;
    least = rank;
  }
  if (chosen == nullptr) return false;
  ::shutdown(chosen->socket, SHUT_RDWR);
  chosen->state = State::kEnded;
  forget_address(chosen->address);
  return true;
}

void ConnectionCrowd::forget_address(Addresses::iterator address) {
  --staying_;
  if (--address->second == 0) addresses_.erase(address);
}

}  // namespace cloud_billing
