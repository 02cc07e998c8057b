#include "web/scrape_route.h"

#include <string>
#include <utility>

#include "exposition/content_negotiation.h"
#include "publishing/process_metrics.h"

namespace cloud_billing {
namespace {

Body send_text(std::shared_ptr<const PublishedMetrics> published, ExpositionFormat format,
               std::string last) {
  const std::uint64_t length = published->sum(format).length + last.size();
  return {length,
          [published = std::move(published), format, last = std::move(last)](const ByteSink& sink) {
            return published->send_text(format, sink) && sink(last);
          }};
}

Body send_gzip(std::shared_ptr<const PublishedMetrics> published, ExpositionFormat format,
               const std::string& last) {
  std::string head = gzip_head();
  const DeflatedText fresh = store_text(last);
  Checksum whole = published->sum(format);
  whole.append(fresh.sum);
  std::string end = fresh.blocks + gzip_end(whole);
  const std::uint64_t length = head.size() + published->deflated_size(format) + end.size();
  return {length, [published = std::move(published), format, head = std::move(head),
                   end = std::move(end)](const ByteSink& sink) {
            return sink(head) && published->send_deflated(format, sink) && sink(end);
          }};
}

}  // namespace

WebResponse respond_to_scrape(const WebRequest& request,
                              const std::shared_ptr<const PublishedMetrics>& published) {
  const ExpositionFormat format = choose_format(request.accept);
  std::string last = render_process_metrics(format);
  last += end_of(format);

  WebResponse response;
  response.content_type = content_type_of(format);
  response.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  if (choose_coding(request.accept_encoding) == ContentCoding::kGzip) {
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.body = send_gzip(published, format, last);
  } else {
    response.body = send_text(published, format, std::move(last));
  }
  return response;
}

}  // namespace cloud_billing
