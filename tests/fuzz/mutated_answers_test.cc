// Thousands of answers that differ a little from good ones: each is read to its end or refused,
// what is accepted comes to what another reader finds in it, and no message holds a secret.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "providers/masked_words.h"
#include "tests/fuzz/known_answers.h"

namespace cloud_billing {
namespace {

class Mutations {
 public:
  explicit Mutations(unsigned seed) : random_(seed) {}

  std::string of(std::string text) {
    for (std::size_t i = 1 + below(3); i > 0; --i) text = mutate(std::move(text));
    return text;
  }

 private:
  std::size_t below(std::size_t most) { return random_() % std::max<std::size_t>(most, 1); }

  // What clouds, gateways and programming languages write.
  std::string word() {
    static const std::vector<std::string> words{"null",
                                                "true",
                                                "0",
                                                "-0",
                                                "1",
                                                "-1",
                                                "1e-19",
                                                "15e-19",
                                                "0.0007000000000000001",
                                                "1e20",
                                                "1e99",
                                                "12345678901234567890",
                                                "1.5E+3",
                                                "1e",
                                                "NaN",
                                                R"("/")",
                                                R"("-")",
                                                R"("")",
                                                R"("12.50")",
                                                R"("1,5")",
                                                R"(" 1")",
                                                R"("0.10")",
                                                "{}",
                                                "[]",
                                                "[{}]",
                                                R"({"a":[1,{}]})",
                                                R"("\u0000")",
                                                R"("\ud800")",
                                                "\"\xFF\xFE\"",
                                                R"("￥")",
                                                R"("RMB")",
                                                R"("$")",
                                                R"("0001-01-01T00:00:00Z")",
                                                R"("{\"team\":[\"web\",{}]}")",
                                                ",",
                                                "\""};
    return words[below(words.size())];
  }

  // Where a value begins and how long it is: behind a colon, up to what may follow.
  bool replace_value(std::string& text) {
    const std::size_t colon = text.find(':', below(text.size()));
    if (colon == std::string::npos) return false;
    const std::size_t begin = colon + 1;
    const bool is_text = begin < text.size() && text[begin] == '"';
    std::size_t end = is_text ? text.find('"', begin + 1) : text.find_first_of(",}]", begin);
    if (end == std::string::npos) return false;
    if (is_text) ++end;
    text.replace(begin, end - begin, word());
    return true;
  }

  std::string mutate(std::string text) {
    const std::size_t at = below(text.size());
    const std::size_t length = below(std::min<std::size_t>(text.size() - at, 40));
    switch (below(8)) {
      case 0:
        if (!text.empty()) text[at] = static_cast<char>(random_() % 256);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      case 3:
        text.insert(at, word());
        break;
      case 4:
        text.resize(at);
        break;
      default:
        if (!replace_value(text)) text.insert(at, word());
    }
    return text;
  }

  std::mt19937_64 random_;
};

// ---- the test ----

void expect_no_secret(const Failure& failure, const std::string& body) {
  const std::string words = masked_words(failure.words, kEchoedKey);
  for (const std::string& secret :
       {kEchoedKey.access_key_id, kEchoedKey.secret_access_key, kEchoedKey.session_token}) {
    for (std::size_t i = 0; i + 8 <= secret.size(); ++i) {
      EXPECT_EQ(failure.message.find(secret.substr(i, 8)), std::string::npos) << body;
      EXPECT_EQ(words.find(secret.substr(i, 8)), std::string::npos) << body;
    }
  }
}

TEST(MutatedAnswers, AreReadAsAnotherReaderReadsThemOrRefused) {
  constexpr int kOfEach = 400;  // 4,800 in all
  Mutations mutations(20261129);
  std::map<std::string_view, int> accepted;
  std::map<std::string_view, int> compared;
  for (const KnownAnswer& answer : known_answers()) {
    for (int i = 0; i < kOfEach; ++i) {
      // The first is the good answer itself.
      const std::string body = i == 0 ? answer.text : mutations.of(answer.text);
      HttpResponse response{200, {}, body};
      const auto read = answer.read(response);
      if (!read) {
        expect_no_secret(read.error(), body);
        continue;
      }
      ++accepted[answer.name];
      const auto json = ExactJson::parse(body);
      if (!json) continue;
      ++compared[answer.name];
      const auto expected = answer.expect(*json);
      ASSERT_TRUE(expected) << answer.name << " is read as " << *read << ": " << body;
      ASSERT_EQ(*read, *expected) << answer.name << ": " << body;
    }
  }
  for (const KnownAnswer& answer : known_answers()) {
    if (answer.name.ends_with("error")) continue;
    EXPECT_GE(compared[answer.name], 20) << answer.name << " of " << accepted[answer.name];
  }
}

}  // namespace
}  // namespace cloud_billing
