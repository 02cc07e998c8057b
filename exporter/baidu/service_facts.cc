#include "baidu/service_facts.h"

#include <array>

namespace cloud_billing::baidu {

std::span<const ServiceFact> service_facts() {
  static constexpr std::array kServices{ServiceFact{"BCC", "Compute", "Virtual Machines"},
                                        ServiceFact{"BCC__CDS", "Compute", "Virtual Machines"},
                                        ServiceFact{"CDS", "Storage", "Block Storage"},
                                        ServiceFact{"BOS", "Storage", "Object Storage"},
                                        ServiceFact{"EIP", "Networking", "Network Connectivity"},
                                        ServiceFact{"EIP_BP", "Networking", "Network Connectivity"},
                                        ServiceFact{"BLB", "Networking", "Application Networking"},
                                        ServiceFact{"CDN", "Networking", "Content Delivery"},
                                        ServiceFact{"HTTPDNS", "Networking", "Network Routing"},
                                        ServiceFact{"SCS", "Databases", "Caching"},
                                        ServiceFact{"RDS", "Databases", "Relational Databases"},
                                        ServiceFact{"APIGW", "Integration", "API Management"}};
  return kServices;
}

}  // namespace cloud_billing::baidu
