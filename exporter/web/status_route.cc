#include "web/status_route.h"

#include <charconv>
#include <string_view>
#include <utility>

#include "exposition/content_negotiation.h"
#include "exposition/gzip.h"
#include "status_page/page.h"
#include "web/query.h"

namespace cloud_billing {
namespace {

// The first page for what is not a number.
std::size_t page_number(const std::string& text) {
  std::size_t page = 1;
  std::from_chars(text.data(), text.data() + text.size(), page);
  return page;
}

std::string gzip_text(std::string_view text) {
  const DeflatedText deflated = deflate_text(text);
  return gzip_head() + deflated.blocks + gzip_end(deflated.sum);
}

}  // namespace

WebResponse respond_with_status_page(const WebRequest& request, const Snapshot& known,
                                     const std::string& telemetry_path) {
  StatusPageRequest wanted;
  wanted.search = {find_query_value(request.query, "q"),
                   find_query_value(request.query, "account")};
  wanted.page = page_number(find_query_value(request.query, "page"));
  wanted.telemetry_path = telemetry_path;
  std::string page = render_status_page(known, wanted);
  const bool packed = choose_coding(request.accept_encoding) == ContentCoding::kGzip;
  WebResponse response = make_text_response(200, packed ? gzip_text(page) : std::move(page));
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"},
                      {"Content-Security-Policy", std::string(status_page_policy())},
                      {"Referrer-Policy", "no-referrer"},
                      {"Vary", "Accept-Encoding"}};
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace cloud_billing
