#include "web/status_route.h"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>
#include <system_error>

#include "status_page/page.h"
#include "web/account_query.h"
#include "web/private_text.h"
#include "web/query.h"

namespace cloud_billing {
namespace {

// The first page for what is not a number.
std::size_t page_number(const std::string& text) {
  std::size_t page = 1;
  std::from_chars(text.data(), text.data() + text.size(), page);
  return page;
}

// What the page's links keep.
constexpr std::array<std::string_view, 9> kKept{"q",    "account", "state",  "label",  "sort",
                                                "page", "lang",    "digits", "refresh"};

constexpr std::chrono::seconds kShortestRefresh{5};
constexpr std::chrono::seconds kLongestRefresh{3600};

PageAddress read_address(std::string_view query) {
  PageAddress address;
  for (const std::string_view name : kKept) address.set(name, find_query_value(query, name));
  // An empty one means the accounts without the label.
  if (has_query_name(query, "value")) {
    address.set_even_empty("value", find_query_value(query, "value"));
  }
  return address;
}

// Nothing for what is no such time.
std::optional<std::chrono::seconds> read_refresh(const std::string& text) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const std::chrono::seconds refresh(seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (refresh < kShortestRefresh || refresh > kLongestRefresh) return std::nullopt;
  return refresh;
}

}  // namespace

WebResponse respond_with_status_page(const WebRequest& request, const Snapshot& known,
                                     const std::string& telemetry_path) {
  StatusPageRequest wanted;
  wanted.search = read_account_search(request.query);
  wanted.page = page_number(find_query_value(request.query, "page"));
  wanted.telemetry_path = telemetry_path;
  wanted.language =
      choose_language(find_query_value(request.query, "lang"), request.accept_language);
  wanted.every_digit = find_query_value(request.query, "digits") == "all";
  wanted.refresh = read_refresh(find_query_value(request.query, "refresh"));
  wanted.address = read_address(request.query);
  WebResponse response =
      make_private_text(request, "text/html; charset=utf-8", render_status_page(known, wanted));
  response.headers.emplace_back("Content-Security-Policy", std::string(status_page_policy()));
  response.headers.emplace_back("Content-Language", std::string(language_tag(wanted.language)));
  set_header(response, {"Vary", "Accept-Encoding, Accept-Language"});
  return response;
}

}  // namespace cloud_billing
