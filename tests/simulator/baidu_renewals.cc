// POST /v1/renew/resource/list.

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "bill_page.h"
#include "billed_account.h"
#include "field_writer.h"
#include "resource_book.h"

namespace simulator {
namespace {

using nlohmann::json;

constexpr std::size_t kMostOnPage = 1000;

struct RenewalPage {
  BilledAccount billed;
  std::vector<Resource> resources;
  std::size_t number = 1;
  std::size_t size = 100;

  [[nodiscard]] std::size_t first(std::size_t page) const {
    return std::min((page - 1) * size, resources.size());
  }
  [[nodiscard]] std::size_t rows(std::size_t page) const {
    return std::min(size, resources.size() - first(page));
  }
};

// With and without milliseconds; numbers as numbers and as texts.
void append_resource(std::string& out, const Resource& resource, const Account& account,
                     const Fault* fault) {
  const auto is = [&](FaultKind kind) { return fault != nullptr && fault->kind == kind; };
  const bool is_odd = resource.hash % 2 == 1;
  out += '{';
  FieldWriter fields(out);
  fields.text("serviceType", resource.service);
  fields.text("region", resource.region.empty() ? "/" : resource.region);
  fields.text("shortId", resource.id);
  fields.text("accountId", account.id);
  fields.text("instanceId", "uuid-" + resource.id);
  if (is(FaultKind::kUnreadableAmount)) {
    fields.text("expireTime", "abc");
  } else if (!is(FaultKind::kMissingAmount)) {
    fields.text("expireTime", write_utc(resource.expires) + (is_odd ? ".000Z" : "Z"));
  }
  fields.raw("aloneRenewEnable", "true");
  fields.raw("alreadyRenewSet", resource.auto_renew ? "true" : "false");
  fields.text("renewTimeUnit", resource.auto_renew ? "month" : "/");
  fields.raw("renewTime", is_odd ? "1" : R"("1")");
  fields.text("nextRenewTime", "/");
  out.back() = '}';
}

std::string write_renewals(const RenewalPage& page, const Fault* fault) {
  std::size_t number = page.number;
  std::size_t content = page.number;
  std::size_t total = page.resources.size();
  std::size_t missing = 0;
  const auto is = [&](FaultKind kind) { return fault != nullptr && fault->kind == kind; };
  if (is(FaultKind::kChangingTotal)) {
    total += fault->spoiled;
  } else if (is(FaultKind::kShrinkingTotal)) {
    total -= std::min<std::size_t>(total, fault->spoiled);
  } else if (is(FaultKind::kWrongPage)) {
    content = ++number;
  } else if (is(FaultKind::kRepeatedPage)) {
    content = 1;
  } else if (is(FaultKind::kShortPage)) {
    missing = 1;
  }
  std::string out = "{";
  FieldWriter fields(out);
  append_account_fields(out, *page.billed.account, page.billed.master);
  fields.raw("pageNo", std::to_string(number));
  fields.raw("pageSize", std::to_string(page.size));
  fields.raw("totalCount", std::to_string(total));
  out += R"("resources":[)";
  const std::size_t first = page.first(content);
  const std::size_t rows = page.rows(content);
  for (std::size_t i = first; i + missing < first + rows; ++i) {
    out += i == first ? "" : ",";
    append_resource(out, page.resources[i], *page.billed.account, i == first ? fault : nullptr);
  }
  return out + "]}";
}

struct RenewalQuery {
  Parameters parameters;  // texts
  std::optional<int> expired_days;
  std::size_t number = 1;
  std::size_t size = 100;
};

std::variant<RenewalQuery, Refusal> read_query(const std::string& body) {
  const json read = json::parse(body, nullptr, false);
  if (!read.is_object()) {
    return Refusal{400, "MalformedJSON", "The JSON you provided was not well-formed."};
  }
  RenewalQuery query;
  for (const auto& [name, value] : read.items()) {
    const bool is_text = name == "serviceType" || name == "region" || name == "queryAccountId";
    const bool is_count = value.is_number_unsigned() && value < 1'000'000'000;
    if (is_text && value.is_string()) {
      query.parameters[name] = value.get<std::string>();
    } else if (name == "expiredDays" && is_count && value <= 90) {
      query.expired_days = value.get<int>();
    } else if (name == "pageNo" && is_count && value > 0) {
      query.number = value.get<std::size_t>();
    } else if (name == "pageSize" && is_count && value > 0) {
      query.size = std::min(value.get<std::size_t>(), kMostOnPage);
    } else {
      return refuse_parameter(name + " is unknown, out of range or has the wrong type.");
    }
  }
  if (parameter(query.parameters, "serviceType").empty()) {
    return refuse_parameter("serviceType is missing.");
  }
  return query;
}

}  // namespace

OperationResult prepare_renewal_list(const OperationRequest& request) {
  const auto read = read_query(request.wire.body);
  if (const auto* refusal = std::get_if<Refusal>(&read)) {
    return *refusal;
  }
  const auto& query = std::get<RenewalQuery>(read);
  const auto billed = find_billed_account(request, query.parameters);
  if (!billed) {
    return refuse_access();
  }
  const std::string service = parameter(query.parameters, "serviceType");
  if (!can_auto_renew(service)) {
    return Refusal{400, "ServiceTypeNotSupported", "The service does not support auto renewal."};
  }
  auto page = std::make_shared<RenewalPage>();
  page->billed = *billed;
  page->resources = list_resources(*billed->account, date_in_china(request.billing_time));
  const std::string region = parameter(query.parameters, "region");
  std::erase_if(page->resources, [&](const Resource& resource) {
    const bool is_later =
        query.expired_days &&
        resource.expires > request.billing_time + std::chrono::days{*query.expired_days};
    return resource.service != service || is_later ||
           (!region.empty() && resource.region != region);
  });
  page->number = query.number;
  page->size = query.size;
  PageFacts facts;
  facts.is_page = true;
  facts.has_total = true;
  facts.page_number = page->number;
  facts.page_rows = page->rows(page->number);
  return Prepared{facts, [page](const Fault* fault) { return write_renewals(*page, fault); }};
}

}  // namespace simulator
