#include "volcengine_page.h"

#include <array>
#include <cstdio>

#include "deterministic.h"
#include "field_writer.h"
#include "volcengine_catalogue.h"
#include "volcengine_tags.h"

namespace simulator {
namespace {

enum Purpose : std::uint64_t { kModeText = 701, kEndText, kUsage, kSpelling, kTaxForm };

std::string day_text(Month month, int day) {
  return write_date(month / std::chrono::day{static_cast<unsigned>(day)});
}

std::string midnight_after(Month month, int day) {
  return write_date(
             Date{std::chrono::sys_days{month / std::chrono::day{static_cast<unsigned>(day)}} +
                  std::chrono::days{1}}) +
         " 00:00:00";
}

std::string_view mode_text(const VolcengineRow& row, const Account& account) {
  constexpr std::array<std::string_view, 4> kDigits{"1", "2", "3", "4"};
  return draw(row.occurrence, kModeText, 5) == 0 ? kDigits[static_cast<std::size_t>(row.mode)]
                                                 : mode_name(row.mode, account.is_overseas);
}

// When the row's service ended. Bills of a whole day may say its date alone, or nothing.
std::string end_text(const VolcengineRow& row, Month month) {
  switch (draw(row.occurrence, kEndText, 12)) {
    case 0:
      return day_text(month, row.days.last);
    case 1:
      return "";
    case 2:
      return "-";
    default:
      return midnight_after(month, row.days.last);
  }
}

std::string detail_id(const VolcengineRow& row, const VolcenginePage& page) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "Detail%03u%04d%02u%02d%08zu",
                static_cast<unsigned>(page.account->seed % 1000),
                static_cast<int>(page.month.year()), static_cast<unsigned>(page.month.month()),
                row.of_one_day ? row.days.first : 0, row.number);
  return text.data();
}

// Amounts are text with a fixed number of decimals, now and then a number.
class VolcengineAmountWriter {
 public:
  VolcengineAmountWriter(std::string& out, std::uint64_t occurrence)
      : fields_(out), occurrence_(occurrence) {}

  void required(std::string_view name, Money money, int decimals) {
    write(name, money, decimals, mix(mix(occurrence_, kSpelling), field_++));
  }

  // A part that is zero may also be a placeholder.
  void optional(std::string_view name, Money money, int decimals) {
    const std::uint64_t spelling = mix(mix(occurrence_, kSpelling), field_++);
    if (money == Money{} && spelling % 16 < 4) {
      constexpr std::array<std::string_view, 4> kPlaceholders{"\"\"", "\"-\"", "null", "\"0\""};
      fields_.raw(name, kPlaceholders[spelling % 4]);
      return;
    }
    write(name, money, decimals, spelling);
  }

 private:
  void write(std::string_view name, Money money, int decimals, std::uint64_t spelling) {
    const std::string text = write_padded(money, decimals);
    if (spelling % 16 == 15) {
      fields_.raw(name, text);
    } else {
      fields_.text(name, text);
    }
  }

  FieldWriter fields_;
  std::uint64_t occurrence_;
  std::uint64_t field_ = 0;
};

void append_time_and_parties(FieldWriter& fields, const VolcengineRow& row,
                             const VolcenginePage& page) {
  const Account& account = *page.account;
  const std::string month = write_month(page.month);
  const std::string id = detail_id(row, page);
  fields.text("BillPeriod", month);
  fields.text("BusiPeriod", month);
  fields.text("ExpenseDate", row.of_one_day ? day_text(page.month, row.days.first) : "");
  fields.text("ExpenseBeginTime", day_text(page.month, row.days.first) + " 00:00:00");
  fields.text("ExpenseEndTime", end_text(row, page.month));
  fields.text("TradeTime", midnight_after(page.month, row.days.last));
  fields.text("BillID", "Bill" + id.substr(6));
  if (page.has_ids) {
    fields.text("BillDetailId", id);
  }
  fields.text("PayerID", account.id);
  fields.text("PayerUserName", account.login_name);
  fields.text("PayerCustomerName", "示例科技有限公司");
  fields.text("OwnerID", row.owner_id);
  fields.text("OwnerUserName", row.owner_id == account.id ? account.login_name : "linked");
  fields.text("OwnerCustomerName", "示例科技有限公司");
  fields.text("SellerID", "2100000000");
  fields.text("SellerUserName", "volcengine");
  fields.text("SellerCustomerName", "北京火山引擎科技有限公司");
  fields.text("SubjectName", "北京火山引擎科技有限公司");
}

