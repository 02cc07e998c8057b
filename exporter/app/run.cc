#include "app/run.h"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/account_secrets.h"
#include "app/config_file.h"
#include "app/exporter.h"
#include "app/live_config.h"
#include "app/serve.h"
#include "build_version.h"
#include "config/config.h"
#include "config/shard.h"
#include "core/amount.h"
#include "core/number_text.h"
#include "system/whole_file.h"
#include "transport/curl_transport.h"
#include "web/security.h"

namespace cloud_billing {
namespace {

// "sub_accounts" as people write it.
std::string in_words(std::string_view key) {
  std::string words(key);
  std::replace(words.begin(), words.end(), '_', '-');
  return words;
}

void print_summary(const AccountConfig& account, std::size_t shards) {
  std::cout << account.name << ": " << account.provider->name << " at " << account.endpoint.origin()
            << ", collectors";
  for (const Collector collector : account.collectors) {
    std::cout << ' ' << collector_name(collector);
  }
  std::string rate;
  append_number(rate, account.requests_per_second);
  std::cout << ", " << rate << " requests/s";
  for (const ProviderKey& key : account.provider->own_account_keys) {
    const std::size_t items = account.settings.list(key.name).size();
    if (items > 0) std::cout << ", " << items << ' ' << in_words(key.name);
  }
  if (account.budget) {
    std::cout << ", budget " << account.budget->to_decimal() << ' ' << account.currency;
  }
  if (shards > 1) {
    std::cout << ", polled by shard " << to_text({shard_of(account.name, shards), shards});
  }
  std::cout << '\n';
}

int poll_once(const Flags& flags, Exporter& exporter) {
  const bool all_succeeded = exporter.poller().run();
  exporter.publisher().publish_now();
  const std::string text =
      exporter.publisher().current()->views->text + exporter.records().render(Histograms::kLeftOut);
  if (flags.once_output.empty()) {
    std::cout << text << std::flush;
    if (!std::cout) {
      std::cerr << "cannot write to the standard output\n";
      return 1;
    }
  } else if (const Status written = replace_file(flags.once_output, text); !written) {
    std::cerr << written.error().message << '\n';
    return 1;
  }
  return all_succeeded ? 0 : 1;
}

void print_problems(const std::vector<Error>& problems) {
  std::cerr << join_lines(problems) << '\n';
}

// Null if everything is open to everybody.
Result<std::unique_ptr<WebSecurity>, std::vector<Error>> open_security(const Flags& flags) {
  if (flags.web_config_file.empty() || flags.mode == Mode::kOnce) {
    return std::unique_ptr<WebSecurity>();  // --once opens no port
  }
  return WebSecurity::open(flags.web_config_file);
}

}  // namespace

int run(const Flags& flags) {
  if (flags.mode == Mode::kServe) hold_signals();
  const bool check = flags.mode == Mode::kCheckConfig;
  auto whole = check ? check_config_file(flags.config_file) : read_config_file(flags.config_file);
  if (!whole) print_problems(whole.error());
  const auto security = open_security(flags);
  if (!security) print_problems(security.error());
  if (!whole || !security) return 1;
  if (check) {
    for (const AccountConfig& account : whole->accounts) print_summary(account, flags.shard.count);
    return 0;
  }
  const auto config =
      std::make_shared<const Config>(keep_share(std::move(whole).value(), flags.shard));

  // A peer that closes its end is an error of that write, not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  auto transport = make_curl_transport("cloud_billing_exporter/" + std::string(kVersion));
  if (!transport) {
    std::cerr << transport.error() << '\n';
    return 1;
  }
  SecretWatch watch(config);  // before reading, so that no change is lost
  const Schedule& schedule = flags.mode == Mode::kOnce ? one_time_schedule() : recurring_schedule();
  Exporter exporter(config, flags.shard, read_all_secrets(*config), schedule,
                    std::move(transport).value());
  if (flags.mode == Mode::kOnce) return poll_once(flags, exporter);
  LiveConfig live_config(flags.config_file, flags.shard, config, std::move(watch),
                         exporter.poller(), exporter.publisher());
  return serve(flags, exporter, live_config, security->get());
}

}  // namespace cloud_billing
