#include "web/private_text.h"

#include <string_view>
#include <utility>

#include "exposition/content_negotiation.h"
#include "exposition/gzip.h"

namespace cloud_billing {
namespace {

std::string gzip_text(std::string_view text) {
  const DeflatedText deflated = deflate_text(text);
  return gzip_head() + deflated.blocks + gzip_end(deflated.sum);
}

}  // namespace

WebResponse make_private_text(const WebRequest& request, std::string content_type,
                              std::string text) {
  const bool packed = choose_coding(request.accept_encoding) == ContentCoding::kGzip;
  WebResponse response = make_text_response(200, packed ? gzip_text(text) : std::move(text));
  response.content_type = std::move(content_type);
  response.headers = {{"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Vary", "Accept-Encoding"}};
  if (packed) response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace cloud_billing
