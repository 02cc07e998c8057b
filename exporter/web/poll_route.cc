#include "web/poll_route.h"

#include <utility>

#include "web/query.h"

namespace cloud_billing {

WebResponse respond_to_poll(const WebRequest& request, const OrderPolls& order) {
  std::optional<std::string> account;
  // Of a name that is empty or too long there is no account.
  if (has_query_name(request.query, "account")) {
    account = find_query_value(request.query, "account");
  }
  const OrderedPolls ordered = order(std::move(account));
  switch (ordered.outcome) {
    case OrderedPolls::Outcome::kScheduled:
      return make_text_response(200, "scheduled " + std::to_string(ordered.polls) + " polls\n");
    case OrderedPolls::Outcome::kNoSuchAccount:
      return make_text_response(404, "this process polls no account of that name\n");
    case OrderedPolls::Outcome::kNotTaken:
      break;
  }
  return make_text_response(503, "nothing was scheduled: the poller is busy or stops\n");
}

}  // namespace cloud_billing
