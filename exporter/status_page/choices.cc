#include <string>
#include <string_view>

#include "status_page/account_condition.h"
#include "status_page/account_order.h"
#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"

namespace cloud_billing {
namespace {

std::string option_html(std::string_view value, std::string_view words, bool is_chosen) {
  return fill_form("<option value=\"{}\"{}>{}</option>\n", escape_html(value),
                   is_chosen ? " selected" : "", words);
}

std::string select_html(std::string_view name, std::string_view label, std::string_view options) {
  return fill_form(
      "<div class=\"choice\"><label for=\"{}\">{}</label>\n<select id=\"{}\" name=\"{}\">\n{}"
      "</select></div>\n",
      name, label, name, name, options);
}

// An order as its column's head begins with it.
AccountOrder first_order(SortKey key) {
  return {key, key == SortKey::kCost || key == SortKey::kForecast};
}

std::string order_select(const Rendering& page) {
  const ChoiceSentences& say = page.say.choices;
  const AccountOrder now = read_account_order(page.address.find("sort"));
  std::string options;
  for (const SortKey key : kAllSortKeys) {
    const AccountOrder order = key == now.key ? now : first_order(key);
    const std::string_view words = say.orders[static_cast<std::size_t>(key)];
    const bool is_reversed = order != first_order(key);
    options += option_html(to_text(order), is_reversed ? say.reversed(words) : std::string(words),
                           key == now.key);
  }
  return select_html("sort", say.order, options);
}

std::string label_select(const Overview& overview, const Rendering& page) {
  if (overview.label_names.empty()) return "";
  std::string options = option_html("", page.say.choices.no_label, overview.label.empty());
  for (const std::string& name : overview.label_names) {
    options += option_html(name, escape_html(name), name == overview.label);
  }
  return select_html("label", page.say.choices.totals_by, options);
}

std::string state_link(std::string_view state, std::string_view words, const Rendering& page) {
  const bool is_chosen = page.address.find("state") == state;
  return fill_form("<a href=\"{}\"{}>{}</a> ",
                   page.address.with("state", std::string(state)).html(),
                   is_chosen ? " aria-current=\"true\"" : "", words);
}

}  // namespace

std::string render_search(const Overview& overview, const StatusPageRequest& request,
                          const Rendering& page) {
  const PageSentences& say = page.say.page;
  return fill_form(
      "<form role=\"search\" action=\"./\">\n{}<div class=\"choice words\"><label for=\"q\">{}"
      "</label>\n<input id=\"q\" type=\"search\" name=\"q\" maxlength=\"200\" "
      "autocomplete=\"off\" placeholder=\"{}\" value=\"{}\"></div>\n{}{}"
      "<button>{}</button></form>\n",
      page.address.hidden_fields({"q", "account", "page", "sort", "label", "value"}),
      say.find_accounts, say.search_hint, escape_html(request.search.words), order_select(page),
      label_select(overview, page), say.search);
}

std::string render_choices(const Overview& overview, const Rendering& page) {
  const ChoiceSentences& say = page.say.choices;
  std::string links = state_link("", say.all, page);
  for (const AccountCondition state : kAllConditions) {
    const auto count = overview.with_condition.find(state);
    if (count == overview.with_condition.end() || count->second == 0) continue;
    links += state_link(
        condition_name(state),
        say.with_count(say.states[static_cast<std::size_t>(state)], std::to_string(count->second)),
        page);
  }
  const PageAddress found = page.address.without({"page", "lang", "digits", "refresh", "sort"});
  return fill_form(
      "<div class=\"choices\"><nav aria-label=\"{}\">{}</nav>\n<p><a href=\"{}\">{}</a> "
      "<a href=\"{}\">{}</a></p></div>\n",
      say.by_state, links, found.html("accounts.csv"), page.say.page.accounts_csv,
      found.html("services.csv"), page.say.page.services_csv);
}

}  // namespace cloud_billing
