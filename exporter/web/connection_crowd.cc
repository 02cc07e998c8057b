#include "web/connection_crowd.h"

#include <sys/socket.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace cloud_billing {

ConnectionCrowd::ConnectionCrowd(std::size_t most) : most_(std::max<std::size_t>(most, 1)) {}

void ConnectionCrowd::enter(Id id, int socket, const std::string& address) {
  const MutexLock lock(mutex_);
  if (connections_.contains(id)) return;
  while (staying_ >= most_ && end_one()) {
  }
  const auto of = addresses_.try_emplace(address).first;
  const Turn turn{State::kSilent, ++changes_};
  ++of->second.staying;
  ++staying_;
  Connection connection{socket, of, turn, {}};
  try {
    of->second.may_go.emplace(turn, id);
    connections_.emplace(id, std::move(connection));
  } catch (...) {  // out of memory
    forget(connection);
    throw;
  }
}

void ConnectionCrowd::change(Id id, State state) noexcept {
  const MutexLock lock(mutex_);
  const auto found = connections_.find(id);
  if (found == connections_.end() || found->second.turn.state == State::kEnded) return;
  Connection& connection = found->second;
  MayGo& may_go = connection.address->second.may_go;
  MayGo::node_type place = connection.no_place.empty() ? may_go.extract(connection.turn)
                                                       : std::move(connection.no_place);
  connection.turn = {state, ++changes_};
  place.key() = connection.turn;
  if (state == State::kAnswering) {
    connection.no_place = std::move(place);
  } else {
    may_go.insert(std::move(place));
  }
}

void ConnectionCrowd::leave(Id id) {
  const MutexLock lock(mutex_);
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  if (found->second.turn.state != State::kEnded) forget(found->second);
  connections_.erase(found);
}

bool ConnectionCrowd::end_one() {
  const Address* most = nullptr;
  for (const auto& [name, address] : addresses_) {
    if (address.may_go.empty()) continue;
    const auto is_before = [](const Address& left, const Address& right) {
      return std::tuple(right.staying, left.may_go.begin()->first) <
             std::tuple(left.staying, right.may_go.begin()->first);
    };
    if (most == nullptr || is_before(address, *most)) most = &address;
  }
  if (most == nullptr) return false;
  Connection& chosen = connections_.at(most->may_go.begin()->second);
  ::shutdown(chosen.socket, SHUT_RDWR);
  forget(chosen);
  chosen.turn.state = State::kEnded;
  return true;
}

void ConnectionCrowd::forget(Connection& connection) {
  --staying_;
  connection.address->second.may_go.erase(connection.turn);
  if (--connection.address->second.staying == 0) addresses_.erase(connection.address);
}

}  // namespace cloud_billing
