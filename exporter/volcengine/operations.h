#pragma once

// Every operation of Volcengine, and of BytePlus, that this program can send. All are POST to "/";
// which one it is stands in the query (www.volcengine.com/docs/6269/1165275). Constants, any
// thread.

#include <array>

#include "providers/operation.h"

namespace cloud_billing::volcengine {

inline constexpr std::array kBalance{Collector::kBalance};
inline constexpr std::array kBills{Collector::kBills};
inline constexpr std::array kBillsAndHistory{Collector::kBills, Collector::kHistory};
inline constexpr std::array kOrders{Collector::kOrders};
inline constexpr std::array kAmortization{Collector::kAmortization};
inline constexpr std::array kCoupons{Collector::kCoupons};
inline constexpr std::array kPackages{Collector::kPackages};
inline constexpr std::array kBudgets{Collector::kBudgets};
inline constexpr std::array kRenewals{Collector::kRenewals};

inline constexpr std::array kOperations{
    Operation{.provider = "volcengine",
              .label = "ListBillDetail",
              .query = "Action=ListBillDetail&Version=2022-01-01",
              .collectors = kBills},
    Operation{.provider = "volcengine",
              .label = "ListBillOverviewByProd",
              .query = "Action=ListBillOverviewByProd&Version=2022-01-01",
              .collectors = kBillsAndHistory},
    Operation{.provider = "volcengine",
              .label = "QueryBalanceAcct",
              .query = "Action=QueryBalanceAcct&Version=2022-01-01",
              .collectors = kBalance},
    Operation{.provider = "volcengine",
              .label = "ListOrders",
              .query = "Action=ListOrders&Version=2022-01-01",
              .collectors = kOrders},
    Operation{.provider = "volcengine",
              .label = "ListAmortizedCostBillMonthly",
              .query = "Action=ListAmortizedCostBillMonthly&Version=2022-01-01",
              .collectors = kAmortization},
    Operation{.provider = "volcengine",
              .label = "ListCoupons",
              .query = "Action=ListCoupons&Version=2022-01-01",
              .collectors = kCoupons},
    Operation{.provider = "volcengine",
              .label = "ListResourcePackages",
              .query = "Action=ListResourcePackages&Version=2022-01-01",
              .collectors = kPackages},
    Operation{.provider = "volcengine",
              .label = "ListBudget",
              .query = "Action=ListBudget&Version=2022-01-01",
              .collectors = kBudgets},
    Operation{.provider = "volcengine",
              .label = "ListAvailableInstances",
              .query = "Action=ListAvailableInstances&Version=2022-01-01",
              .collectors = kRenewals},
};

// The same operations, sent to another site.
consteval auto operations_on(std::string_view provider) {
  auto operations = kOperations;
  for (Operation& operation : operations) operation.provider = provider;
  return operations;
}
inline constexpr std::array kByteplusOperations = operations_on("byteplus");

inline constexpr const Operation& kListBillDetail = row_labelled(kOperations, "ListBillDetail");
inline constexpr const Operation& kListBillOverviewByProd =
    row_labelled(kOperations, "ListBillOverviewByProd");
inline constexpr const Operation& kQueryBalanceAcct = row_labelled(kOperations, "QueryBalanceAcct");
inline constexpr const Operation& kListOrders = row_labelled(kOperations, "ListOrders");
inline constexpr const Operation& kListAmortizedCostBillMonthly =
    row_labelled(kOperations, "ListAmortizedCostBillMonthly");
inline constexpr const Operation& kListCoupons = row_labelled(kOperations, "ListCoupons");
inline constexpr const Operation& kListResourcePackages =
    row_labelled(kOperations, "ListResourcePackages");
inline constexpr const Operation& kListBudget = row_labelled(kOperations, "ListBudget");
inline constexpr const Operation& kListAvailableInstances =
    row_labelled(kOperations, "ListAvailableInstances");

}  // namespace cloud_billing::volcengine
