#include "app/report.h"

#include "system/log.h"

namespace cloud_billing {

void report_errors(std::string_view what, const std::vector<Error>& errors) {
  for (const Error& error : errors) {
    if (log_format() == LogFormat::kJson) {
      log_error(what, {{"error", error.message}});
    } else {
      log_text(error.message);
    }
  }
}

}  // namespace cloud_billing
