#include <string>

#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/plot_style.h"
#include "status_page/sections.h"
#include "status_page/style.h"
#include "status_page/time_words.h"

namespace cloud_billing {
namespace {

// A small bar chart.
constexpr std::string_view kIcon =
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='3' fill='%232563c9'/%3E"
    "%3Cpath d='M3 9h2v4H3zM7 6h2v7H7zM11 3h2v10h-2z' fill='%23fff'/%3E%3C/svg%3E";

// How long ago the bills were read, from the newest to the oldest.
std::string freshness_words(const Overview& overview, const Rendering& page) {
  const PageSentences& say = page.say.page;
  if (!overview.newest_bill) return std::string(say.nothing_read);
  const std::string first = age_words(*overview.newest_bill, page);
  const std::string last = age_words(*overview.oldest_bill, page);
  return first == last ? say.read_ago(first) : say.read_between(first, last);
}

std::string language_link(const Rendering& page) {
  const Language other = other_language(page.say.language);
  const std::string_view tag = language_tag(other);
  PageAddress address = page.address;
  address.set("lang", std::string(language_name(other)));
  return fill_form("<a href=\"{}\" lang=\"{}\" hreflang=\"{}\">{}</a>", address.html(), tag, tag,
                   sentences_in(other).page.language);
}

std::string toggle_link(std::string_view name, std::string_view value, std::string_view words,
                        const Rendering& page) {
  PageAddress address = page.address;
  address.set(name, std::string(value));
  return fill_form("<a href=\"{}\">{}</a>", address.html(), words);
}

std::string view_links(const StatusPageRequest& request, const Rendering& page) {
  const PageSentences& say = page.say.page;
  const std::string digits = page.every_digit ? toggle_link("digits", "", say.two_decimals, page)
                                              : toggle_link("digits", "all", say.every_digit, page);
  const std::string reload =
      request.refresh
          ? fill_form("<span>{} {}</span>",
                      say.reloads_every(duration_words(*request.refresh, page.say.times)),
                      toggle_link("refresh", "", say.stop_reloading, page))
          : toggle_link("refresh", "60", say.reload_every_minute, page);
  return fill_form("<nav class=\"view\" aria-label=\"{}\">{} {} {}</nav>\n", say.view,
                   language_link(page), reload, digits);
}

}  // namespace

std::string render_head(const Overview& overview, const StatusPageRequest& request,
                        const Rendering& page) {
  std::string refresh;
  if (request.refresh) {
    refresh = fill_form("<meta http-equiv=\"refresh\" content=\"{}\">\n",
                        std::to_string(request.refresh->count()));
  }
  return fill_form(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n{}"
      "<title>{}</title>\n<link rel=\"icon\" href=\"{}\">\n"
      "<style>{}{}</style>\n</head>\n",
      language_tag(page.say.language), refresh,
      page.say.page.title(month_words(overview.month, page.say.times)), kIcon, kStatusStyle,
      kPlotStyle);
}

std::string render_header(const Overview& overview, const StatusPageRequest& request,
                          const Rendering& page) {
  return fill_form(
      "<a class=\"skip\" href=\"#accounts\">{}</a>\n<header class=\"top\">\n"
      "<div><h1><a href=\"{}\">{}</a></h1>\n<p class=\"note\">{} {}</p>\n{}</div>\n{}</header>\n",
      page.say.page.skip_to_accounts, all_accounts_address(page).html(), page.say.page.heading,
      page.say.page.as_of(page.say.times.china_time(china_time_text(overview.now))),
      freshness_words(overview, page), view_links(request, page),
      render_search(overview, request, page));
}

}  // namespace cloud_billing
