#include "volcengine_amortized_page.h"

#include <array>
#include <cstdio>

#include "field_writer.h"
#include "volcengine_catalogue.h"
#include "volcengine_tags.h"

namespace simulator {
namespace {

std::string time_text(Date day) { return write_date(day) + " 00:00:00"; }

void append_words(FieldWriter& fields, const VolcengineShareRow& share, const Account& account,
                  Month month) {
  const VolcengineRow& row = share.row;
  const Place& place = places()[row.place];
  const Date bought = share.bought / std::chrono::day{static_cast<unsigned>(row.days.first)};
  const Date end{std::chrono::sys_days{bought} + std::chrono::days{share.days.of}};
  std::array<char, 40> instance{};
  std::snprintf(instance.data(), instance.size(), "i-%016llx",
                static_cast<unsigned long long>(row.identity));
  fields.text("AmortizedMonth", write_month(month));
  fields.text("AmortizedBeginTime", time_text(bought));
  fields.text("AmortizedEndTime", time_text(end));
  fields.text("AmortizedType", row.mode == BillingMode::kPrepaid ? "新购分摊" : "按量分摊");
  fields.text("AmortizedDayNum", std::to_string(share.days.until - share.days.before));
  fields.text("BillPeriod", write_month(share.bought));
  fields.text("BusiPeriod", write_month(share.bought));
  fields.text("BillID", "Bill" + std::to_string(row.number));
  fields.text("BillCategory", row.category);
  fields.text("BillingMode", mode_name(row.mode, account.is_overseas));
  fields.text("PayerID", account.id);
  fields.text("OwnerID", row.owner_id);
  fields.text("Product", volcengine_product_code(row.product, account.invented_services));
  fields.text("ProductZh", volcengine_product_name(row.product, account.invented_services));
  fields.text("InstanceNo", instance.data());
  fields.text("Region", region_name(place, account.is_overseas));
  fields.text("Zone", place.zone);
  fields.text("Project", project_of(row).code);
  fields.text("ProjectDisplayName", project_of(row).name);
  fields.text("Tag", write_volcengine_tags(volcengine_tags_of(row, account), row));
  fields.text("Currency", row.in_usd ? "USD" : "CNY");
  fields.text("ExpandField", "-");
}

struct SharedAmount {
  Money VolcengineAmounts::*amount;
  const char* name;
};
constexpr std::array kSharedAmounts{
    SharedAmount{&VolcengineAmounts::original, "OriginalBillAmount"},
    SharedAmount{&VolcengineAmounts::preferential, "PreferentialBillAmount"},
    SharedAmount{&VolcengineAmounts::discounted, "DiscountBillAmount"},
    SharedAmount{&VolcengineAmounts::coupon, "CouponAmount"},
    SharedAmount{&VolcengineAmounts::payable, "PayableAmount"}};

// The whole amount, and what of it falls before, into and after the month.
void append_amounts(FieldWriter& fields, const VolcengineShareRow& share,
                    const PageSpoiling& spoiling) {
  for (const auto& [amount, name] : kSharedAmounts) {
    const Money whole = share.row.amounts.*amount;
    const Money now = share.days.share_of(whole);
    const Money before = PaidDays{0, share.days.before, share.days.of}.share_of(whole);
    const std::string text = name;
    fields.text(text, write_padded(whole, 2));
    fields.text("BeforeAmortized" + text, write_padded(before, 2));
    fields.text("Unamortized" + text, write_padded(whole - before - now, 2));
    const bool is_payable = amount == &VolcengineAmounts::payable;
    if (is_payable && spoiling.missing_amount) {
      continue;
    }
    fields.text("NowAmortized" + text,
                is_payable && spoiling.unreadable_amount ? "abc" : write_padded(now, 2));
  }
}

// Some rows leave the sum to the reader.
void append_tax(FieldWriter& fields, const VolcengineShareRow& share) {
  const VolcengineAmounts& amounts = share.row.amounts;
  fields.text("Tax", write_padded(amounts.tax, 2));
  fields.text("PosttaxAmount", write_padded(amounts.billed(), 2));
  const Money tax = share.days.share_of(amounts.tax);
  fields.text("NowAmortizedTaxAmount", write_padded(tax, 2));
  if (share.row.number % 3 != 0) {
    fields.text("NowAmortizedPosttaxAmount",
                write_padded(share.days.share_of(amounts.payable) + tax, 2));
  }
}

}  // namespace

void append_amortized_row(std::string& out, const VolcengineShareRow& share, const Account& account,
                          Month month, const PageSpoiling& spoiling) {
  out += '{';
  FieldWriter fields(out);
  append_words(fields, share, account, month);
  append_amounts(fields, share, spoiling);
  if (account.is_overseas) {
    append_tax(fields, share);
  }
  out.back() = '}';
  out += ',';
}

}  // namespace simulator
