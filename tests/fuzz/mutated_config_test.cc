// 4,000 configurations that people and editors have spoilt, with secrets where keys belong: each is
// accepted or refused with positions, and no message holds a secret or half of one. The mutations
// are the same in every run.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "app/providers.h"
#include "config/config.h"
#include "core/shown_text.h"

namespace cloud_billing {
namespace {

constexpr int kConfigurations = 4000;

class Mutator {
 public:
  explicit Mutator(std::mt19937::result_type seed) : random_(seed) {}

  std::size_t below(std::size_t count) { return count == 0 ? 0 : random_() % count; }

  std::string make_text(std::string_view letters, std::size_t length) {
    std::string text;
    while (text.size() < length) text += letters[below(letters.size())];
    return text;
  }

  void mutate(std::string& text) {
    for (std::size_t times = 1 + below(4); times > 0 && !text.empty(); --times) mutate_once(text);
  }

 private:
  void mutate_once(std::string& text) {
    const std::size_t at = below(text.size());
    switch (below(10)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        return;
      case 1:
        text.erase(at, 1 + below(3));
        return;
      case 2:
      case 3:
        text.insert(at, kPieces[below(kPieces.size())]);
        return;
      case 4:  // the sign that ends a key becomes another, or loses its blank
        return replace_one(text, ": ",
                           std::array<std::string_view, 4>{":", "：", "=", ":\xC2\xA0"}[below(4)]);
      case 5:
        return replace_one(text, "_file: ", ": ");
      case 6:  // a value in the place of a variable's name, or of a reference to one
        return replace_one(text, ": ",
                           std::array<std::string_view, 3>{": ${", ": *", ": &"}[below(3)]);
      case 7:
        return swap_lines(text);
      case 8:
        return move_key(text);
      default:
        text.resize(at);
    }
  }

  // The next one behind a place chosen at random.
  void replace_one(std::string& text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from, below(text.size()));
    if (at != text.npos) text.replace(at, from.size(), to);
  }

  std::pair<std::size_t, std::size_t> choose_line(const std::string& text) {
    const std::size_t near = below(text.size());
    const std::size_t before = near == 0 ? text.npos : text.rfind('\n', near - 1);
    const std::size_t begin = before == text.npos ? 0 : before + 1;
    return {begin, std::min(text.find('\n', begin), text.size()) - begin};
  }

  void swap_lines(std::string& text) {
    const auto [begin, length] = choose_line(text);
    const std::string line = text.substr(begin, length) + "\n";
    if (below(2) == 0) text.erase(begin, line.size());
    text.insert(choose_line(text).first, line);
  }

  // One line's key takes the place of another's.
  void move_key(std::string& text) {
    const auto [from, from_length] = choose_line(text);
    const std::size_t end = text.find(": ", from);
    if (end == text.npos || end >= from + from_length) return;
    const std::string key = text.substr(from, end - from);
    const auto [to, to_length] = choose_line(text);
    const std::size_t to_end = text.find(": ", to);
    if (to_end < to + to_length) text.replace(to, to_end - to, key);
  }

  static constexpr std::array<std::string_view, 26> kPieces{
      ":",  ": ", "：", "，",   "“",  "［",  "　", "{",  "}", "[", "]",       "\"",   "'",
      "\n", "\t", "#",  "<<: ", "*a", "&a ", "- ", "${", "%", "|", "\n---\n", "\r\n", "\xFF"};

  std::mt19937 random_;
};

std::vector<std::string> make_secrets(Mutator& mutator) {
  constexpr std::string_view kHex = "0123456789abcdef";
  constexpr std::string_view kBase62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const std::string base64 = std::string(kBase62) + "+/";
  std::vector<std::string> secrets;
  for (int i = 0; i < 2; ++i) {
    secrets.push_back(mutator.make_text(kHex, 32));
    secrets.push_back("AKLT" + mutator.make_text(kBase62, 36));
    secrets.push_back(mutator.make_text(base64, 58) + "==");
    secrets.push_back(mutator.make_text(kBase62, 24));
    secrets.push_back(mutator.make_text(base64, 40));
  }
  return secrets;
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The shown configurations and one with everything that this one lacks, with secrets for variables
// and paths.
std::vector<std::string> make_documents(const std::vector<std::string>& secrets) {
  std::vector<std::string> documents{
      R"(x-common: &common {provider: baidu, budget: 5, labels: {a: b}}
account_defaults:
  collectors: [balance, bills]
  labels: {team: infra}
accounts:
  - <<: *common
    name: a
    access_key_id: ${A}
    secret_access_key: ${B}
    session_token: "${C}"
  - {<<: [*common], name: b, access_key_id: ${D}, secret_access_key: '${E}', low_balance: 3}
  - name: c
    provider: volcengine
    access_key_id_file: /run/secrets/ak
    secret_access_key_file: /run/secrets/sk
    requests_per_second: 2
)"};
  for (const char* name : {"baidu-minimal.yml", "byteplus-minimal.yml", "volcengine-minimal.yml",
                           "config.example.yml"}) {
    documents.push_back(read_file(std::string(TEST_DATA_DIR "/../../config/") + name));
  }
  std::size_t next = 0;
  for (std::string& document : documents) {
    for (const std::string_view mark : {"${", "/run/secrets/"}) {
      for (std::size_t at = document.find(mark); at != document.npos;
           at = document.find(mark, at)) {
        std::size_t end = document.find_first_of("}\n'\" ,", at);
        if (document[end] == '}') ++end;
        document.replace(at, end - at, secrets[next++ % secrets.size()]);
      }
    }
  }
  return documents;
}

TEST(MutatedConfig, IsReadOrRefusedAndNoMessageHoldsASecret) {
  Mutator mutator(20261129);
  const std::vector<std::string> secrets = make_secrets(mutator);
  const std::vector<std::string> documents = make_documents(secrets);
  const auto no_file = [](const std::string& path) -> Status {
    return Error{"cannot read the secret in " + show_path(path)};
  };
  const auto environment = [](std::string_view) { return std::optional<std::string>(); };
  int refused = 0;
  for (int i = 0; i < kConfigurations; ++i) {
    std::string text = documents[static_cast<std::size_t>(i) % documents.size()];
    mutator.mutate(text);
    const auto config =
        parse_config(text, "config.yml", environment, all_providers().facts(), no_file);
    if (config) {
      ASSERT_FALSE(config->accounts.empty()) << text;
      continue;
    }
    ++refused;
    ASSERT_FALSE(config.error().empty()) << text;
    for (const Error& problem : config.error()) {
      ASSERT_TRUE(problem.message.starts_with("config.yml:")) << problem.message;
      for (const std::string& secret : secrets) {
        const std::size_t half = secret.size() / 2;
        for (const auto& part : {secret.substr(0, half), secret.substr(half)}) {
          ASSERT_EQ(problem.message.find(part), std::string::npos) << problem.message << "\n"
                                                                   << text;
        }
      }
    }
  }
  EXPECT_GT(refused, kConfigurations / 4);
}

}  // namespace
}  // namespace cloud_billing
