#include "web/scrape_route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tests/gunzip.h"

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::shared_ptr<const PublishedMetrics> published() {
  static const auto published = std::make_shared<const PublishedMetrics>(PublishedMetrics{
      std::make_shared<const PreparedText>(prepare_text("views\n")),
      std::make_shared<const PublishedCounters>(PublishedCounters{
          prepare_text("records_total in text\n"), prepare_text("records in OpenMetrics\n")})});
  return published;
}

WebResponse scrape(std::string accept, std::string accept_encoding) {
  return respond_to_scrape({"GET", std::move(accept), std::move(accept_encoding)}, published());
}

std::string body_of(const WebResponse& response) {
  std::string body;
  for (const auto& part : response.body) body += *part;
  return body;
}

std::optional<std::string> header(const WebResponse& response, std::string_view name) {
  std::optional<std::string> found;
  for (const auto& [each, value] : response.headers) {
    if (each != name) continue;
    EXPECT_EQ(found, std::nullopt) << "twice: " << name;
    found = value;
  }
  return found;
}

TEST(ScrapeAnswer, IsTextWithEverythingInOrder) {
  const WebResponse response = scrape("", "");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(header(response, "Content-Encoding"), std::nullopt);
  EXPECT_EQ(header(response, "Vary"), "Accept, Accept-Encoding");
  EXPECT_THAT(body_of(response), AllOf(StartsWith("views\nrecords_total in text\n# HELP process_"),
                                       HasSubstr("\nprocess_open_fds "), Not(HasSubstr("# EOF"))));
}

TEST(ScrapeAnswer, IsOpenMetricsWithItsEndWhereThatIsPreferred) {
  const WebResponse response = scrape("application/openmetrics-text;version=1.0.0", "");
  EXPECT_EQ(response.content_type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_EQ(header(response, "Vary"), "Accept, Accept-Encoding");
  EXPECT_THAT(body_of(response),
              AllOf(StartsWith("views\nrecords in OpenMetrics\n# HELP process_"),
                    HasSubstr("# TYPE process_cpu_seconds counter\n"), EndsWith("\n# EOF\n")));
}

TEST(ScrapeAnswer, IsOneGzipMemberWhereThatIsAccepted) {
  const WebResponse text = scrape("", "gzip");
  EXPECT_EQ(header(text, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(text, "Vary"), "Accept, Accept-Encoding");
  EXPECT_EQ(text.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(gunzip(body_of(text)), StartsWith("views\nrecords_total in text\n# HELP process_"));
  EXPECT_THAT(gunzip(body_of(scrape("application/openmetrics-text", "gzip"))),
              AllOf(StartsWith("views\nrecords in OpenMetrics\n"), EndsWith("\n# EOF\n")));
  EXPECT_EQ(header(scrape("", "gzip;q=0"), "Content-Encoding"), std::nullopt);
}

TEST(ScrapeAnswer, CopiesNothingOfWhatIsPublished) {
  const auto held = published();
  const WebResponse plain = scrape("", "");
  EXPECT_EQ(plain.body.front().get(), &held->views->text);
  const WebResponse compressed = scrape("", "gzip");
  EXPECT_EQ(compressed.body.at(1).get(), &held->views->deflated.blocks);
}

TEST(ScrapeAnswer, OutlivesWhatIsPublishedNext) {
  auto own = std::make_shared<const PublishedMetrics>(*published());
  const WebResponse response = respond_to_scrape({"GET", "", ""}, own);
  own.reset();
  EXPECT_THAT(body_of(response), StartsWith("views\n"));
}

}  // namespace
}  // namespace cloud_billing
