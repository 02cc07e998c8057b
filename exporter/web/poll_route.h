#pragma once

// "/-/poll": polls ahead of time, of all accounts or of ?account=NAME. Any thread.

#include <functional>
#include <optional>
#include <string>

#include "polling/mailbox.h"
#include "web/route.h"

namespace cloud_billing {

using OrderPolls = std::function<OrderedPolls(std::optional<std::string> account)>;

[[nodiscard]] WebResponse respond_to_poll(const WebRequest& request, const OrderPolls& order);

}  // namespace cloud_billing
