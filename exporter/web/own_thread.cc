#include "web/own_thread.h"

#include <cstddef>
#include <future>
#include <semaphore>

namespace cloud_billing {
namespace {

// So few that the threads which are kept for looking names up (kSpareThreads) are not used up.
constexpr std::ptrdiff_t kMostThreads = 8;
std::counting_semaphore<kMostThreads> places(kMostThreads);

class TakenThread {
 public:
  TakenThread() : is_taken_(places.try_acquire()) {}
  TakenThread(const TakenThread&) = delete;
  TakenThread& operator=(const TakenThread&) = delete;
  ~TakenThread() {
    if (is_taken_) places.release();
  }

  [[nodiscard]] bool is_taken() const { return is_taken_; }

 private:
  const bool is_taken_;
};

}  // namespace

WebResponse respond_on_own_thread(const std::function<WebResponse()>& respond) {
  const TakenThread thread;
  if (!thread.is_taken()) return respond();
  return std::async(std::launch::async | std::launch::deferred, respond).get();
}

}  // namespace cloud_billing
