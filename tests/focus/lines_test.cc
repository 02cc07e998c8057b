// Each line of 10,000 random charges, and of 200,000 in a long run, keeps the rules that the
// official validator checks, and those that it lets pass: an enumeration, for one, it checks over
// the whole file only.

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "focus/charge_record.h"
#include "focus/columns.h"
#include "tests/long_run.h"

namespace cloud_billing {
namespace {

using Values = std::vector<std::optional<std::string>>;  // nothing: no value

// A record by the names of its columns.
struct Fields {
  const Values& values;

  [[nodiscard]] const std::optional<std::string>& at(std::string_view name) const {
    static const auto places = [] {
      std::map<std::string_view, std::size_t> by_name;
      for (const Column& column : focus_columns()) by_name.emplace(column.id, by_name.size());
      return by_name;
    }();
    return values.at(places.at(name));
  }
};

// RFC 4180, read by another program than the one that wrote it. A quoted empty field is a value.
Values read_record(std::string_view text, std::size_t& at) {
  Values fields(1);
  while (at < text.size()) {
    if (text[at] == '"') {
      fields.back().emplace();
      for (++at;; ++at) {
        if (text.at(at) != '"') {
          *fields.back() += text[at];
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
          *fields.back() += text[++at];
        } else {
          break;
        }
      }
      ++at;
    } else if (text[at] == ',') {
      fields.emplace_back();
      ++at;
    } else if (text.compare(at, 2, "\r\n") == 0) {
      at += 2;
      return fields;
    } else {
      if (!fields.back()) fields.back().emplace();
      *fields.back() += text[at++];
    }
  }
  ADD_FAILURE() << "a record without an end";
  return fields;
}

bool is_decimal(const std::string& text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at > begin;
  };
  return digits() && at < text.size() && text[at++] == '.' && digits() && at == text.size();
}

bool is_time(const std::string& text) {
  const std::string form = "dddd-dd-ddTdd:dd:ddZ";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == 'd' ? !digit : text[i] != form[i]) return false;
  }
  return true;
}

// Of FOCUS 1.2's column definitions.
const std::map<std::string, std::set<std::string>> kEnumerations{
    {"ChargeCategory", {"Usage", "Purchase", "Tax", "Credit", "Adjustment"}},
    {"ChargeClass", {"Correction"}},
    {"ChargeFrequency", {"One-Time", "Recurring", "Usage-Based"}},
    {"PricingCategory", {"Standard", "Dynamic", "Committed", "Other"}},
    {"x_EffectiveCostBasis", {"amortized", "billed"}},
    {"x_ListCostBasis", {"list", "contracted"}},
    {"ServiceCategory",
     {"AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases",
      "Developer Tools", "Multicloud", "Identity", "Integration", "Internet of Things",
      "Management and Governance", "Media", "Migration", "Mobile", "Networking", "Security",
      "Storage", "Web", "Other"}}};
const std::set<std::string> kNeverNull{
    "BilledCost",         "BillingAccountId", "BillingCurrency",   "BillingPeriodEnd",
    "BillingPeriodStart", "ChargeCategory",   "ChargeFrequency",   "ChargePeriodEnd",
    "ChargePeriodStart",  "ContractedCost",   "EffectiveCost",     "InvoiceIssuerName",
    "ListCost",           "PricingCategory",  "ProviderName",      "PublisherName",
    "ServiceCategory",    "ServiceName",      "ServiceSubcategory"};

class RandomCharges {
 public:
  // Lives until the next one.
  const Charge& next() {
    charge_ = {};
    charge_.service_type = pick({"ECS", "volume", "ecs", "odd,\"service\"", ""});
    charge_.service_name = odd_text();
    charge_.region_id = pick({"cn-beijing", "global", "bj"});
    charge_.billing_mode = pick({"postpaid", "prepaid", "contract", "fulfillment"});
    charge_.sub_account_id = pick({"20", "21", ""});
    charge_.sub_account_name = odd_text();
    charge_.project = odd_text();
    charge_.currency = pick({"CNY", "USD"});
    for (const std::string_view key : {"team", "a\"b", "=c", "空 格", "line\nbreak"}) {
      if (one_of(3) == 0) charge_.tags.push_back({key, odd_text()});
    }
    for (Amount& amount : charge_.amounts) amount = random_amount();
    ChargeDetails& details = charge_.details;
    details.row_id = odd_text();
    details.payer_id = pick({"20", ""});
    details.region_name = odd_text();
    details.resource_id = odd_text();
    details.resource_name = odd_text();
    details.quantity = pick({"1440", "0.5", "-", "", "1e3"});
    details.unit = pick({"GiB", "分钟", ""});
    details.unit_price = pick({"0.00105", "x", ""});
    if (one_of(2) == 0) details.start = random_time();
    if (one_of(2) == 0) details.end = random_time();
    if (one_of(2) == 0) details.contracted_cost = random_amount();
    details.has_list_cost = one_of(4) != 0;
    details.corrects_earlier_month = one_of(9) == 0;
    return charge_;
  }

  unsigned one_of(unsigned choices) { return static_cast<unsigned>(random_() % choices); }

