#pragma once

// What an account sets of the keys that only its provider knows, such as the sub-accounts of one
// cloud or the region that another's signatures are scoped to. The provider's facts declare the
// keys; the reader of the configuration checks values and fills defaults in. Pure values, any
// thread.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cloud_billing {

class ProviderSettings {
 public:
  using Value = std::variant<std::string, std::vector<std::string>>;

  void set(std::string key, Value value) {
    values_.insert_or_assign(std::move(key), std::move(value));
  }

  // Empty if the key is not set or is of the other kind.
  [[nodiscard]] const std::string& text(std::string_view key) const {
    static const std::string none;
    const auto* const value = find<std::string>(key);
    return value == nullptr ? none : *value;
  }
  [[nodiscard]] const std::vector<std::string>& list(std::string_view key) const {
    static const std::vector<std::string> none;
    const auto* const value = find<std::vector<std::string>>(key);
    return value == nullptr ? none : *value;
  }

  [[nodiscard]] const std::map<std::string, Value, std::less<>>& all() const { return values_; }
  friend bool operator==(const ProviderSettings&, const ProviderSettings&) = default;

 private:
  template <typename T>
  [[nodiscard]] const T* find(std::string_view key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : std::get_if<T>(&found->second);
  }

  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace cloud_billing
