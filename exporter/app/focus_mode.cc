#include "app/focus_mode.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "app/account_secrets.h"
#include "app/config_file.h"
#include "app/providers.h"
#include "app/report.h"
#include "build_version.h"
#include "focus/schema.h"
#include "focus_export/export_report.h"
#include "focus_export/focus_export.h"
#include "focus_export/progress_line.h"
#include "system/clock.h"
#include "system/file_replacement.h"
#include "system/log.h"
#include "system/standard_streams.h"
#include "system/whole_file.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kStdout = "-";

volatile std::sig_atomic_t stop_signal = 0;

// What was written so far is removed before the program ends; a second signal ends it at once, as
// writing may wait for whoever reads. What nohup ignores stays ignored. A file that may not grow
// further is an error, not the end of the program.
void catch_signals() {
  struct sigaction action {};
  action.sa_handler = [](int caught) { stop_signal = caught; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

// As if the signal had not been caught.
void end_by_signal() {
  if (stop_signal == 0) return;
  const int caught = stop_signal;
  flush_log();
  std::signal(caught, SIG_DFL);
  std::raise(caught);
}

int fail(const std::vector<Error>& errors) {
  report_errors("failed", errors);
  return 1;
}

Result<ServiceCategories, std::vector<Error>> read_categories(const std::string& path) {
  ServiceCategories categories;
  std::vector<std::string_view> names;
  for (const ProviderFacts& provider : all_providers().facts()) {
    names.push_back(provider.name);
    for (const ServiceFact& fact : provider.services) {
      categories.add(provider.name, fact.service,
                     {std::string(fact.category), std::string(fact.subcategory)});
    }
  }
  if (path.empty()) return categories;
  const auto text = read_whole_file(path);
  if (!text) return std::vector{text.error().with_prefix("--focus.services")};
  if (auto extended = categories.extend(*text, path, names); !extended) {
    return std::move(extended).error();
  }
  return categories;
}

// An error if one of the months has not begun in the zone of any account's cloud.
Status check_months(const std::vector<BillingMonth>& months, const Config& config, UtcSeconds now) {
  if (months.empty() || config.accounts.empty()) return {};
  for (const AccountConfig& account : config.accounts) {
    if (months.back() <= account.provider->billing_zone.month_at(now)) return {};
  }
  return Error{"--focus.month: " + months.back().text() + " has not begun"};
}

// Beside the file, where there is room for it, too.
std::string spool_directory(const FocusFlags& flags, bool is_stream) {
  if (is_stream) {
    const std::string chosen = read_environment("TMPDIR").value_or("");
    return chosen.empty() ? "/tmp" : chosen;
  }
  const std::string folder = std::filesystem::path(flags.output).parent_path().string();
  return folder.empty() ? "." : folder;
}

// The file, or stdout.
class Output {
 public:
  [[nodiscard]] static Result<Output> open(const std::string& path) {
    if (path == kStdout) return Output(nullptr);
    std::error_code none;
    if (std::filesystem::is_directory(path, none)) {
      return Error{"--focus.output: " + path + " is a directory"};
    }
    auto file = FileReplacement::open(path, FileReaders::kByUmask);
    if (!file) return file.error();
    return Output(std::move(file).value());
  }

  [[nodiscard]] bool is_stream() const { return !file_ || file_->is_stream(); }
  [[nodiscard]] Status write(std::string_view content) {
    return file_ ? file_->write(content) : write_standard_output(content);
  }
  [[nodiscard]] Status finish() { return file_ ? file_->finish() : Status(); }

 private:
  explicit Output(std::unique_ptr<FileReplacement> file) : file_(std::move(file)) {}

  std::unique_ptr<FileReplacement> file_;  // null: stdout
};

struct Written {
  std::vector<ExportedMonth> months;
  bool is_stream = false;  // nothing else may stand in it
};

Result<Written> write_file(const Flags& flags, const Config& config,
                           const ServiceCategories& categories, Transport& transport) {
  const SystemClock clock;
  const auto now = std::chrono::floor<std::chrono::seconds>(clock.wall());
  const Status begun = check_months(flags.focus.months, config, now);
  if (!begun) return begun.error();
  auto output = Output::open(flags.focus.output);
  if (!output) return output.error();
  auto spool = Spool::open(spool_directory(flags.focus, output->is_stream()));
  if (!spool) return spool.error();
  const auto secrets = read_all_secrets(config);
  ProgressLine line(clock);
  auto exported = export_bills(
      {all_providers(), config, secrets, flags.focus.months, now, categories},
      {transport, clock, *spool, [&output](std::string_view text) { return output->write(text); },
       [&line](const ExportProgress& progress) { line.show(progress); },
       [] { return stop_signal != 0; }, std::random_device{}()});
  line.clear();
  if (!exported) return exported.error();
  const bool is_stream = output->is_stream();
  if (const Status finished = output->finish(); !finished) return finished.error();
  if (!is_stream) {
    const Status written = replace_file(flags.focus.output + ".schema.json", focus_schema(kVersion),
                                        FileReaders::kByUmask);
    if (!written) return written.error();
  }
  return Written{std::move(exported).value(), is_stream};
}

// Beside the file: on stdout, unless the file is a stream, which may be stdout under another name.
Status print_table(const Written& written) {
  const std::size_t width = terminal_width(written.is_stream ? STDERR_FILENO : STDOUT_FILENO);
  const std::string table = write_export_table(written.months, width);
  if (!written.is_stream) return write_standard_output(table);
  [[maybe_unused]] const ssize_t count = ::write(STDERR_FILENO, table.data(), table.size());
  return {};
}

}  // namespace

int export_focus(const Flags& flags, const Config& config, Transport& transport) {
  const auto categories = read_categories(flags.focus.services);
  if (!categories) return fail(categories.error());
  catch_signals();
  const auto written = write_file(flags, config, *categories, transport);
  if (!written) {
    const int code = fail({written.error()});
    end_by_signal();
    return code;
  }
  std::vector<Error> problems = missing_months(written->months);
  const Status printed = print_table(*written);
  if (!printed) problems.push_back(printed.error());
  return problems.empty() ? 0 : fail(problems);
}

}  // namespace cloud_billing
