#include "runtime/run.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <utility>

#include "build_version.h"
#include "core/config.h"
#include "core/exposition.h"
#include "providers/providers.h"
#include "runtime/account_secrets.h"
#include "runtime/curl_transport.h"
#include "runtime/poller.h"
#include "runtime/publisher.h"
#include "runtime/self_metrics.h"
#include "runtime/serve.h"
#include "runtime/whole_file.h"

namespace cloud_billing {
namespace {

std::optional<std::string> read_environment(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// Every problem goes to stderr.
std::optional<Config> load_config(const std::string& path) {
  const auto text = read_whole_file(path);
  if (!text) {
    std::cerr << text.error().message << "; name the configuration with --config.file\n";
    return std::nullopt;
  }
  auto config = parse_config(*text, path, read_environment, all_provider_facts());
  if (!config) {
    for (const ConfigProblem& problem : config.error()) std::cerr << problem.text << '\n';
    return std::nullopt;
  }
  return std::move(config).value();
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
  if (!account.sub_accounts.empty()) {
    std::cout << ", " << account.sub_accounts.size() << " sub-accounts";
  }
  if (account.budget) {
    std::cout << ", budget " << account.budget->to_decimal() << ' ' << account.currency;
  }
  if (shards > 1) {
    std::cout << ", polled by shard " << to_text({shard_of(account.name, shards), shards});
  }
  std::cout << '\n';
}

int check_config(const Flags& flags, const Config& config) {
  bool readable = true;
  for (const AccountConfig& account : config.accounts) {
    const auto credentials = read_credentials(account);
    if (credentials) continue;
    for (const UnreadableSecret& unreadable : credentials.error()) {
      const SecretSource& source = *unreadable.source;
      std::cerr << flags.config_file << ':' << source.position.line << ':' << source.position.column
                << ": " << source.where << ": " << unreadable.message << '\n';
    }
    readable = false;
  }
  if (!readable) return 1;
  for (const AccountConfig& account : config.accounts) print_summary(account, flags.shard.count);
  return 0;
}

int poll_once(const Flags& flags, const Exporter& exporter) {
  Publisher publisher(exporter.exposition(), exporter.clock);
  SelfMetrics records(*exporter.config);
  Poller poller(
      exporter.config, exporter.secrets, *exporter.transport, exporter.clock, records,
      [&publisher](std::size_t account, std::shared_ptr<const AccountView> view) {
        publisher.show(account, std::move(view));
      },
      std::random_device{}());
  const bool all_succeeded = poller.run_once();
  publisher.publish_now();
  const std::string text = *publisher.current() + records.render(Histograms::kLeftOut);
  if (flags.once_output.empty()) {
    std::cout << text << std::flush;
    if (!std::cout) {
      std::cerr << "cannot write to the standard output\n";
      return 1;
    }
  } else if (const auto error = replace_file(flags.once_output, text)) {
    std::cerr << error->message << '\n';
    return 1;
  }
  return all_succeeded ? 0 : 1;
}

}  // namespace

int run(const Flags& flags) {
  auto whole = load_config(flags.config_file);
  if (!whole) return 1;
  if (flags.mode == Mode::kCheckConfig) return check_config(flags, *whole);
  const auto config = std::make_shared<const Config>(take_share(*std::move(whole), flags.shard));

  // A peer that closes its end is an error of that write, not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  auto transport = make_curl_transport("cloud_billing_exporter/" + std::string(kVersion));
  if (!transport) {
    std::cerr << transport.error() << '\n';
    return 1;
  }
  SecretWatch watch(config);  // before reading, so that no change is lost
  Exporter exporter{config, {}, std::move(transport).value(), {}, flags.shard};
  for (const AccountConfig& account : config->accounts) {
    exporter.secrets.push_back(read_account_secrets(account));
  }
  return flags.mode == Mode::kOnce ? poll_once(flags, exporter) : serve(flags, exporter, watch);
}

}  // namespace cloud_billing
