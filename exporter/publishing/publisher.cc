#include "publishing/publisher.h"

#include <malloc.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "system/log.h"

namespace cloud_billing {
namespace {

// However many polls end, the text is rendered at most this often.
constexpr std::chrono::milliseconds kRenderGap{1000};

// Counters that have changed, and a clock that is set, are noticed this soon: with the time that
// rendering takes, within a second.
constexpr std::chrono::milliseconds kLongestSleep{800};

}  // namespace

RenderPlan plan_render(bool dirty, std::chrono::milliseconds until_change,
                       std::chrono::milliseconds since_render) {
  RenderPlan plan;
  plan.look_again = kLongestSleep;
  const bool time_has_come = until_change.count() <= 0;
  plan.render = time_has_come || (dirty && since_render >= kRenderGap);
  if (!time_has_come) plan.look_again = std::min(plan.look_again, until_change);
  if (dirty && !plan.render) plan.look_again = std::min(plan.look_again, kRenderGap - since_render);
  return plan;
}

Publisher::Publisher(Snapshot input, const SelfMetrics& counters, const Clock& clock)
    : counters_(counters),
      clock_(clock),
      known_(std::move(input)),
      current_(std::make_shared<const PublishedMetrics>(PublishedMetrics{
          std::make_shared<const PreparedText>(), std::make_shared<const PublishedCounters>()})) {
  known_.accounts.resize(known_.config->accounts.size());
  for (const AccountConfig& account : known_.config->accounts) {
    awaited_accounts_.insert(account.name);
  }
}

Publisher::~Publisher() { stop_thread(); }

void Publisher::show(std::size_t account, std::shared_ptr<const AccountView> view) {
  {
    const MutexLock lock(mutex_);
    known_.accounts[account] = std::move(view);
    dirty_ = true;
  }
  changed_.notify_all();
}

void Publisher::show_config(std::shared_ptr<const Config> config,
                            std::vector<std::shared_ptr<const AccountView>> views) {
  {
    const MutexLock lock(mutex_);
    known_.config = std::move(config);
    known_.accounts = std::move(views);
    known_.config_loaded_at = std::chrono::floor<std::chrono::seconds>(clock_.wall());
    known_.last_reload_successful = true;
    dirty_ = true;
  }
  changed_.notify_all();
}

void Publisher::show_refused_config() {
  {
    const MutexLock lock(mutex_);
    known_.last_reload_successful = false;
    dirty_ = true;
  }
  changed_.notify_all();
}

bool Publisher::is_complete(const Snapshot& input) const {
  return std::all_of(input.accounts.begin(), input.accounts.end(), [this](const auto& view) {
    return !awaited_accounts_.contains(view->config->name) ||
           std::all_of(view->collectors.begin(), view->collectors.end(),
                       [](const CollectorStatus& status) { return status.up.has_value(); });
  });
}

Snapshot Publisher::snapshot() const {
  Snapshot input;
  {
    const MutexLock lock(mutex_);
    input = known_;
  }
  input.now = std::chrono::floor<std::chrono::seconds>(clock_.wall());
  std::erase(input.accounts, nullptr);
  sort_accounts(input.accounts);
  return input;
}

void Publisher::publish_now() {
  const MutexLock rendering(rendering_mutex_);
  {
    const MutexLock lock(mutex_);
    dirty_ = false;
  }
  const Snapshot input = snapshot();
  publish(std::make_shared<const PreparedText>(prepare_text(render_exposition(input))));
  warnings_.look(input);
  {
    const MutexLock lock(mutex_);
    rendered_time_ = input.now;
  }
  if (input.accounts.size() == input.config->accounts.size() && is_complete(input)) {
    complete_ = true;
  }
}

void Publisher::publish_counters() {
  const MutexLock rendering(rendering_mutex_);
  if (counters_.revision() != counters_revision_) publish(current()->views);
}

// Counters after the views: what a view shows is counted.
void Publisher::publish(std::shared_ptr<const PreparedText> views) {
  counters_revision_ = counters_.revision();
  SelfMetrics::Texts texts = counters_.render_formats();
  auto counters = std::make_shared<const PublishedCounters>(PublishedCounters{
      prepare_text(std::move(texts.text)), prepare_text(std::move(texts.open_metrics))});
  auto published = std::make_shared<const PublishedMetrics>(
      PublishedMetrics{std::move(views), std::move(counters)});
  const MutexLock lock(mutex_);
  current_ = std::move(published);
}

void Publisher::start_thread() {
  thread_ = std::thread([this] {
    try {
      render_until_stopped();
    } catch (const std::exception& error) {
      log_error("the publisher stopped", {{"error", error.what()}});
      std::terminate();
    }
  });
}

void Publisher::stop_thread() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Publisher::render_until_stopped() {
  using SteadyClock = std::chrono::steady_clock;  // of the machine: it paces this thread only
  using std::chrono::ceil;
  using std::chrono::milliseconds;
  SteadyClock::time_point rendered_at = SteadyClock::now() - kRenderGap;
  MutexLock lock(mutex_);
  while (!stopping_) {
    const SteadyClock::time_point begin = SteadyClock::now();
    const WallTime wall = clock_.wall();
    Snapshot rendered = known_;
    rendered.now = rendered_time_;
    std::erase(rendered.accounts, nullptr);
    const milliseconds until_change = wall < rendered_time_
                                          ? milliseconds(0)
                                          : ceil<milliseconds>(next_change_after(rendered) - wall);
    const RenderPlan plan =
        plan_render(dirty_, until_change, std::chrono::floor<milliseconds>(begin - rendered_at));
    lock.unlock();
    if (plan.render) {
      rendered_at = begin;
      ::malloc_trim(0);  // what pages of a bill have left behind makes room for the text
      publish_now();
    } else {
      publish_counters();
    }
    lock.lock();
    changed_.wait_until(lock.waiting(), begin + plan.look_again, [&]() REQUIRES(mutex_) {
      return stopping_ || (dirty_ && SteadyClock::now() >= rendered_at + kRenderGap);
    });
  }
}

std::shared_ptr<const PublishedMetrics> Publisher::current() const {
  const MutexLock lock(mutex_);
  return current_;
}

}  // namespace cloud_billing
