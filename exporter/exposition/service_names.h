#pragma once

// Display names of services as the clouds last delivered them, of all accounts together. Follows
// accounts one by one as they change. One thread.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/calendar.h"
#include "exposition/shown_account.h"

namespace cloud_billing {

struct NamedService {
  std::string provider;
  std::string service_type;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const NamedService&, const NamedService&) = default;
};

class ServiceNames {
 public:
  // When a name was delivered, and the name; of two of one time, the greater.
  using Delivered = std::pair<UtcSeconds, std::string>;

  // The account's results are others now; before: null if there were none. False: a name that was
  // the newest may be gone, and only all accounts together tell which is now: read_all() has to
  // follow.
  [[nodiscard]] bool replace(const AccountView* before, const AccountView& after);
  void read_all(std::span<const ShownAccount> accounts);

  [[nodiscard]] const std::map<NamedService, Delivered>& names() const { return names_; }

  // Another number whenever a name may be another than before.
  [[nodiscard]] std::uint64_t revision() const { return revision_; }

 private:
  void add(const AccountView& view);

  std::map<NamedService, Delivered> names_;
  std::uint64_t revision_ = 0;
};

}  // namespace cloud_billing
