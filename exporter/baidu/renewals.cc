#include "baidu/renewals.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/bill_listings.h"
#include "baidu/month.h"
#include "baidu/operations.h"
#include "baidu/provider.h"
#include "baidu/renewal_page.h"
#include "baidu/summary_items.h"
#include "providers/composed_conversation.h"
#include "providers/conversation_set.h"
#include "providers/listing.h"
#include "providers/numbered_pages.h"
#include "providers/renewal_services.h"
#include "providers/single_request.h"

namespace cloud_billing::baidu {
namespace {

// The API holds so many on a page at most; the default is 100.
constexpr std::int64_t kRenewalPageSize = 1000;

constexpr std::string_view kPrepay = "prepay";

// What most accounts have.
constexpr const char* kUsualService = "BCC";

constexpr Advice kGrantRenewals{
    "Grant the sub-user the policy FCReadAccessPolicy (财务中心只读); if it has that already, "
    "FCFullControlPolicy together with FCDenyOrderPayPolicy, which denies paying.",
    "Identity and Access Management > User Management > Sub-users "
    "(多用户访问控制 > 用户管理 > 子用户)"};

// ---- the services

using Services = std::set<std::string>;

// What is prepaid by the summary of a month.
struct PrepaidServices {
  Services names;

  [[nodiscard]] bool merge(const PrepaidServices& other) {
    names.insert(other.names.begin(), other.names.end());
    return true;
  }
};

Result<PrepaidServices, Failure> read_prepaid(HttpResponse& response) {
  const auto summary = read_summary_items(response, kPrepay);
  if (!summary) return summary.error();
  PrepaidServices services;
  for (const SummaryItem& item : summary->items) {
    if (!item.service_type.empty()) services.names.insert(item.service_type);
  }
  return services;
}

// Of the months that have a complete day.
std::unique_ptr<Conversation<PrepaidServices>> ask_prepaid(const AccountConfig& account,
                                                           UtcSeconds now) {
  std::vector<std::unique_ptr<Conversation<PrepaidServices>>> summaries;
  const BillingMonth current = kBillingZone.month_at(now);
  for (const BillingMonth month : {current, current.previous()}) {
    const UtcSeconds through = data_through(month, now);
    if (through <= kBillingZone.start_of(month)) continue;
    const Days days{month.first_day(), kBillingZone.day_at(through - std::chrono::seconds(1))};
    for (const std::string& billed : billed_accounts(account)) {
      summaries.push_back(std::make_unique<SingleRequest<PrepaidServices>>(
          summary_request(days, month.text(), billed, kPrepay), read_prepaid));
    }
  }
  return std::make_unique<ConversationSet<PrepaidServices>>(std::move(summaries),
                                                            PrepaidServices{});
}

// ---- the lists

using RenewalListing = Listing<Renewals, NumberedPages>;

std::unique_ptr<RenewalListing> list_renewals(const std::string& service, const std::string& billed,
                                              UtcSeconds now) {
  RenewalListing::Pages pages;
  pages.request = [service, billed](const NumberedPages::Page& page) {
    return renewal_request(service, billed, page.number, kRenewalPageSize);
  };
  pages.read = [service, now](const NumberedPages::Page& /*page*/, HttpResponse& response,
                              Renewals& renewals) {
    return read_renewals(response, service, now, renewals);
  };
  return std::make_unique<RenewalListing>(NumberedPages(kRenewalPageSize), std::move(pages),
                                          Renewals{});
}

// What the memory of refusals knows a list by.
std::string list_name(const std::string& service, const std::string& billed) {
  return billed.empty() ? service : service + " of " + billed;
}

// A list that the cloud may not have: how it refuses a service without automatic renewal is
// documented nowhere, but that it is a client's error.
class ListOfService final : public ComposedConversation<Renewals> {
 public:
  ListOfService(const std::string& service, const std::string& billed, const RenewalsQuery& query)
      : name_(list_name(service, billed)),
        was_listed_(query.listed_services.contains(service)),
        listing_(list_renewals(service, billed, query.now)) {}

 private:
  std::optional<PendingRequest> next_of_parts() override { return listing_->next(); }

  void look_at_parts() override {
    const auto& failure = listing_->failure();
    if (!failure) has_answered_ = true;
    if (!listing_->finished()) return;
    if (!failure) return conclude(listing_->take_result());
    const bool has_list = was_listed_ || has_answered_;
    if (has_list || failure->reason != Reason::kRequest) return give_up(*failure);
    Renewals none;
    none.unlisted_services.push_back(name_);
    conclude(std::move(none));
  }

