#pragma once

// Which of many sockets can be read or written now, by epoll: the cost of a wait grows with what is
// ready, not with what is watched. One thread, but for wake().

#include <sys/epoll.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "runtime/descriptor.h"
#include "runtime/transport.h"

namespace cloud_billing {

class ReadySockets {
 public:
  // Throws std::system_error where the system has no descriptor left.
  ReadySockets();

  struct Interest {
    bool readable = false;
    bool writable = false;
  };
  // From now on, or in another way than before. False where the system refuses.
  [[nodiscard]] bool watch(int socket, Interest interest) const;
  // Nothing happens for a socket that is not watched, or closed.
  void forget(int socket) const;

  struct Ready {
    int socket = -1;
    bool readable = false;
    bool writable = false;
    bool broken = false;
  };
  // Waits until a socket is ready, until the time has come, or until wake(). At most some of the
  // ready ones; valid until the next call.
  [[nodiscard]] std::span<const Ready> wait(SteadyTime until);

  // Ends the wait() in progress, or else the next one. Any thread.
  void wake() const;

 private:
  static constexpr std::size_t kMostAtOnce = 32;

  Descriptor epoll_;
  Descriptor waker_;
  std::array<Ready, kMostAtOnce> ready_{};
};

}  // namespace cloud_billing
