#include <string>
#include <string_view>

#include "status_page/html.h"
#include "status_page/parts.h"
#include "status_page/sections.h"

namespace cloud_billing {
namespace {

std::string help_html(const Rendering& page) {
  const PageSentences& say = page.say.page;
  const std::string costs = say.help_costs("<code>billed_cost</code>");
  std::string paragraphs;
  for (const std::string_view paragraph :
       {std::string_view(costs), std::string_view(say.help_amounts),
        std::string_view(say.help_trend), std::string_view(say.help_balance),
        std::string_view(say.help_times)}) {
    paragraphs += fill_form("<p>{}</p>\n", paragraph);
  }
  return fill_form(
      "<section class=\"help\" id=\"help\" aria-labelledby=\"help-heading\">\n"
      "<h2 id=\"help-heading\">{}</h2>\n{}</section>\n",
      say.help_heading, paragraphs);
}

std::string shard_words(const Snapshot& input, const PageSentences& say) {
  if (input.shard.count < 2) return "";
  const std::size_t polled = input.config->accounts.size();
  return say.shard(std::to_string(input.shard.index), std::to_string(input.shard.count),
                   std::to_string(polled),
                   say.accounts(polled + input.config->other_shards.accounts));
}

}  // namespace

std::string render_footer(const Snapshot& input, const StatusPageRequest& request,
                          const Rendering& page) {
  const PageSentences& say = page.say.page;
  return fill_form(
      "<footer>\n{}<nav aria-label=\"{}\"><a href=\"{}\">{}</a> <a href=\"-/healthy\">{}</a> "
      "<a href=\"-/ready\">{}</a> <a href=\"#help\">{}</a></nav>\n<p>{}{}{}</p>\n</footer>\n",
      help_html(page), say.endpoints, escape_html("." + request.telemetry_path), say.metrics,
      say.health, say.readiness, say.help,
      say.program(escape_html(input.build.version), escape_html(input.build.revision),
                  past_time_html(input.config_loaded_at, page)),
      input.last_reload_successful ? std::string_view() : std::string_view(say.later_refused),
      shard_words(input, say));
}

}  // namespace cloud_billing
