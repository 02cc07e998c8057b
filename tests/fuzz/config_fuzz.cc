// What people write into files and variables: each is read or refused in lines of words; what is
// read is written as a text that reads the same.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "baidu/provider.h"
#include "config/config.h"
#include "config/duration.h"
#include "config/endpoint.h"
#include "config/environment_text.h"
#include "config/group_by.h"
#include "config/value_parsers.h"
#include "core/key_text.h"
#include "core/utf8.h"
#include "exposition/exposition.h"
#include "focus/service_categories.h"
#include "system/descriptor.h"
#include "system/secret_files.h"
#include "tests/fuzz/text_targets.h"
#include "transport/proxy_rules.h"
#include "volcengine/provider.h"

namespace cloud_billing {
namespace {

std::optional<std::string> find_variable(std::string_view name) {
  return name == "SET" ? std::optional<std::string>("val${SET}ue") : std::nullopt;
}

const std::vector<ProviderFacts>& facts() {
  static const std::vector<ProviderFacts> all{
      baidu::provider().facts(), volcengine::provider().facts(), volcengine::byteplus().facts()};
  return all;
}

// Of "a{b=\"c\"}" style labels what stands between the quotes, without escapes, in order.
std::vector<std::string> read_label_values(std::string_view labels) {
  std::vector<std::string> values;
  bool is_quoted = false;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const char c = labels[i];
    if (!is_quoted) {
      if (c == '"') values.emplace_back();
      is_quoted = c == '"';
    } else if (c == '\\') {
      ++i;
      require(i < labels.size(), "an escape is whole");
      values.back() += labels[i] == 'n' ? '\n' : labels[i];
    } else {
      require(c != '\n', "labels stand on one line");
      is_quoted = c != '"';
      if (is_quoted) values.back() += c;
    }
  }
  require(!is_quoted, "a label's value ends");
  return values;
}

void read_config(std::string_view bytes) {
  const auto config = parse_config(bytes, "config.yml", find_variable, facts());
  if (!config) {
    require(!config.error().empty(), "what is refused has a problem");
    for (const Error& problem : config.error()) {
      require(problem.message.starts_with("config.yml"), "a problem names the file");
      require_message(problem.message);
    }
    return;
  }
  require(!config->accounts.empty(), "a configuration has accounts");
  const StaticLabelNames names = static_label_names(*config);
  for (const AccountConfig& account : config->accounts) {
    require(account.provider != nullptr && !account.collectors.empty(), "an account is polled");
    require(parse_endpoint(account.endpoint.origin()).ok(), "an endpoint is one when written");
    std::vector<std::string> expected;
    for (const auto& [name, value] : account_labels(names, account)) expected.push_back(value);
    require(read_label_values(render_account_labels(names, account)) == expected,
            "labels read as they were written");
  }
}

void read_environment_text(std::string_view bytes) {
  std::string escaped;
  for (const char c : bytes) escaped += c == '$' ? "$$" : std::string(1, c);
  const auto same = expand_environment(escaped, find_variable);
  require(same.ok(), "without a variable there is nothing to refuse");
  require_equal(*same, bytes, "what is escaped stays as it is");
  const auto expanded = expand_environment(bytes, find_variable);
  if (!expanded) {
    require(!expanded.error().empty(), "what is refused has a problem");
    for (const Error& problem : expanded.error()) require_message(problem.message);
  }
}

void read_values(std::string_view bytes) {
  const std::string text = replace_ill_formed_utf8(std::string(bytes));
  if (const auto duration = parse_duration(text)) {
    require(duration->count() >= 0 && *duration <= kMaxDuration, "a duration is within bounds");
    const auto again = parse_duration(format_duration(*duration));
    require(again && *again == *duration, "a duration is written as it is read");
  } else {
    require_message(duration.error().message);
  }
  if (const auto endpoint = parse_endpoint(text)) {
    const auto again = parse_endpoint(endpoint->origin());
    require(again && again->origin() == endpoint->origin(), "an endpoint is written as it is read");
  } else {
    require_message(endpoint.error().message);
  }
  if (const auto dimension = parse_group_dimension(text); !dimension) {
    require_message(dimension.error().message);
  }
  if (const auto currency = parse_currency(text)) {
    require(parse_currency(*currency).ok() && currency->size() == 3, "a currency is a code");
  }
  if (const auto budget = parse_budget(text)) {
    require(*budget && **budget > Amount(), "a budget is above 0");
  }
  if (const auto number = parse_decimal(text)) {
    require(*number - *number == 0, "a number is finite");
  }
  static_cast<void>(parse_integer_within(text, 1, 10));
  static_cast<void>(parse_account_name(text));
}

void read_secret(std::string_view bytes) {
  const Descriptor file(::memfd_create("secret", MFD_CLOEXEC));
  if (::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) return;
  const auto secret =
      read_secret_file("/proc/self/fd/" + std::to_string(file.get()), "/run/secrets/sk");
  if (secret) {
    require(!refuse_key(*secret), "what is read is a key");
    require(bytes.find(*secret) != bytes.npos, "it is what stands in the file");
    return;
  }
  require_message(secret.error().message);
  if (bytes.size() < 8) return;
  // The code of the sign that is in the way is the program's word, even if the file holds it too.
  static const std::regex code_of_sign(R"(\(U\+[0-9A-F]{4,6}\))");
  const std::string told = std::regex_replace(secret.error().message, code_of_sign, "");
  for (std::size_t i = 0; i + 8 <= bytes.size(); ++i) {
    const std::string_view part = bytes.substr(i, 8);
    if (std::any_of(part.begin(), part.end(), [](char c) { return c < '!' || c > '~'; })) continue;
    static const std::string words =
        "cannot read the secret in /run/secrets/sk: it is empty it is UTF-16; save it as UTF-8 it "
        "holds a line NAME=value; write the value alone into it must not hold control characters, "
        "such as a line break at its end looks like a variable, not like a key; the configuration "
        "fills in looks like a command of a shell looks like a placeholder keys are letters, "
        "digits and signs of ASCII without blanks as character";
    if (words.find(part) != words.npos) continue;
    if (bytes.find('$') != bytes.npos) continue;  // a variable that was not replaced is named
    require(told.find(part) == std::string::npos, "no message holds a secret");
  }
}

void read_services(std::string_view bytes) {
  const std::vector<std::string_view> providers{"baidu", "volcengine"};
  ServiceCategories categories;
  const auto taken = categories.extend(bytes, "services.csv", providers);
  if (taken) return;
  require(!taken.error().empty(), "what is refused has a problem");
  for (const Error& problem : taken.error()) {
    require(problem.message.starts_with("services.csv:"), "a problem names the file");
    require_message(problem.message);
  }
  require(categories.of("baidu", "BCC") == ServiceCategory(), "nothing is taken of a bad file");
}

void read_proxy(std::string_view bytes) {
  const std::size_t cut = bytes.find('\n');
  const std::string proxy(bytes.substr(0, cut));
  const std::string no_proxy(cut == bytes.npos ? "" : bytes.substr(cut + 1));
  if (proxy.find('\0') != proxy.npos || no_proxy.find('\0') != no_proxy.npos) return;
  const auto rules = ProxyRules::read([&](std::string_view name) -> std::optional<std::string> {
    if (name == "https_proxy") return proxy;
    if (name == "no_proxy") return no_proxy;
    return std::nullopt;
  });
  for (const char* address : {"https://billing.baidubce.com", "https://open.volcengineapi.com:8443",
                              "https://[2001:db8::1]", "https://10.1.2.3"}) {
    const auto reached = rules.proxy_for(*parse_endpoint(address));
    if (!reached) {
      require_message(reached.error().message);
    } else if (*reached) {
      require((*reached)->address.find('@') == std::string::npos, "an address holds no password");
    }
  }
  require(*rules.proxy_for(*parse_endpoint("http://127.0.0.1:80")) == nullptr,
          "loopback is reached directly");
}

std::string read_file(const std::string& path) {
  std::ifstream in(std::string(REPOSITORY_DIR "/") + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::vector<FuzzTarget> config_targets() {
  return {
      {"config",
       read_config,
       {read_file("config/config.example.yml"), read_file("config/demo.yml"),
        read_file("config/baidu-minimal.yml"), read_file("config/byteplus-minimal.yml")}},
      {"environment",
       read_environment_text,
       {"a ${SET} b ${NOT_SET:-c} $$ $x ${", "${1}", "${SET:-}", "${NOT_SET}\n${also not}"}},
      {"config_values",
       read_values,
       {"1h30m", "0", "30d", "36500d", "https://Billing.Example.com.:443/", "https://[::1]:8443",
        "http://localhost:80", "tag:env=tag_env", "region_id", "RMB", "12.50", "1e-5", "账户"}},
      {"secret_file",
       read_secret,
       {"\xEF\xBB\xBF s3cr3t+key/of==\r\n", "BAIDU_SK=abcdefgh", "a b",
        "\xFF\xFE"
        "a",
        "${BAIDU_SK}", "\"quoted\"", "abcdefgh\nijklmnop"}},
      {"focus_services",
       read_services,
       {"# comment\n\nbaidu,BCC,Compute\nvolcengine,x,Networking,Network Connectivity\n",
        "baidu,\xB7\xFE\xCE\xF1,Compute\n", "aws,x,Compute\n", "baidu,\"a,b\",Storage\r\n",
        "baidu,x,No category\nbaidu\n"}},
      {"proxy",
       read_proxy,
       {"http://user:p%40ss@proxy:3128\n.example.com,10.0.0.0/8 [::1]:443",
        "socks5h://[::1]:1080\n*", "proxy\nbaidubce.com", "https://u:p@h:99999\n10.1.2.3:443"}},
  };
}

}  // namespace cloud_billing
