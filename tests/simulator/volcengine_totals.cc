#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "amortized_rows.h"
#include "bill_totals.h"
#include "volcengine_bill.h"
#include "volcengine_catalogue.h"
#include "volcengine_tags.h"

namespace simulator {
namespace {

constexpr std::string_view kTagPrefix = "tag:";

// The region of "cn-beijing-b"; "" for a zone that names none.
std::string region_of_zone(std::string_view zone) {
  const bool is_usable =
      zone.size() > 5 && zone.substr(0, 3) == "cn-" && zone[zone.size() - 2] == '-';
  return std::string(is_usable ? zone.substr(0, zone.size() - 2) : "");
}

// What codes stand for: the published ones, and those that rows with a zone tell.
using RegionCodes = std::map<std::string_view, std::string>;

RegionCodes learn_regions(const VolcengineListing& listing) {
  std::set<std::string_view> learnable;
  for (const Place& place : places()) {
    if (!region_of_zone(place.zone_code).empty()) {
      learnable.insert(place.region_code);
    }
  }
  RegionCodes codes;
  for (std::size_t i = 0; i < listing.size() && codes.size() < learnable.size(); ++i) {
    const Place& place = places()[listing.row(i).place];
    const std::string region = region_of_zone(place.zone_code);
    if (!region.empty()) {
      codes[place.region_code] = region;
    }
  }
  codes["R000305"] = "cn-beijing";
  codes["R000310"] = "cn-shanghai";
  return codes;
}

// What display names stand for, as rows of the bill with a zone tell it.
using RegionNames = std::map<std::string_view, std::string>;

RegionNames learn_names(const VolcengineListing& listing) {
  RegionNames names;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const Place& place = places()[listing.row(i).place];
    const std::string region = region_of_zone(place.zone_code);
    if (!region.empty()) {
      names[place.region] = region;
    }
  }
  return names;
}

std::string region_by_name(const Place& place, const RegionNames& names, bool in_english) {
  if (place.region.empty() || place.region == "-") {
    return "global";
  }
  const auto found = names.find(place.region);
  return found == names.end() ? std::string(region_name(place, in_english)) : found->second;
}

std::string region_id(const Place& place, const RegionCodes& codes) {
  std::string by_zone = region_of_zone(place.zone_code);
  if (!by_zone.empty()) {
    return by_zone;
  }
  if (place.region_code.empty() || place.region_code == "-") {
    return "global";
  }
  const auto found = codes.find(place.region_code);
  return found == codes.end() ? std::string(place.region_code) : found->second;
}

MeasureTotals measure(const VolcengineAmounts& amounts) {
  MeasureTotals measures;
  measures.billed_cost = amounts.billed();
  measures.list_cost = amounts.original;
  measures.discount_amount = amounts.original - amounts.discounted;
  measures.coupon_amount = amounts.coupon;
  measures.paid_amount = amounts.paid;
  measures.unpaid_amount = amounts.unpaid;
  measures.rows = 1;
  return measures;
}

std::string tag_value(const VolcengineTags& tags, std::string_view key) {
  const auto found =
      std::find_if(tags.begin(), tags.end(), [&](const auto& tag) { return tag.first == key; });
  std::string joined;
  if (found != tags.end()) {
    for (const std::string& value : found->second) {
      joined += (joined.empty() ? "" : ",") + value;
    }
  }
  return joined;
}

std::string dimension_value(const std::string& dimension, const VolcengineRow& row,
                            const Account& account, const VolcengineTags& tags,
                            const std::string& region) {
  if (dimension == "service_type") {
    return volcengine_product_code(row.product, account.invented_services);
  }
  if (dimension == "region_id") {
    return region;
  }
  if (dimension == "billing_mode") {
    return std::string(billing_mode_word(row.mode));
  }
  if (dimension == "sub_account_id") {
    return row.owner_id;
  }
  if (dimension == "project") {
    const std::string_view code = project_of(row).code;
    return std::string(code == "-" ? "" : code);
  }
  if (dimension == "currency") {
    return row.in_usd ? "USD" : "CNY";
  }
  return dimension.substr(0, kTagPrefix.size()) == kTagPrefix
             ? tag_value(tags, dimension.substr(kTagPrefix.size()))
             : "";
}

VolcengineListing list_bill(const Account& account, const TotalsQuery& query) {
  VolcengineQuery rows;
  rows.month = query.month;
  rows.days = query.days;
  rows.appended = query.appended;
  return {account, rows};
}

void visit_volcengine_shares(const Account& account, const TotalsQuery& query,
                             const TotalsVisitor& visit) {
  const RegionNames names = learn_names(list_bill(account, query));
  const VolcengineShareListing listing(account, query.month, query.days);
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const VolcengineShareRow share = listing.row(i);
    const VolcengineRow& row = share.row;
    MeasureTotals amounts;
    amounts.billed_cost =
        share.days.share_of(row.amounts.payable) + share.days.share_of(row.amounts.tax);
    amounts.list_cost = share.days.share_of(row.amounts.original);
    amounts.rows = 1;
    const VolcengineTags tags = volcengine_tags_of(row, account);
    const std::string region = region_by_name(places()[row.place], names, account.is_overseas);
    visit({row.in_usd ? "USD" : "CNY", amounts, [&](const std::string& dimension) {
             return dimension_value(dimension, row, account, tags, region);
           }});
  }
}

}  // namespace

void visit_volcengine_rows(const Account& account, const TotalsQuery& query,
                           const TotalsVisitor& visit) {
  if (query.amortized) {
    return visit_volcengine_shares(account, query, visit);
  }
  const VolcengineListing listing = list_bill(account, query);
  const RegionCodes codes = learn_regions(listing);
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const VolcengineRow row = listing.row(i);
    const VolcengineTags tags = volcengine_tags_of(row, account);
    const std::string region = region_id(places()[row.place], codes);
    visit({row.in_usd ? "USD" : "CNY", measure(row.amounts), [&](const std::string& dimension) {
             return dimension_value(dimension, row, account, tags, region);
           }});
  }
}

}  // namespace simulator
