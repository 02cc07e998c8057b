// Small texts from anywhere: amounts, headers, compressed bodies, words that a cloud echoes.

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/amount.h"
#include "core/currency.h"
#include "core/http_date.h"
#include "core/number_text.h"
#include "core/percent_encoding.h"
#include "core/retry_after.h"
#include "core/shown_text.h"
#include "core/spelling.h"
#include "core/utf8.h"
#include "exposition/content_negotiation.h"
#include "exposition/gzip.h"
#include "exposition/header_preferences.h"
#include "providers/masked_words.h"
#include "tests/fuzz/text_targets.h"
#include "transport/response_body.h"

namespace cloud_billing {
namespace {

// 2026-11-23T04:00:00Z
constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};

void read_amount(std::string_view bytes) {
  const auto amount = Amount::parse(bytes);
  if (!amount) return;
  const std::string decimal = amount->to_decimal();
  const auto again = Amount::parse(decimal);
  require(again && *again == *amount, "an amount is written as it is read");
  require_equal(again->to_decimal(), decimal, "and always alike");
  std::string printed;
  append_amount(printed, *amount);
  require(std::strtod(printed.c_str(), nullptr) == std::strtod(decimal.c_str(), nullptr),
          "what is printed is the nearest double");
  require(nearest_double(*amount) == std::strtod(decimal.c_str(), nullptr),
          "and so is what is drawn");

  Amount sum = *amount;
  require(sum.subtract(*amount) && sum == Amount(), "an amount less itself is nothing");
  require(amount->magnitude() >= Amount(), "a magnitude is not below 0");
  for (const std::int64_t factor : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{3}}) {
    const auto product = amount->times(factor);
    if (!product || factor == 0) continue;
    require((*product < Amount()) == ((*amount < Amount()) != (factor < 0)) || *amount == Amount(),
            "a product has its sign");
  }
  // Of a third three come to the whole, up to what rounding to 8 decimals loses.
  const auto thrice = amount->divided_by(3).times(3);
  if (!thrice) return;
  Amount rest = *thrice;
  require(!rest.subtract(*amount) || rest.magnitude() <= *Amount::parse("0.000000015"),
          "three thirds are the whole");
}

void read_number(std::string_view bytes) {
  double value = 0;
  if (bytes.size() < sizeof value) return;
  std::memcpy(&value, bytes.data(), sizeof value);
  std::string text;
  append_number(text, value);
  if (std::isnan(value)) return require_equal(text, "NaN", "what is no number is printed so");
  if (std::isinf(value)) return require_equal(text, value > 0 ? "+Inf" : "-Inf", "infinity");
  require(std::strtod(text.c_str(), nullptr) == value, "a number reads as it was printed");
}

void read_headers(std::string_view bytes) {
  const std::size_t cut = bytes.find('\n');
  const std::string first(bytes.substr(0, cut));
  const std::string second(cut == bytes.npos ? "" : bytes.substr(cut + 1));
  HttpResponse response{429, {{"retry-after", first}, {"date", second}}, ""};
  if (const auto wait = read_retry_after(response, kNow)) {
    require(wait->count() >= 0, "nobody waits for the past");
  }
  const std::string difference = explain_clock_difference(first, kNow);
  if (!difference.empty()) {
    require(read_http_date(first).has_value(), "only a time is another time");
    require_message(difference);
  }
}

void read_accept(std::string_view bytes) {
  for (const HeaderPreference& preference : read_preferences(bytes)) {
    require(preference.quality >= 0 && preference.quality <= 1, "a quality is from 0 to 1");
    require(!preference.name.empty(), "a preference has a name");
    require(std::none_of(preference.name.begin(), preference.name.end(),
                         [](char c) { return c >= 'A' && c <= 'Z'; }),
            "in lower case");
  }
  static_cast<void>(choose_format(bytes));
  const ContentCoding coding = choose_coding(bytes);
  if (coding == ContentCoding::kGzip) {
    std::string lower(bytes);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    require(lower.find("gzip") != lower.npos || lower.find('*') != lower.npos,
            "gzip is sent to those who name it");
  }
}

void mask_words(std::string_view bytes) {
  const Credentials key{"AKLTfuzzed/0001", "s3cr3t+canary/of==the==fuzzers",
                        "STS+token/of.fuzzers=="};
  if (bytes.size() < 3) return;
  // What the cloud says, with a part of a secret somewhere in it.
  const std::string* const secrets[] = {&key.access_key_id, &key.secret_access_key,
                                        &key.session_token};
  const std::string& secret = *secrets[static_cast<unsigned char>(bytes[0]) % 3];
  std::string words(bytes.substr(2));
  words = replace_ill_formed_utf8(words);
  words.insert(static_cast<unsigned char>(bytes[1]) % (words.size() + 1), secret);
  words = replace_ill_formed_utf8(words);
  const std::string masked = masked_words(words, key);
  require(count_characters(masked) <= 200, "words are 200 characters at most");
  require(!has_control_character(masked), "on one line");
  require_equal(replace_ill_formed_utf8(masked), masked, "well-formed");
  for (std::size_t i = 0; i + 8 <= secret.size(); ++i) {
    require(masked.find(secret.substr(i, 8)) == masked.npos, "no part of a key is shown");
  }
}

