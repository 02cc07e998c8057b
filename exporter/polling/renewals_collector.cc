#include <set>
#include <string>
#include <utility>

#include "billing/billing_mode.h"
#include "polling/account_state.h"
#include "polling/collector_kind.h"
#include "providers/renewal_services.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// What stands as prepaid in any bill that is known: what was bought a year ago ends soon.
std::set<std::string> prepaid_services(const AccountResults& results) {
  std::set<std::string> services;
  for (const auto& [month, read] : results.months) {
    services.insert(read.value->prepaid_services.begin(), read.value->prepaid_services.end());
  }
  for (const auto& [month, read] : results.effective_months) {
    const MonthCosts& shares = read.value->shares;
    services.insert(shares.prepaid_services.begin(), shares.prepaid_services.end());
  }
  for (const auto& [month, read] : results.closed_months) {
    for (const auto& [key, cost] : read.value->costs().billed_costs) {
      if (key.billing_mode == kPrepaid && !key.service_type.empty()) {
        services.insert(key.service_type);
      }
    }
  }
  return services;
}

// Those of which something ends soon, as far as it is known.
std::set<std::string> listed_services(const AccountResults& results) {
  std::set<std::string> services;
  if (!results.renewals) return services;
  for (const auto& [key, group] : results.renewals->value->resources) {
    services.insert(key.service_type);
  }
  return services;
}

bool are_bills_known(const AccountResults& results) {
  return !results.months.empty() || !results.effective_months.empty();
}

// Whether the renewals that are known were asked for with other services of the configuration.
bool are_of_others(const AccountResults& results, const AccountConfig& account) {
  return results.renewals &&
         results.renewals->value->configured_services != configured_services(account);
}

// Once: what is not listed is not asked for again.
void tell_unlisted(const AccountState& account, const Renewals& renewals) {
  std::set<std::string> services(renewals.unlisted_services.begin(),
                                 renewals.unlisted_services.end());
  for (const std::string& service : services) {
    log_warn("the cloud lists no renewals of this service; it is not asked for again",
             {{"account", account.account().name}, {"service_type", service}});
  }
}

class RenewalsCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    CollectorRun& run = *collector.run;
    run.add_leg(account.provider->ask_renewals(
                    account.account(),
                    {now, prepaid_services(account.results), listed_services(account.results),
                     account.refusals, are_bills_known(account.results)}),
                [&account, &run, configured = configured_services(account.account())](
                    Conversation<Renewals>& conversation, UtcSeconds read_at) {
                  if (!run.note_outcome(conversation)) return false;
                  Renewals renewals = conversation.take_result();
                  tell_unlisted(account, renewals);
                  renewals.unlisted_services.clear();
                  if (const auto failure = std::exchange(renewals.failure, std::nullopt)) {
                    run.note_failure(*failure);
                  }
                  renewals.configured_services = configured;
                  account.results.renewals = read_now(std::move(renewals), read_at);
                  return true;
                });
  }

  // They are no money.
  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    return results.renewals ? Digest{results.renewals->value->count(), {}} : Digest{};
  }

  bool asks_otherwise(const AccountResults& results, const AccountConfig& before,
                      const AccountConfig& after) const override {
    return configured_services(before) != configured_services(after) ||
           are_of_others(results, after);
  }
  Resumption resume(const AccountState& account, const AccountRecord& /*record*/,
                    const CollectorStatus& /*status*/) const override {
    return are_of_others(account.results, account.account()) ? Resumption::kAtOnce
                                                             : Resumption::kAsPlanned;
  }
};

}  // namespace

const CollectorKind& renewals_collector() {
  static const RenewalsCollector collector;
  return collector;
}

}  // namespace cloud_billing
