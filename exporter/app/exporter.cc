#include "app/exporter.h"

#include <random>
#include <utility>

#include "app/providers.h"
#include "build_version.h"
#include "exposition/exposition.h"

namespace cloud_billing {
namespace {

Program describe_program(std::shared_ptr<const Config> config, Shard shard) {
  Program program;
  program.config = std::move(config);
  program.shard = shard;
  program.build = {kVersion, kRevision, kCompiler};
  program.providers = all_providers().facts();
  return program;
}

}  // namespace

Exporter::Exporter(std::shared_ptr<const Config> config, Shard shard,
                   std::vector<AccountSecrets> secrets, const Schedule& schedule,
                   std::unique_ptr<Transport> transport)
    : transport_(std::move(transport)),
      records_(all_providers()),
      publisher_(describe_program(config, shard), records_, clock_),
      poller_(all_providers(), std::move(config), std::move(secrets), schedule, *transport_, clock_,
              records_, publisher_, std::random_device{}()) {}

}  // namespace cloud_billing
