#pragma once

// The page's own address: what was asked for, so that each link keeps the rest of it. Values, any
// thread.

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace cloud_billing {

class PageAddress {
 public:
  // An empty value is none.
  void set(std::string_view name, std::string value);
  void set_even_empty(std::string_view name, std::string value);
  [[nodiscard]] std::string_view find(std::string_view name) const;  // empty: none

  // The same, but for this value; of other accounts, the first page of them.
  [[nodiscard]] PageAddress with(std::string_view name, std::string value) const;
  [[nodiscard]] PageAddress without(std::initializer_list<std::string_view> names) const;

  // For an attribute: "?lang=zh&amp;q=web", escaped; `path` alone if nothing was asked for.
  [[nodiscard]] std::string html(std::string_view path = "./") const;
  // What a form has to send beside its own fields.
  [[nodiscard]] std::string hidden_fields(std::initializer_list<std::string_view> own) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace cloud_billing
