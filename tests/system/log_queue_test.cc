#include "system/log_queue.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "system/descriptor.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMostBytes = 10000;
constexpr std::chrono::milliseconds kLong{60000};  // only a test that fails waits so long
constexpr std::chrono::milliseconds kNotAtAll{0};

std::string tell(std::uint64_t lines) { return "dropped " + std::to_string(lines); }

class LogQueueTest : public testing::Test {
 protected:
  void SetUp() override {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    reader_.emplace(ends[0]);
    writer_.emplace(ends[1]);
  }

  // Nothing more fits into the pipe.
  void fill_pipe() {
    const int flags = ::fcntl(writer_->get(), F_GETFL);
    ::fcntl(writer_->get(), F_SETFL, flags | O_NONBLOCK);
    const std::string filler(4096, '\n');
    while (::write(writer_->get(), filler.data(), filler.size()) > 0) {
    }
    ::fcntl(writer_->get(), F_SETFL, flags);
  }

  // What has come through the pipe up to its end or to what is waited for, without empty lines.
  std::string read_until(const std::string& last) {
    std::string text;
    while (!text.ends_with(last)) {
      std::array<char, 65536> buffer{};
      const ssize_t got = ::read(reader_->get(), buffer.data(), buffer.size());
      if (got <= 0) break;
      for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(got))) {
        if (c != '\n' || !(text.empty() || text.ends_with('\n'))) text += c;
      }
    }
    return text;
  }

  // The next line that has come through the pipe, without its end; empty ones are left out.
  std::string read_line() {
    std::string line;
    char c = 0;
    while (::read(reader_->get(), &c, 1) == 1) {
      if (c != '\n') {
        line += c;
      } else if (!line.empty()) {
        break;
      }
    }
    return line;
  }

  std::optional<Descriptor> reader_;
  std::optional<Descriptor> writer_;
};

TEST_F(LogQueueTest, WithoutAThreadALineIsWrittenAtOnce) {
  LogQueue queue(writer_->get(), kMostBytes, tell);
  queue.push("first");
  queue.push("second");
  EXPECT_EQ(read_until("second\n"), "first\nsecond\n");
  EXPECT_EQ(queue.dropped(), 0);
}

TEST_F(LogQueueTest, AThreadWritesLinesInTheirOrder) {
  LogQueue queue(writer_->get(), kMostBytes, tell);
  queue.start_thread();
  std::string all;
  for (int i = 0; i < 100; ++i) {
    queue.push(std::to_string(i));
    all += std::to_string(i) + "\n";
  }
  EXPECT_EQ(read_until("\n99\n"), all);
}

TEST_F(LogQueueTest, NobodyWaitsForAReaderAndWhatFindsNoRoomIsCountedAndSaid) {
  LogQueue queue(writer_->get(), kMostBytes, tell);
  queue.start_thread();
  fill_pipe();
  const std::string line(99, 'x');
  for (int i = 0; i < 1000; ++i) queue.push(line);  // returns although nobody reads
  // 100 lines wait, and as many may have been taken to be written before.
  EXPECT_GE(queue.dropped(), 800);
  EXPECT_LE(queue.dropped(), 900);
  queue.flush(kNotAtAll);

  // How often lines are missed, and so how often that is said, depends on when the thread writes.
  std::uint64_t written = 0;
  std::uint64_t missed = 0;
  while (written + missed < 1000) {
    const std::string read = read_line();
    if (read == line) {
      ++written;
    } else {
      ASSERT_TRUE(read.starts_with("dropped ")) << read;
      missed += std::stoull(read.substr(8));
    }
  }
  EXPECT_EQ(missed, queue.dropped());
  queue.push("goes on");
  EXPECT_EQ(read_until("goes on\n"), "goes on\n");
}

TEST_F(LogQueueTest, FlushWaitsUntilAllIsWritten) {
  LogQueue queue(writer_->get(), kMostBytes, tell);
  queue.start_thread();
  for (int i = 0; i < 50; ++i) queue.push("line");
  queue.flush(kLong);
  pollfd readable{reader_->get(), POLLIN, 0};
  ASSERT_EQ(::poll(&readable, 1, 0), 1);
  std::array<char, 1000> buffer{};
  EXPECT_EQ(::read(reader_->get(), buffer.data(), buffer.size()), 50 * 5);
}

TEST_F(LogQueueTest, AReaderThatHasGoneEndsNothing) {
  LogQueue queue(writer_->get(), kMostBytes, tell);
  queue.start_thread();
  reader_.reset();
  queue.push("one");
  queue.push("two");
  queue.flush(kLong);
  EXPECT_EQ(queue.dropped(), 2);
}

TEST_F(LogQueueTest, ANonBlockingPipeIsWrittenToAsItTakes) {
  ::fcntl(writer_->get(), F_SETFL, ::fcntl(writer_->get(), F_GETFL) | O_NONBLOCK);
  LogQueue queue(writer_->get(), std::size_t{1} << 20, tell);
  queue.start_thread();
  const std::string line(300'000, 'x');  // more than a pipe holds
  queue.push(line);
  queue.push("last");
  EXPECT_EQ(read_until("last\n"), line + "\nlast\n");
}

TEST(LogQueueOnAFullDisk, TellsWhatIsMissingBeforeTheNextLineThatFits) {
  const Descriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const Descriptor reader(ends[0]);
  const Descriptor writer(ends[1]);
  const Descriptor log(::fcntl(full.get(), F_DUPFD_CLOEXEC, 0));
  LogQueue queue(log.get(), kMostBytes, tell);
  queue.push("one");
  queue.push("two");
  EXPECT_EQ(queue.dropped(), 2);
  ASSERT_EQ(::dup3(writer.get(), log.get(), O_CLOEXEC), log.get());  // there is room again
  queue.push("three");
  std::array<char, 100> buffer{};
  const ssize_t got = ::read(reader.get(), buffer.data(), buffer.size());
  ASSERT_GT(got, 0);
  EXPECT_EQ(std::string(buffer.data(), static_cast<std::size_t>(got)), "dropped 2\nthree\n");
}

}  // namespace
}  // namespace cloud_billing
