#pragma once

// How far the export is, in a line on a terminal that is written over and over; none elsewhere. On
// the run's thread.

#include <string>

#include "focus_export/focus_export.h"
#include "system/clock.h"

namespace cloud_billing {

// "2 of 3 accounts, 120 pages, 34500 rows, 1200 rows/s, 28 s"
[[nodiscard]] std::string describe_progress(const ExportProgress& progress,
                                            SteadyTime::duration since);

class ProgressLine {
 public:
  // Of the terminal on stderr, if it is one.
  explicit ProgressLine(const Clock& clock);

  // A few times in a second at most.
  void show(const ExportProgress& progress);
  // Leaves an empty line.
  void clear();

 private:
  void write(const std::string& text);

  const Clock& clock_;
  const bool is_terminal_;
  const SteadyTime start_;
  SteadyTime next_{};
};

}  // namespace cloud_billing
