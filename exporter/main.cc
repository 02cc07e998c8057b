// cloud_billing_exporter: reads flags, then runs.

#include <cstdlib>
#include <exception>
#include <string>

#include "app/flags.h"
#include "app/probe.h"
#include "app/report.h"
#include "app/run.h"
#include "build_version.h"
#include "system/allocator.h"
#include "system/descriptor_limit.h"
#include "system/log.h"
#include "system/standard_streams.h"

namespace cloud_billing {
namespace {

// The exit code.
int leave(const FlagExit& exit) {
  if (exit.code != 0) {
    report_errors("cannot start", {Error{exit.err}});
    return exit.code;
  }
  const Status written = write_standard_output(exit.out);
  if (!written) report_errors("failed", {written.error()});
  return written ? 0 : 1;
}

int run_program(int argc, const char* const* argv) {
  const std::string version = std::string("cloud_billing_exporter, version ") + kVersion +
                              " (revision " + kRevision + ", compiler " + kCompiler + ")";
  const auto flags = parse_flags(argc, argv, version);
  if (!flags) {
    configure_log(LogLevel::kInfo, flags.error().log_format);
    return leave(flags.error());
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

int main(int argc, char** argv) {
  cloud_billing::occupy_standard_descriptors();
  std::set_terminate([] {
    cloud_billing::flush_log();  // it holds the reason
    std::abort();
  });
  int code = 1;
  try {
    code = cloud_billing::run_program(argc, argv);
  } catch (const std::exception& error) {
    cloud_billing::log_error("the program failed", {{"error", error.what()}});
  }
  cloud_billing::flush_log();
  return code;
}
