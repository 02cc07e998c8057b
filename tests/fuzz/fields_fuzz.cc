// What stands in fields of rows: tags, times, modes, regions, prices.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "baidu/tags.h"
#include "core/utf8.h"
#include "focus/tags_json.h"
#include "focus/unit_price.h"
#include "providers/iso_time.h"
#include "tests/fuzz/cloud_targets.h"
#include "tests/fuzz/exact_json.h"
#include "volcengine/bill_page.h"
#include "volcengine/regions.h"
#include "volcengine/tags.h"

namespace cloud_billing {
namespace {

// Keys differ, none is empty, and FOCUS's JSON holds them as they are.
void require_tags(const std::vector<Tag>& tags) {
  std::set<std::string_view> keys;
  for (const Tag& tag : tags) {
    require(keys.insert(tag.key).second, "a key stands once");
    require(tag.key.find('\0') == std::string_view::npos &&
                tag.value.find('\0') == std::string_view::npos,
            "no tag has a NUL");
  }
  std::string json;
  append_tags_json(json, tags);
  if (tags.empty()) return require(json.empty(), "no tags are no value");
  const auto read = ExactJson::parse(json);
  require(read && read->is_object() && read->size() == tags.size(), "all tags are told");
  for (const Tag& tag : tags) {
    const auto found = read->find(std::string(tag.key));
    require(found != read->end(), "each tag is told by its key");
    require(tag.value.empty() ? *found == ExactJson::Json(true)
                              : *found == ExactJson::Json(std::string(tag.value)),
            "each tag is told with its value");
  }
}

void read_baidu_tags(std::string_view bytes) {
  const std::string text = replace_ill_formed_utf8(std::string(bytes));
  const std::size_t line = text.find('\n');
  const std::string_view separators =
      line == text.npos ? ";" : std::string_view(text).substr(0, line);
  const std::string_view row = std::string_view(text).substr(line == text.npos ? 0 : line + 1);
  std::vector<Tag> tags;
  static_cast<void>(baidu::split_tags(row, separators, tags));
  require_tags(tags);
  for (const Tag& tag : tags) {
    require(row.find(tag.key) != row.npos && row.find(tag.value) != row.npos,
            "tags are told as they are written");
  }
}

void read_volcengine_tags(std::string_view bytes) {
  const std::string text = replace_ill_formed_utf8(std::string(bytes));
  volcengine::VolcengineTags reader;
  std::vector<Tag> tags;
  const std::size_t unread = reader.read(text, tags);
  require_tags(tags);
  const auto json = ExactJson::parse(text);
  if (json && json->is_object() && unread == 0) {
    require(tags.size() <= json->size(), "there are no other tags than those of the text");
  }
}

void read_times(std::string_view bytes) {
  const auto iso = read_iso_time(bytes);
  if (iso) {
    require(*iso >= UtcSeconds(std::chrono::seconds(946684800 - 24 * 3600)),
            "a time is not before 2000");
    const auto again = read_iso_time(utc_text(*iso));
    require(!again || *again == *iso, "a time that is written is the same time");
  }
  for (const BillingZone zone : {kUtc, kChinaTime}) {
    const auto begin = volcengine::read_expense_begin(bytes, zone);
    const auto end = volcengine::read_expense_end(bytes, zone);
    require(begin.has_value() == end.has_value(), "what is a time begins and ends");
    require(!begin || *begin <= *end, "an expense begins before it ends");
  }
  const auto day = parse_day(bytes);
  if (day) require_equal(day_text(*day), bytes, "a day is written as it is read");
  const auto month = BillingMonth::parse(bytes);
  if (month) require_equal(month->text(), bytes, "a month is written as it is read");
  const auto time = parse_utc(bytes);
  if (time) require_equal(utc_text(*time), bytes, "a time is written as it is read");
}

void read_words(std::string_view bytes) {
  const std::string text = replace_ill_formed_utf8(std::string(bytes));
  std::string storage;
  const std::string mode(volcengine::billing_mode(text, storage));
  std::string again;
  require_equal(volcengine::billing_mode(mode, again), mode, "a mode's word stands for itself");

  const std::size_t cut = text.find('\n');
  const std::string code = text.substr(0, cut);
  const std::string zone = cut == text.npos ? "" : text.substr(cut + 1);
  volcengine::Regions regions;
  const std::string region(regions.region_of(code, zone));
  require(!regions.resolve(region).empty(), "every row has a region");
  require(text.starts_with(volcengine::region_of_zone(text)), "a region is a zone's beginning");
}

void read_price(std::string_view bytes) {
  const std::size_t cut = bytes.find('\n');
  const auto quantity = Amount::parse(bytes.substr(0, cut));
  if (!quantity || cut == bytes.npos) return;
  const auto priced = PricedQuantity::of(bytes.substr(cut + 1), *quantity);
  if (!priced) return;
  for (const char* cost : {"0", "1.5", "-20", "0.00000001", "170141183460469231731"}) {
    const auto price = priced->price_of(*Amount::parse(cost));
    if (price) require(Amount::parse(price->to_decimal()).ok(), "a price is a decimal");
  }
}

}  // namespace

std::vector<FuzzTarget> field_targets() {
  return {
      {"baidu_tags",
       read_baidu_tags,
       {";,\nenv:prod;team:a,b,c:d", "；\nenv:prod；team:x", "\n/", ";\n: a ;b:;:c;b:d"}},
      {"volcengine_tags",
       read_volcengine_tags,
       {R"({"team":["web","a"],"env":[],"x":"y","n":1,"o":{"a":[]},"z":[null,true,1.5]})",
        R"({"a\u0000":["b"],"\ud83d\ude00":["\u4e2d"]})"}},
      {"times",
       read_times,
       {"2026-11-23T04:05:06Z", "2026-11-23T04:05:06.123+08:00", "2026-11-23T04:05:06-0330",
        "2026-11-23 04:05:06", "2026-11-23", "2026-11", "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z"}},
      {"words",
       read_words,
       {"包年包月", "按量计费", "1", "Pay-As-You-Go", "R000305\ncn-beijing-b",
        "x\nap-southeast-1a"}},
      {"unit_price", read_price, {"2\n1.5", "0.1\n15元/GB", "3\n0.5", "1e3\n1.5E-3"}},
  };
}

}  // namespace cloud_billing
