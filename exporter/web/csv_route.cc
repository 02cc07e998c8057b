#include "web/csv_route.h"

#include <string>
#include <string_view>
#include <utility>

#include "core/byte_order_mark.h"
#include "status_page/accounts_overview.h"
#include "status_page/cost_csv.h"
#include "web/account_query.h"
#include "web/private_text.h"
#include "web/query.h"

namespace cloud_billing {
namespace {

// The name says of which month the file is, whenever it is looked at. Some spreadsheet programs
// read a file as UTF-8 only if it begins with a byte order mark.
WebResponse respond_with_file(const WebRequest& request, const std::string& name,
                              BillingMonth month, std::string text) {
  if (find_query_value(request.query, "bom") == "1") text.insert(0, kByteOrderMark);
  WebResponse response =
      make_private_text(request, "text/csv; charset=utf-8; header=present", std::move(text));
  response.headers.emplace_back("Content-Disposition",
                                "attachment; filename=\"" + name + "-" + month.text() + ".csv\"");
  return response;
}

}  // namespace

WebResponse respond_with_accounts_csv(const WebRequest& request, const Snapshot& known) {
  return respond_with_file(request, "accounts", latest_month(known),
                           render_accounts_csv(known, read_account_search(request.query)));
}

WebResponse respond_with_services_csv(const WebRequest& request, const Snapshot& known) {
  return respond_with_file(request, "services", latest_month(known),
                           render_services_csv(known, read_account_search(request.query)));
}

}  // namespace cloud_billing
