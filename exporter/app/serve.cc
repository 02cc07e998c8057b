#include "app/serve.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <exception>
#include <initializer_list>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/reload_requests.h"
#include "build_version.h"
#include "state/state_store.h"
#include "state/state_writer.h"
#include "system/log.h"
#include "web/csv_route.h"
#include "web/own_thread.h"
#include "web/poll_route.h"
#include "web/scrape_route.h"
#include "web/security.h"
#include "web/server.h"
#include "web/status_route.h"

namespace cloud_billing {
namespace {

// Files of secrets and certificates are looked at this often.
constexpr timespec kSecretsLookEvery{.tv_sec = 1, .tv_nsec = 0};

// Who asks for a reload, or for polls, is told within this time.
constexpr std::chrono::seconds kReloadPatience{20};
constexpr std::chrono::seconds kPollPatience{5};

sigset_t signals_waited_for() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

bool is_pending(std::initializer_list<int> signals) {
  sigset_t pending;
  sigemptyset(&pending);
  sigpending(&pending);
  return std::any_of(signals.begin(), signals.end(),
                     [&pending](int signal) { return sigismember(&pending, signal) == 1; });
}

WebResponse respond_to_reload(bool enabled, ReloadRequests& requests) {
  if (!enabled) {
    return make_text_response(403, "reloading over HTTP needs --web.enable-lifecycle\n");
  }
  const Status reloaded = requests.ask(kReloadPatience);
  if (reloaded) return make_text_response(200, "reloaded\n");
  return make_text_response(500, "not reloaded:\n" + reloaded.error().message + "\n");
}

std::vector<Route> make_routes(const Flags& flags, const Publisher& publisher,
                               const std::atomic<bool>& stopping, ReloadRequests& reloads,
                               PollerMailbox& mailbox) {
  const std::string& telemetry_path = flags.telemetry_path;
  return {
      {telemetry_path,
       {"GET"},
       [&](const WebRequest& request) { return respond_to_scrape(request, publisher.current()); }},
      {"/",
       {"GET"},
       [&publisher, telemetry_path](const WebRequest& request) {
         return respond_on_own_thread([&] {
           return respond_with_status_page(request, publisher.snapshot(), telemetry_path);
         });
       }},
      {"/accounts.csv",
       {"GET"},
       [&publisher](const WebRequest& request) {
         return respond_on_own_thread(
             [&] { return respond_with_accounts_csv(request, publisher.snapshot()); });
       }},
      {"/services.csv",
       {"GET"},
       [&publisher](const WebRequest& request) {
         return respond_on_own_thread(
             [&] { return respond_with_services_csv(request, publisher.snapshot()); });
       }},
      {"/-/healthy",
       {"GET"},
       [](const WebRequest&) { return make_text_response(200, "healthy\n"); },
       Access::kPublic},
      {"/-/ready",
       {"GET"},
       [&](const WebRequest&) {
         if (stopping) return make_text_response(503, "stopping\n");
         if (!publisher.complete()) return make_text_response(503, "waiting for the first polls\n");
         return make_text_response(200, "ready\n");
       },
       Access::kPublic},
      {"/-/reload",
       {"POST", "PUT"},
       [enabled = flags.enable_lifecycle, &reloads](const WebRequest&) {
         return respond_to_reload(enabled, reloads);
       }},
      {"/-/poll",
       {"POST", "PUT"},
       [enabled = flags.enable_lifecycle, &mailbox](const WebRequest& request) {
         if (!enabled) {
           return make_text_response(403, "polling over HTTP needs --web.enable-lifecycle\n");
         }
         return respond_to_poll(request, [&mailbox](std::optional<std::string> account) {
           return mailbox.order_polls(std::move(account), kPollPatience);
         });
       }},
  };
}

// Returns on the signal to stop.
void wait_for_signals(const sigset_t& signals, LiveConfig& live_config, ConfigWatch& config_watch,
                      WebSecurity* security, ReloadRequests& reloads) {
  while (true) {
    const int signal = sigtimedwait(&signals, nullptr, &kSecretsLookEvery);
    if (signal == SIGTERM || signal == SIGINT) {
      log_info("stopping", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
      return;
    }
    if (security != nullptr) security->follow_files();
    // Signals come by their number: many reloads must not hold up the end.
    const bool has_changed = config_watch.take_change(std::chrono::steady_clock::now());
    if ((signal == SIGHUP || has_changed) && !is_pending({SIGTERM, SIGINT})) {
      config_watch.note_reading();
      reloads.response([&live_config] { return live_config.reload(); });
    }
    live_config.follow_files();
  }
}

// Null if nothing is to be remembered.
Result<std::unique_ptr<StateStore>> open_state(const Flags& flags) {
  if (flags.state_dir.empty()) return std::unique_ptr<StateStore>();
  return StateStore::open(flags.state_dir);
}

void restore_state(StateStore& store, const Config& config, Poller& poller) {
  for (const AccountConfig& account : config.accounts) {
    if (auto record = store.load(account.name)) poller.restore(*std::move(record));
  }
}

// Polls from begin() to stop(). A failure ends the program.
class PollingThread {
 public:
  explicit PollingThread(Poller& poller) : poller_(poller), thread_([this] { poll(); }) {}
  ~PollingThread() { stop(); }
  PollingThread(const PollingThread&) = delete;
  PollingThread& operator=(const PollingThread&) = delete;

  void begin() {
    if (!std::exchange(begun_, true)) begin_.count_down();
  }
  void stop() {
    poller_.mailbox().request_stop();
    begin();
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  void poll() {
    begin_.wait();
    try {
      poller_.run();
    } catch (const std::exception& error) {
      log_error("polling stopped", {{"error", error.what()}});
      failed_ = true;
      poller_.mailbox().request_stop();  // a reload may wait for the poller
      kill(getpid(), SIGTERM);
    }
  }

  Poller& poller_;
  std::latch begin_{1};
  bool begun_ = false;  // the main thread's own
  std::atomic<bool> failed_{false};
  std::thread thread_;
};

}  // namespace

void hold_signals() {
  const sigset_t signals = signals_waited_for();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int serve(const Flags& flags, Exporter& exporter, LiveConfig& live_config,
          ConfigWatch& config_watch, WebSecurity* security) {
  const auto store = open_state(flags);
  if (!store) {
    log_error("cannot start", {{"error", store.error().message}});
    return 1;
  }
  std::atomic<bool> stopping{false};
  Publisher& publisher = exporter.publisher();
  std::optional<StateWriter> state_writer;
  if (*store) {
    restore_state(**store, live_config.config(), exporter.poller());
    exporter.poller().keep_records([&writer = state_writer.emplace(**store)](AccountRecord record) {
      writer.keep(std::move(record));
    });
  }
  ReloadRequests reloads([] { kill(getpid(), SIGHUP); });
  publisher.publish_now();

  // The web server takes what threads are left.
  publisher.start_thread();
  if (state_writer) state_writer->start_thread();
  PollingThread polling(exporter.poller());
  auto server = MetricsServer::start(
      flags.listen_addresses,
      make_routes(flags, publisher, stopping, reloads, exporter.poller().mailbox()), security);
  if (!server) {
    log_error("cannot serve", {{"error", server.error().message}});
    return 1;
  }
  for (const ListenAddress& address : (*server)->bound_addresses()) {
    log_info("listening",
             {{"address", to_text(address)},
              {"telemetry_path", flags.telemetry_path},
              {"tls", security != nullptr && security->tls() != nullptr ? "on" : "off"}});
  }

  log_info("polling", {{"accounts", live_config.config().accounts.size()},
                       {"shard", to_text(flags.shard)},
                       {"version", kVersion},
                       {"revision", kRevision}});
  polling.begin();
  wait_for_signals(signals_waited_for(), live_config, config_watch, security, reloads);
  stopping = true;
  reloads.close();
  polling.stop();
  if (state_writer) state_writer->stop_thread();
  publisher.stop_thread();
  return polling.failed() ? 1 : 0;
}

}  // namespace cloud_billing
