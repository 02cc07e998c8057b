#include "system/log_queue.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace cloud_billing {

LogQueue::LogQueue(int descriptor, std::size_t most_bytes, TellDropped tell_dropped)
    : descriptor_(descriptor), most_bytes_(most_bytes), tell_dropped_(std::move(tell_dropped)) {}

LogQueue::~LogQueue() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LogQueue::start_thread() {
  const MutexLock lock(mutex_);
  thread_ = std::thread([this] { write_until_stopped(); });
  has_thread_ = true;
}

void LogQueue::push(std::string_view line) {
  {
    const MutexLock lock(mutex_);
    if (!has_thread_) {
      write_line(line);
      return;
    }
    if (waiting_.size() + line.size() + 1 > most_bytes_) {
      ++found_no_room_;
      ++dropped_;
      return;
    }
    waiting_ += line;
    waiting_ += '\n';
  }
  changed_.notify_all();
}

void LogQueue::flush(std::chrono::milliseconds patience) {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.waiting(), patience,
                    [this]() REQUIRES(mutex_) { return waiting_.empty() && !is_writing_; });
}

void LogQueue::write_until_stopped() {
  // Signals are for other threads, and SIGPIPE for none: a reader that has gone is an error.
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  MutexLock lock(mutex_);
  while (true) {
    changed_.wait(lock.waiting(),
                  [this]() REQUIRES(mutex_) { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const std::string lines = std::exchange(waiting_, {});
    const std::uint64_t missing_behind = std::exchange(found_no_room_, 0);
    is_writing_ = true;
    lock.unlock();
    write_lines(lines);
    lost_ += missing_behind;
    tell_lost();
    lock.lock();
    is_writing_ = false;
    changed_.notify_all();
  }
}

void LogQueue::write_lines(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    write_line(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
}

void LogQueue::write_line(std::string_view line) {
  tell_lost();
  if (lost_ == 0 && write_bytes(std::string(line) + '\n')) return;
  ++lost_;
  ++dropped_;
}

void LogQueue::tell_lost() {
  if (lost_ > 0 && write_bytes(tell_dropped_(lost_) + '\n')) lost_ = 0;
}

// One write for each line, so that a pipe that others write to, too, gets it whole.
bool LogQueue::write_bytes(std::string_view bytes) {
  const std::string with_end = is_inside_line_ ? '\n' + std::string(bytes) : std::string(bytes);
  std::string_view left = with_end;
  while (!left.empty()) {
    const ssize_t written = ::write(descriptor_, left.data(), left.size());
    if (written > 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno == EAGAIN) {  // another process has made it non-blocking
      pollfd writable{descriptor_, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (written == 0 || errno != EINTR) {
      is_inside_line_ = is_inside_line_ || left.size() < with_end.size();
      return false;
    }
  }
  is_inside_line_ = false;
  return true;
}

}  // namespace cloud_billing
