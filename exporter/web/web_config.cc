#include "web/web_config.h"

#include <algorithm>
#include <array>
#include <span>

#include "config/typed_reader.h"
#include "config/value_parsers.h"
#include "config/yaml_reader.h"
#include "core/ascii.h"
#include "web/tls_config_reader.h"
#include "web/yaml_bool.h"

namespace cloud_billing {
namespace {

// What http_server_config.headers may hold, and its values if they are few.
struct HeaderRow {
  std::string_view name;
  std::span<const std::string_view> values;  // none: any
};
constexpr std::array<std::string_view, 1> kTypeOptions{"nosniff"};
constexpr std::array<std::string_view, 2> kFrameOptions{"deny", "sameorigin"};
constexpr std::array kHeaders{
    HeaderRow{"Content-Security-Policy", {}}, HeaderRow{"Strict-Transport-Security", {}},
    HeaderRow{"X-Content-Type-Options", kTypeOptions}, HeaderRow{"X-Frame-Options", kFrameOptions},
    HeaderRow{"X-XSS-Protection", {}}};

void read_http(TypedReader& reader, const Place& place, WebConfig& config) {
  constexpr std::array<std::string_view, 2> kKeys{"http2", "headers"};
  const std::optional<Section> section = reader.read_section(place, kKeys);
  if (!section) return;
  bool http2 = false;  // without effect: answers are HTTP/1.1
  reader.read_key(*section, "http2", "true or false", parse_yaml_bool, http2);
  const Place* headers = section->find("headers");
  if (headers == nullptr) return;
  std::array<std::string_view, kHeaders.size()> names;
  std::transform(kHeaders.begin(), kHeaders.end(), names.begin(),
                 [](const HeaderRow& row) { return row.name; });
  const std::optional<Section> given = reader.read_section(*headers, names);
  if (!given) return;
  for (const HeaderRow& row : kHeaders) {
    const Place* header = given->find(row.name);
    if (header == nullptr) continue;
    const auto value = reader.read_text(*header, "text");
    if (!value) continue;
    const bool printable =
        std::all_of(value->begin(), value->end(), [](char c) { return c >= ' ' && c < '\x7f'; });
    const bool known = row.values.empty() ||
                       std::find(row.values.begin(), row.values.end(), *value) != row.values.end();
    if (!printable) {
      reader.report_value(*header, "expected printable ASCII text");
    } else if (!known) {
      reader.report_value(*header, expect_choice(*value, row.values));
    } else {
      config.headers.emplace_back(row.name, *value);
    }
  }
}

// $2a$, $2b$ or $2y$, a cost from 4 to 14, and 53 letters of salt and hash.
bool is_bcrypt_hash(std::string_view text) {
  if (text.size() != 60 || text.substr(0, 2) != "$2" || text[3] != '$' || text[6] != '$') {
    return false;
  }
  if (text[2] != 'a' && text[2] != 'b' && text[2] != 'y') return false;
  const std::string_view cost = text.substr(4, 2);
  if (cost < "04" || cost > "14" || !is_digit(cost[1])) return false;
  return std::all_of(text.begin() + 7, text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '.' || c == '/'; });
}

void read_users(TypedReader& reader, const Place& place, std::map<std::string, std::string>& out) {
  for (const NamedPlace& entry : reader.read_entries(place)) {
    if (entry.name.empty() || entry.name.find(':') != std::string::npos) {
      reader.report(entry.name_position, entry.place.path,
                    "a user's name is not empty and has no \":\"");
      continue;
    }
    const auto hash = reader.read_text(entry.place, "a bcrypt hash");
    if (!hash) continue;
    if (is_bcrypt_hash(*hash)) {
      out.emplace(entry.name, *hash);
    } else {
      reader.report(entry.place,
                    "expected a bcrypt hash ($2y$...) of cost 4 to 14, as `htpasswd -nBC 10 \"\"` "
                    "makes it");
    }
  }
}

// The toolkit limits nothing without an interval; neither do we with one.
void read_rate_limit(TypedReader& reader, const Place& place) {
  constexpr std::array<std::string_view, 2> kKeys{"interval", "burst"};
  const std::optional<Section> section = reader.read_section(place, kKeys);
  if (!section) return;
  const Place* interval = section->find("interval");
  if (interval == nullptr) return;
  const auto text = reader.read_text(*interval, "a duration");
  if (!text || *text == "0" || *text == "0s") return;
  reader.report(place, "limiting requests is not supported; leave it out");
}

}  // namespace

Result<WebConfig, std::vector<Error>> parse_web_config(std::string_view text,
                                                       std::string_view file_name) {
  TypedReader reader(Dialect::kExporterToolkit);
  const auto root = read_yaml(text);
  if (!root) {
    reader.report(root.error().position, "", root.error().message);
    return reader.format_problems(file_name);
  }
  WebConfig config;
  if (root->kind == YamlNode::Kind::kMissing) return config;
  constexpr std::array<std::string_view, 4> kKeys{"tls_server_config", "http_server_config",
                                                  "basic_auth_users", "rate_limit"};
  const Place place{&*root, ""};
  if (const std::optional<Section> section = reader.read_section(place, kKeys)) {
    if (const Place* tls = section->find("tls_server_config"))
      config.tls = read_tls_config(reader, *tls);
    if (const Place* http = section->find("http_server_config")) read_http(reader, *http, config);
    if (const Place* users = section->find("basic_auth_users")) {
      read_users(reader, *users, config.users);
    }
    if (const Place* limit = section->find("rate_limit")) read_rate_limit(reader, *limit);
  }
  if (reader.has_problems()) return reader.format_problems(file_name);
  return config;
}

}  // namespace cloud_billing
