#include "web/query.h"

#include <algorithm>
#include <cstddef>

#include "core/percent_encoding.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxValueBytes = 1024;

}  // namespace

std::string find_query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
    std::string value = decode_form_value(pair.substr(name.size() + 1));
    return value.size() > kMaxValueBytes ? std::string() : value;
  }
  return {};
}

bool has_query_name(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    if (pair.substr(0, pair.find('=')) == name) return true;
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
  }
  return false;
}

}  // namespace cloud_billing
