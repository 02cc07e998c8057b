#pragma once

// What keeps the program from doing what it was asked for, told on stderr before it ends: a line
// for each error as it is, or one of the log's objects if --log.format says json.

#include <string_view>
#include <vector>

#include "core/error.h"

namespace cloud_billing {

// `what` is the message of the log's object, such as "cannot start".
void report_errors(std::string_view what, const std::vector<Error>& errors);

}  // namespace cloud_billing
