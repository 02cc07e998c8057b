#include "focus/service_categories.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/byte_order_mark.h"
#include "core/shown_text.h"
#include "core/spelling.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr std::array<std::string_view, 19> kCategories{"AI and Machine Learning",
                                                       "Analytics",
                                                       "Business Applications",
                                                       "Compute",
                                                       "Databases",
                                                       "Developer Tools",
                                                       "Identity",
                                                       "Integration",
                                                       "Internet of Things",
                                                       "Management and Governance",
                                                       "Media",
                                                       "Migration",
                                                       "Mobile",
                                                       "Multicloud",
                                                       "Networking",
                                                       "Other",
                                                       "Security",
                                                       "Storage",
                                                       "Web"};

struct Subcategory {
  std::string_view category;
  std::string_view name;
};
// Beside "Other (<category>)". Those of other categories are taken as they are written.
constexpr std::array kSubcategories{
    Subcategory{"AI and Machine Learning", "AI Platforms"},
    Subcategory{"AI and Machine Learning", "Bots"},
    Subcategory{"AI and Machine Learning", "Generative AI"},
    Subcategory{"AI and Machine Learning", "Machine Learning"},
    Subcategory{"AI and Machine Learning", "Natural Language Processing"},
    Subcategory{"Analytics", "Analytics Platforms"},
    Subcategory{"Analytics", "Business Intelligence"},
    Subcategory{"Analytics", "Data Processing"},
    Subcategory{"Analytics", "Search"},
    Subcategory{"Analytics", "Streaming Analytics"},
    Subcategory{"Compute", "Containers"},
    Subcategory{"Compute", "End User Computing"},
    Subcategory{"Compute", "Quantum Compute"},
    Subcategory{"Compute", "Serverless Compute"},
    Subcategory{"Compute", "Virtual Machines"},
    Subcategory{"Databases", "Caching"},
    Subcategory{"Databases", "Data Warehouses"},
    Subcategory{"Databases", "Ledger Databases"},
    Subcategory{"Databases", "NoSQL Databases"},
    Subcategory{"Databases", "Relational Databases"},
    Subcategory{"Databases", "Time Series Databases"},
    Subcategory{"Identity", "Identity and Access Management"},
    Subcategory{"Integration", "API Management"},
    Subcategory{"Integration", "Messaging"},
    Subcategory{"Integration", "Workflow Orchestration"},
    Subcategory{"Management and Governance", "Architecture"},
    Subcategory{"Management and Governance", "Compliance"},
    Subcategory{"Management and Governance", "Cost Management"},
    Subcategory{"Management and Governance", "Data Governance"},
    Subcategory{"Management and Governance", "Disaster Recovery"},
    Subcategory{"Management and Governance", "Endpoint Management"},
    Subcategory{"Management and Governance", "Observability"},
    Subcategory{"Management and Governance", "Support"},
    Subcategory{"Media", "Content Creation"},
    Subcategory{"Media", "Gaming"},
    Subcategory{"Media", "Media Streaming"},
    Subcategory{"Media", "Mixed Reality"},
    Subcategory{"Networking", "Application Networking"},
    Subcategory{"Networking", "Content Delivery"},
    Subcategory{"Networking", "Network Connectivity"},
    Subcategory{"Networking", "Network Infrastructure"},
    Subcategory{"Networking", "Network Routing"},
    Subcategory{"Networking", "Network Security"},
    Subcategory{"Security", "Secret Management"},
    Subcategory{"Security", "Security Posture Management"},
    Subcategory{"Security", "Threat Detection and Response"},
    Subcategory{"Storage", "Backup Storage"},
    Subcategory{"Storage", "Block Storage"},
    Subcategory{"Storage", "File Storage"},
    Subcategory{"Storage", "Object Storage"},
    Subcategory{"Storage", "Storage Platforms"},
    Subcategory{"Web", "Application Platforms"}};

