#pragma once

// A mutex that Clang follows: it refuses a function that reaches what is GUARDED_BY a mutex without
// holding it (-Wthread-safety, an error in the presets). To GCC the words below are nothing, and to
// both a Mutex is a std::mutex. A predicate of a condition variable REQUIRES what its members are
// guarded by.

#include <mutex>

#ifdef __clang__
#define CLOUD_BILLING_THREAD_ATTRIBUTE(attribute) __attribute__((attribute))
#else
#define CLOUD_BILLING_THREAD_ATTRIBUTE(attribute)
#endif

#define GUARDED_BY(mutex) CLOUD_BILLING_THREAD_ATTRIBUTE(guarded_by(mutex))
#define REQUIRES(mutex) CLOUD_BILLING_THREAD_ATTRIBUTE(requires_capability(mutex))

namespace cloud_billing {

class CLOUD_BILLING_THREAD_ATTRIBUTE(capability("mutex")) Mutex {
 private:
  friend class MutexLock;
  std::mutex mutex_;
};

// Holds the mutex as long as it lives.
class CLOUD_BILLING_THREAD_ATTRIBUTE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) CLOUD_BILLING_THREAD_ATTRIBUTE(acquire_capability(mutex))
      : lock_(mutex.mutex_) {}
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;
  ~MutexLock() CLOUD_BILLING_THREAD_ATTRIBUTE(release_capability()) {}

  void unlock() CLOUD_BILLING_THREAD_ATTRIBUTE(release_capability()) { lock_.unlock(); }
  void lock() CLOUD_BILLING_THREAD_ATTRIBUTE(acquire_capability()) { lock_.lock(); }

  // For a condition variable, which gives it back held.
  [[nodiscard]] std::unique_lock<std::mutex>& waiting() { return lock_; }

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace cloud_billing
