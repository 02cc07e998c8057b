#include "volcengine/packages.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "providers/mapped_conversation.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {
namespace {

constexpr int kPackagePageSize = 20;

// Each is a list of its own.
constexpr std::array<std::string_view, 3> kPackageTypes{"Package", "RI", "RSC"};

constexpr std::string_view kEffectivePackage = "Effective";
constexpr std::array<std::string_view, 5> kOtherPackages{"NotEffective", "FailedToCreate", "UsedUp",
                                                         "Expired", "Refunded"};

enum PackageText : std::size_t {
  kPackageId,
  kPackageStatus,
  kPackageProduct,
  kPackageUnit,
  kPackageExpiry,
  kPackageTexts
};
enum PackageAmount : std::size_t { kPackageTotal, kPackageAvailable, kPackageAmounts };

std::optional<RowProblem> fill_package(const RowFields<kPackageTexts, kPackageAmounts>& fields,
                                       ListedPackage& package) {
  const std::string_view status = fields.texts[kPackageStatus];
  package.is_effective = status == kEffectivePackage;
  if (!package.is_effective &&
      std::find(kOtherPackages.begin(), kOtherPackages.end(), status) == kOtherPackages.end()) {
    return RowProblem{"Status", "not a status of the documents"};
  }
  package.key = {std::string(fields.texts[kPackageProduct]),
                 std::string(fields.texts[kPackageUnit])};
  if (package.key.service_type.empty()) return RowProblem{{}, "no Product"};
  package.total = fields.amounts[kPackageTotal];
  package.available = fields.amounts[kPackageAvailable];
  package.expiry = read_expiry(fields.texts[kPackageExpiry]);
  return std::nullopt;
}

constexpr EntryReader<ListedPackage, kPackageTexts, kPackageAmounts> kPackageReader(
    "List", Paging::kByToken,
    {{{"InstanceNo"}, {"Status"}, {"Product"}, {"Unit"}, {"ExpiryTime", true}}},
    {"TotalAmount", "AvailableAmount"}, fill_package);

// False on overflow.
bool add_package(const ListedPackage& package, PackageSums& sums) {
  if (!package.total || !package.available) {
    sums.is_known = false;
    return true;
  }
  return sums.total.add(*package.total) && sums.available.add(*package.available);
}

Result<Packages, Failure> sum_packages(const std::vector<ListedPackage>& listed, UtcSeconds now) {
  Packages packages;
  for (const ListedPackage& package : listed) {
    if (!package.is_effective || has_ended(package.expiry, now)) continue;
    ++packages.count;
    add(packages.first_expiries[package.key.service_type], package.expiry);
    if (!add_package(package, packages.sums[package.key])) {
      return response_not_understood("the sum of all packages is too large");
    }
  }
  return packages;
}

}  // namespace

ApiRequest package_request(std::string_view type, const TokenPages::Page& page, int page_size) {
  // MaxResults is a text here.
  nlohmann::json body{{"MaxResults", std::to_string(page_size)},
                      {"ResourceType", type},
                      {"Status", kEffectivePackage}};
  if (!page.token.empty()) body["NextToken"] = page.token;
  ApiRequest request;
  request.operation = &kListResourcePackages;
  request.body = body.dump();
  request.subject =
      "page " + std::to_string(page.number) + " of the packages of type " + std::string(type);
  return request;
}

Result<EntryPage<ListedPackage>, Failure> read_package_page(HttpResponse& response) {
  return kPackageReader.read(response);
}

std::unique_ptr<Conversation<Packages>> ask_packages(UtcSeconds now) {
  EntryPages<ListedPackage> pages;
  pages.paging = Paging::kByToken;
  pages.lists = kPackageTypes.size();
  pages.request = [](const TokenPages::Page& page) {
    return package_request(kPackageTypes[page.chain], page, kPackagePageSize);
  };
  pages.read = read_package_page;
  return map_result<Packages, std::vector<ListedPackage>>(
      list_entries(std::move(pages)),
      [now](const std::vector<ListedPackage>& listed) { return sum_packages(listed, now); });
}

}  // namespace cloud_billing::volcengine
