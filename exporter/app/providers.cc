#include "app/providers.h"

#include "baidu/provider.h"
#include "volcengine/provider.h"

namespace cloud_billing {

const ProviderTable& all_providers() {
  static const ProviderTable table{&baidu_provider(), &volcengine_provider()};
  return table;
}

}  // namespace cloud_billing
