#include "config/label_name.h"

#include <algorithm>
#include <array>

namespace cloud_billing {
namespace {

constexpr std::array<std::string_view, 30> kOwnLabels{
    "provider",         "account",   "currency",   "period",         "billing_mode",
    "service_type",     "region_id", "project",    "sub_account_id", "tag_key",
    "tag_value",        "breakdown", "account_id", "service_name",   "order_status",
    "order_type",       "collector", "reason",     "operation",      "version",
    "revision",         "compiler",  "month",      "other_account",  "window",
    "sub_account_name", "unit",      "budget",     "auto_renew",     "within",
};

// Prometheus, the Prometheus Operator and the histogram and summary types write these.
constexpr std::array<std::string_view, 9> kForeignLabels{
    "job", "instance", "service", "namespace", "pod", "container", "endpoint", "le", "quantile",
};

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

bool is_label_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto is_allowed = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), is_allowed);
}

std::span<const std::string_view> own_label_names() { return kOwnLabels; }

std::optional<std::string> refuse_label_name(std::string_view name) {
  if (!is_label_name(name)) {
    return "not a label name: a letter or \"_\", then letters, digits and \"_\"";
  }
  if (name.starts_with("__")) return "label names that begin with \"__\" belong to Prometheus";
  if (contains(kOwnLabels, name)) return "one of the exporter's own labels";
  if (contains(kForeignLabels, name)) {
    return "a label that Prometheus or its operator sets itself";
  }
  return std::nullopt;
}

}  // namespace cloud_billing
