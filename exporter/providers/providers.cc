#include "providers/providers.h"

#include "providers/baidu.h"
#include "providers/volcengine.h"

namespace cloud_billing {

const ProviderTable& all_providers() {
  static const ProviderTable table{&baidu_provider(), &volcengine_provider()};
  return table;
}

}  // namespace cloud_billing
