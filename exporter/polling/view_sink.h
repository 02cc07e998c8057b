#pragma once

// Where the poller shows what it knows. Called on the poller's thread; must not wait.

#include <cstddef>
#include <memory>
#include <vector>

#include "accounts/account_view.h"
#include "config/config.h"

namespace cloud_billing {

class ViewSink {
 public:
  virtual ~ViewSink() = default;

  // An account's newest view, whenever it changed; `account` is the index in the configuration.
  virtual void show(std::size_t account, std::shared_ptr<const AccountView> view) = 0;

  // A new configuration has come into use, with the views of all its accounts in its order. Both
  // are to be shown at once: a view may have another shape than before.
  virtual void show_config(std::shared_ptr<const Config> config,
                           std::vector<std::shared_ptr<const AccountView>> views) = 0;
};

}  // namespace cloud_billing
