#include "transport/body_buffers.h"

#include <utility>

namespace cloud_billing {
namespace {

// Blocks of this size are mappings of their own (system/allocator.h): only what a body fills of
// them is memory.
constexpr std::size_t kUsualBytes = std::size_t{256} << 10;
constexpr std::size_t kMostKeptBytes = std::size_t{1} << 20;  // of one
constexpr std::size_t kMostKept = 64;

}  // namespace

std::string BodyBuffers::take() {
  {
    const MutexLock lock(mutex_);
    if (!idle_.empty()) {
      std::string buffer = std::move(idle_.back());
      idle_.pop_back();
      return buffer;
    }
  }
  std::string buffer;
  buffer.reserve(kUsualBytes);
  return buffer;
}

void BodyBuffers::give_back(std::string buffer) {
  if (buffer.capacity() < kUsualBytes || buffer.capacity() > kMostKeptBytes) return;
  buffer.clear();
  const MutexLock lock(mutex_);
  if (idle_.size() < kMostKept) idle_.push_back(std::move(buffer));
}

void BodyBuffers::release() {
  std::vector<std::string> unused;
  const MutexLock lock(mutex_);
  unused.swap(idle_);
}

}  // namespace cloud_billing
