#pragma once

// Whether the configuration's file says something else than before: --config.auto-reload-interval.
// Its content counts, not when it was written. Used by the main thread only; it may wait for the
// disk.

#include <chrono>
#include <optional>
#include <string>

#include "core/hmac.h"
#include "system/clock.h"

namespace cloud_billing {

class ConfigWatch {
 public:
  // What the file says now counts as known: made before the configuration is read. Without an
  // interval the file is never looked at.
  ConfigWatch(std::string path, std::optional<std::chrono::seconds> interval);

  // Once for each new content, however often this is called. A file is looked at once per interval;
  // a content counts as soon as it has been the same for a second, so that a file that is being
  // written is not read in the middle. A file that cannot be read is a content too.
  [[nodiscard]] bool take_change(SteadyTime now);

  // The file is about to be read for another reason.
  void note_reading();

 private:
  std::string path_;
  std::optional<std::chrono::seconds> interval_;
  SteadyTime next_look_{};
  Sha256Digest known_{};
  std::optional<Sha256Digest> seen_;  // another content, which may still change
};

}  // namespace cloud_billing