 private:
  std::string_view pick(std::initializer_list<std::string_view> choices) {
    return *(choices.begin() + one_of(static_cast<unsigned>(choices.size())));
  }
  std::string_view odd_text() {
    return pick({"", "plain", "=SUM(A1)", "+1", "-2", "@x", "a,b", "say \"hi\"", "two\nlines", "\r",
                 "\"", "中文，全角", "NULL-ish", "tab\there"});
  }
  Amount random_amount() {
    const std::string digits = std::to_string(static_cast<std::int64_t>(random_()) / 1000);
    return *Amount::parse(digits + "e-" + std::to_string(one_of(19)));
  }
  UtcSeconds random_time() {
    return UtcSeconds(std::chrono::seconds(1786000000 + one_of(5000000)));
  }

  std::mt19937_64 random_{1};
  Charge charge_;
};

void check_values(const Fields& line) {
  for (std::size_t i = 0; i < line.values.size(); ++i) {
    const Column& column = focus_columns()[i];
    const auto& value = line.values[i];
    if (!value) {
      EXPECT_EQ(column.nulls, Nulls::kAllowed) << column.id;
      continue;
    }
    const bool is_good = (column.type != ColumnType::kDecimal || is_decimal(*value)) &&
                         (column.type != ColumnType::kDateTime || is_time(*value));
    EXPECT_TRUE(is_good && !value->empty()) << column.id << ": " << *value;
  }
  for (const std::string& id : kNeverNull) EXPECT_TRUE(line.at(id).has_value()) << id;
  for (const auto& [id, allowed] : kEnumerations) {
    if (const auto& value = line.at(id)) {
      EXPECT_EQ(allowed.count(*value), 1U) << id << *value;
    }
  }
}

void check_tags(const Fields& line, const Charge& charge) {
  const auto& text = line.at("Tags");
  ASSERT_EQ(text.has_value(), !charge.tags.empty());
  if (!text) return;
  const auto tags = nlohmann::json::parse(*text);
  ASSERT_EQ(tags.size(), charge.tags.size());
  for (const Tag& tag : charge.tags) {
    const auto& value = tags.at(std::string(tag.key));
    if (tag.value.empty()) {
      EXPECT_EQ(value, true);
    } else {
      EXPECT_EQ(value, std::string(tag.value));
    }
  }
}

void check_together(const Fields& line) {
  EXPECT_LT(*line.at("BillingPeriodStart"), *line.at("BillingPeriodEnd"));
  EXPECT_LT(*line.at("ChargePeriodStart"), *line.at("ChargePeriodEnd"));
  EXPECT_EQ(line.at("RegionId").has_value(), line.at("RegionName").has_value());
  EXPECT_EQ(line.at("SubAccountId").has_value(), line.at("SubAccountName").has_value());
  EXPECT_EQ(line.at("PricingQuantity").has_value(), line.at("PricingUnit").has_value());
  EXPECT_EQ(line.at("ConsumedQuantity").has_value(), line.at("ConsumedUnit").has_value());
  if (line.at("ChargeCategory") == "Purchase") {
    EXPECT_NE(line.at("ChargeFrequency"), "Usage-Based");
    EXPECT_FALSE(line.at("ConsumedQuantity").has_value());
  }
}

TEST(FocusLines, OfRandomChargesKeepEveryRuleOfFocus) {
  const int rows = is_long_run() ? 200000 : 10000;
  ServiceCategories categories;
  categories.add("one", "ECS", {"Compute", "Virtual Machines"});
  categories.add("one", "odd,\"service\"", {"Web", "Other (Web)"});
  FocusMonth month = describe_month(BillingMonth(std::chrono::year(2026) / 9), kChinaTime);
  month.account = "=prod";
  month.provider = "one";
  month.issuer = "Example Cloud";
  month.has_shares = true;

  CsvLines header;
  add_header(header);
  std::size_t begin = 0;
  const auto names = read_record(header.text(), begin);
  ASSERT_EQ(names.size(), focus_columns().size());

  RandomCharges charges;
  std::map<std::string, std::set<std::string>> categories_of;
  Amount billed;
  Amount billed_in_file;
  CsvLines lines;
  for (int i = 0; i < rows && !testing::Test::HasFailure(); ++i) {
    const Charge& charge = charges.next();
    const bool is_share = charges.one_of(5) == 0;
    lines.clear();
    add_line(lines,
             make_focus_row(month, charge, is_share ? ChargeFamily::kShare : ChargeFamily::kBilled,
                            categories));
    const std::string_view line = lines.text();
    std::size_t at = 0;
    const auto values = read_record(line, at);
    ASSERT_EQ(at, line.size());
    ASSERT_EQ(values.size(), names.size()) << line;
    const Fields fields{values};
    check_values(fields);
    check_tags(fields, charge);
    check_together(fields);
    categories_of[*fields.at("ServiceName")].insert(*fields.at("ServiceCategory"));
    if (!is_share) {
      ASSERT_TRUE(billed.add(charge.amounts[index_of(Measure::kBilledCost)]));
    }
    ASSERT_TRUE(billed_in_file.add(*Amount::parse(*fields.at("BilledCost"))));
    if (!charge.project.empty()) {
      EXPECT_EQ(fields.at("x_Project"), std::string(charge.project));
    }
  }
  EXPECT_EQ(billed_in_file.to_decimal(), billed.to_decimal());
  for (const auto& [service, its_categories] : categories_of) {
    EXPECT_EQ(its_categories.size(), 1U) << service;
  }
}

}  // namespace
}  // namespace cloud_billing
