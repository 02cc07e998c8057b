#include "app/access_mode.h"

#include <unistd.h>

#include <random>
#include <vector>

#include "access/access_check.h"
#include "access/access_report.h"
#include "app/account_secrets.h"
#include "app/providers.h"
#include "app/report.h"
#include "system/clock.h"
#include "system/standard_streams.h"

namespace cloud_billing {

int print_access(const Flags& flags, const Config& config, Transport& transport) {
  const SystemClock clock;
  const std::vector<AccessLine> lines = check_access(
      all_providers(), config, read_all_secrets(config), transport, clock, std::random_device{}());
  const Status written = write_standard_output(
      flags.log_format == LogFormat::kJson ? write_json_lines(lines)
                                           : write_table(lines, terminal_width(STDOUT_FILENO)));
  if (!written) report_errors("failed", {written.error()});
  return written && is_enough(lines) ? 0 : 1;
}

}  // namespace cloud_billing
