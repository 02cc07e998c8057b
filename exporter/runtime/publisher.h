#pragma once

// Turns views into the text that a scrape copies. Views come from the poller's thread; a thread of
// its own renders them, at most once a second however many polls end, at once when the month
// changes or a value becomes too old. current() may be called from any thread.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "core/exposition.h"
#include "runtime/transport.h"
#include "runtime/view_display.h"

namespace cloud_billing {

class Publisher final : public ViewDisplay {
 public:
  // `input` carries all but the views and the time. The clock must outlive the publisher.
  Publisher(ExpositionInput input, const Clock& clock);
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;
  ~Publisher() override;

  void show(std::size_t account, std::shared_ptr<const AccountView> view) override;
  void show_config(std::shared_ptr<const Config> config,
                   std::vector<std::shared_ptr<const AccountView>> views) override;
  // A reload was refused; the configuration stays. Any thread.
  void show_refused_config();

  // Renders the present state into current(), on the calling thread.
  void publish_now();

  void start_thread();
  void stop_thread();

  // Never null.
  [[nodiscard]] std::shared_ptr<const std::string> current() const;

  // What is known now, accounts without a view left out. Any thread.
  [[nodiscard]] ExpositionInput snapshot() const;

  // True once every collector of the accounts known at the start has finished its first poll and
  // current() shows it; then it stays true.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  void render_until_stopped();
  [[nodiscard]] bool is_complete(const ExpositionInput& input) const;

  // Constant after construction.
  const Clock& clock_;
  std::set<std::string, std::less<>> awaited_accounts_;  // those known at the start

  std::mutex rendering_mutex_;  // taken first: an older text never replaces a newer one

  // Guarded by mutex_.
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  ExpositionInput input_;  // accounts in the configuration's order
  bool dirty_ = true;
  bool stopping_ = false;
  std::shared_ptr<const std::string> current_ = std::make_shared<const std::string>();

  std::atomic<bool> complete_{false};
  std::thread thread_;
};

}  // namespace cloud_billing
