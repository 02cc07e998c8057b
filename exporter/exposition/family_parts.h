#pragma once

// A family of metrics while it is written: the series of accounts in parts, one for each group of
// accounts. Only parts whose bytes changed are compressed again. Owned by one thread; what it
// shares is immutable.

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "exposition/family_text.h"
#include "exposition/metric_head.h"

namespace cloud_billing {

// Large enough that a part compresses well, small enough that an account's change writes little.
inline constexpr std::size_t kGroupAccounts = 16;

[[nodiscard]] constexpr std::size_t count_groups(std::size_t accounts) {
  return (accounts + kGroupAccounts - 1) / kGroupAccounts;
}

class FamilyParts {
 public:
  explicit FamilyParts(const MetricHead& head);

  // More groups have no series yet; of fewer groups, the last are gone.
  void set_groups(std::size_t groups);
  void put(std::size_t group, std::string_view text);

  // Whether the text is kept beside what it compresses to: at first it is.
  void keep_text(bool kept);

  // As put until now. The same pointer as before if that is the same.
  [[nodiscard]] std::shared_ptr<const FamilyText> share();

 private:
  std::vector<std::shared_ptr<const PreparedText>> parts_;  // by group; null: no series
  bool keeps_text_ = true;
  bool changed_ = false;  // since share()
  std::shared_ptr<const FamilyText> shared_;
};

}  // namespace cloud_billing
