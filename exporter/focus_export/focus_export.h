#pragma once

// Reads the bills of all accounts once, side by side, each key at its pace, and writes them as
// lines of one FOCUS file, in the order of accounts, months, listings and pages. A month of an
// account is written only when all of it was read; until then its rows are in the spool, so that
// memory depends neither on rows nor on accounts but for the ids of the listings being read, of
// which there are few (account_turns.h). On the calling thread, which owns the transport.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "config/config.h"
#include "core/calendar.h"
#include "core/result.h"
#include "focus/service_categories.h"
#include "focus_export/charge_recorder.h"
#include "focus_export/exported_month.h"
#include "focus_export/month_writer.h"
#include "focus_export/spool.h"
#include "providers/credentials.h"
#include "providers/provider_table.h"
#include "system/clock.h"
#include "transport/transport.h"

namespace cloud_billing {

// How far it is.
struct ExportProgress {
  std::size_t accounts = 0;  // that are read
  std::size_t of_accounts = 0;
  ReadSoFar read;
  bool knows_all_pages = false;  // else there are more than `read` knows of
  double share_read = 0;         // 1: all months of all accounts
  std::size_t rows_written = 0;
};

struct ExportRequest {
  const ProviderTable& providers;
  const Config& config;
  const std::vector<AccountSecrets>& secrets;  // in the configuration's order
  // Rising; without any the previous and the current one, in the zone of each account's cloud.
  std::vector<BillingMonth> months;
  UtcSeconds now;
  const ServiceCategories& categories;
};

struct ExportSurroundings {
  Transport& transport;
  const Clock& clock;
  Spool& spool;
  WriteOut out;
  std::function<void(const ExportProgress&)> show;  // called at least once in a second
  std::function<bool()> is_stopped;                 // asked as often
  std::uint64_t seed;                               // of nonces and of pauses before retries
};

// Every month of every account in the file's order, those that failed too; an error if the file or
// the spool could not be written, or if it was stopped.
[[nodiscard]] Result<std::vector<ExportedMonth>> export_bills(const ExportRequest& request,
                                                              ExportSurroundings surroundings);

}  // namespace cloud_billing