std::string other_of(std::string_view category) { return "Other (" + std::string(category) + ")"; }

// One line of the file.
struct Assignment {
  std::string provider;
  std::string service;
  ServiceCategory category;
};

std::vector<std::string_view> split_fields(std::string_view line) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t comma = line.find(',');
    fields.push_back(trim_blanks(line.substr(0, comma)));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

Status check_choice(std::string_view what, std::string_view text,
                    std::span<const std::string_view> choices) {
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return {};
  const std::vector<std::string_view> words(choices.begin(), choices.end());
  return Error{show_value(std::string(text)) + " is no " + std::string(what) +
               did_you_mean(std::string(text), words)};
}

Status check_subcategory(const ServiceCategory& chosen) {
  std::vector<std::string_view> allowed;
  for (const Subcategory& row : kSubcategories) {
    if (row.category == chosen.category) allowed.push_back(row.name);
  }
  if (allowed.empty() && chosen.category != "Other" && chosen.category != "Mobile") return {};
  const std::string other = other_of(chosen.category);
  allowed.push_back(other);
  return check_choice("subcategory of " + chosen.category, chosen.subcategory, allowed);
}

Result<Assignment> read_line(std::string_view line, std::span<const std::string_view> providers) {
  constexpr std::size_t kFewest = 3;
  constexpr std::size_t kMost = 4;
  const auto fields = split_fields(line);
  if (fields.size() < kFewest || fields.size() > kMost) {
    return Error{"write provider,service,category or provider,service,category,subcategory"};
  }
  Assignment read{std::string(fields[0]), std::string(fields[1]), {}};
  if (read.service.empty()) return Error{"the service is empty"};
  read.category.category = fields[2];
  const bool has_subcategory = fields.size() == kMost && !fields[3].empty();
  read.category.subcategory = has_subcategory ? std::string(fields[3]) : other_of(fields[2]);
  if (const Status good = check_choice("provider", read.provider, providers); !good) {
    return good.error();
  }
  if (const Status good = check_choice("ServiceCategory", read.category.category, kCategories);
      !good) {
    return good.error();
  }
  if (const Status good = check_subcategory(read.category); !good) return good.error();
  return read;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return trim_blanks(line);
}

}  // namespace

std::span<const std::string_view> focus_service_categories() { return kCategories; }

void ServiceCategories::add(std::string_view provider, std::string_view service,
                            ServiceCategory category) {
  known_[std::string(provider)].insert_or_assign(std::string(service), std::move(category));
}

Result<void, std::vector<Error>> ServiceCategories::extend(
    std::string_view text, std::string_view file_name,
    std::span<const std::string_view> providers) {
  text = without_byte_order_mark(text);
  std::vector<Error> errors;
  std::map<std::pair<std::string, std::string>, ServiceCategory> added;
  for (int number = 1; !text.empty(); ++number) {
    const std::string_view line = take_line(text);
    if (line.empty() || line.starts_with('#')) continue;
    const std::string where = std::string(file_name) + ":" + std::to_string(number);
    if (replace_ill_formed_utf8(std::string(line)) != line) {
      errors.push_back(Error{where + ": this is not UTF-8; save the file as UTF-8"});
      continue;
    }
    const auto read = read_line(line, providers);
    if (!read) {
      errors.push_back(read.error().with_prefix(where));
    } else if (!added.try_emplace({read->provider, read->service}, read->category).second) {
      errors.push_back(Error{where + ": this service stands above already"});
    }
  }
  if (!errors.empty()) return errors;
  for (auto& [service, category] : added) {
    add(service.first, service.second, std::move(category));
  }
  return {};
}

const ServiceCategory& ServiceCategories::of(std::string_view provider,
                                             std::string_view service) const {
  const auto known = known_.find(provider);
  if (known == known_.end()) return other_;
  const auto found = known->second.find(service);
  return found == known->second.end() ? other_ : found->second;
}

}  // namespace cloud_billing
