#include "publishing/publisher.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <new>
#include <utility>

#include "system/log.h"

namespace cloud_billing {
namespace {

// However many polls end, the text is rendered at most this often.
constexpr std::chrono::milliseconds kRenderGap{1000};

// Counters that have changed, and a clock that is set, are noticed this soon: with the time that
// rendering takes, within a second.
constexpr std::chrono::milliseconds kLongestSleep{800};

bool has_polled_all(const AccountView& view) {
  return std::all_of(view.collectors.begin(), view.collectors.end(),
                     [](const CollectorStatus& status) { return status.up.has_value(); });
}

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

Publisher::Publisher(Program program, const SelfMetrics& counters, const Clock& clock,
                     std::uint64_t largest_kept_text)
    : counters_(counters),
      clock_(clock),
      largest_kept_text_(largest_kept_text),
      views_exposition_(program.providers),
      counter_exposition_(counters),
      program_(std::move(program)),
      views_(program_.config->accounts.size()),
      places_(shown_places(*program_.config)),
      is_new_(program_.config->accounts.size()),
      current_(std::make_shared<const PublishedMetrics>()) {
  for (const AccountConfig& account : program_.config->accounts) {
    awaited_accounts_.insert(account.name);
  }
}

Publisher::~Publisher() { stop_thread(); }

void Publisher::show(std::size_t account, std::shared_ptr<const AccountView> view) {
  {
    const MutexLock lock(mutex_);
    views_.at(account) = std::move(view);
    if (!is_new_[account]) new_views_.push_back(account);
    is_new_[account] = true;
    dirty_ = true;
  }
  changed_.notify_all();
}

void Publisher::show_config(std::shared_ptr<const Config> config,
                            std::vector<std::shared_ptr<const AccountView>> views) {
  std::vector<std::size_t> places = shown_places(*config);
  {
    const MutexLock lock(mutex_);
    program_.config = std::move(config);
    program_.config_loaded_at = std::chrono::floor<std::chrono::seconds>(clock_.wall());
    program_.last_reload_successful = true;
    views_ = std::move(views);
    places_ = std::move(places);
    has_new_config_ = true;
    new_views_.clear();
    is_new_.assign(views_.size(), false);
    dirty_ = true;
  }
  changed_.notify_all();
}

void Publisher::show_refused_config() {
  {
    const MutexLock lock(mutex_);
    program_.last_reload_successful = false;
    dirty_ = true;
  }
  changed_.notify_all();
}

Snapshot Publisher::snapshot() const {
  Snapshot input;
  {
    const MutexLock lock(mutex_);
    static_cast<Program&>(input) = program_;
    input.accounts.resize(views_.size());
    for (std::size_t i = 0; i < views_.size(); ++i) input.accounts[places_[i]] = views_[i];
  }
  input.now = std::chrono::floor<std::chrono::seconds>(clock_.wall());
  std::erase(input.accounts, nullptr);
  return input;
}

Publisher::News Publisher::take_news() {
  News news;
  const MutexLock lock(mutex_);
  dirty_ = false;
  news.program = program_;
  news.has_config = std::exchange(has_new_config_, false);
  if (news.has_config) {
    for (std::size_t i = 0; i < views_.size(); ++i) news.views.push_back({i, views_[i]});
  } else {
    for (const std::size_t account : new_views_) news.views.push_back({account, views_[account]});
  }
  for (const std::size_t account : new_views_) is_new_[account] = false;
  new_views_.clear();
  return news;
}

void Publisher::publish_now() {
  const MutexLock rendering(rendering_mutex_);
  try {
    render_news();
    if (std::exchange(lacks_memory_, false))
      log_info("there is enough memory again to show what is new");
  } catch (const std::bad_alloc&) {
    note_lack_of_memory();
  }
}

// What is served stays. What was being rendered may be half of it: everything is, the next time.
void Publisher::note_lack_of_memory() {
  if (!std::exchange(lacks_memory_, true)) {
    log_error("there is not enough memory to show what is new, what was shown before stays");
  }
  counter_exposition_.forget();
  const MutexLock lock(mutex_);
  has_new_config_ = true;
  dirty_ = true;
}

void Publisher::render_news() {
  const News news = take_news();
  const auto now = std::chrono::floor<std::chrono::seconds>(clock_.wall());
  if (news.has_config) {
    views_exposition_.show_config(news.program.config);
    warnings_.keep_accounts_of(*news.program.config);
  }
  views_exposition_.update(news.program, news.views, now);
  share();
#ifdef CLOUD_BILLING_COMPARE_RENDERINGS
  if (text_of(current()->views()) != render_exposition(views_exposition_.snapshot(news.program))) {
    log_error("what changed was not rendered as everything is");
    std::abort();
  }
#endif
  warnings_.look_at_accounts(news.views);
  const std::uint64_t bills = views_exposition_.counted_twice_revision();
  if (std::exchange(looked_at_bills_, bills) != bills) {
    warnings_.look_at_bills(views_exposition_.counted_twice());
  }
  {
    const MutexLock lock(mutex_);
    rendered_time_ = now;
    next_change_ = views_exposition_.next_change();
  }
  await(news);
}

void Publisher::publish_counters() {
  const MutexLock rendering(rendering_mutex_);
  if (lacks_memory_ || counters_.revision() == counters_revision_) return;
  try {
    share();
  } catch (const std::bad_alloc&) {
    note_lack_of_memory();
  }
}

// Counters after the views: what a view shows is counted.
void Publisher::share() {
  counters_revision_ = counters_.revision();
  counter_exposition_.update();
  Families views = views_exposition_.share();
  Families counters = counter_exposition_.share();
  const std::uint64_t length = checksum_of(views, ExpositionFormat::kText).length +
                               checksum_of(counters, ExpositionFormat::kText).length;
  const bool keeps_text = length <= (keeps_text_ ? largest_kept_text_ : largest_kept_text_ / 2);
  if (keeps_text != keeps_text_) {
    views_exposition_.keep_text(keeps_text);
    counter_exposition_.keep_text(keeps_text);
    keeps_text_ = keeps_text;
    views = views_exposition_.share();
    counters = counter_exposition_.share();
  }
  auto published = std::make_shared<const PublishedMetrics>(std::move(views), std::move(counters));
  const MutexLock lock(mutex_);
  current_ = std::move(published);
}

// What has finished its first poll, or is not configured any more, is no longer waited for.
void Publisher::await(const News& news) {
  if (complete_) return;
  if (news.has_config) {
    std::set<std::string, std::less<>> known;
    for (const AccountConfig& account : news.program.config->accounts) {
      if (awaited_accounts_.contains(account.name)) known.insert(account.name);
    }
    awaited_accounts_ = std::move(known);
  }
  for (const NewView& each : news.views) {
    if (each.view && has_polled_all(*each.view)) awaited_accounts_.erase(each.view->config->name);
  }
  if (awaited_accounts_.empty() && views_exposition_.knows_all()) complete_ = true;
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
    const milliseconds until_change =
        wall < rendered_time_ ? milliseconds(0) : ceil<milliseconds>(next_change_ - wall);
    const RenderPlan plan =
        plan_render(dirty_, until_change, std::chrono::floor<milliseconds>(begin - rendered_at));
    lock.unlock();
    if (plan.render) {
      rendered_at = begin;
      publish_now();
      ::malloc_trim(0);  // what pages of a bill, and bytes of before, have left behind
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
