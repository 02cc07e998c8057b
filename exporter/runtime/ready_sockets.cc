#include "runtime/ready_sockets.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

namespace cloud_billing {
namespace {

Descriptor checked(int fd) {
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "epoll");
  return Descriptor(fd);
}

// epoll_wait() knows whole milliseconds only, too coarse for the pace of many requests.
void wait_for_any(int epoll, SteadyTime until) {
  constexpr std::chrono::nanoseconds kLongest = std::chrono::hours(1);
  const auto left =
      std::min<std::chrono::nanoseconds>(until - std::chrono::steady_clock::now(), kLongest);
  if (left.count() <= 0) return;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
  const timespec time{static_cast<time_t>(seconds.count()),
                      static_cast<long>((left - seconds).count())};
  pollfd descriptor{epoll, POLLIN, 0};
  ::ppoll(&descriptor, 1, &time, nullptr);
}

}  // namespace

ReadySockets::ReadySockets()
    : epoll_(checked(::epoll_create1(EPOLL_CLOEXEC))),
      waker_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
  if (!watch(waker_.get(), {true, false})) {
    throw std::system_error(errno, std::generic_category(), "epoll");
  }
}

bool ReadySockets::watch(int socket, Interest interest) const {
  epoll_event event{};
  if (interest.readable) event.events |= EPOLLIN;
  if (interest.writable) event.events |= EPOLLOUT;
  event.data.fd = socket;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, socket, &event) == 0) return true;
  return errno == ENOENT && ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &event) == 0;
}

void ReadySockets::forget(int socket) const {
  epoll_event ignored{};
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, socket, &ignored);
}

std::span<const ReadySockets::Ready> ReadySockets::wait(SteadyTime until) {
  std::array<epoll_event, kMostAtOnce> events{};
  const auto look = [&] {
    return ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 0);
  };
  int found = look();
  if (found == 0 && until > SteadyTime::min()) {
    wait_for_any(epoll_.get(), until);
    found = look();
  }
  std::size_t count = 0;
  for (int i = 0; i < found; ++i) {
    const epoll_event& event = events.at(static_cast<std::size_t>(i));
    if (event.data.fd == waker_.get()) {
      eventfd_t rung = 0;
      ::eventfd_read(waker_.get(), &rung);
      continue;
    }
    ready_.at(count++) = {event.data.fd, (event.events & EPOLLIN) != 0,
                          (event.events & EPOLLOUT) != 0,
                          (event.events & (EPOLLERR | EPOLLHUP)) != 0};
  }
  return {ready_.data(), count};
}

void ReadySockets::wake() const { ::eventfd_write(waker_.get(), 1); }

}  // namespace cloud_billing
