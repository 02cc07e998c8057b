#include "focus/focus_row.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "focus/columns.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::year;

Amount amount(std::string_view text) { return *Amount::parse(text); }

FocusMonth month_of(BillingZone zone = kChinaTime) {
  FocusMonth month = describe_month(BillingMonth(year(2026) / 9), zone);
  month.account = "prod";
  month.account_id = "20";
  month.provider = "one";
  month.issuer = "Example Cloud";
  return month;
}

Charge charge_of(std::string_view mode = "postpaid") {
  Charge charge;
  charge.service_type = "ECS";
  charge.region_id = "cn-beijing";
  charge.billing_mode = mode;
  charge.sub_account_id = "20";
  charge.currency = "CNY";
  charge.amounts[index_of(Measure::kBilledCost)] = amount("12.34");
  charge.amounts[index_of(Measure::kListCost)] = amount("20");
  charge.details.contracted_cost = amount("15");
  return charge;
}

// A line by its columns; no value is quoted in these cases, but for tags.
std::map<std::string, std::string> line_of(const FocusMonth& month, const Charge& charge,
                                           ChargeFamily family = ChargeFamily::kBilled) {
  const ServiceCategories categories;
  CsvLines line;
  add_line(line, make_focus_row(month, charge, family, categories));
  std::map<std::string, std::string> fields;
  std::string_view left = line.text();
  for (const Column& column : focus_columns()) {
    const std::size_t end = std::min(left.find_first_of(",\r"), left.size());
    fields[std::string(column.id)] = left.substr(0, end);
    left.remove_prefix(end + 1);
  }
  return fields;
}

TEST(FocusRow, OfWhatIsPaidAfterUseIsUsageAndCostsWhatIsBilled) {
  auto line = line_of(month_of(), charge_of());
  EXPECT_EQ(line["ChargeCategory"], "Usage");
  EXPECT_EQ(line["ChargeFrequency"], "Usage-Based");
  EXPECT_EQ(line["BilledCost"], "12.34");
  EXPECT_EQ(line["EffectiveCost"], "12.34");
  EXPECT_EQ(line["x_EffectiveCostBasis"], "billed");
  EXPECT_EQ(line["ListCost"], "20.00");
  EXPECT_EQ(line["x_ListCostBasis"], "list");
  EXPECT_EQ(line["ContractedCost"], "15.00");
}

TEST(FocusRow, OfWhatIsPrepaidIsAPurchaseThatCostsItAllIfNoSharesAreKnown) {
  auto line = line_of(month_of(), charge_of("prepaid"));
  EXPECT_EQ(line["ChargeCategory"], "Purchase");
  EXPECT_EQ(line["ChargeFrequency"], "One-Time");
  EXPECT_EQ(line["BilledCost"], "12.34");
  EXPECT_EQ(line["EffectiveCost"], "12.34");
  EXPECT_EQ(line["x_EffectiveCostBasis"], "billed");
}

TEST(FocusRow, OfWhatIsPrepaidCostsNothingIfItsSharesAreInTheFile) {
  FocusMonth month = month_of();
  month.has_shares = true;
  auto purchase = line_of(month, charge_of("prepaid"));
  EXPECT_EQ(purchase["BilledCost"], "12.34");
  EXPECT_EQ(purchase["EffectiveCost"], "0.00");
  EXPECT_EQ(purchase["x_EffectiveCostBasis"], "amortized");
  auto usage = line_of(month, charge_of());
  EXPECT_EQ(usage["EffectiveCost"], "12.34");
  EXPECT_EQ(usage["x_EffectiveCostBasis"], "billed");
  auto contract = line_of(month, charge_of("contract"));
  EXPECT_EQ(contract["ChargeCategory"], "Usage");
  EXPECT_EQ(contract["EffectiveCost"], "12.34");
}

TEST(FocusRow, OfAShareIsUsageThatBillsNothing) {
  FocusMonth month = month_of();
  month.has_shares = true;
  Charge share = charge_of("prepaid");
  share.details.start = month.start - hours(24 * 100);
  share.details.end = month.end + hours(24 * 100);
  auto line = line_of(month, share, ChargeFamily::kShare);
  EXPECT_EQ(line["ChargeCategory"], "Usage");
  EXPECT_EQ(line["BilledCost"], "0.00");
  EXPECT_EQ(line["EffectiveCost"], "12.34");
  EXPECT_EQ(line["x_EffectiveCostBasis"], "amortized");
  EXPECT_EQ(line["ChargePeriodStart"], "2026-08-31T16:00:00Z");
  EXPECT_EQ(line["ChargePeriodEnd"], "2026-09-30T16:00:00Z");
  EXPECT_EQ(line["ChargeDescription"], "ECS prepaid share cn-beijing 2026-09");
}

