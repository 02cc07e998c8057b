#include "exposition/content_negotiation.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <tuple>
#include <vector>

#include "exposition/header_preferences.h"

namespace cloud_billing {
namespace {

struct MediaType {
  ExpositionFormat format;
  std::string_view any_subtype;
  std::string_view name;
  std::string_view version;
};

constexpr std::array kMediaTypes{
    MediaType{ExpositionFormat::kText, "text/*", "text/plain", "0.0.4"},
    MediaType{ExpositionFormat::kOpenMetrics, "application/*", "application/openmetrics-text",
              "1.0.0"},
};

// How exactly a range names the type; 0: not at all.
int exactness(const HeaderPreference& range, const MediaType& type) {
  if (!range.version.empty() && range.version != type.version) return 0;
  if (range.name == type.name) return range.version.empty() ? 3 : 4;
  if (range.name == type.any_subtype) return 2;
  return range.name == "*/*" ? 1 : 0;
}

// Greater is preferred: the most exact range that names the type decides its quality.
struct Preference {
  double quality = 0;
  int exactness = 0;
  std::ptrdiff_t place = 0;  // of the range in the header, counted downwards

  friend bool operator<(const Preference& a, const Preference& b) {
    return std::tie(a.quality, a.exactness, a.place) < std::tie(b.quality, b.exactness, b.place);
  }
};

Preference rank(const std::vector<HeaderPreference>& ranges, const MediaType& type) {
  Preference preference;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const int exact = exactness(ranges[i], type);
    if (exact <= preference.exactness) continue;
    preference = {ranges[i].quality, exact, -static_cast<std::ptrdiff_t>(i)};
  }
  return preference.quality > 0 ? preference : Preference{};
}

}  // namespace

ExpositionFormat choose_format(std::string_view accept) {
  const std::vector<HeaderPreference> ranges = read_preferences(accept);
  // The first of equals: the text format.
  const MediaType& chosen = *std::max_element(kMediaTypes.begin(), kMediaTypes.end(),
                                              [&ranges](const MediaType& a, const MediaType& b) {
                                                return rank(ranges, a) < rank(ranges, b);
                                              });
  return chosen.format;
}

ContentCoding choose_coding(std::string_view accept_encoding) {
  std::optional<double> gzip;
  std::optional<double> identity;
  std::optional<double> others;
  for (const HeaderPreference& coding : read_preferences(accept_encoding)) {
    if (coding.name == "gzip" || coding.name == "x-gzip") gzip = coding.quality;
    if (coding.name == "identity") identity = coding.quality;
    if (coding.name == "*") others = coding.quality;
  }
  const double gzip_quality = gzip.value_or(others.value_or(0));
  // No coding is always accepted, but preferred to gzip only if the header says so.
  const bool liked = gzip_quality >= identity.value_or(0);
  return gzip_quality > 0 && liked ? ContentCoding::kGzip : ContentCoding::kIdentity;
}

}  // namespace cloud_billing
