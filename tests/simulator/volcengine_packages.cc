// ListResourcePackages.

#include <algorithm>
#include <memory>
#include <vector>

#include "entry_page.h"
#include "field_writer.h"
#include "package_book.h"
#include "volcengine_actions.h"

namespace simulator {
namespace {

std::string write_amount(const std::optional<Money>& amount) {
  return amount ? write_padded(*amount, 4) : "-";
}

// Everything is a text.
std::string write_package(const Package& package, const Account& account, Spoiled spoiled) {
  std::string out = "{";
  FieldWriter fields(out);
  fields.text("InstanceNo", spoiled == Spoiled::kWithoutId ? "" : package.id);
  fields.text("InstanceName", package.product + " 资源包");
  fields.text("Product", package.product);
  fields.text("ProductName", package.product);
  fields.text("PackageType", "Diminishing");
  fields.text("TotalAmount", write_amount(package.total));
  if (spoiled != Spoiled::kWithoutAmount) {
    fields.text("AvailableAmount",
                spoiled == Spoiled::kUnreadable ? "abc" : write_amount(package.available));
  }
  fields.text("Unit", package.unit);
  fields.text("EffectiveTime", write_utc(package.effective) + "Z");
  fields.text("ExpiryTime", write_utc(package.expires) + "Z");
  fields.text("Status", package.status);
  fields.text("RegionCode", "cn-beijing");
  fields.text("OwnerID", account.id);
  out.back() = '}';
  return out;
}

}  // namespace

OperationResult prepare_list_packages(const OperationRequest& request,
                                      const ActionParameters& parameters) {
  const std::string type = parameters.text("ResourceType");
  if (type != "Package" && type != "RI" && type != "RSC") {
    return refuse_volcengine_parameter("ResourceType must be Package, RI or RSC");
  }
  auto packages = std::make_shared<std::vector<Package>>(
      list_packages(request.account, date_in_china(request.billing_time)));
  const std::string status = parameters.text("Status");
  std::erase_if(*packages, [&](const Package& package) {
    return package.type != type || (!status.empty() && package.status != status);
  });
  EntryList list;
  list.name = "List";
  list.size = packages->size();
  list.most_on_page = 20;
  list.write = [packages, account = &request.account](std::size_t i, Spoiled spoiled) {
    return write_package((*packages)[i], *account, spoiled);
  };
  return prepare_page_by_token(parameters, std::move(list));
}

}  // namespace simulator
