#include "app/config_summary.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "config/duration.h"
#include "config/shard.h"
#include "core/amount.h"
#include "core/number_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

// "sub_accounts" as people write it.
std::string in_words(std::string_view key) {
  std::string words(key);
  std::replace(words.begin(), words.end(), '_', '-');
  return words;
}

void append_settings(std::string& line, const AccountConfig& account) {
  for (const ProviderKey& key : account.provider->own_account_keys) {
    const std::size_t items = account.settings.list(key.name).size();
    if (items > 0) line += ", " + std::to_string(items) + " " + in_words(key.name);
    const std::string& text = account.settings.text(key.name);
    if (key.kind != ProviderKey::Kind::kTextList && text != key.default_text) {
      line += ", " + in_words(key.name) + " " + quote_text(text);
    }
  }
}

void append_amount(std::string& line, std::string_view name, const std::optional<Amount>& amount,
                   const AccountConfig& account) {
  if (!amount) return;
  line += ", " + std::string(name) + " " + amount->to_decimal() + " " + account.currency;
}

}  // namespace

std::string summarise_account(const Config& config, const AccountConfig& account,
                              std::size_t shards) {
  std::string line = account.name + ": " + std::string(account.provider->name) + " at " +
                     account.endpoint.origin() + ", collectors";
  std::string intervals;
  for (const Collector collector : account.collectors) {
    line += " " + std::string(collector_name(collector));
    intervals += " " + format_duration(interval_of(config, account, collector));
  }
  line += " every" + intervals + ", ";
  append_number(line, account.requests_per_second);
  line += " requests/s";
  append_settings(line, account);
  line += ", currency " + account.currency;
  append_amount(line, "budget", account.budget, account);
  append_amount(line, "low balance", account.low_balance, account);
  if (!account.labels.empty()) line += ", labels";
  for (const auto& [name, value] : account.labels) line += " " + name + "=" + quote_text(value);
  if (shards > 1) line += ", polled by shard " + to_text({shard_of(account.name, shards), shards});
  return line;
}

}  // namespace cloud_billing
