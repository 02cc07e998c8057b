#include "config/account_config.h"

#include <algorithm>
#include <array>
#include <utility>

#include "config/account_defaults.h"
#include "config/account_values.h"
#include "config/provider_keys.h"
#include "config/value_parsers.h"
#include "core/ascii.h"
#include "core/key_text.h"
#include "core/shown_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

// The keys of every provider's accounts. Its own, which its facts declare, are between them.
constexpr std::array<std::string_view, 10> kFirstKeys{
    "name",
    "provider",
    "access_key_id",
    "access_key_id_file",
    "secret_access_key",
    "secret_access_key_file",
    "session_token",
    "session_token_file",
    "collectors",
    "intervals",
};
constexpr std::array<std::string_view, 6> kLastKeys{
    "currency", "budget", "low_balance", "requests_per_second", "labels", "endpoint",
};

// What belongs to one account only.
constexpr std::array<std::string_view, 7> kOwnKeys{
    "name",
    "access_key_id",
    "access_key_id_file",
    "secret_access_key",
    "secret_access_key_file",
    "session_token",
    "session_token_file",
};

std::vector<std::string_view> list_keys(const ProviderFacts& any_provider) {
  std::vector<std::string_view> keys(kFirstKeys.begin(), kFirstKeys.end());
  for (const ProviderKey& key : any_provider.own_account_keys) keys.push_back(key.name);
  keys.insert(keys.end(), kLastKeys.begin(), kLastKeys.end());
  return keys;
}

std::optional<std::string> refuse_path(std::string_view text) {
  if (text.empty()) return "must not be empty";
  if (!has_control_character(text)) return std::nullopt;
  return "must not hold control characters, such as a line break at its end";
}

// The value is never shown.
std::optional<SecretSource> read_secret_value(TypedReader& reader, const Place& place, bool is_file,
                                              const SecretFileCheck& check_file) {
  std::optional<std::string> text = reader.read_text(place, "text");
  if (!text) return std::nullopt;
  if (const auto refusal = is_file ? refuse_path(*text) : refuse_key(*text)) {
    reader.report(place, *refusal);
  } else if (is_file && check_file) {
    const Status readable = check_file(*text);
    if (!readable) reader.report(place, readable.error().message);
  }
  SecretSource source;
  if (is_file) source.shown_path = show_path(*text);
  (is_file ? source.path : source.text) = *std::move(text);
  source.where = place.path;
  return source;
}

std::optional<SecretSource> read_secret(TypedReader& reader, const Section& section,
                                        std::string_view key, bool required,
                                        const SecretFileCheck& check_file) {
  const TextOrFile given = section.find_text_or_file(key);
  if (given.text != nullptr && given.file != nullptr) {
    reader.report(*given.file, "give either this or " + std::string(key) + ", not both");
  }
  if (given.text != nullptr) return read_secret_value(reader, *given.text, false, check_file);
  if (given.file != nullptr) return read_secret_value(reader, *given.file, true, check_file);
  if (required && !given.is_excused) {
    reader.report(section.position, section.path_of(key),
                  "missing key; give " + std::string(key) + " or " + file_key_of(key));
  }
  return std::nullopt;
}

const ProviderFacts* read_provider(TypedReader& reader, const Section& section,
                                   std::span<const ProviderFacts> providers) {
  const Place* place = reader.require(section, "provider");
  if (place == nullptr) return nullptr;
  const auto parse = [&](std::string_view text) -> Result<const ProviderFacts*> {
    std::vector<std::string_view> names;
    std::string_view meant = text;
    const std::string lower = to_lower_case(text);
    for (const ProviderFacts& facts : providers) {
      if (facts.name == text) return &facts;
      names.push_back(facts.name);
      if (contains(facts.other_names, std::string_view(lower))) meant = facts.name;
    }
    return Error{expect_choice(meant, names)};
  };
  const ProviderFacts* facts = nullptr;
  reader.read_value(*place, "a provider's name", parse, facts);
  return facts;
}

std::string read_name(TypedReader& reader, const Section& section, const Place& account,
                      TakenNames& taken_names) {
  std::string name;
  const Place* place = reader.require(section, "name");
  if (place == nullptr) return name;
  reader.read_value(*place, "text", parse_account_name, name);
  const auto [taken, is_new] = taken_names.emplace(name, account.path);
  if (!is_new && !name.empty()) {
    reader.report_value(*place, taken->second + " has the same name; names are unique");
  }
  return name;
}

}  // namespace

std::optional<Section> read_account_defaults(TypedReader& reader, const Place& place,
                                             std::span<const ProviderFacts> providers,
                                             std::span<const GroupDimension> group_by) {
  const ProviderFacts any_provider = merge_facts(providers);
  std::optional<Section> section = reader.read_section(place, list_keys(any_provider));
  if (!section) return std::nullopt;
  for (const std::string_view key : kOwnKeys) {
    if (const Place* own = section->find(key)) {
      reader.report(*own, "names, keys and secrets belong to one account each; write it there");
    }
  }
  if (section->find("provider") != nullptr) (void)read_provider(reader, *section, providers);
  AccountConfig ignored;
  read_account_values(reader, *section, any_provider, group_by, ignored);
  return section;
}

AccountConfig read_account(TypedReader& reader, const Place& place, const AccountContext& context,
                           TakenNames& taken_names) {
  AccountConfig account;
  account.position = place.node->position;
  const ProviderFacts any_provider = merge_facts(context.providers);
  std::optional<Section> section = reader.read_section(place, list_keys(any_provider));
  if (!section) return account;

  account.name = read_name(reader, *section, place, taken_names);
  if (context.defaults_failed) section->excused.insert("provider");
  AccountDefaults defaults(context.defaults);
  defaults.give("provider", *section);
  account.provider = read_provider(reader, *section, context.providers);
  const ProviderFacts& facts = account.provider != nullptr ? *account.provider : any_provider;
  report_keys_of_others(reader, *section, facts, context.providers);
  defaults.give_rest(reader, facts, context.providers, *section);
  const auto secret = [&](std::string_view key, bool required) {
    return read_secret(reader, *section, key, required, context.check_secret_file);
  };
  account.access_key_id = secret("access_key_id", true).value_or(SecretSource{});
  account.secret_access_key = secret("secret_access_key", true).value_or(SecretSource{});
  account.session_token = secret("session_token", false);
  read_account_values(reader, *section, facts, context.group_by, account);
  return account;
}

}  // namespace cloud_billing
