#pragma once

// Volcengine's regions: the public ids ("cn-beijing") of bill rows, which name a region by an
// opaque code ("R000305") and a zone ("cn-beijing-b"). A code that no table knows may be told by
// the zone of another row, so that it is resolved after the last page. Pure; one thread at a time.

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace cloud_billing::volcengine {

// The region that a zone lies in: "cn-beijing" of "cn-beijing-b", "ap-southeast-1" of
// "ap-southeast-1a". Empty if the zone does not look like one ("Zone1", "-").
[[nodiscard]] std::string_view region_of_zone(std::string_view zone_code);

class Regions {
 public:
  // The row's region: by its zone, else by its known code, "global" for none. Where only another
  // row can tell, a stand-in for the code, which resolve() turns into the region. The text lives
  // until the next call.
  [[nodiscard]] std::string_view region_of(std::string_view region_code,
                                           std::string_view zone_code);

  // Notes that a row has this display name beside a zone; the name or the zone may tell nothing.
  void learn_name(std::string_view name, std::string_view zone_code);
  // The regions by their display names, as far as zones told them.
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& by_name() const {
    return by_name_;
  }

  // The region of a stand-in: what other rows told, else the code itself. Other texts stay.
  [[nodiscard]] std::string resolve(std::string_view region_id) const;

 private:
  std::map<std::string, std::string, std::less<>> learnt_;   // code to region
  std::map<std::string, std::string, std::less<>> by_name_;  // display name to region
  std::string stand_in_;
};

}  // namespace cloud_billing::volcengine
