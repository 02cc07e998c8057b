#pragma once

// What every way of polling is made of, wired together: transport, clock, counters, publisher and
// poller. Composed on the main thread; the parts say which thread may use them.

#include <memory>
#include <vector>

#include "config/config.h"
#include "config/shard.h"
#include "core/result.h"
#include "polling/account_state.h"
#include "polling/poller.h"
#include "polling/schedule.h"
#include "publishing/publisher.h"
#include "publishing/self_metrics.h"
#include "transport/transport.h"

namespace cloud_billing {

class Exporter {
 public:
  // `config` holds the accounts of this shard; `secrets` are in its order.
  Exporter(std::shared_ptr<const Config> config, Shard shard, std::vector<AccountSecrets> secrets,
           const Schedule& schedule, std::unique_ptr<Transport> transport);

  [[nodiscard]] Publisher& publisher() { return publisher_; }
  [[nodiscard]] SelfMetrics& records() { return records_; }
  [[nodiscard]] Poller& poller() { return poller_; }

 private:
  SystemClock clock_;
  std::unique_ptr<Transport> transport_;
  SelfMetrics records_;
  Publisher publisher_;
  Poller poller_;
};

}  // namespace cloud_billing
