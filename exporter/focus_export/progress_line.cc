#include "focus_export/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>

namespace cloud_billing {

std::string describe_progress(const ExportProgress& progress, SteadyTime::duration since) {
  const auto milliseconds = std::max<std::int64_t>(
      1, std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
  const std::size_t rate = progress.rows * 1000 / static_cast<std::size_t>(milliseconds);
  return std::to_string(progress.accounts) + " of " + std::to_string(progress.of_accounts) +
         " accounts, " + std::to_string(progress.pages) + " pages, " +
         std::to_string(progress.rows) + " rows, " + std::to_string(rate) + " rows/s, " +
         std::to_string(milliseconds / 1000) + " s";
}

ProgressLine::ProgressLine(const Clock& clock)
    : clock_(clock), is_terminal_(::isatty(STDERR_FILENO) == 1), start_(clock.steady()) {}

void ProgressLine::show(const ExportProgress& progress) {
  constexpr std::chrono::milliseconds kPause{250};
  const SteadyTime now = clock_.steady();
  if (!is_terminal_ || now < next_) return;
  next_ = now + kPause;
  write("\r\x1b[K" + describe_progress(progress, now - start_));
}

void ProgressLine::clear() {
  if (is_terminal_) write("\r\x1b[K");
}

// A terminal that takes nothing more is left alone.
void ProgressLine::write(const std::string& text) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace cloud_billing
