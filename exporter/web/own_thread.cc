#include "web/own_thread.h"

#include <future>

namespace cloud_billing {

WebResponse respond_on_own_thread(const std::function<WebResponse()>& respond) {
  return std::async(std::launch::async | std::launch::deferred, respond).get();
}

}  // namespace cloud_billing
