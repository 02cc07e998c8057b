#pragma once

// Every operation of Baidu that this program can send. Paths: the billing documentation and SDKs;
// balances, quota, order list and renewable resources are POST, but read only. Constants, any
// thread.

#include <array>

#include "providers/operation.h"

namespace cloud_billing::baidu {

// The credit quota is asked by the account's id, which any bill tells.
inline constexpr std::array kBalanceAndBills{Collector::kBalance, Collector::kBills};
inline constexpr std::array kBalance{Collector::kBalance};
inline constexpr std::array kBills{Collector::kBills};
inline constexpr std::array kRenewals{Collector::kRenewals};
// Renewals are asked by service: without a bill the summaries tell which.
inline constexpr std::array kBillsHistoryAndRenewals{Collector::kBills, Collector::kHistory,
                                                     Collector::kRenewals};
inline constexpr std::array kOrders{Collector::kOrders};
inline constexpr std::array kAmortization{Collector::kAmortization};

inline constexpr std::array kOperations{
    Operation{.provider = "baidu",
              .label = "resource_month_bill",
              .method = HttpMethod::kGet,
              .path = "/v1/bill/resource/month",
              .collectors = kBalanceAndBills},
    Operation{.provider = "baidu",
              .label = "month_summary",
              .method = HttpMethod::kGet,
              .path = "/v1/bill/month/summary",
              .collectors = kBillsHistoryAndRenewals},
    Operation{.provider = "baidu",
              .label = "cash_balance",
              .path = "/v1/finance/cash/balance",
              .collectors = kBalance},
    Operation{.provider = "baidu",
              .label = "credit_quota",
              .path = "/v1/finance/supervisor/credit/quota",
              .collectors = kBalance},
    Operation{.provider = "baidu",
              .label = "supervisor_balance",
              .path = "/v1/finance/supervisor/cash/balance",
              .collectors = kBalance,
              .setting = "sub_accounts"},
    Operation{.provider = "baidu",
              .label = "order_list",
              .path = "/v1/order/list",
              .collectors = kOrders},
    Operation{.provider = "baidu",
              .label = "share_bill",
              .method = HttpMethod::kGet,
              .path = "/v1/bill/share/bill",
              .collectors = kAmortization},
    Operation{.provider = "baidu",
              .label = "renew_resource_list",
              .path = "/v1/renew/resource/list",
              .collectors = kRenewals},
};

inline constexpr const Operation& kResourceMonthBill =
    row_labelled(kOperations, "resource_month_bill");
inline constexpr const Operation& kMonthSummary = row_labelled(kOperations, "month_summary");
inline constexpr const Operation& kCashBalance = row_labelled(kOperations, "cash_balance");
inline constexpr const Operation& kCreditQuota = row_labelled(kOperations, "credit_quota");
inline constexpr const Operation& kSupervisorBalance =
    row_labelled(kOperations, "supervisor_balance");
inline constexpr const Operation& kOrderList = row_labelled(kOperations, "order_list");
inline constexpr const Operation& kShareBill = row_labelled(kOperations, "share_bill");
inline constexpr const Operation& kRenewResourceList =
    row_labelled(kOperations, "renew_resource_list");

}  // namespace cloud_billing::baidu
