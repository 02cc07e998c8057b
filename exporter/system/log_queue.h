#pragma once

// Lines on their way to a descriptor that may take them slowly or not at all: a full pipe, a
// terminal that is held, a disk without room. Who has a line never waits; one thread writes. What
// finds no room, or cannot be written, is dropped and counted; where lines flow again, one says how
// many are missing. Any thread may push and flush.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "system/mutex.h"

namespace cloud_billing {

class LogQueue {
 public:
  // The line that stands for so many dropped ones, without the newline.
  using TellDropped = std::function<std::string(std::uint64_t)>;

  // At most so many bytes wait, beside those that are being written.
  LogQueue(int descriptor, std::size_t most_bytes, TellDropped tell_dropped);
  // Waits for the thread, which may wait for ever: the program's own queue is never destroyed.
  ~LogQueue();
  LogQueue(const LogQueue&) = delete;
  LogQueue& operator=(const LogQueue&) = delete;

  // From now on a thread writes; until then push() does so itself. Throws std::system_error if none
  // can be had.
  void start_thread();

  // One line, without the newline.
  void push(std::string_view line);

  // Waits until all is written, not longer than `patience`.
  void flush(std::chrono::milliseconds patience);

  // Lines that were dropped so far.
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

 private:
  void write_until_stopped();
  void write_lines(std::string_view lines);
  void write_line(std::string_view line);
  void tell_lost();
  [[nodiscard]] bool write_bytes(std::string_view bytes);

  // Constant after construction.
  const int descriptor_;
  const std::size_t most_bytes_;
  const TellDropped tell_dropped_;

  std::atomic<std::uint64_t> dropped_{0};

  Mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_ GUARDED_BY(mutex_);              // whole lines
  std::uint64_t found_no_room_ GUARDED_BY(mutex_) = 0;  // since the writer took what waited
  bool has_thread_ GUARDED_BY(mutex_) = false;
  bool is_writing_ GUARDED_BY(mutex_) = false;
  bool stopping_ GUARDED_BY(mutex_) = false;

  // The writer's own: its thread's, or before there is one that of who pushes, with the mutex.
  std::uint64_t lost_ = 0;       // lines that nobody was told of
  bool is_inside_line_ = false;  // a line's end could not be written

  std::thread thread_;
};

}  // namespace cloud_billing
