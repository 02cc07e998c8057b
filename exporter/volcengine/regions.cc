#include "volcengine/regions.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "volcengine/field_reader.h"

namespace cloud_billing::volcengine {
namespace {

struct KnownRegion {
  std::string_view code;
  std::string_view id;
};

// No document lists the codes; these are known from published bills.
constexpr std::array kKnownRegions{KnownRegion{"R000305", "cn-beijing"},
                                   KnownRegion{"R000310", "cn-shanghai"}};

// Stands before a code that is still to be resolved: no region begins with it.
constexpr char kStandIn = '\x01';

// Whatever the order of rows, the same region is learnt.
void learn(std::map<std::string, std::string, std::less<>>& learnt, std::string_view key,
           std::string_view region) {
  const auto known = learnt.find(key);
  if (known == learnt.end()) learnt.emplace(key, region);
  if (known != learnt.end() && region < known->second) known->second = region;
}

constexpr bool is_lower_case(char c) { return is_letter(c) && to_lower_case(c) == c; }

}  // namespace

std::string_view region_of_zone(std::string_view zone_code) {
  if (zone_code.empty() || !is_lower_case(zone_code.back())) return {};
  std::string_view region = zone_code.substr(0, zone_code.size() - 1);
  if (region.ends_with('-')) {
    region.remove_suffix(1);
  } else if (region.empty() || !is_digit(region.back())) {
    return {};
  }
  const bool is_id = std::all_of(region.begin(), region.end(), [](char c) {
    return is_lower_case(c) || is_digit(c) || c == '-';
  });
  const std::size_t dash = region.find('-');
  const bool has_two_parts = dash != std::string_view::npos && dash > 0 && dash + 1 < region.size();
  return is_id && has_two_parts ? region : std::string_view{};
}

std::string_view Regions::region_of(std::string_view region_code, std::string_view zone_code) {
  const std::string_view region = region_of_zone(zone_code);
  const bool has_code = !kFieldReader.means_none(region_code);
  if (!region.empty()) {
    if (has_code) learn(learnt_, region_code, region);
    return region;
  }
  if (!has_code) return "global";
  for (const KnownRegion& known : kKnownRegions) {
    if (known.code == region_code) return known.id;
  }
  stand_in_ = kStandIn;
  stand_in_ += region_code;
  return stand_in_;
}

void Regions::learn_name(std::string_view name, std::string_view zone_code) {
  const std::string_view region = region_of_zone(zone_code);
  if (!name.empty() && !region.empty()) learn(by_name_, name, region);
}

std::string Regions::resolve(std::string_view region_id) const {
  if (!region_id.starts_with(kStandIn)) return std::string(region_id);
  const std::string_view code = region_id.substr(1);
  const auto known = learnt_.find(code);
  return known == learnt_.end() ? std::string(code) : known->second;
}

}  // namespace cloud_billing::volcengine
