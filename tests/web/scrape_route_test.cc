#include "web/scrape_route.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "exposition/family_parts.h"
#include "tests/gunzip.h"
#include "tests/web/body_text.h"

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::shared_ptr<const FamilyText> family(const MetricHead& head, std::string_view series) {
  FamilyParts parts(head);
  parts.set_groups(1);
  parts.put(0, series);
  return parts.share();
}

std::shared_ptr<const PublishedMetrics> published() {
  static const auto published = std::make_shared<const PublishedMetrics>(
      Families{family({"views", "Views."}, "views 1\n")},
      Families{
          family({"records_total", "Records.", {}, MetricType::kCounter}, "records_total 1\n")});
  return published;
}

constexpr std::string_view kText =
    "# HELP views Views.\n# TYPE views gauge\nviews 1\n"
    "# HELP records_total Records.\n# TYPE records_total counter\nrecords_total 1\n"
    "# HELP process_";
constexpr std::string_view kOpenMetrics =
    "# HELP views Views.\n# TYPE views gauge\nviews 1\n"
    "# HELP records Records.\n# TYPE records counter\nrecords_total 1\n"
    "# HELP process_";

WebResponse scrape(std::string accept, std::string accept_encoding) {
  return respond_to_scrape({"GET", std::move(accept), std::move(accept_encoding)}, published());
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
  EXPECT_THAT(body_of(response),
              AllOf(StartsWith(kText), HasSubstr("\nprocess_open_fds "), Not(HasSubstr("# EOF"))));
}

TEST(ScrapeAnswer, IsOpenMetricsWithItsEndWhereThatIsPreferred) {
  const WebResponse response = scrape("application/openmetrics-text;version=1.0.0", "");
  EXPECT_EQ(response.content_type, "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_EQ(header(response, "Vary"), "Accept, Accept-Encoding");
  EXPECT_THAT(body_of(response),
              AllOf(StartsWith(kOpenMetrics), HasSubstr("# TYPE process_cpu_seconds counter\n"),
                    EndsWith("\n# EOF\n")));
}

TEST(ScrapeAnswer, IsOneGzipMemberWhereThatIsAccepted) {
  const WebResponse text = scrape("", "gzip");
  EXPECT_EQ(header(text, "Content-Encoding"), "gzip");
  EXPECT_EQ(header(text, "Vary"), "Accept, Accept-Encoding");
  EXPECT_EQ(text.content_type, "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(gunzip(body_of(text)), StartsWith(kText));
  EXPECT_THAT(gunzip(body_of(scrape("application/openmetrics-text", "gzip"))),
              AllOf(StartsWith(kOpenMetrics), EndsWith("\n# EOF\n")));
  EXPECT_EQ(header(scrape("", "gzip;q=0"), "Content-Encoding"), std::nullopt);
}

// What is large leaves from where it was published.
TEST(ScrapeAnswer, CopiesNothingOfWhatIsPublished) {
  const auto held = published();
  const auto sends = [](const WebResponse& response, const std::string& bytes) {
    bool found = false;
    (void)response.body.send([&](std::string_view piece) {
      found |= piece.data() == bytes.data();
      return true;
    });
    return found;
  };
  const FamilyText& views = *held->views().front();
  EXPECT_TRUE(sends(scrape("", ""), views.parts.front()->text));
  EXPECT_TRUE(sends(scrape("", "gzip"), views.parts.front()->deflated.blocks));
}

TEST(ScrapeAnswer, EndsWhenTheClientHasGone) {
  for (const char* coding : {"", "gzip"}) {
    const WebResponse response = scrape("", coding);
    int pieces = 0;
    EXPECT_FALSE(response.body.send([&pieces](std::string_view) { return ++pieces < 2; }));
    EXPECT_EQ(pieces, 2);
  }
}

TEST(ScrapeAnswer, OutlivesWhatIsPublishedNext) {
  auto own = std::make_shared<const PublishedMetrics>(*published());
  const WebResponse response = respond_to_scrape({"GET", "", ""}, own);
  own.reset();
  EXPECT_THAT(body_of(response), StartsWith(kText));
}

}  // namespace
}  // namespace cloud_billing
