#include "status_page/page_address.h"

#include <algorithm>
#include <utility>

#include "core/percent_encoding.h"
#include "status_page/html.h"

namespace cloud_billing {

void PageAddress::set(std::string_view name, std::string value) {
  if (value.empty()) {
    const auto found = values_.find(name);
    if (found != values_.end()) values_.erase(found);
  } else {
    set_even_empty(name, std::move(value));
  }
}

void PageAddress::set_even_empty(std::string_view name, std::string value) {
  values_.insert_or_assign(std::string(name), std::move(value));
}

std::string_view PageAddress::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string_view() : found->second;
}

PageAddress PageAddress::with(std::string_view name, std::string value) const {
  PageAddress other = without({"page"});
  other.set(name, std::move(value));
  return other;
}

PageAddress PageAddress::without(std::initializer_list<std::string_view> names) const {
  PageAddress other = *this;
  for (const std::string_view name : names) other.set(name, "");
  return other;
}

std::string PageAddress::html(std::string_view path) const {
  std::string query;
  for (const auto& [name, value] : values_) {
    query += fill_form("{}{}={}", query.empty() ? "?" : "&amp;", name, percent_encode(value));
  }
  if (path == "./" && !query.empty()) return query;
  return std::string(path) + query;
}

std::string PageAddress::hidden_fields(std::initializer_list<std::string_view> own) const {
  std::string fields;
  for (const auto& [name, value] : values_) {
    if (std::ranges::find(own, name) != own.end()) continue;
    fields +=
        fill_form("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", name, escape_html(value));
  }
  return fields;
}

}  // namespace cloud_billing
