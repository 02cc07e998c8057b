// What is written is read as what it was.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/duration.h"
#include "core/amount.h"
#include "core/calendar.h"
#include "core/number_text.h"
#include "core/percent_encoding.h"
#include "exposition/gzip.h"
#include "focus/csv_lines.h"
#include "focus/tags_json.h"
#include "tests/fuzz/exact_json.h"
#include "tests/gunzip.h"

namespace cloud_billing {
namespace {

std::string any_decimal() {
  std::string text = *rc::gen::element<std::string>("", "-");
  text += *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('0', ':')));
  text.resize(std::min<std::size_t>(text.size(), 20));
  if (text == "-") text = "-0";
  const auto decimals = *rc::gen::container<std::string>(rc::gen::inRange('0', ':'));
  if (!decimals.empty()) text += '.' + decimals;
  return text;
}

RC_GTEST_PROP(Amounts, ReadAsTheyAreWrittenAndAddUpAsByHand, ()) {
  std::vector<std::string> texts;
  Amount sum;
  LongSum expected;
  for (int i = *rc::gen::inRange(0, 20); i > 0; --i) {
    const std::string text = any_decimal();
    const auto amount = Amount::parse(text);
    RC_ASSERT(amount.ok());
    const auto again = Amount::parse(amount->to_decimal());
    RC_ASSERT(again.ok() && *again == *amount);
    if (!sum.add(*amount)) return;  // beyond the range is an error, and no sum
    RC_ASSERT(expected.add(text));
  }
  RC_ASSERT(sum.to_decimal() == (expected.text().empty() ? "0" : expected.text()));
}

RC_GTEST_PROP(Amounts, ArePrintedAsTheNearestDouble, ()) {
  const auto amount = Amount::parse(any_decimal());
  RC_ASSERT(amount.ok());
  std::string printed;
  append_amount(printed, *amount);
  RC_ASSERT(std::strtod(printed.c_str(), nullptr) ==
            std::strtod(amount->to_decimal().c_str(), nullptr));
}

RC_GTEST_PROP(Numbers, ReadAsTheyArePrinted, (double value)) {
  std::string text;
  append_number(text, value);
  RC_ASSERT(std::strtod(text.c_str(), nullptr) == value);
}

RC_GTEST_PROP(Times, ReadAsTheyAreWritten, ()) {
  const UtcSeconds time{
      std::chrono::seconds(*rc::gen::inRange<std::int64_t>(0, std::int64_t{250'000'000'000}))};
  RC_ASSERT(parse_utc(utc_text(time)) == time);
  for (const BillingZone zone : {kUtc, kChinaTime}) {
    RC_ASSERT(parse_day(day_text(zone.day_at(time))) == zone.day_at(time));
    const BillingMonth month = zone.month_at(time);
    RC_ASSERT(BillingMonth::parse(month.text()) == month);
    RC_ASSERT(zone.start_of(month) <= time && time < zone.end_of(month));
    RC_ASSERT(zone.end_of(month) == zone.start_of(month.next()));
    RC_ASSERT(zone.start_of(zone.day_at(time)) <= time && time < zone.end_of(zone.day_at(time)));
  }
}

RC_GTEST_PROP(Durations, ReadAsTheyAreWritten, ()) {
  const std::chrono::seconds duration{*rc::gen::inRange<std::int64_t>(0, kMaxDuration.count() + 1)};
  const auto read = parse_duration(format_duration(duration));
  RC_ASSERT(read.ok() && *read == duration);
}

RC_GTEST_PROP(FormValues, ReadAsTheyAreWritten, (const std::string& text)) {
  RC_ASSERT(decode_form_value(percent_encode(text)) == text);
}

// The fields of one record of RFC 4180.
std::vector<std::string> read_csv(std::string_view line) {
  std::vector<std::string> fields{""};
  bool is_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (is_quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += '"';
        ++i;
      } else {
        is_quoted = false;
      }
    } else if (c == '"') {
      is_quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  return fields;
}

RC_GTEST_PROP(CsvLines, ReadAsTheyAreWritten, (const std::vector<std::string>& texts)) {
  RC_PRE(!texts.empty());
  CsvLines csv;
  for (const std::string& text : texts) csv.add_text(text);
  csv.end_line();
  std::string line(csv.text());
  RC_ASSERT(line.ends_with('\n'));
  line.pop_back();
  if (line.ends_with('\r')) line.pop_back();
  RC_ASSERT(read_csv(line) == texts);
}

RC_GTEST_PROP(TagsInJson, ReadAsTheyAreWritten, ()) {
  const auto texts = *rc::gen::unique<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::inRange<char>(0x01, 0x7F)));
  std::vector<Tag> tags;
  for (const std::string& text : texts) tags.push_back({text, text});
  std::string json;
  append_tags_json(json, tags);
  if (tags.empty()) {
    RC_ASSERT(json.empty());
    return;
  }
  const auto read = ExactJson::parse(json);
  RC_ASSERT(read.has_value() && read->size() == tags.size());
  for (const std::string& text : texts) {
    RC_ASSERT(read->at(text) == (text.empty() ? ExactJson::Json(true) : ExactJson::Json(text)));
  }
}

RC_GTEST_PROP(Compression, OfAnyPiecesIsOneMemberOfTheWholeText,
              (const std::vector<std::string>& pieces)) {
  std::string member = gzip_head();
  std::string whole;
  Checksum sum;
  for (const std::string& piece : pieces) {
    const DeflatedText deflated =
        *rc::gen::arbitrary<bool>() ? deflate_text(piece) : store_text(piece);
    member += deflated.blocks;
    sum.append(deflated.sum);
    whole += piece;
  }
  RC_ASSERT(gunzip(member + gzip_end(sum)) == whole);
}

}  // namespace
}  // namespace cloud_billing
