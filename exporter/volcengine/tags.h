#pragma once

// The tags of a bill row: the text of a JSON object, from each key to a list of values. System keys
// such as "volc:vke:cluster-id" are keys like any other. One thread, one row at a time.

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "billing/bill.h"

namespace cloud_billing::volcengine {

class VolcengineTags {
 public:
  // `separator` joins several values of a key.
  explicit VolcengineTags(char separator = ',') : separator_(separator) {}

  // Fills `tags`. A value that cannot be read, such as an object, is left out, and all of them if
  // the text is no such object: it costs no amount. How many were left out, at least. What `tags`
  // shows lives until the next call.
  [[nodiscard]] std::size_t read(std::string_view text, std::vector<Tag>& tags);

 private:
  char separator_;
  std::string text_;
  std::deque<std::string> joined_;
};

}  // namespace cloud_billing::volcengine
