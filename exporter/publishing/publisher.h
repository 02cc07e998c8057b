#pragma once

// Turns views and counters into the bytes that a scrape sends, compressed as well. Views come from
// the poller's thread; a thread of its own renders what changed, at most once a second however many
// polls end, at once when the month changes or a value becomes too old. Counters are rendered with
// them, so that they never lag behind, and otherwise when they have changed, so that they are at
// most a second old. current() may be called from any thread.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "exposition/exposition.h"
#include "exposition/incremental_exposition.h"
#include "polling/view_sink.h"
#include "publishing/account_warnings.h"
#include "publishing/counter_exposition.h"
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

// A larger text is kept compressed only: whoever asks for it uncompressed waits for its inflating,
// about 0.1 s for each 100 MiB. So that a text of about this size does not change between both, it
// is kept again only below half of it.
inline constexpr std::uint64_t kLargestKeptText = std::uint64_t{32} << 20;

class Publisher final : public ViewSink {
 public:
  // The counters and the clock must outlive the publisher.
  Publisher(Program program, const SelfMetrics& counters, const Clock& clock,
            std::uint64_t largest_kept_text = kLargestKeptText);
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;
  ~Publisher() override;

  void show(std::size_t account, std::shared_ptr<const AccountView> view) override;
  void show_config(std::shared_ptr<const Config> config,
                   std::vector<std::shared_ptr<const AccountView>> views) override;
  // A reload was refused; the configuration stays. Any thread.
  void show_refused_config();

  // Renders the present state into current(), on the calling thread; if there is no memory for it,
  // current() stays and the publisher's thread tries again.
  void publish_now();

  // Renders counters only, if they have changed.
  void publish_counters();

  void start_thread();
  void stop_thread();

  // Never null.
  [[nodiscard]] std::shared_ptr<const PublishedMetrics> current() const;

  // What is known now, accounts without a view left out. Any thread.
  [[nodiscard]] Snapshot snapshot() const;

  // True once every collector of the accounts known at the start has finished its first poll and
  // current() shows it; then it stays true.
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  // What polls and reloads brought since the latest rendering.
  struct News {
    Program program;
    bool has_config = false;  // then the views are those of all its accounts
    std::vector<NewView> views;
  };

  void render_until_stopped();
  [[nodiscard]] News take_news();
  void render_news() REQUIRES(rendering_mutex_);
  void note_lack_of_memory() REQUIRES(rendering_mutex_);
  void await(const News& news) REQUIRES(rendering_mutex_);
  void share() REQUIRES(rendering_mutex_);

  // Constant after construction.
  const SelfMetrics& counters_;
  const Clock& clock_;
  const std::uint64_t largest_kept_text_;

  Mutex rendering_mutex_;  // taken first: older bytes never replace newer ones
  IncrementalExposition views_exposition_ GUARDED_BY(rendering_mutex_);
  CounterExposition counter_exposition_ GUARDED_BY(rendering_mutex_);
  AccountWarnings warnings_ GUARDED_BY(rendering_mutex_);
  std::uint64_t looked_at_bills_ GUARDED_BY(rendering_mutex_) = 0;  // the exposition's revision
  std::set<std::string, std::less<>> awaited_accounts_ GUARDED_BY(rendering_mutex_);
  bool lacks_memory_ GUARDED_BY(rendering_mutex_) = false;  // since it last tried to render
  bool keeps_text_ GUARDED_BY(rendering_mutex_) = true;
  std::uint64_t counters_revision_ GUARDED_BY(rendering_mutex_) = 0;  // which current() shows

  mutable Mutex mutex_;
  std::condition_variable changed_;
  Program program_ GUARDED_BY(mutex_);
  std::vector<std::shared_ptr<const AccountView>> views_ GUARDED_BY(mutex_);  // null: none yet
  std::vector<std::size_t> places_ GUARDED_BY(mutex_);  // of the views in a snapshot
  // Since the latest rendering.
  bool has_new_config_ GUARDED_BY(mutex_) = true;
  std::vector<std::size_t> new_views_ GUARDED_BY(mutex_);
  std::vector<bool> is_new_ GUARDED_BY(mutex_);
  bool dirty_ GUARDED_BY(mutex_) = true;
  // What the latest rendering showed, and when time alone changes it.
  UtcSeconds rendered_time_ GUARDED_BY(mutex_){};
  UtcSeconds next_change_ GUARDED_BY(mutex_){};
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::shared_ptr<const PublishedMetrics> current_ GUARDED_BY(mutex_);

  std::atomic<bool> complete_{false};
  std::thread thread_;
};

}  // namespace cloud_billing
