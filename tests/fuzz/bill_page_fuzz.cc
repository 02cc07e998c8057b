// A bill page or another response of either cloud of any bytes is read to its end or refused, as
// the poller would read it: with the ill-formed UTF-8 replaced. Rows that were read fold into sums
// whose groups add up to the total.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "accounts/account_view.h"
#include "baidu/bill_page.h"
#include "baidu/money.h"
#include "baidu/order_page.h"
#include "baidu/renewal_page.h"
#include "baidu/sub_account_cash.h"
#include "baidu/summary_items.h"
#include "volcengine/bill_page.h"
#include "volcengine/money.h"
#include "volcengine/order_page.h"
#include "volcengine/renewals.h"

namespace cloud_billing {
namespace {

template <typename Page>
void read_page(const std::string& body) {
  HttpResponse response{200, {}, body};
  auto page = Page::open(response);
  if (!page) return;
  AggregationConfig aggregation;
  aggregation.tag_keys = {"env"};
  aggregation.max_series = 2;
  CostSnapshot snapshot(aggregation);
  const baidu::RowContext context{"postpaid", page->envelope().own_id(),
                                  page->envelope().own_name(), "CNY", ";,\n"};
  const auto rows =
      page->read_rows(context, [&snapshot](const BillRow& row) { return snapshot.fold(row); });
  if (!rows) return;
  if (static_cast<std::size_t>(*rows) != snapshot.rows()) std::abort();
  const auto month = summarise_month(snapshot, aggregation, "CNY");
  if (!month) return;
  Amount difference;
  bool fits = true;
  for (const auto& [key, amounts] : month->totals) fits = difference.add(amounts[0]) && fits;
  for (const GroupLine& line : month->groups.lines) {
    fits = difference.subtract(line.amounts[0]) && fits;
  }
  if (fits && difference != Amount{}) std::abort();
}

void read_other_answers(const std::string& body) {
  HttpResponse summary{200, {}, body};
  static_cast<void>(baidu::read_summary(summary));
  HttpResponse items{200, {}, body};
  static_cast<void>(baidu::read_summary_items(items, "postpay"));
  HttpResponse cash{200, {}, body};
  static_cast<void>(baidu::read_cash(cash));
  HttpResponse credit{200, {}, body};
  static_cast<void>(baidu::read_credit(credit, "me"));
  HttpResponse sub_accounts{200, {}, body};
  const std::vector<std::string> ids{"me"};
  static_cast<void>(baidu::read_sub_account_cash(sub_accounts, ids));
  HttpResponse ending{200, {}, body};
  Renewals renewals;
  static_cast<void>(baidu::read_renewals(ending, "BCC", UtcSeconds(), renewals));
  HttpResponse instances{200, {}, body};
  static_cast<void>(volcengine::read_instance_page(instances));
  HttpResponse order_list{200, {}, body};
  Orders orders;
  static_cast<void>(baidu::read_orders(order_list, "CNY", orders));
}

template <typename Page>
void read_volcengine_page(const std::string& body) {
  HttpResponse response{200, {}, body};
  if (const auto page = Page::open(response)) {
    volcengine::Regions regions;
    std::int64_t given = 0;
    const auto rows = page->read_rows({"CNY", volcengine::kVolcengineSite}, regions,
                                      [&given](const volcengine::Row&) {
                                        ++given;
                                        return true;
                                      });
    if (rows && *rows != given) std::abort();
    static_cast<void>(page->digest());
  }
}

void read_volcengine_answers(const std::string& body) {
  read_volcengine_page<volcengine::BillPage>(body);
  read_volcengine_page<volcengine::AmortizedPage>(body);
  HttpResponse balance{200, {}, body};
  static_cast<void>(volcengine::read_balance(balance, "CNY"));
  HttpResponse overview{200, {}, body};
  static_cast<void>(volcengine::read_overview(overview, {"CNY", volcengine::kVolcengineSite}));
  HttpResponse orders{200, {}, body};
  static_cast<void>(volcengine::read_orders(orders));
}

}  // namespace
}  // namespace cloud_billing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string body(reinterpret_cast<const char*>(data), size);
  cloud_billing::read_page<cloud_billing::baidu::BillPage>(body);
  cloud_billing::read_page<cloud_billing::baidu::SharePage>(body);
  cloud_billing::read_other_answers(body);
  cloud_billing::read_volcengine_answers(body);
  return 0;
}
