#include "exposition/content_negotiation.h"

#include <gtest/gtest.h>

#include <string_view>

namespace cloud_billing {
namespace {

constexpr ExpositionFormat kText = ExpositionFormat::kText;
constexpr ExpositionFormat kOpenMetrics = ExpositionFormat::kOpenMetrics;

struct FormatCase {
  std::string_view accept;
  ExpositionFormat format;
};

// Headers as programs send them.
TEST(ChooseFormat, GivesEachClientWhatItPrefers) {
  const FormatCase cases[] = {
      // curl with -H 'Accept:', curl, a browser
      {"", kText},
      {"*/*", kText},
      {"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
       kText},
      // Prometheus 2.42, as in Debian 12
      {"application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
       "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
       kOpenMetrics},
      // Prometheus 2.53, as in Debian 13
      {"application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version="
       "0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
       kOpenMetrics},
      // Prometheus 3
      {"application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/"
       "openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
       "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
       kOpenMetrics},
      // Prometheus 3 with native histograms
      {"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;"
       "q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/"
       "openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
       "text/plain;version=0.0.4;q=0.2,*/*;q=0.1",
       kOpenMetrics},
      // Prometheus 2.4
      {"text/plain;version=0.0.4;q=1,*/*;q=0.1", kText},
  };
  for (const FormatCase& each : cases) {
    EXPECT_EQ(choose_format(each.accept), each.format) << each.accept;
  }
}

TEST(ChooseFormat, FollowsQualityThenExactnessThenOrder) {
  const FormatCase cases[] = {
      {"application/openmetrics-text", kOpenMetrics},
      {"application/*", kOpenMetrics},
      {"text/*", kText},
      {"application/openmetrics-text;q=0.5, text/plain;q=0.6", kText},
      {"text/plain;q=0.5, application/openmetrics-text;q=0.6", kOpenMetrics},
      {"text/plain, application/openmetrics-text", kText},
      {"application/openmetrics-text, text/plain", kOpenMetrics},
      {"*/*, application/openmetrics-text", kOpenMetrics},
      {"text/*, application/openmetrics-text", kOpenMetrics},
      {"application/*, text/plain", kText},
      // The most exact range decides, wherever it stands.
      {"text/plain;q=0, */*", kOpenMetrics},
      {"application/openmetrics-text;q=0, */*", kText},
      {"application/openmetrics-text;version=1.0.0;q=0.1, application/openmetrics-text, "
       "text/plain;q=0.5",
       kText},
      {"application/openmetrics-text;q=0", kText},
      {"application/openmetrics-text;q=0.001,text/plain;q=0", kOpenMetrics},
  };
  for (const FormatCase& each : cases) {
    EXPECT_EQ(choose_format(each.accept), each.format) << each.accept;
  }
}

TEST(ChooseFormat, GivesNoVersionThatIsNotAskedFor) {
  const FormatCase cases[] = {
      {"application/openmetrics-text;version=0.0.1", kText},
      {"application/openmetrics-text;version=2.0.0,text/plain;q=0.1", kText},
      {"application/openmetrics-text;version=\"1.0.0\",text/plain;q=0.1", kOpenMetrics},
      {"text/plain;version=1.0.0,application/openmetrics-text;q=0.1", kOpenMetrics},
      {"application/json", kText},
  };
  for (const FormatCase& each : cases) {
    EXPECT_EQ(choose_format(each.accept), each.format) << each.accept;
  }
}

TEST(ChooseFormat, ReadsHeadersInEverySpelling) {
  const FormatCase cases[] = {
      {"Application/OpenMetrics-Text ; Version=1.0.0 ; Q=0.9 , text/plain;q=0.8", kOpenMetrics},
      {"\tapplication/openmetrics-text;q=1.000;charset=utf-8\t,,", kOpenMetrics},
      {"text/plain;x=\"a,application/openmetrics-text;q=1\";q=1, "
       "application/openmetrics-text;q=0.9",
       kText},
      {"application/openmetrics-text;x=\"\\\",\";q=1, text/plain;q=0.9", kOpenMetrics},
  };
  for (const FormatCase& each : cases) {
    EXPECT_EQ(choose_format(each.accept), each.format) << each.accept;
  }
}

TEST(ChooseFormat, WhatCannotBeReadCountsAsNotSent) {
  for (const std::string_view accept :
       {",;,;;=,", ";", "=", "\"", "\"\\", "application/openmetrics-text;q=high",
        "application/openmetrics-text;q=", "application/openmetrics-text;q=-1",
        "application/openmetrics-text;q=2", "application/openmetrics-text;q=nan",
        "application/openmetrics-text;q=1e0", "application/openmetrics-text;q",
        "applicationopenmetrics-text", "application/openmetrics-textual", "/", "*"}) {
    EXPECT_EQ(choose_format(accept), kText) << accept;
  }
  EXPECT_EQ(choose_format("text/plain;q=high, application/openmetrics-text;q=0.1"), kOpenMetrics);
}

TEST(ChooseCoding, IsGzipOnlyWhereItIsAccepted) {
  for (const std::string_view accept :
       {"gzip", "GZIP", "x-gzip", "gzip;q=0.001", "gzip, deflate, br",
        "deflate, gzip;q=1.0, *;q=0.5", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*",
        "identity;q=0.5, gzip;q=0.5", "identity;q=0, gzip", "gzip;q=0.5, identity;q=0.4", "*;q=0.3",
        "gzip,*;q=0", "identity, gzip"}) {
    EXPECT_EQ(choose_coding(accept), ContentCoding::kGzip) << accept;
  }
  for (const std::string_view accept :
       {"", "identity", "deflate, br", "gzip;q=0", "gzip;q=0.000", "gzip;q=0, *", "*;q=0",
        "identity;q=1, gzip;q=0.5", "identity, *;q=0.5", "gzip;q=0.5, identity;q=0.6",
        "gzip;q=much", "gzip;q=7", "gzipped", ";q=1", "\"gzip"}) {
    EXPECT_EQ(choose_coding(accept), ContentCoding::kIdentity) << accept;
  }
}

}  // namespace
}  // namespace cloud_billing
