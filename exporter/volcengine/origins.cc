#include "volcengine/origins.h"

#include <array>

namespace cloud_billing::volcengine {
namespace {

constexpr std::array kOrigins{
    MetricOrigin{"available_balance", "QueryBalanceAcct AvailableBalance"},
    MetricOrigin{"cash_balance", "QueryBalanceAcct CashBalance"},
    MetricOrigin{"credit_limit", "QueryBalanceAcct CreditLimit"},
    MetricOrigin{"frozen_balance", "QueryBalanceAcct FreezeAmount"},
    MetricOrigin{"arrears", "QueryBalanceAcct ArrearsBalance"},
    MetricOrigin{"billed_cost", "ListBillDetail PayableAmount"},
    MetricOrigin{"list_cost", "ListBillDetail OriginalBillAmount"},
    MetricOrigin{"paid_amount", "ListBillDetail PaidAmount"},
    MetricOrigin{"unpaid_amount", "ListBillDetail UnpaidAmount"},
    MetricOrigin{"coupon_amount", "ListBillDetail CouponAmount"},
    MetricOrigin{"discount_amount", "ListBillDetail OriginalBillAmount - DiscountBillAmount"},
    MetricOrigin{"day_start", ": two days ago"},
    MetricOrigin{"data_through", ": the latest ListBillDetail ExpenseEndTime of postpaid rows"},
    MetricOrigin{"bill_rows", "ListBillDetail List"},
    MetricOrigin{"provider_total", "ListBillOverviewByProd PayableAmount"},
    MetricOrigin{"closed_month", "ListBillOverviewByProd PayableAmount"},
    MetricOrigin{"effective_cost", "ListAmortizedCostBillMonthly NowAmortizedPayableAmount"},
    MetricOrigin{"effective_data_through", ": the end of two days ago"},
    MetricOrigin{"orders", "ListOrders OrderInfos"},
    MetricOrigin{"order_amount", "ListOrders PayableAmount"},
    MetricOrigin{"oldest_unpaid_order", "ListOrders CreateTime"},
    MetricOrigin{"coupon_balance", "ListCoupons RemainingAmount"},
    MetricOrigin{"coupon_next_expiry", "ListCoupons ExpiredTime"},
    MetricOrigin{"package_remaining", "ListResourcePackages AvailableAmount / TotalAmount"},
    MetricOrigin{"package_next_expiry", "ListResourcePackages ExpiryTime"},
    MetricOrigin{"provider_budget", "ListBudget BudgetAmount"},
    MetricOrigin{"provider_budget_used", "ListBudget ActualAmount"},
    MetricOrigin{"expiring_resources", "ListAvailableInstances ExpiredTime"},
    MetricOrigin{"next_expiry", "ListAvailableInstances ExpiredTime"},
    MetricOrigin{"account_id", "QueryBalanceAcct AccountID"},
    MetricOrigin{"service_name", "ListBillDetail ProductZh"},
    MetricOrigin{"sub_account_name", "ListBillDetail OwnerUserName, else OwnerCustomerName"},
};

// What tax makes different.
constexpr std::array kTaxedOrigins{
    MetricOrigin{"billed_cost", "ListBillDetail PosttaxAmount, else PayableAmount + Tax"},
    MetricOrigin{"provider_total",
                 "ListBillOverviewByProd PosttaxAmount, else PayableAmount + Tax"},
    MetricOrigin{"closed_month", "ListBillOverviewByProd PosttaxAmount, else PayableAmount + Tax"},
    MetricOrigin{"effective_cost",
                 "ListAmortizedCostBillMonthly NowAmortizedPosttaxAmount, else "
                 "NowAmortizedPayableAmount + NowAmortizedTaxAmount"},
};

consteval auto with_tax() {
  auto origins = kOrigins;
  for (MetricOrigin& origin : origins) {
    for (const MetricOrigin& taxed : kTaxedOrigins) {
      if (origin.key == taxed.key) origin = taxed;
    }
  }
  return origins;
}
constexpr std::array kByteplusOrigins = with_tax();

}  // namespace

std::span<const MetricOrigin> origins() { return kOrigins; }

std::span<const MetricOrigin> byteplus_origins() { return kByteplusOrigins; }

}  // namespace cloud_billing::volcengine