void show_text(std::string_view bytes) {
  const std::string text = replace_ill_formed_utf8(std::string(bytes));
  // nlohmann's own check of UTF-8.
  static_cast<void>(nlohmann::json(text).dump());
  require_equal(replace_ill_formed_utf8(text), text, "well-formed text stays as it is");
  for (const std::string& shown :
       {show_value(text), show_path(text) + "-", quote_if_showable("label", text), quote_text(text),
        std::string("-") + std::string(show_key(text))}) {
    require_message(shown);
  }
  require_equal(decode_form_value(percent_encode(bytes)), bytes, "what is encoded is decoded");
  if (const auto currency = read_currency(text)) {
    const auto again = read_currency(currency->text());
    require(again && *again == *currency, "a code stands for itself");
  }
}

struct Body {
  std::string text;
  ResponseBody::Problem problem{};
  friend bool operator==(const Body&, const Body&) = default;
};

Body read_body(std::string_view bytes, std::string_view encoding, std::size_t piece) {
  ResponseBody body;
  bool is_good = true;
  for (std::size_t at = 0; at < bytes.size() && is_good; at += piece) {
    is_good = body.append(encoding, bytes.substr(at, piece));
  }
  if (is_good) is_good = body.finish();
  require(is_good == (body.problem() == ResponseBody::Problem::kNone), "what fails has a problem");
  if (!is_good) return {"", body.problem()};
  return {body.take(), body.problem()};
}

// A gzip member of this text.
std::string pack(std::string_view text) {
  const DeflatedText deflated = deflate_text(text);
  return gzip_head() + deflated.blocks + gzip_end(deflated.sum);
}

void read_compressed(std::string_view bytes) {
  for (const std::string_view encoding : {"gzip", "", "x-gzip", "br"}) {
    const Body whole = read_body(bytes, encoding, std::max<std::size_t>(bytes.size(), 1));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
      require(read_body(bytes, encoding, piece) == whole, "it matters not how a body comes in");
    }
  }
  const std::size_t half = bytes.size() / 2;
  const std::string members = pack(bytes.substr(0, half)) + pack(bytes.substr(half));
  const Body back = read_body(members, "gzip", 5);
  require(back.problem == ResponseBody::Problem::kNone, "what is packed is unpacked");
  require_equal(back.text, bytes, "and is what it was");
  DeflatedText both = deflate_text(bytes.substr(0, half));
  const DeflatedText stored = store_text(bytes.substr(half));
  both.blocks += stored.blocks;
  both.sum.append(stored.sum);
  require(both.sum == checksum_of(bytes), "checksums are combined");
  const Body joined = read_body(gzip_head() + both.blocks + gzip_end(both.sum), "gzip", 9);
  require_equal(joined.text, bytes, "blocks are joined to one member");
}

}  // namespace

std::vector<FuzzTarget> small_text_targets() {
  return {
      {"amount", read_amount},
      {"number", read_number, {std::string(8, '\0'), "\x9a\x99\x99\x99\x99\x99\xb9?"}},
      {"response_headers",
       read_headers,
       {"120\n", "60, 60\n", "Mon, 23 Nov 2026 04:05:00 GMT\nMon, 23 Nov 2026 04:00:00 GMT",
        "Monday, 23-Nov-26 04:05:00 GMT\n", "Mon Nov 23 04:05:00 2026\n",
        "99999999999999999999\n"}},
      {"accept",
       read_accept,
       {"application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.4,*/*;q=0.1",
        "gzip;q=0, *", "gzip, deflate, br", "zh-CN,zh;q=0.9,en;q=0.8", "a;q=\"0.5\";b=\"\\\",\""}},
      {"masked_words", mask_words, {"a1the key is refused", "b9Signature: ", "c0\n\xE4\xB8\xAD"}},
      {"shown_text",
       show_text,
       {"secret_access_key: WkRZ", "/run/secrets/sk", "team",
        "\xED\xA0\x80\xF4\x90\x80\x80\xC0\xAF", "￥", "a%zz+b"}},
      {"compressed_body", read_compressed, {"text", pack("text"), pack("a") + pack("b")}},
  };
}

}  // namespace cloud_billing
