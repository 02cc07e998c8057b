#include "app/providers.h"

#include "baidu/provider.h"
#include "volcengine/provider.h"

namespace cloud_billing {

const ProviderTable& all_providers() {
  static const ProviderTable table{&baidu::provider(), &volcengine::provider(),
                                   &volcengine::byteplus()};
  return table;
}

}  // namespace cloud_billing
