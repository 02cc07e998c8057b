// cloud_billing_exporter: reads flags, then runs.

#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "app/flags.h"
#include "app/probe.h"
#include "app/run.h"
#include "build_version.h"
#include "system/allocator.h"
#include "system/descriptor_limit.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

int run_program(int argc, const char* const* argv) {
  const std::string version = std::string("cloud_billing_exporter, version ") + kVersion +
                              " (revision " + kRevision + ", compiler " + kCompiler + ")";
  const auto flags = parse_flags(argc, argv, version);
  if (!flags) {
    std::cout << flags.error().out;
    std::cerr << flags.error().err;
    return flags.error().code;
  }
  configure_log(flags->log_level, flags->log_format);
  if (flags->mode == Mode::kProbe) {
    return run_probe(flags->listen_addresses.front(), flags->web_config_file);
  }
  bound_allocator();
  raise_descriptor_limit();
  return run(*flags);
}

}  // namespace
}  // namespace cloud_billing

int main(int argc, char** argv) try {
  return cloud_billing::run_program(argc, argv);
} catch (const std::exception& error) {
  std::fprintf(stderr, "cloud_billing_exporter: %s\n", error.what());
  return 1;
}
