#pragma once

// The connections that the web server's workers hold, and who has to go if all workers would be
// held: a connection holds its worker while it lasts, also while its client says nothing. Knows no
// web server, only sockets. Any thread.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "system/mutex.h"

namespace cloud_billing {

class ConnectionCrowd {
 public:
  using Id = const void*;  // of a connection, as long as it is here

  // Lets so many stay, 1 at least.
  explicit ConnectionCrowd(std::size_t most);

  // A worker took a connection whose client has to speak. If more than `most` would stay, ends
  // those that were here longest without saying anything, of the address that has most, and its
  // slow readers if none of it is silent. To end is to shut the socket down, so that its worker
  // finds the client gone. One that is here already stays as it is.
  void enter(Id id, int socket, const std::string& address);

  // What the connection waits for from now on: its client's words; the answer, for which it is
  // never ended; or its client, who reads. Needs no memory.
  void wait_for_words(Id id) noexcept { change(id, State::kSilent); }
  void wait_for_answer(Id id) noexcept { change(id, State::kAnswering); }
  void wait_for_reader(Id id) noexcept { change(id, State::kReading); }

  // Before the socket is closed: its number may be another's afterwards.
  void leave(Id id);

 private:
  enum class State { kSilent, kAnswering, kReading, kEnded };
  // A connection's place among those that may be ended: the silent ones first, the oldest of them
  // first.
  struct Turn {
    State state;
    std::uint64_t since;  // counts the changes of all
    bool operator<(const Turn& other) const {
      return std::tie(state, since) < std::tie(other.state, other.since);
    }
  };
  using MayGo = std::map<Turn, Id>;
  struct Address {
    std::size_t staying = 0;  // its connections that have not been ended
    MayGo may_go;             // those that may be ended
  };
  using Addresses = std::map<std::string, Address>;
  struct Connection {
    int socket;
    Addresses::iterator address;  // until it is ended
    Turn turn;
    MayGo::node_type no_place;  // its place, while it may not be ended
  };

  void change(Id id, State state) noexcept;
  // False if there is none that may be ended.
  bool end_one() REQUIRES(mutex_);
  void forget(Connection& connection) REQUIRES(mutex_);

  const std::size_t most_;
  Mutex mutex_;
  std::uint64_t changes_ GUARDED_BY(mutex_) = 0;
  std::map<Id, Connection> connections_ GUARDED_BY(mutex_);
  Addresses addresses_ GUARDED_BY(mutex_);
  std::size_t staying_ GUARDED_BY(mutex_) = 0;  // those not ended
};

}  // namespace cloud_billing