void append_product(FieldWriter& fields, const VolcengineRow& row, const VolcenginePage& page,
                    bool bad_utf8) {
  const VolcengineProduct& product = volcengine_product_model(row.product);
  const std::size_t invented = page.account->invented_services;
  const std::string name = volcengine_product_name(row.product, invented);
  fields.text("Product", volcengine_product_code(row.product, invented));
  fields.text("ProductZh", bad_utf8 ? name + "\xff\xc3(\xe4\xba" : name);
  fields.text("BusinessMode", "普通模式");
  fields.text("BillingMode", mode_text(row, *page.account));
  fields.text("BillCategory", row.category);
  fields.text("SettlementType",
              row.amounts.paid + row.amounts.unpaid == Money{} ? "非结算" : "结算");
  fields.text("SellingMode", "0");
  fields.text("ReservationInstance", "0");
  fields.text("ConfigName", name);
  fields.text("ConfigurationCode", "cfg." + std::to_string(row.product) + ".large");
  fields.text("Element", product.element);
  fields.text("ElementCode", "BE" + std::to_string(1000 + row.product));
  fields.text("ChargeItemCode", "CI" + std::to_string(1000 + row.product));
}

// With one more tag, whose value is an object.
std::string write_odd_tags(const VolcengineTags& tags, const VolcengineRow& row) {
  std::string text = tags.empty() ? "{" : write_volcengine_tags(tags, row);
  if (!tags.empty()) {
    text.back() = ',';
  }
  return text + R"("odd":{"a":1}})";
}

void append_resource(FieldWriter& fields, const VolcengineRow& row, const VolcenginePage& page,
                     bool odd_tag) {
  const bool shown = page.has_resources;
  const Place& place = places()[row.place];
  fields.text("Region", shown ? region_name(place, page.account->is_overseas) : "");
  fields.text("RegionCode", shown ? place.region_code : "");
  fields.text("Zone", shown ? place.zone : "");
  fields.text("ZoneCode", shown ? place.zone_code : "");
  fields.text("CountryRegion", "中国内地");
  std::array<char, 40> instance{};
  std::snprintf(instance.data(), instance.size(), "i-%016llx",
                static_cast<unsigned long long>(row.identity));
  fields.text("InstanceNo", shown ? instance.data() : "");
  fields.text("InstanceName", shown ? instance.data() : "");
  fields.text("ResourceID", "");
  const Project& project = project_of(row);
  fields.text("Project", shown ? project.code : "");
  fields.text("ProjectDisplayName", shown ? project.name : "");
  fields.text("ProjectRemark", "");
  const VolcengineTags tags = volcengine_tags_of(row, *page.account);
  const std::string tag_text =
      odd_tag ? write_odd_tags(tags, row) : write_volcengine_tags(tags, row);
  fields.text("Tag", shown ? tag_text : "");
  fields.text("TagRemark", "");
  fields.text("Factor", "1");
  fields.text("ExpandField", "-");
}

void append_usage(FieldWriter& fields, const VolcengineRow& row) {
  const VolcengineProduct& product = volcengine_product_model(row.product);
  fields.text("Price", "0.001050");
  fields.text("PriceUnit", "元/" + std::string(product.unit));
  fields.text("PriceInterval", "");
  fields.text("Count", std::to_string(draw(row.occurrence, kUsage, 1440) + 1));
  fields.text("Unit", product.unit);
  fields.text("UseDuration", "24");
  fields.text("UseDurationUnit", "小时");
  fields.text("DeductionCount", "0");
  fields.text("DeductionUseDuration", "0");
  fields.text("DiscountBizBillingFunction", "预付费折扣");
  fields.text("DiscountBizUnitPrice", "");
  fields.text("DiscountInfo", "");
  fields.text("Formula", "应付金额=优惠后金额-代金券抵扣");
  fields.text("MeasureInterval", "1");
}

