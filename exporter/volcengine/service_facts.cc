#include "volcengine/service_facts.h"

#include <array>

namespace cloud_billing::volcengine {

std::span<const ServiceFact> service_facts() {
  static constexpr std::array kServices{
      ServiceFact{"ECS", "Compute", "Virtual Machines"},
      ServiceFact{"volume", "Storage", "Block Storage"},
      ServiceFact{"TOS", "Storage", "Object Storage"},
      ServiceFact{"EIP", "Networking", "Network Connectivity"},
      ServiceFact{"CDN", "Networking", "Content Delivery"},
      ServiceFact{"ark_bd", "AI and Machine Learning", "Generative AI"},
      ServiceFact{"Doubao-image-generation", "AI and Machine Learning", "Generative AI"}};
  return kServices;
}

}  // namespace cloud_billing::volcengine
