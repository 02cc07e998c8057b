#pragma once

// The simulator's own API under /_simulator/: orders misbehaviour, tells exact totals and what
// clients did. Unsigned, and knows no socket.
//
//   POST   /_simulator/fault     {"kind", "access_key_id"?, "operation"?, "count"?, "after"?,
//                                 "retry_after"?, "depth"?, "rows"?}
//   DELETE /_simulator/fault     clears all faults and releases hanging requests
//   GET    /_simulator/totals    ?access_key_id=&month=yyyy-MM [&sub_accounts=a,b] [&start_day=
//                                &end_day=] [&group_by=service_type,region_id,billing_mode,tag:env]
//                                [&currency=USD]; the amounts are those in CNY unless said
//                                [&bill=amortized]: the month's shares, billed_cost the effective
//                                cost and list_cost the share of what it would be undiscounted
//   GET    /_simulator/day       ?access_key_id= [&sub_accounts=a,b]: the newest complete day
//   GET    /_simulator/orders    ?access_key_id=&start=&end= [&sub_accounts=a,b]; times as in
//                                2026-11-15T04:00:00Z, end exclusive
//   GET    /_simulator/coupons   ?access_key_id=: what is left on those that are effective
//   GET    /_simulator/packages  ?access_key_id=: of what was bought, what is left
//   GET    /_simulator/budgets   ?access_key_id=
//   GET    /_simulator/renewals  ?access_key_id= [&sub_accounts=a,b]: what ends within 90 days
//   GET    /_simulator/requests  DELETE clears the counts
//   GET    /_simulator/accounts  ids, keys (without secrets), members, balances

#include <string>
#include <string_view>

#include "answer.h"
#include "cloud_service.h"
#include "company.h"
#include "faults.h"
#include "request_log.h"
#include "wire_request.h"

namespace simulator {

inline constexpr std::string_view kControlPrefix = "/_simulator/";

class ControlApi {
 public:
  // The referenced objects must outlive it.
  ControlApi(const Company& company, FaultBoard& faults, RequestLog& log,
             const CloudService& service)
      : company_(company), faults_(faults), log_(log), service_(service) {}

  [[nodiscard]] Answer answer(const WireRequest& request, Moment now);

 private:
  [[nodiscard]] Answer add_fault(const std::string& body);
  [[nodiscard]] Answer write_accounts() const;

  const Company& company_;
  FaultBoard& faults_;
  RequestLog& log_;
  const CloudService& service_;
};

}  // namespace simulator
