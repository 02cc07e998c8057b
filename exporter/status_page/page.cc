#include "status_page/page.h"

#include <algorithm>

#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"
#include "status_page/style.h"

namespace cloud_billing {
namespace {

// More accounts than this are shown as a table.
constexpr std::size_t kMostCards = 12;
constexpr std::size_t kRowsPerPage = 100;

std::string page_link(std::size_t number, std::string_view words, const Rendering& page) {
  return fill_form("<a href=\"{}\">{}</a>",
                   page.address.with("page", std::to_string(number)).html(), words);
}

std::string pages_html(std::size_t number, std::size_t pages, const Rendering& page) {
  if (pages < 2) return "";
  const PageSentences& say = page.say.page;
  const std::string before = number > 1 ? page_link(number - 1, say.previous_page, page) : "";
  const std::string after = number < pages ? page_link(number + 1, say.next_page, page) : "";
  return fill_form("<nav class=\"pages\" aria-label=\"{}\">{} <span>{}</span> {}</nav>\n",
                   say.pages, before, say.page_of(std::to_string(number), std::to_string(pages)),
                   after);
}

std::string accounts_heading(const Overview& overview, const StatusPageRequest& request,
                             const Rendering& page) {
  const PageSentences& say = page.say.page;
  if (!overview.searched) return say.accounts(overview.found.size());
  const std::string& what =
      request.search.account.empty() ? request.search.words : request.search.account;
  const std::string found = std::to_string(overview.found.size());
  const std::string all = say.accounts(overview.accounts);
  return fill_form(
      "{} <a class=\"all\" href=\"{}\">{}</a>",
      what.empty() ? say.some_of(found, all) : say.found_for(found, all, escape_html(what)),
      all_accounts_address(page).html(), say.show_all);
}

std::string accounts_html(const Overview& overview, const StatusPageRequest& request,
                          const Rendering& page) {
  const std::size_t count = overview.found.size();
  std::string body;
  if (count == 0) {
    body = fill_form("<p class=\"card\">{}</p>\n",
                     overview.searched ? page.say.page.no_match : page.say.page.no_accounts);
  } else if (count <= kMostCards) {
    body = render_cards(overview, page);
  } else {
    const std::size_t pages = (count + kRowsPerPage - 1) / kRowsPerPage;
    const std::size_t number = std::clamp<std::size_t>(request.page, 1, pages);
    const std::size_t begin = (number - 1) * kRowsPerPage;
    body = render_table(overview, begin, std::min(begin + kRowsPerPage, count), page) +
           pages_html(number, pages, page);
  }
  return fill_form(
      "<section aria-labelledby=\"accounts\">\n<h2 id=\"accounts\" tabindex=\"-1\">{}</h2>\n{}{}"
      "</section>\n",
      accounts_heading(overview, request, page), render_choices(overview, page), body);
}

}  // namespace

std::string render_status_page(const Snapshot& input, const StatusPageRequest& request) {
  const Overview overview = summarise_accounts(input, request.search);
  const Rendering page{sentences_in(request.language), overview.now, request.address,
                       request.every_digit};
  return render_head(overview, request, page) + "<body>\n" +
         render_header(overview, request, page) + "<main>\n" +
         render_attention(overview, input, page) + render_totals(overview, page) +
         render_label_totals(overview, page) + accounts_html(overview, request, page) +
         "</main>\n" + render_footer(input, request, page) + "</body>\n</html>\n";
}

std::string_view status_page_policy() { return kStatusPolicy; }

}  // namespace cloud_billing
