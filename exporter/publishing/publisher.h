#pragma once

// Turns views and counters into the bytes that a scrape copies, compressed as well. Views come from
// the poller's thread; a thread of its own renders them, at most once a second however many polls
// end, at once when the month changes or a value becomes too old. Counters are rendered with them,
// so that they never lag behind, and otherwise when they have changed, so that they are at most a
// second old; that leaves the views' bytes alone. current() may be called from any thread.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "exposition/exposition.h"
#include "polling/view_sink.h"
#include "publishing/account_warnings.h"
#include "publishing/published_metrics.h"
#include "publishing/self_metrics.h"
#include "system/clock.h"
#include "system/mutex.h"

namespace cloud_billing {

// When the publisher's thread renders, and when it looks again at the latest.
struct RenderPlan {
  bool render = false;
  std::chrono::milliseconds look_again{};
};

// `dirty`: a view has changed since it was rendered. `until_change`: how long until time alone
// changes what is shown, a month's end say; not above 0: it has. `since_render`: since the latest
// rendering of views began. What time changes does not wait for its turn; what polls change does.
[[nodiscard]] RenderPlan plan_render(bool dirty, std::chrono::milliseconds until_change,
                                     std::chrono::milliseconds since_render);

class Publisher final : public ViewSink {
 public:
  // `input` carries all but the views and the time. The counters and the clock must outlive the
  // publisher.
  Publisher(Snapshot input, const SelfMetrics& counters, const Clock& clock);
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

  // Renders counters only, if they have changed.
  void publish_counters();

  void start_thread();
  void stop_thread();

  // Never null, nor are its parts.
  [[nodiscard]] std::shared_ptr<const PublishedMetrics> current() const;

  // What is known now, accounts without a view left out. Any thread.
  [[nodiscard]] Snapshot snapshot() const;

  // True once every collector of the accounts known at the start has finished its first poll and
  // current() shows it; then it stays true.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  void render_until_stopped();
  [[nodiscard]] bool is_complete(const Snapshot& input) const;

  void publish(std::shared_ptr<const PreparedText> views) REQUIRES(rendering_mutex_);

  // Constant after construction.
  const SelfMetrics& counters_;
  const Clock& clock_;
  std::set<std::string, std::less<>> awaited_accounts_;  // those known at the start

  Mutex rendering_mutex_;  // taken first: an older text never replaces a newer one
  AccountWarnings warnings_ GUARDED_BY(rendering_mutex_);
  // What current() shows.
  std::uint64_t counters_revision_ GUARDED_BY(rendering_mutex_) = 0;

  mutable Mutex mutex_;
  std::condition_variable changed_;
  Snapshot known_ GUARDED_BY(mutex_);  // without a time; accounts in the configuration's order
  UtcSeconds rendered_time_ GUARDED_BY(mutex_){};  // which the latest rendering showed
  bool dirty_ GUARDED_BY(mutex_) = true;
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::shared_ptr<const PublishedMetrics> current_ GUARDED_BY(mutex_);

  std::atomic<bool> complete_{false};
  std::thread thread_;
};

}  // namespace cloud_billing
