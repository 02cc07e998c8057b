#include "baidu/renewal_page.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "baidu/field_reader.h"
#include "baidu/response.h"
#include "core/text_hash.h"
#include "json/row_reader.h"
#include "providers/api_error.h"
#include "providers/iso_time.h"
#include "providers/page_digest.h"

namespace cloud_billing::baidu {
namespace {

enum ResourceText : std::size_t {
  kResourceService,
  kResourceRegion,
  kResourceShortId,
  kResourceId,
  kExpireTime,
  kAlreadyRenewSet,
  kResourceTexts
};

constexpr RowReader<kResourceTexts, 0> kResourceReader(kFieldReader, "",
                                                       {{{"serviceType"},
                                                         {"region"},
                                                         {"shortId", true},
                                                         {"instanceId", true},
                                                         {"expireTime", true},
                                                         {"alreadyRenewSet"}}},
                                                       {});
using ResourceFields = decltype(kResourceReader)::Fields;

Failure failure_of_resource(std::size_t resource, const RowProblem& problem) {
  return response_not_understood("resource " + std::to_string(resource) + ": " + problem.text());
}

// A time of the year 9999 stands for no end.
bool never_ends(std::string_view time) { return time.starts_with("9999-"); }

std::optional<RowProblem> add_resource(const ResourceFields& fields, const std::string& service,
                                       UtcSeconds now, Renewals& renewals) {
  const auto& texts = fields.texts;
  const std::string_view is_set = texts[kAlreadyRenewSet];
  if (is_set != "true" && is_set != "false") {
    return RowProblem{"alreadyRenewSet", "neither true nor false"};
  }
  const RenewalKey key{
      texts[kResourceService].empty() ? service : std::string(texts[kResourceService]),
      std::string(texts[kResourceRegion]), is_set == "true"};
  if (never_ends(texts[kExpireTime])) return std::nullopt;
  if (const auto expiry = read_iso_time(texts[kExpireTime])) {
    renewals.add(key, *expiry, now);
    return std::nullopt;
  }
  renewals.add_undated(key);
  if (!renewals.failure) {
    renewals.failure = response_not_understood("expireTime of a resource: not a time")
                           .with_prefix("renewals of " + key.service_type);
  }
  return std::nullopt;
}

std::optional<std::uint64_t> id_of(const ResourceFields& fields) {
  const auto& texts = fields.texts;
  if (texts[kResourceId].empty() && texts[kResourceShortId].empty()) return std::nullopt;
  std::string id(texts[kResourceId]);
  id.append(1, '\0').append(texts[kResourceShortId]).append(1, '\0').append(texts[kResourceRegion]);
  return TextHash{}(id);
}

}  // namespace

Result<PageFacts, Failure> read_renewals(HttpResponse& response, const std::string& service,
                                         UtcSeconds now, Renewals& renewals) {
  PageFacts facts;
  decltype(kResourceReader)::List list;
  bool has_list = false;
  auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "pageNo") return kFieldReader.read_count(value, facts.page);
    if (name == "pageSize") return kFieldReader.read_count(value, facts.page_size);
    if (name == "totalCount") return kFieldReader.read_count(value, facts.total);
    if (name != "resources") return JsonProblem{};
    has_list = true;
    return kResourceReader.read(value, list);
  });
  // A resource that is no JSON hides what is behind it.
  if (!opened && !list.problem) return std::move(opened).error();
  if (!opened) return failure_of_resource(list.rows.size() + 1, *list.problem);
  if (opened->is_error() || (!has_list && facts.total != 0)) {
    return opened->explain_missing(response.status, "resources");
  }

  Renewals page;
  for (const ResourceFields& fields : list.rows) {
    ++facts.rows;
    if (const auto problem = add_resource(fields, service, now, page)) {
      return failure_of_resource(static_cast<std::size_t>(facts.rows), *problem);
    }
    if (const auto id = id_of(fields)) facts.ids.push_back(*id);
  }
  if (list.problem) return failure_of_resource(list.rows.size() + 1, *list.problem);
  static_cast<void>(renewals.merge(page));
  if (!list.bytes.empty()) facts.digest = page_digest(list.bytes);
  return facts;
}

}  // namespace cloud_billing::baidu
