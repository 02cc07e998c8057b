#include "baidu/origins.h"

#include <array>

namespace cloud_billing::baidu {
namespace {

constexpr std::array kOrigins{
    MetricOrigin{
        "available_balance",
        "cash_balance cashBalance plus credit_quota remainQuota where the key may read it"},
    MetricOrigin{"cash_balance", "cash_balance cashBalance"},
    MetricOrigin{"credit_limit", "credit_quota quota, where the key may read it"},
    MetricOrigin{"sub_account_cash_balance",
                 "supervisor_balance cashBalance, where the key may read it"},
    MetricOrigin{"billed_cost", "resource_month_bill financePrice"},
    MetricOrigin{"list_cost", "resource_month_bill originPrice"},
    MetricOrigin{"paid_amount", "resource_month_bill cash + rebate + creditCost + creditRefund"},
    MetricOrigin{"unpaid_amount", "resource_month_bill debt"},
    MetricOrigin{"coupon_amount",
                 "resource_month_bill couponPrice + discountCouponPrice + "
                 "cashEquivalentCouponPrice"},
    MetricOrigin{"discount_amount", "resource_month_bill discountPrice"},
    MetricOrigin{"day_start", ": yesterday from 10:00 UTC+8 on, before that the day before"},
    MetricOrigin{"data_through",
                 ": end of yesterday from 10:00 UTC+8 on, before that of the day before"},
    MetricOrigin{"bill_rows", "resource_month_bill bills"},
    MetricOrigin{"provider_total", "month_summary financePrice"},
    MetricOrigin{"closed_month", "month_summary items financePrice"},
    MetricOrigin{"effective_cost", "share_bill shareFinancePrice"},
    MetricOrigin{"effective_data_through",
                 ": end of yesterday from 10:00 UTC+8 on, before that of the day before"},
    MetricOrigin{"orders", "order_list orders"},
    MetricOrigin{"order_amount", "order_list price"},
    MetricOrigin{"oldest_unpaid_order", "order_list createTime"},
    MetricOrigin{"expiring_resources", "renew_resource_list expireTime"},
    MetricOrigin{"next_expiry", "renew_resource_list expireTime"},
    MetricOrigin{"account_id", "resource_month_bill accountId"},
    MetricOrigin{"service_name", "resource_month_bill serviceTypeName"},
    MetricOrigin{"sub_account_name",
                 "resource_month_bill loginName, of a member of a financial circle subLoginName"},
};

}  // namespace

std::span<const MetricOrigin> origins() { return kOrigins; }

}  // namespace cloud_billing::baidu
