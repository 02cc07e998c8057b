#pragma once

// How far the export is, in a line on a terminal that is written over and over; none elsewhere. On
// the run's thread.

#include <cstddef>
#include <string>

#include "focus_export/focus_export.h"
#include "system/clock.h"

namespace cloud_billing {

// "2 of 3 accounts, 120 of 400+ pages, 34500 rows, about 1 min left, 1200 rows/s, 28 s", as much of
// it as fits into so many columns; "+": of months that have not begun, the pages are not known yet.
// Once all was read, the rows that are in the file.
[[nodiscard]] std::string describe_progress(const ExportProgress& progress,
                                            SteadyTime::duration since, std::size_t columns);

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
