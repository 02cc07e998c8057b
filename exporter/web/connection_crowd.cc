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
  const auto of = addresses_.try_emplace(address).first;
  const Turn turn{State::kSilent, ++changes_};
  // What may be out of memory comes before it counts; an address of which nobody is counted is
  // found again.
  const auto place = of->second.may_go.emplace(turn, id).first;
  try {
    connections_.emplace(id, Connection{socket, of, turn});
  } catch (...) {
    of->second.may_go.erase(place);
    throw;
  }
  ++of->second.staying;
  ++staying_;
}

void ConnectionCrowd::change(Id id, State state) {
  const MutexLock lock(mutex_);
  const auto found = connections_.find(id);
  if (found == connections_.end() || found->second.turn.state == State::kEnded) return;
  Connection& connection = found->second;
  std::map<Turn, Id>& may_go = connection.address->second.may_go;
  const Turn turn{state, ++changes_};
  if (state != State::kAnswering) may_go.emplace(turn, id);
  may_go.erase(connection.turn);
  connection.turn = turn;
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
