#include "focus/charge_record.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

Amount exact(std::string_view text) { return *Amount::parse(text); }

TEST(ChargeRecord, GivesBackAllThatWasPutIn) {
  const std::string long_text(70000, 'x');
  Charge charge;
  charge.service_type = "ECS";
  charge.service_name = "云服务器";
  charge.region_id = "cn-beijing";
  charge.billing_mode = "postpaid";
  charge.sub_account_id = "21";
  charge.sub_account_name = "team";
  charge.account_id = "20";
  charge.project = "default";
  charge.currency = "CNY";
  charge.tags = {{"team", "infra"}, {"long", long_text}, {"empty", ""}};
  charge.amounts[index_of(Measure::kBilledCost)] = exact("-12.000000000000000001");
  charge.amounts[index_of(Measure::kListCost)] = exact("170141183460469231730");
  charge.lacked.set(index_of(Measure::kPaidAmount));
  charge.details.row_id = "r";
  charge.details.unit_price = "0.5";
  charge.details.start = UtcSeconds(std::chrono::seconds(1794715200));
  charge.details.contracted_cost = exact("1.5");
  charge.details.has_list_cost = false;
  charge.details.corrects_earlier_month = true;

  std::string bytes;
  append_charge(bytes, charge, charge.details);
  append_charge(bytes, BillRow(), ChargeDetails());

  std::string_view left = bytes;
  Charge read;
  read.tags = {{"of", "before"}};
  take_charge(left, read);
  EXPECT_EQ(read.service_name, "云服务器");
  EXPECT_EQ(read.currency, "CNY");
  EXPECT_EQ(read.account_id, "20");
  ASSERT_EQ(read.tags.size(), 3U);
  EXPECT_EQ(read.tags[1].value, long_text);
  EXPECT_EQ(read.tags[2].key, "empty");
  EXPECT_EQ(read.amounts, charge.amounts);
  EXPECT_EQ(read.lacked, charge.lacked);
  EXPECT_EQ(read.details.row_id, "r");
  EXPECT_EQ(read.details.unit_price, "0.5");
  EXPECT_EQ(read.details.start, charge.details.start);
  EXPECT_FALSE(read.details.end.has_value());
  EXPECT_EQ(read.details.contracted_cost, exact("1.5"));
  EXPECT_FALSE(read.details.has_list_cost);
  EXPECT_TRUE(read.details.corrects_earlier_month);

  take_charge(left, read);
  EXPECT_TRUE(left.empty());
  EXPECT_TRUE(read.tags.empty());
  EXPECT_EQ(read.service_type, "");
  EXPECT_FALSE(read.details.contracted_cost.has_value());
  EXPECT_TRUE(read.details.has_list_cost);
}

}  // namespace
}  // namespace cloud_billing