TEST(FocusRow, HasItsMonthInTheBillingZone) {
  auto china = line_of(month_of(), charge_of());
  EXPECT_EQ(china["BillingPeriodStart"], "2026-08-31T16:00:00Z");
  EXPECT_EQ(china["BillingPeriodEnd"], "2026-09-30T16:00:00Z");
  EXPECT_EQ(china["x_BillingMonth"], "2026-09");
  auto utc = line_of(month_of(kUtc), charge_of());
  EXPECT_EQ(utc["BillingPeriodStart"], "2026-09-01T00:00:00Z");
  EXPECT_EQ(utc["BillingPeriodEnd"], "2026-10-01T00:00:00Z");
}

TEST(FocusRow, HasItsOwnTimeIfItTellsOne) {
  Charge charge = charge_of();
  charge.details.start = UtcSeconds(std::chrono::sys_days(year(2026) / 9 / 3));
  charge.details.end = *charge.details.start + hours(1);
  auto line = line_of(month_of(), charge);
  EXPECT_EQ(line["ChargePeriodStart"], "2026-09-03T00:00:00Z");
  EXPECT_EQ(line["ChargePeriodEnd"], "2026-09-03T01:00:00Z");
  charge.details.end = charge.details.start;
  EXPECT_EQ(line_of(month_of(), charge)["ChargePeriodStart"], "2026-08-31T16:00:00Z");
  charge.details.end.reset();
  EXPECT_EQ(line_of(month_of(), charge)["ChargePeriodEnd"], "2026-09-30T16:00:00Z");
}

TEST(FocusRow, NamesTheSubAccountOnlyIfItIsAnother) {
  auto own = line_of(month_of(), charge_of());
  EXPECT_EQ(own["BillingAccountId"], "20");
  EXPECT_EQ(own["SubAccountId"], "");
  EXPECT_EQ(own["SubAccountName"], "");
  Charge others = charge_of();
  others.sub_account_id = "21";
  auto line = line_of(month_of(), others);
  EXPECT_EQ(line["SubAccountId"], "21");
  EXPECT_EQ(line["SubAccountName"], "21");
  others.sub_account_name = "team";
  EXPECT_EQ(line_of(month_of(), others)["SubAccountName"], "team");
  others.details.payer_id = "22";
  EXPECT_EQ(line_of(month_of(), others)["BillingAccountId"], "22");
}

TEST(FocusRow, OfNoRegionHasNeitherIdNorName) {
  Charge charge = charge_of();
  auto line = line_of(month_of(), charge);
  EXPECT_EQ(line["RegionId"] + "/" + line["RegionName"], "cn-beijing/cn-beijing");
  charge.details.region_name = "Beijing";
  EXPECT_EQ(line_of(month_of(), charge)["RegionName"], "Beijing");
  charge.region_id = "global";
  line = line_of(month_of(), charge);
  EXPECT_EQ(line["RegionId"] + "/" + line["RegionName"], "/");
  EXPECT_EQ(line["ChargeDescription"], "ECS postpaid global 2026-09");
  charge.region_id = "华东（金融云）";  // its id is not known
  EXPECT_EQ(line_of(month_of(), charge)["ChargeDescription"], "ECS postpaid 2026-09");
}

TEST(FocusRow, TellsAQuantityOnlyWithItsUnitAndOnlyOfWhatIsPaidAfterUse) {
  Charge charge = charge_of();
  charge.details.quantity = "40";
  EXPECT_EQ(line_of(month_of(), charge)["PricingQuantity"], "");
  charge.details.unit = "GiB";
  charge.details.unit_price = "0.5";
  auto line = line_of(month_of(), charge);
  EXPECT_EQ(line["PricingQuantity"] + line["PricingUnit"], "40.00GiB");
  EXPECT_EQ(line["ConsumedQuantity"] + line["ConsumedUnit"], "40.00GiB");
  EXPECT_EQ(line["ListUnitPrice"], "0.50");
  EXPECT_EQ(line["ContractedUnitPrice"], "");  // 20 is the list cost, 15 the contracted
  charge.details.quantity = "many";
  line = line_of(month_of(), charge);
  EXPECT_EQ(line["PricingQuantity"] + line["PricingUnit"], "");
  charge.details.quantity = "40";
  charge.billing_mode = "prepaid";
  line = line_of(month_of(), charge);
  EXPECT_EQ(line["PricingQuantity"] + line["PricingUnit"] + line["ListUnitPrice"], "");
}

TEST(FocusRow, WithoutAListCostHasTheContractedOne) {
  Charge charge = charge_of();
  charge.details.has_list_cost = false;
  auto line = line_of(month_of(), charge);
  EXPECT_EQ(line["ListCost"], "15.00");
  EXPECT_EQ(line["x_ListCostBasis"], "contracted");
}

TEST(FocusRow, IsACorrectionIfItIsOfAnEarlierMonth) {
  Charge charge = charge_of();
  EXPECT_EQ(line_of(month_of(), charge)["ChargeClass"], "");
  charge.details.corrects_earlier_month = true;
  EXPECT_EQ(line_of(month_of(), charge)["ChargeClass"], "Correction");
}

}  // namespace
}  // namespace cloud_billing
