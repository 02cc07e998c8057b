#include "web/scrape_route.h"

#include <string>
#include <utility>

#include "exposition/content_negotiation.h"
#include "publishing/process_metrics.h"

namespace cloud_billing {
namespace {

using Bytes = std::shared_ptr<const std::string>;

Bytes own(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

}  // namespace

WebResponse respond_to_scrape(const WebRequest& request,
                              const std::shared_ptr<const PublishedMetrics>& published) {
  const ExpositionFormat format = choose_format(request.accept);
  const PreparedText& views = *published->views;
  const PreparedText& counters = published->counters->in(format);
  // Shares the ownership of all that is published.
  const auto share = [&published](const std::string& bytes) { return Bytes(published, &bytes); };
  std::string last = render_process_metrics(format);
  last += end_of(format);

  WebResponse response;
  response.content_type = content_type_of(format);
  response.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  if (choose_coding(request.accept_encoding) == ContentCoding::kGzip) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    const DeflatedText fresh = store_text(last);
    response.body = {own(gzip_head()), share(views.deflated.blocks),
                     share(counters.deflated.blocks),
                     own(fresh.blocks + gzip_end({&views.deflated, &counters.deflated, &fresh}))};
  } else {
    response.body = {share(views.text), share(counters.text), own(std::move(last))};
  }
  return response;
}

}  // namespace cloud_billing
