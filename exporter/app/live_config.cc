#include "app/live_config.h"

#include <chrono>
#include <new>
#include <utility>

#include "app/config_file.h"
#include "core/result.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// The poller takes what is posted between two passes of its loop, a quarter of a second at most.
constexpr std::chrono::seconds kPollerPatience{3};

}  // namespace

LiveConfig::LiveConfig(std::string path, Shard shard, std::shared_ptr<const Config> config,
                       SecretWatch watch, AuthorityWatch& authorities, Poller& poller,
                       Publisher& publisher)
    : path_(std::move(path)),
      shard_(shard),
      config_(std::move(config)),
      watch_(std::move(watch)),
      authorities_(authorities),
      poller_(poller),
      publisher_(publisher) {}

Status LiveConfig::reload() {
  Status replaced = try_to_replace();
  if (replaced) {
    log_info("configuration reloaded",
             {{"accounts", config_->accounts.size()}, {"shard", to_text(shard_)}});
  } else {
    publisher_.show_refused_config();
    log_error("the configuration was not reloaded, the one before stays",
              {{"error", replaced.error().message}});
  }
  publisher_.publish_now();
  return replaced;
}

Status LiveConfig::try_to_replace() {
  try {
    return replace();
  } catch (const std::bad_alloc&) {
    return Error{"there is not enough memory to read it"};
  }
}

Status LiveConfig::replace() {
  auto whole = read_config_file(path_);
  if (!whole) return Error{join_lines(whole.error())};
  auto config = std::make_shared<const Config>(keep_share(std::move(whole).value(), shard_));
  SecretWatch watch(config);  // before reading, so that no change is lost
  poller_.mailbox().post_config({config, read_all_secrets(*config)});
  if (!poller_.mailbox().await_config(kPollerPatience)) {
    return Error{"the polling thread did not take it in time"};
  }
  authorities_.use(config->http.ca_file);
  config_ = std::move(config);
  watch_ = std::move(watch);
  return {};
}

void LiveConfig::follow_files() {
  authorities_.follow();
  SecretsByAccount changed;
  for (const std::size_t account : watch_.take_changed()) {
    AccountSecrets secrets = read_account_secrets(config_->accounts[account]);
    log_info("secret files changed",
             {{"account", config_->accounts[account].name}, {"readable", secrets.ok()}});
    changed.emplace(account, std::move(secrets));
  }
  if (!changed.empty()) poller_.mailbox().post_secrets(std::move(changed));
}

}  // namespace cloud_billing
