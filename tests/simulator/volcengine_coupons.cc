// ListCoupons.

#include <algorithm>
#include <memory>
#include <vector>

#include "coupon_book.h"
#include "entry_page.h"
#include "field_writer.h"
#include "volcengine_actions.h"

namespace simulator {
namespace {

std::string china_time(Moment moment) {
  return write_utc(moment + std::chrono::hours{8}) + "+08:00";
}

// Amounts are numbers, and no field names the currency.
std::string write_coupon(const Coupon& coupon, const Account& account, Spoiled spoiled) {
  std::string out = "{";
  FieldWriter fields(out);
  if (spoiled != Spoiled::kWithoutId) {
    fields.text("CouponID", coupon.id);
  }
  fields.text("CouponName", "代金券");
  fields.raw("AccountID", account.id);
  fields.raw("TotalAmount", write_padded(coupon.total, 2));
  if (spoiled == Spoiled::kUnreadable) {
    fields.text("RemainingAmount", "abc");
  } else if (spoiled == Spoiled::kNot || spoiled == Spoiled::kWithoutId) {
    fields.raw("RemainingAmount", write_padded(coupon.remaining, 2));
  }
  fields.raw("AmountLimit", "0");
  fields.raw("Status", std::to_string(coupon.status));
  fields.text("BeginTime", china_time(coupon.begin));
  fields.text("ExpiredTime", china_time(coupon.expires));
  fields.raw("ProductLimitList", R"([{"ProductCode":"ECS","ProductName":"云服务器"}])");
  fields.raw("AssignedOwnerIDList", "[]");
  out.back() = '}';
  return out;
}

// Whether the comma list of statuses holds it; an empty one holds all.
bool is_asked(const std::string& statuses, int status) {
  return statuses.empty() ||
         ("," + statuses + ",").find("," + std::to_string(status) + ",") != std::string::npos;
}

}  // namespace

OperationResult prepare_list_coupons(const OperationRequest& request,
                                     const ActionParameters& parameters) {
  auto coupons = std::make_shared<std::vector<Coupon>>(
      list_coupons(request.account, date_in_china(request.billing_time)));
  const std::string statuses = parameters.text("Status");
  std::erase_if(*coupons, [&](const Coupon& coupon) { return !is_asked(statuses, coupon.status); });
  EntryList list;
  list.name = "List";
  list.size = coupons->size();
  list.most_on_page = 100;
  list.write = [coupons, account = &request.account](std::size_t i, Spoiled spoiled) {
    return write_coupon((*coupons)[i], *account, spoiled);
  };
  return prepare_page_by_offset(parameters, std::move(list));
}

}  // namespace simulator
