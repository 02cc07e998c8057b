#pragma once

// The configuration in use while serving, and how it changes: the file when a reload is asked for,
// secrets and trusted authorities when their files change. Used by the main thread only; it may
// wait for the disk and, bounded, for the poller.

#include <cstddef>
#include <memory>
#include <string>

#include "app/account_secrets.h"
#include "app/authority_watch.h"
#include "config/config.h"
#include "config/shard.h"
#include "core/result.h"
#include "polling/poller.h"
#include "publishing/publisher.h"

namespace cloud_billing {

class LiveConfig {
 public:
  // `config` is in use, and `watch` began before its secrets were read. What is referred to must
  // outlive this.
  LiveConfig(std::string path, Shard shard, std::shared_ptr<const Config> config, SecretWatch watch,
             AuthorityWatch& authorities, Poller& poller, Publisher& publisher);

  [[nodiscard]] const Config& config() const { return *config_; }

  // Reads the file anew. If it is good, it is in use and shown on return. Otherwise everything
  // stays as it was but for the metric that tells so, and the error holds the reasons, a line each.
  [[nodiscard]] Status reload();

  // Gives the poller the secrets whose files have changed, and the transport the authorities.
  void follow_files();

 private:
  [[nodiscard]] Status try_to_replace();
  [[nodiscard]] Status replace();

  std::string path_;
  Shard shard_;
  std::shared_ptr<const Config> config_;
  SecretWatch watch_;
  AuthorityWatch& authorities_;
  Poller& poller_;
  Publisher& publisher_;
};

}  // namespace cloud_billing
