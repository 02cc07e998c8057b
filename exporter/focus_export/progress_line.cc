#include "focus_export/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>

#include "system/standard_streams.h"

namespace cloud_billing {

namespace {

// A number without decimals, of the largest unit of which there are two.
std::string round_up(double seconds) {
  struct Unit {
    double seconds;
    std::string_view name;
  };
  for (const Unit unit : {Unit{3600, " h"}, Unit{60, " min"}}) {
    if (seconds < 2 * unit.seconds) continue;
    return std::to_string(static_cast<long>(std::ceil(seconds / unit.seconds))) +
           std::string(unit.name);
  }
  return std::to_string(static_cast<long>(std::ceil(seconds))) + " s";
}

std::string describe_pages(const ExportProgress& progress) {
  const ReadSoFar& read = progress.read;
  if (read.of_pages == 0) return std::to_string(read.pages) + " pages";
  return std::to_string(read.pages) + " of " + std::to_string(read.of_pages) +
         (progress.knows_all_pages ? "" : "+") + " pages";
}

// As long as it took for what was read; the first pages tell too little. Empty: not known.
std::string describe_rest(double share, double seconds) {
  constexpr double kTooLittle = 0.02;
  if (share < kTooLittle || share >= 1) return {};
  return "about " + round_up(seconds * (1 - share) / share) + " left";
}

// The columns of the terminal; one that does not tell has as many as terminals had first.
std::size_t terminal_columns() {
  constexpr std::size_t kUsual = 80;
  const std::size_t told = terminal_width(STDERR_FILENO);
  return told != 0 ? told : kUsual;
}

}  // namespace

std::string describe_progress(const ExportProgress& progress, SteadyTime::duration since,
                              std::size_t columns) {
  const double seconds = std::max(0.001, std::chrono::duration<double>(since).count());
  const bool is_read = progress.share_read >= 1;
  const auto rate = static_cast<std::size_t>(static_cast<double>(progress.read.rows) / seconds);
  std::string text = std::to_string(progress.accounts) + " of " +
                     std::to_string(progress.of_accounts) + " accounts";
  for (const std::string& part :
       {describe_pages(progress), std::to_string(progress.read.rows) + " rows",
        is_read ? std::to_string(progress.rows_written) + " of them written"
                : describe_rest(progress.share_read, seconds),
        std::to_string(rate) + " rows/s",
        std::to_string(static_cast<std::size_t>(seconds)) + " s"}) {
    if (part.empty()) continue;
    if (text.size() + part.size() + 2 > columns) break;
    text += ", " + part;
  }
  return text;
}

ProgressLine::ProgressLine(const Clock& clock)
    : clock_(clock), is_terminal_(::isatty(STDERR_FILENO) == 1), start_(clock.steady()) {}

void ProgressLine::show(const ExportProgress& progress) {
  constexpr std::chrono::milliseconds kPause{250};
  const SteadyTime now = clock_.steady();
  if (!is_terminal_ || now < next_) return;
  next_ = now + kPause;
  // A line that fills the last column may go on in another one.
  write("\r\x1b[K" + describe_progress(progress, now - start_, terminal_columns() - 1));
}

void ProgressLine::clear() {
  if (is_terminal_) write("\r\x1b[K");
}

// A terminal that takes nothing more is left alone.
void ProgressLine::write(const std::string& text) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace cloud_billing