// Some rows leave the sum to the reader.
void append_tax(FieldWriter& fields, VolcengineAmountWriter& writer, const VolcengineRow& row) {
  const auto form = draw(row.occurrence, kTaxForm, 4);
  if (form == 0) {
    fields.text("PosttaxAmount", "-");
  } else if (form > 1) {
    writer.required("PosttaxAmount", row.amounts.billed(), 2);
  }
  writer.optional("Tax", row.amounts.tax, 2);
}

void append_amounts(std::string& out, const VolcengineRow& row, const VolcenginePage& page,
                    const PageSpoiling& spoiling) {
  const VolcengineAmounts& amounts = row.amounts;
  FieldWriter fields(out);
  VolcengineAmountWriter writer(out, row.occurrence);
  if (!spoiling.missing_amount) {
    writer.required("OriginalBillAmount", amounts.original, 6);
  }
  writer.optional("PreferentialBillAmount", amounts.preferential, 6);
  fields.raw("RoundAmount", write_decimal(amounts.round));
  writer.required("DiscountBillAmount", amounts.discounted, 2);
  writer.optional("CouponAmount", amounts.coupon, 2);
  if (spoiling.unreadable_amount) {
    fields.text("PayableAmount", "abc");
  } else {
    writer.required("PayableAmount", amounts.payable, 2);
  }
  // The official SDK dropped these three in 2026-09.
  if (page.account->tells_paid) {
    writer.optional("PaidAmount", amounts.paid, 2);
    writer.optional("UnpaidAmount", amounts.unpaid, 2);
    writer.optional("CreditCarriedAmount", {}, 2);
  }
  writer.optional("PointDeductAmount", {}, 2);
  writer.required("PretaxAmount", amounts.payable, 2);
  if (page.account->is_overseas) {
    append_tax(fields, writer, row);
  } else {
    // Of tax and settlement, which a reader must leave alone.
    writer.required("PosttaxAmount", amounts.payable, 2);
    writer.optional("Tax", {}, 2);
  }
  fields.text("TaxRate", "0.06");
  writer.required("SettlePayableAmount", amounts.payable, 2);
  writer.required("SettlePretaxAmount", amounts.payable, 2);
  fields.text("Currency", row.in_usd ? "USD" : "CNY");
  fields.text("CurrencySettlement", row.in_usd ? "USD" : "CNY");
  fields.text("ExchangeRate", "1.000000");
}

// The object that has just been filled gets its end instead of the last comma.
void close_object(std::string& out) { out.back() = '}'; }

}  // namespace

void append_volcengine_row(std::string& out, const VolcengineRow& row, const VolcenginePage& page,
                           const PageSpoiling& spoiling) {
  out += '{';
  FieldWriter fields(out);
  append_time_and_parties(fields, row, page);
  append_product(fields, row, page, spoiling.bad_utf8);
  append_resource(fields, row, page, spoiling.odd_tag);
  append_usage(fields, row);
  if (spoiling.unknown_depth > 0) {
    append_unknown_field(out, spoiling.unknown_depth);
  }
  append_amounts(out, row, page, spoiling);
  close_object(out);
}

std::string write_volcengine_page(const VolcenginePage& page, const VolcengineListing& listing,
                                  std::size_t first, std::size_t count,
                                  const PageSpoiling& spoiling) {
  std::string out;
  out.reserve(512 + count * 3072);
  out += '{';
  if (spoiling.unknown_depth > 0) {
    append_unknown_field(out, spoiling.unknown_depth);
  }
  out += R"("List":)";
  if (count == 0) {
    out += "null,";
  } else {
    out += '[';
    for (std::size_t i = 0; i < count; ++i) {
      PageSpoiling of_row = spoiling;
      of_row.unreadable_amount = spoiling.unreadable_amount && i == 0;
      of_row.missing_amount = spoiling.missing_amount && i == 0;
      append_volcengine_row(out, listing.row(first + i), page, of_row);
      out += ',';
    }
    out.back() = ']';
    out += ',';
  }
  FieldWriter fields(out);
  fields.raw("Total", page.total);
  fields.raw("Limit", std::to_string(page.limit));
  fields.raw("Offset", std::to_string(page.offset));
  close_object(out);
  return out;
}

}  // namespace simulator
