#pragma once

// What every part of the page needs to know about how it is to be shown. Lives for one rendering.

#include "core/calendar.h"
#include "status_page/page_address.h"
#include "status_page/sentences.h"

namespace cloud_billing {

struct Rendering {
  const Sentences& say;
  UtcSeconds now;
  const PageAddress& address;
  bool every_digit = false;  // of amounts; else two decimals
};

}  // namespace cloud_billing
