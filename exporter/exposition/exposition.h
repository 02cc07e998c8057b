#pragma once

// The exposition of everything learned by polls, rendered from immutable views: gauges, whose text
// is the same in Prometheus's text format 0.0.4 and in OpenMetrics 1.0. Counters, histograms and
// process metrics are not here: they belong to publishing/. Pure; the time is in the input.

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/account_view.h"
#include "config/config.h"
#include "config/provider_facts.h"
#include "config/shard.h"
#include "core/calendar.h"

namespace cloud_billing {

struct BuildInfo {
  std::string version;
  std::string revision;
  std::string compiler;
};

// What is shown of the program and its configuration.
struct Program {
  std::shared_ptr<const Config> config;  // its accounts are this shard's
  Shard shard;
  BuildInfo build;
  UtcSeconds config_loaded_at{};
  bool last_reload_successful = true;
  std::span<const ProviderFacts> providers;  // whose origins HELP tells; they outlive this
};

struct Snapshot : Program {
  UtcSeconds now{};  // chooses what is `current` and `previous`, and what is too old
  std::vector<std::shared_ptr<const AccountView>> accounts;  // sorted with sort_accounts()
};

// The order in which accounts are shown: by provider, then by name.
void sort_accounts(std::vector<std::shared_ptr<const AccountView>>& accounts);
// Of each account of the configuration, its place in that order.
[[nodiscard]] std::vector<std::size_t> shown_places(const Config& config);

// Everything at once: what IncrementalExposition brings about piece by piece.
[[nodiscard]] std::string render_exposition(const Snapshot& input);

// When the same input would render differently without any new poll: the next month change, or the
// next value to become too old. Always after input.now.
[[nodiscard]] UtcSeconds next_change_after(const Snapshot& input);

// The static labels that any account of the whole configuration has, those of other shards too.
using StaticLabelNames = std::set<std::string>;
[[nodiscard]] StaticLabelNames static_label_names(const Config& config);

// Labels that every series of an account carries: provider, account and every static label.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> account_labels(
    const StaticLabelNames& names, const AccountConfig& account);

// The same, rendered.
[[nodiscard]] std::string render_account_labels(const StaticLabelNames& names,
                                                const AccountConfig& account);

}  // namespace cloud_billing
