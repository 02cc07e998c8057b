#include "volcengine/renewals.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "providers/composed_conversation.h"
#include "providers/mapped_conversation.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {
namespace {

// How many the API holds on a page is not documented: what is refused is asked for once more with
// the smaller one, as a list of packages has it.
constexpr int kInstancePageSize = 100;
constexpr int kSmallPageSize = 20;
constexpr const char* kLargePages = "pages of 100";  // to the memory of refusals

constexpr std::string_view kAutoRenewal = "AutoRenewal";
// By hand, and not at all.
constexpr std::array<std::string_view, 2> kOtherRenewals{"ManualRenewal", "NonRenewal"};

enum InstanceText : std::size_t {
  kInstanceId,
  kInstanceProduct,
  kRenewType,
  kInstanceExpiry,
  kInstanceTexts
};

std::optional<RowProblem> fill_instance(const RowFields<kInstanceTexts, 0>& fields,
                                        ListedInstance& instance) {
  const std::string_view renewal = fields.texts[kRenewType];
  instance.key.auto_renew = renewal == kAutoRenewal;
  if (!instance.key.auto_renew && renewal != kOtherRenewals[0] && renewal != kOtherRenewals[1]) {
    return RowProblem{"RenewType", "not one of the documents"};
  }
  instance.key.service_type = fields.texts[kInstanceProduct];
  if (instance.key.service_type.empty()) return RowProblem{{}, "no Product"};
  instance.expiry = read_expiry(fields.texts[kInstanceExpiry]);
  return std::nullopt;
}

constexpr EntryReader<ListedInstance, kInstanceTexts, 0> kInstanceReader(
    "InstanceList", Paging::kByToken,
    {{{"InstanceID"}, {"Product"}, {"RenewType"}, {"ExpiredTime", true}}}, {}, fill_instance);

Renewals count_instances(const std::vector<ListedInstance>& listed, UtcSeconds now) {
  Renewals renewals;
  for (const ListedInstance& instance : listed) {
    const auto& [at, is_never] = instance.expiry;
    if (is_never) continue;
    if (at) {
      renewals.add(instance.key, *at, now);
      continue;
    }
    renewals.add_undated(instance.key);
    if (renewals.failure) continue;
    renewals.failure = response_not_understood("ExpiredTime of an instance of " +
                                               instance.key.service_type + ": not a time");
  }
  return renewals;
}

std::unique_ptr<Conversation<Renewals>> list_instances(UtcSeconds now, int page_size) {
  EntryPages<ListedInstance> pages;
  pages.paging = Paging::kByToken;
  pages.request = [now, page_size](const TokenPages::Page& page) {
    return instance_request(now, page, page_size);
  };
  pages.read = read_instance_page;
  return map_result<Renewals, std::vector<ListedInstance>>(
      list_entries(std::move(pages)),
      [now](const std::vector<ListedInstance>& listed) { return count_instances(listed, now); });
}

class RenewalsQuestion final : public ComposedConversation<Renewals> {
 public:
  explicit RenewalsQuestion(const RenewalsQuery& query) : query_(query) {
    if (query.refusals.is_unsupported(kListAvailableInstances, kLargePages)) {
      small_ = list_instances(query.now, kSmallPageSize);
    } else {
      large_ = list_instances(query.now, kInstancePageSize);
    }
  }

 private:
  std::optional<PendingRequest> next_of_parts() override {
    return small_ ? small_->next() : large_->next();
  }

  void look_at_parts() override {
    Conversation<Renewals>& asked = small_ ? *small_ : *large_;
    if (!asked.finished()) return;
    const auto& failure = asked.failure();
    if (!failure) {
      if (small_ && large_) {
        query_.refusals.note_unsupported(kListAvailableInstances, kLargePages);
      }
      return conclude(asked.take_result());
    }
    if (small_ || failure->reason != Reason::kRequest) return give_up(*failure);
    small_ = list_instances(query_.now, kSmallPageSize);
  }

  const RenewalsQuery query_;
  std::unique_ptr<Conversation<Renewals>> large_;  // null: it is known that they are refused
  std::unique_ptr<Conversation<Renewals>> small_;  // null unless the large pages are refused
};

}  // namespace

ApiRequest instance_request(UtcSeconds now, const TokenPages::Page& page, int page_size) {
  nlohmann::json body{{"ExpiredTimeStart", utc_text(now)},
                      {"ExpiredTimeEnd", utc_text(now + kLongestExpiryWindow)},
                      {"MaxResults", page_size}};
  if (!page.token.empty()) body["NextToken"] = page.token;
  ApiRequest request;
  request.operation = &kListAvailableInstances;
  request.body = body.dump();
  request.subject = "page " + std::to_string(page.number) + " of the instances that end soon";
  return request;
}

Result<EntryPage<ListedInstance>, Failure> read_instance_page(HttpResponse& response) {
  return kInstanceReader.read(response);
}

std::unique_ptr<Conversation<Renewals>> ask_renewals(const RenewalsQuery& query) {
  return std::make_unique<RenewalsQuestion>(query);
}

}  // namespace cloud_billing::volcengine
