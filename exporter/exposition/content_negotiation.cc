#include "exposition/content_negotiation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// One element of a header: "text/plain;version=0.0.4;q=0.5".
struct MediaRange {
  std::string name;     // lower case: a media range or a coding
  std::string version;  // as sent; empty: not sent
  double quality = 1;
};

// Splits at `separator`, but not inside a quoted string.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == separator && !quoted) {
      parts.push_back(trim_blanks(text.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(trim_blanks(text.substr(std::min(begin, text.size()))));
  return parts;
}

std::optional<double> read_quality(std::string_view text) {
  double quality = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), quality, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (!(quality >= 0 && quality <= 1)) return std::nullopt;
  return quality;
}

std::optional<MediaRange> read_preference(std::string_view element) {
  const std::vector<std::string_view> parts = split(element, ';');
  MediaRange preference;
  preference.name = to_lower_case(parts.front());
  if (preference.name.empty()) return std::nullopt;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equals = std::min(parts[i].find('='), parts[i].size());
    const std::string name = to_lower_case(trim_blanks(parts[i].substr(0, equals)));
    std::string_view value = trim_blanks(parts[i].substr(std::min(equals + 1, parts[i].size())));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    if (name == "version") preference.version = value;
    if (name != "q") continue;
    const std::optional<double> quality = read_quality(value);
    if (!quality) return std::nullopt;
    preference.quality = *quality;
  }
  return preference;
}

std::vector<MediaRange> read_preferences(std::string_view header) {
  std::vector<MediaRange> preferences;
  for (const std::string_view element : split(header, ',')) {
    if (auto preference = read_preference(element)) preferences.push_back(*std::move(preference));
  }
  return preferences;
}

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
int exactness(const MediaRange& range, const MediaType& type) {
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

Preference rank(const std::vector<MediaRange>& ranges, const MediaType& type) {
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
  const std::vector<MediaRange> ranges = read_preferences(accept);
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
  for (const MediaRange& coding : read_preferences(accept_encoding)) {
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
