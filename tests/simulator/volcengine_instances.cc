// ListAvailableInstances.

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entry_page.h"
#include "field_writer.h"
#include "resource_book.h"
#include "volcengine_actions.h"

namespace simulator {
namespace {

// By hand and not at all are told apart, as the console does.
std::string_view renew_type(const Resource& resource) {
  if (resource.auto_renew) {
    return "AutoRenewal";
  }
  return resource.hash % 4 == 0 ? "NonRenewal" : "ManualRenewal";
}

std::string write_instance(const Resource& resource, const Account& account, Spoiled spoiled) {
  std::string out = "{";
  FieldWriter fields(out);
  fields.raw("AccountID", account.id);
  fields.text("Product", resource.service);
  fields.text("ProductName", resource.service);
  fields.text("InstanceID", spoiled == Spoiled::kWithoutId ? "" : resource.id);
  fields.text("InstanceName", "");
  fields.text("BeginTime", write_utc(resource.expires - std::chrono::days{365}) + "Z");
  if (spoiled != Spoiled::kWithoutAmount) {
    fields.text("ExpiredTime",
                spoiled == Spoiled::kUnreadable ? "abc" : write_utc(resource.expires) + "Z");
  }
  fields.text("Status", "Running");
  fields.text("PaymentMethod", "PrePaid");
  fields.text("RenewType", renew_type(resource));
  fields.text("RenewalTimes", resource.auto_renew ? "1" : "");
  fields.text("RenewalDurationUnit", resource.auto_renew ? "Month" : "");
  out.back() = '}';
  return out;
}

}  // namespace

OperationResult prepare_list_instances(const OperationRequest& request,
                                       const ActionParameters& parameters) {
  std::array<std::optional<Moment>, 2> bounds;
  for (const auto& [name, bound] :
       {std::pair("ExpiredTimeStart", &bounds[0]), std::pair("ExpiredTimeEnd", &bounds[1])}) {
    const std::string text = parameters.text(name);
    *bound = parse_utc(text);
    if (!text.empty() && !*bound) {
      return refuse_volcengine_parameter("the time format is YYYY-MM-DDTHH:MM:SSZ");
    }
  }
  auto resources = std::make_shared<std::vector<Resource>>(
      list_resources(request.account, date_in_china(request.billing_time)));
  const std::string product = parameters.text("Product");
  const std::string type = parameters.text("RenewType");
  std::erase_if(*resources, [&](const Resource& resource) {
    return (!product.empty() && resource.service != product) ||
           (!type.empty() && renew_type(resource) != type) ||
           (bounds[0] && resource.expires < *bounds[0]) ||
           (bounds[1] && resource.expires > *bounds[1]);
  });
  EntryList list;
  list.name = "InstanceList";
  list.size = resources->size();
  list.most_on_page = 100;
  list.write = [resources, account = &request.account](std::size_t i, Spoiled spoiled) {
    return write_instance((*resources)[i], *account, spoiled);
  };
  return prepare_page_by_token(parameters, std::move(list));
}

}  // namespace simulator
