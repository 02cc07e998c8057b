#include "exposition/metric_table.h"

#include <array>
#include <utility>

#include "exposition/metric_writers.h"

namespace cloud_billing {
namespace {

using WriteFunction = decltype(MetricRow::write);

struct MeasureMeaning {
  Measure measure;
  std::string_view meaning;
  std::string_view origin;  // per provider: operation and field
};

constexpr std::array kMeanings{
    MeasureMeaning{Measure::kBilledCost, "Billed cost (payable)",
                   "Baidu resource_month_bill financePrice; "
                   "Volcengine ListBillDetail PayableAmount"},
    MeasureMeaning{Measure::kListCost, "List cost (before discounts)",
                   "Baidu resource_month_bill originPrice; "
                   "Volcengine ListBillDetail OriginalBillAmount"},
    MeasureMeaning{Measure::kPaidAmount, "Paid amount",
                   "Baidu resource_month_bill cash + rebate + creditCost + creditRefund; "
                   "Volcengine ListBillDetail PaidAmount"},
    MeasureMeaning{Measure::kUnpaidAmount, "Unpaid amount",
                   "Baidu resource_month_bill debt; "
                   "Volcengine ListBillDetail UnpaidAmount"},
    MeasureMeaning{Measure::kCouponAmount, "Amount covered by coupons",
                   "Baidu resource_month_bill couponPrice + discountCouponPrice + "
                   "cashEquivalentCouponPrice; "
                   "Volcengine ListBillDetail CouponAmount"},
    MeasureMeaning{Measure::kDiscountAmount, "Amount discounted",
                   "Baidu resource_month_bill discountPrice; "
                   "Volcengine ListBillDetail OriginalBillAmount - DiscountBillAmount"},
};

constexpr std::string_view kByPolls = "Refreshed by polls, not by scrapes.";

std::string help_of(std::string_view what, std::string_view origin) {
  std::string help(what);
  if (!origin.empty()) help += " (" + std::string(origin) + ")";
  return help + ". " + std::string(kByPolls);
}

std::vector<MetricRow> make_table() {
  std::vector<MetricRow> table;
  const auto add = [&table](std::string name, std::string help, WriteFunction write,
                            Measure measure = Measure::kBilledCost) {
    table.push_back({std::move(name), std::move(help), write, measure});
  };

  add("cloud_billing_available_balance",
      help_of(
          "What can be spent now",
          "Baidu cash_balance cashBalance plus credit_quota remainQuota where the key may read it; "
          "Volcengine QueryBalanceAcct AvailableBalance"),
      write_available);
  add("cloud_billing_cash_balance",
      help_of("Cash balance",
              "Baidu cash_balance cashBalance; Volcengine QueryBalanceAcct CashBalance"),
      write_cash);
  add("cloud_billing_credit_limit",
      help_of("Credit limit",
              "Baidu credit_quota quota, where the key may read it; Volcengine QueryBalanceAcct "
              "CreditLimit"),
      write_credit_limit);
  add("cloud_billing_frozen_balance",
      help_of("Part of the cash that is frozen", "Volcengine QueryBalanceAcct FreezeAmount"),
      write_frozen);
  add("cloud_billing_arrears",
      help_of("What is owed on bills that are due", "Volcengine QueryBalanceAcct ArrearsBalance"),
      write_arrears);

  for (const MeasureMeaning& m : kMeanings) {
    add("cloud_billing_account_" + std::string(measure_name(m.measure)),
        help_of(std::string(m.meaning) + ": the account's total of the billing month", m.origin),
        write_account_measure, m.measure);
  }
  for (const MeasureMeaning& m : kMeanings) {
    add(group_metric(m.measure),
        help_of(std::string(m.meaning) + " of the billing month by group", m.origin),
        write_group_measure, m.measure);
  }
  for (const MeasureMeaning& m : kMeanings) {
    add(tag_metric(m.measure),
        help_of(std::string(m.meaning) +
                    " of the billing month by tag; each tag_key splits the whole cost once, so "
                    "always select one",
                m.origin),
        write_tag_measure, m.measure);
  }

  add("cloud_billing_day_billed_cost",
      help_of("Billed cost (payable) of the newest complete day",
              "Baidu resource_month_bill financePrice, Volcengine ListBillDetail PayableAmount of "
              "that day"),
      write_day_cost);
  add("cloud_billing_day_start_timestamp_seconds",
      help_of("Start of the newest complete day, 00:00 UTC+8",
              "Baidu: yesterday from 10:00 UTC+8 on, before that the day before; "
              "Volcengine: two days ago"),
      write_day_start);
  add("cloud_billing_bill_data_through_timestamp_seconds",
      help_of("Until when the bill covers",
              "Baidu: end of yesterday from 10:00 UTC+8 on, before "
              "that of the day before; Volcengine: the latest ListBillDetail ExpenseEndTime of "
              "postpaid rows"),
      write_data_through);
  add("cloud_billing_bill_rows",
      help_of("Rows read in the last good poll of the month",
              "Baidu resource_month_bill bills; Volcengine ListBillDetail List"),
      write_rows);
  add("cloud_billing_folded_groups",
      help_of("Groups folded into __other__, by full metric name", ""), write_folded_groups);
  add("cloud_billing_provider_billed_cost",
      help_of("The provider's own total over the same days",
              "Baidu month_summary financePrice; Volcengine ListBillOverviewByProd PayableAmount"),
      write_provider_cost);
  add("cloud_billing_reconciliation_difference",
      help_of("Our sum of billed cost minus the provider's own total over the same days",
              "Baidu month_summary financePrice; Volcengine ListBillOverviewByProd PayableAmount"),
      write_difference);

  add("cloud_billing_orders",
      help_of("Orders created in the window",
              "Baidu order_list orders; Volcengine ListOrders OrderInfos"),
      write_orders);
  add("cloud_billing_order_amount",
      help_of("What is payable for orders created in the window",
              "Baidu order_list price; Volcengine ListOrders PayableAmount"),
      write_order_amount);
  add("cloud_billing_oldest_unpaid_order_timestamp_seconds",
      help_of("When the oldest unpaid order of the window was created",
              "Baidu order_list createTime; Volcengine ListOrders CreateTime"),
      write_oldest_unpaid_order);

  add("cloud_billing_budget", "Monthly budget as configured.", write_budget);
  add("cloud_billing_low_balance_threshold", "Low balance threshold as configured.",
      write_low_balance);
  add("cloud_billing_account_info",
      help_of("The cloud's own id of the account",
              "Baidu resource_month_bill accountId; Volcengine QueryBalanceAcct AccountID"),
      write_account_info);
  add("cloud_billing_service_info",
      help_of("Display name of a service as last delivered",
              "Baidu resource_month_bill serviceTypeName; Volcengine ListBillDetail ProductZh"),
      write_service_info);
  add("cloud_billing_period_start_timestamp_seconds",
      "Start of the billing month, 00:00 UTC+8 on the 1st.", write_period_start);
  add("cloud_billing_period_end_timestamp_seconds", "End of the billing month, exclusive.",
      write_period_end);

  add("cloud_billing_collector_up", help_of("1 if the latest poll succeeded, 0 if not", ""),
      write_up);
  add("cloud_billing_collector_last_success_timestamp_seconds",
      help_of("When the latest successful poll ended; for bills, of the current month", ""),
      write_last_success);
  add("cloud_billing_collector_duration_seconds", help_of("How long the latest poll took", ""),
      write_duration);
  add("cloud_billing_configured_accounts", "Accounts in the configuration file.",
      write_account_count);
  add("cloud_billing_polled_accounts", "Accounts that this process polls: its shard's share.",
      write_polled_count);
  add("cloud_billing_shard_index", "Which shard this process is, from 0 on.", write_shard_index);
  add("cloud_billing_shard_count", "Into how many shards the accounts are divided.",
      write_shard_count);
  add("cloud_billing_build_info", "1, with what this program was built from.", write_build_info);
  add("cloud_billing_config_last_reload_successful",
      "1 if the configuration was read successfully the last time, 0 if it was refused and the one "
      "before stayed.",
      write_config_good);
  add("cloud_billing_config_last_reload_success_timestamp_seconds",
      "When the configuration was last read successfully.", write_config_time);
  return table;
}

}  // namespace

const std::vector<MetricRow>& metric_table() {
  static const std::vector<MetricRow> table = make_table();
  return table;
}

}  // namespace cloud_billing
