#include "resource_book.h"

#include <chrono>

#include "catalogue.h"
#include "deterministic.h"
#include "volcengine_catalogue.h"

namespace simulator {
namespace {

constexpr std::string_view kWithoutAutoRenewal = "BBC";

std::vector<std::string> services_sold_in_advance(const Account& account) {
  std::vector<std::string> codes;
  if (account.cloud == Cloud::kVolcengine) {
    for (const VolcengineProduct& product : volcengine_products()) {
      if (product.sold_prepaid) {
        codes.emplace_back(product.code);
      }
    }
    return codes;
  }
  for (const Service& service : services()) {
    if (service.sold_prepaid && can_auto_renew(service.code)) {
      codes.emplace_back(service.code);
    }
  }
  return codes;
}

}  // namespace

bool can_auto_renew(std::string_view service) {
  for (const Service& sold : services()) {
    if (sold.code == service) {
      return sold.sold_prepaid && service != kWithoutAutoRenewal;
    }
  }
  return false;
}

std::vector<Resource> list_resources(const Account& account, Date today) {
  using std::chrono::days;
  constexpr std::uint64_t kDays = 110;
  const Moment midnight = start_in_china(today);
  const std::vector<std::string> codes = services_sold_in_advance(account);
  std::vector<Resource> resources;
  for (std::size_t i = 0; i < account.resources; ++i) {
    const std::uint64_t hash = mix(account.seed, 0xd0'0000 + i);
    Resource resource;
    resource.hash = hash;
    resource.id = "i-" + std::to_string(hash);
    resource.service = codes[i % codes.size()];
    resource.region = draw(hash, 1, 9) == 0 ? "" : regions()[draw(hash, 2, regions().size())];
    resource.auto_renew = draw(hash, 3, 3) != 0;
    int ends_in = static_cast<int>((7 + i * 37) % kDays) - 3;
    if (account.life != nullptr) {
      const bool runs_out = account.runs_out && i == 0;
      ends_in = runs_out ? 5 : ends_in;
      resource.auto_renew = !runs_out && (resource.auto_renew || ends_in <= 8);
    }
    resource.expires = midnight + days{ends_in} + std::chrono::seconds{86399};
    resources.push_back(resource);
  }
  return resources;
}

}  // namespace simulator