  const std::string name_;
  const bool was_listed_;  // the list had resources of it before: leaving them out would be a loss
  const std::unique_ptr<RenewalListing> listing_;
  bool has_answered_ = false;  // the cloud has the list
};

std::unique_ptr<Conversation<Renewals>> list_all(const AccountConfig& account,
                                                 const Services& services,
                                                 const RenewalsQuery& query) {
  std::vector<std::unique_ptr<Conversation<Renewals>>> lists;
  for (const std::string& billed : billed_accounts(account)) {
    for (const std::string& service : services) {
      if (query.refusals.is_unsupported(kRenewResourceList, list_name(service, billed))) continue;
      lists.push_back(std::make_unique<ListOfService>(service, billed, query));
    }
  }
  return std::make_unique<ConversationSet<Renewals>>(std::move(lists), Renewals{});
}

class RenewalsQuestion final : public ComposedConversation<Renewals> {
 public:
  RenewalsQuestion(const AccountConfig& account, const RenewalsQuery& query)
      : account_(account), query_(query), services_(query.prepaid_services) {
    const auto& configured = configured_services(account);
    has_configured_ = !configured.empty();
    services_.insert(configured.begin(), configured.end());
    const bool is_told = query.bills_are_known && !query.prepaid_services.empty();
    if (!is_told) prepaid_ = ask_prepaid(account, query.now);
    look_at_parts();
  }

 private:
  std::optional<PendingRequest> next_of_parts() override {
    return lists_ ? lists_->next() : prepaid_->next();
  }

  void look_at_parts() override {
    if (!lists_ && !learn_services()) return;
    if (!lists_->finished()) return;
    if (lists_->failure()) return give_up(*lists_->failure());
    Renewals renewals = lists_->take_result();
    // Now, since what is noted is told with the result.
    for (const std::string& list : renewals.unlisted_services) {
      query_.refusals.note_unsupported(kRenewResourceList, list);
    }
    conclude(std::move(renewals));
  }

  // False until it is known which services to ask for.
  bool learn_services() {
    if (prepaid_) {
      if (!prepaid_->finished()) return false;
      const auto& failure = prepaid_->failure();
      const bool does_without = has_configured_ && failure && is_refusal(*failure);
      if (failure && !does_without) {
        give_up(*failure);
        return false;
      }
      if (!failure) services_.merge(prepaid_->take_result().names);
    }
    lists_ = list_all(account_, services_, query_);
    return true;
  }

  // Then the configured services are what is asked for.
  static bool is_refusal(const Failure& failure) {
    return failure.reason == Reason::kPermission || failure.reason == Reason::kRequest;
  }

  const AccountConfig& account_;
  const RenewalsQuery query_;
  Services services_;
  bool has_configured_ = false;
  std::unique_ptr<Conversation<PrepaidServices>> prepaid_;  // null: the bills told them
  std::unique_ptr<Conversation<Renewals>> lists_;           // null until the services are known
};

}  // namespace

ApiRequest renewal_request(const std::string& service, const std::string& billed, std::int64_t page,
                           std::int64_t page_size) {
  nlohmann::json body{{"serviceType", service},
                      {"expiredDays", kLongestExpiryWindow.count()},
                      {"pageNo", page},
                      {"pageSize", page_size}};
  if (!billed.empty()) body["queryAccountId"] = billed;
  ApiRequest request;
  request.operation = &kRenewResourceList;
  request.body = body.dump();
  request.subject = "page " + std::to_string(page) + " of the renewals of " + service;
  if (!billed.empty()) request.subject += " of sub-account " + billed;
  return request;
}

std::unique_ptr<Conversation<Renewals>> ask_renewals(const AccountConfig& account,
                                                     const RenewalsQuery& query) {
  return std::make_unique<RenewalsQuestion>(account, query);
}

AccessQuestion ask_renewal_access(const AccountConfig& account, const std::string& billed,
                                  UtcSeconds now) {
  const auto& configured = configured_services(account);
  const std::string service = configured.empty() ? kUsualService : configured.front();
  AccessQuestion question;
  question.operation = &kRenewResourceList;
  question.sub_account = billed;
  question.if_refused = kGrantRenewals;
  question.request = [service, billed](const std::string& /*account_id*/) {
    return renewal_request(service, billed, 1, 1);
  };
  question.read = [service, now](HttpResponse& response,
                                 const std::string& /*account_id*/) -> Result<AccessFact, Failure> {
    Renewals renewals;
    const auto page = read_renewals(response, service, now, renewals);
    if (!page) return page.error();
    return AccessFact{count_of(page->total.value_or(page->rows), "resource") + " of " + service +
                      " within 90 days"};
  };
  return question;
}

}  // namespace cloud_billing::baidu
