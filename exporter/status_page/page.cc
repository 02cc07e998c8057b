#include "status_page/page.h"

#include <algorithm>
#include <optional>

#include "core/percent_encoding.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/style.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

// More accounts than this are shown as a table.
constexpr std::size_t kMostCards = 12;
constexpr std::size_t kRowsPerPage = 100;

// A small bar chart.
constexpr std::string_view kIcon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%232563c9'/%3E"
    "%3Cpath d='M3 9h2v4H3zM7 6h2v7H7zM11 3h2v10h-2z' fill='%23fff'/%3E%3C/svg%3E";

std::string head_html(const Overview& overview) {
  return fill_form(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<title>Cloud bills of {}</title>\n<link rel=\"icon\" href=\"{}\">\n"
      "<style>{}</style>\n</head>\n",
      month_words(overview.month), kIcon, kStatusStyle);
}

// How long ago the bills were read, from the newest to the oldest.
std::string freshness_text(const Overview& overview) {
  std::optional<UtcSeconds> newest;
  std::optional<UtcSeconds> oldest;
  for (const AccountSummary& account : overview.found) {
    for (const CollectorSummary& collector : account.collectors) {
      const auto& success = collector.status.last_success;
      if (collector.status.collector != Collector::kBills || !success) continue;
      newest = std::max(newest.value_or(*success), *success);
      oldest = std::min(oldest.value_or(*success), *success);
    }
  }
  if (!newest) return "No bill has been read yet.";
  const std::string first = duration_words(overview.now - *newest);
  const std::string last = duration_words(overview.now - *oldest);
  return fill_form(
      "Bills were read {}{} ago; amounts change when an account is polled, not when this page is "
      "opened.",
      first, first == last ? "" : " to " + last);
}

std::string header_html(const Overview& overview, const StatusPageRequest& request) {
  return fill_form(
      "<header class=\"top\">\n<div><h1><a href=\"./\">Cloud bills</a></h1>\n"
      "<p class=\"note\">{} UTC+8. {}</p></div>\n"
      "<form role=\"search\" action=\"./\"><label for=\"q\">Find accounts</label>\n"
      "<input id=\"q\" type=\"search\" name=\"q\" maxlength=\"200\" autocomplete=\"off\" "
      "placeholder=\"name, label or service\" value=\"{}\">\n"
      "<button>Search</button></form>\n</header>\n",
      china_time_text(overview.now), freshness_text(overview), escape_html(request.search.words));
}

std::string page_link(const StatusPageRequest& request, std::size_t page, std::string_view words) {
  std::string query = "?page=" + std::to_string(page);
  if (!request.search.words.empty()) query += "&amp;q=" + percent_encode(request.search.words);
  return fill_form("<a href=\"{}\">{}</a>", query, words);
}

std::string pages_html(const StatusPageRequest& request, std::size_t page, std::size_t pages) {
  if (pages < 2) return "";
  const std::string before = page > 1 ? page_link(request, page - 1, "Previous") : "";
  const std::string after = page < pages ? page_link(request, page + 1, "Next") : "";
  return fill_form(
      "<nav class=\"pages\" aria-label=\"Pages\">{} <span>Page {} of {}</span> {}</nav>\n", before,
      std::to_string(page), std::to_string(pages), after);
}

std::string accounts_heading(const Overview& overview, const StatusPageRequest& request) {
  if (!overview.searched) return count_text(overview.found.size(), "account");
  const std::string& what =
      request.search.account.empty() ? request.search.words : request.search.account;
  return fill_form("{} of {} for “{}” <a class=\"all\" href=\"./\">show all</a>",
                   std::to_string(overview.found.size()), count_text(overview.accounts, "account"),
                   escape_html(what));
}

std::string accounts_html(const Overview& overview, const StatusPageRequest& request) {
  const std::size_t count = overview.found.size();
  std::string body;
  if (count == 0) {
    body = overview.searched ? "<p class=\"card\">No account matches.</p>\n"
                             : "<p class=\"card\">This process polls no account.</p>\n";
  } else if (count <= kMostCards) {
    body = render_cards(overview);
  } else {
    const std::size_t pages = (count + kRowsPerPage - 1) / kRowsPerPage;
    const std::size_t page = std::clamp<std::size_t>(request.page, 1, pages);
    const std::size_t begin = (page - 1) * kRowsPerPage;
    body = render_table(overview, begin, std::min(begin + kRowsPerPage, count)) +
           pages_html(request, page, pages);
  }
  return fill_form(
      "<section aria-labelledby=\"accounts\">\n<h2 id=\"accounts\">{}</h2>\n{}</section>\n",
      accounts_heading(overview, request), body);
}

constexpr std::string_view kHelp =
    "<details class=\"help\" id=\"help\"><summary>What the numbers mean</summary>\n"
    "<p>Costs are what the cloud bills after discounts (<code>billed_cost</code>), added up "
    "exactly "
    "and per currency, from the 1st of the month, 00:00 UTC+8, on. A cloud delivers them hours to "
    "days late, and may correct an open month. Amounts are rounded to two decimals unless they are "
    "large on this page; point at one for its exact value.</p>\n"
    "<p>The available balance is what can be spent now, credit included where the key may read "
    "it. When a poll fails, the last good values stay until they are too old.</p>\n"
    "<p>All times are China Standard Time, UTC+8. This page never asks a cloud: reload it to see "
    "what later polls have brought.</p></details>\n";

std::string footer_html(const Snapshot& input, const StatusPageRequest& request) {
  const std::size_t all = input.config->accounts.size() + input.config->other_shards.accounts;
  std::string shard;
  if (input.shard.count > 1) {
    shard = fill_form(" · shard {} polls {} of {}", to_text(input.shard),
                      std::to_string(input.config->accounts.size()), count_text(all, "account"));
  }
  return fill_form(
      "<footer>\n{}<nav aria-label=\"Endpoints\"><a href=\"{}\">Metrics</a> "
      "<a href=\"-/healthy\">Health</a> <a href=\"-/ready\">Readiness</a> "
      "<a href=\"#help\">Help</a></nav>\n"
      "<p>Cloud Billing Exporter {} ({}) · configuration loaded {}{}{}</p>\n</footer>\n",
      kHelp, escape_html("." + request.telemetry_path), escape_html(input.build.version),
      escape_html(input.build.revision), past_time_html(input.config_loaded_at, input.now),
      input.last_reload_successful ? "" : ", a later one refused", shard);
}

}  // namespace

std::string render_status_page(const Snapshot& input, const StatusPageRequest& request) {
  const Overview overview = summarise_accounts(input, request.search);
  return head_html(overview) + "<body>\n" + header_html(overview, request) + "<main>\n" +
         render_totals(overview) + render_attention(overview, input) +
         accounts_html(overview, request) + "</main>\n" + footer_html(input, request) +
         "</body>\n</html>\n";
}

std::string_view status_page_policy() { return kStatusPolicy; }

}  // namespace cloud_billing
