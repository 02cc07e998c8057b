#include "publishing/registry_text.h"

#include <cstdint>
#include <string_view>

#include "core/amount.h"
#include "core/number_text.h"
#include "exposition/family_writer.h"

namespace cloud_billing {
namespace {

std::string write_labels(const prometheus::ClientMetric& metric) {
  std::string labels;
  for (const prometheus::ClientMetric::Label& label : metric.label) {
    if (!labels.empty()) labels += ',';
    append_label(labels, {label.name, label.value});
  }
  return labels;
}

void append_series(std::string& out, std::string_view name, std::string_view suffix,
                   std::string_view labels, double value) {
  out += name;
  out += suffix;
  if (!labels.empty()) {
    out += '{';
    out += labels;
    out += '}';
  }
  out += ' ';
  append_number(out, value);
  out += '\n';
}

std::string write_bound(double bound) {
  std::string text;
  append_number(text, bound);
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

void append_histogram(std::string& out, std::string_view name, const std::string& labels,
                      const prometheus::ClientMetric::Histogram& histogram) {
  for (const prometheus::ClientMetric::Bucket& bucket : histogram.bucket) {
    std::string bounded = labels;
    if (!bounded.empty()) bounded += ',';
    append_label(bounded, {"le", write_bound(bucket.upper_bound)});
    append_series(out, name, "_bucket", bounded, static_cast<double>(bucket.cumulative_count));
  }
  append_series(out, name, "_sum", labels, histogram.sample_sum);
  append_series(out, name, "_count", labels, static_cast<double>(histogram.sample_count));
}

}  // namespace

std::string write_families(const std::vector<prometheus::MetricFamily>& families,
                           ExpositionFormat format) {
  std::string out;
  for (const prometheus::MetricFamily& family : families) {
    const bool counter = family.type == prometheus::MetricType::Counter;
    append_family_head(out, {family.name, counter ? "counter" : "histogram", family.help}, format);
    for (const prometheus::ClientMetric& metric : family.metric) {
      const std::string labels = write_labels(metric);
      if (counter) {
        append_series(out, family.name, "", labels, metric.counter.value);
      } else {
        append_histogram(out, family.name, labels, metric.histogram);
      }
    }
  }
  return out;
}

}  // namespace cloud_billing
