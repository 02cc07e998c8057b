#include "app/run.h"

#include <csignal>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/access_mode.h"
#include "app/account_secrets.h"
#include "app/authority_watch.h"
#include "app/config_file.h"
#include "app/config_summary.h"
#include "app/config_watch.h"
#include "app/exporter.h"
#include "app/focus_mode.h"
#include "app/live_config.h"
#include "app/report.h"
#include "app/serve.h"
#include "build_version.h"
#include "config/config.h"
#include "config/shard.h"
#include "system/log.h"
#include "system/standard_streams.h"
#include "system/thread_room.h"
#include "system/whole_file.h"
#include "transport/curl_transport.h"
#include "web/security.h"

namespace cloud_billing {
namespace {

// The exit code.
int print(std::string_view text) {
  const Status written = write_standard_output(text);
  if (!written) report_errors("failed", {written.error()});
  return written ? 0 : 1;
}

int print_summaries(const Config& config, std::size_t shards) {
  std::string text;
  for (const AccountConfig& account : config.accounts) {
    text += summarise_account(config, account, shards) + "\n";
  }
  return print(text);
}

int poll_once(const Flags& flags, Exporter& exporter) {
  const bool all_succeeded = exporter.poller().run();
  exporter.publisher().publish_now();
  const std::string text =
      text_of(exporter.publisher().current()->views()) + render_counters(exporter.records());
  if (flags.once_output.empty()) {
    if (print(text) != 0) return 1;
  } else if (const Status written = replace_file(flags.once_output, text); !written) {
    report_errors("failed", {written.error()});
    return 1;
  }
  return all_succeeded ? 0 : 1;
}

// Null if everything is open to everybody.
Result<std::unique_ptr<WebSecurity>, std::vector<Error>> open_security(const Flags& flags) {
  const bool opens_no_port =
      flags.mode == Mode::kOnce || flags.mode == Mode::kCheckAccess || flags.mode == Mode::kFocus;
  if (flags.web_config_file.empty() || opens_no_port) return std::unique_ptr<WebSecurity>();
  return WebSecurity::open(flags.web_config_file);
}

int run_mode(const Flags& flags) {
  if (flags.mode == Mode::kServe) hold_signals();
  const bool check = flags.mode == Mode::kCheckConfig;
  if (!check) start_log_thread();  // a check waits for whoever reads what it finds
  ConfigWatch config_watch(flags.config_file, flags.auto_reload_interval);
  auto whole = check ? check_config_file(flags.config_file) : read_config_file(flags.config_file);
  if (!whole) report_errors("the configuration is refused", whole.error());
  const auto security = open_security(flags);
  if (!security) report_errors("the web configuration is refused", security.error());
  if (!whole || !security) return 1;
  if (check) return print_summaries(*whole, flags.shard.count);
  const auto config =
      std::make_shared<const Config>(keep_share(std::move(whole).value(), flags.shard));

  // A peer that closes its end is an error of that write, not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  AuthorityWatch authorities(config->http.ca_file);
  auto transport =
      make_curl_transport({.user_agent = "cloud_billing_exporter/" + std::string(kVersion),
                           .proxies = ProxyRules::read(read_environment),
                           .authorities = &authorities.current()});
  if (!transport) {
    report_errors("cannot start", {Error{transport.error()}});
    return 1;
  }
  if (flags.mode == Mode::kCheckAccess) return print_access(flags, *config, **transport);
  if (flags.mode == Mode::kFocus) return export_focus(flags, *config, **transport);
  SecretWatch watch(config);  // before reading, so that no change is lost
  const Schedule& schedule = flags.mode == Mode::kOnce ? one_time_schedule() : recurring_schedule();
  Exporter exporter(config, flags.shard, read_all_secrets(*config), schedule,
                    std::move(transport).value());
  if (flags.mode == Mode::kOnce) return poll_once(flags, exporter);
  LiveConfig live_config(flags.config_file, flags.shard, config, std::move(watch), authorities,
                         exporter.poller(), exporter.publisher());
  return serve(flags, exporter, live_config, config_watch, security->get());
}

}  // namespace

int run(const Flags& flags) try { return run_mode(flags); } catch (const std::system_error& error) {
  if (error.code() != std::errc::resource_unavailable_try_again) throw;
  report_errors("cannot start",
                {Error{"cannot start a thread: no more are allowed; " + name_thread_limits()}});
  return 1;
}

}  // namespace cloud_billing
