#include "accounts/month_record.h"

#include <utility>

namespace cloud_billing {

// Zeros are left out.
static Json write(const MeasureAmounts& amounts) {
  Json out = Json::object();
  for (const Measure measure : kAllMeasures) {
    const Amount amount = amounts[index_of(measure)];
    if (amount != Amount()) out[std::string(measure_name(measure))] = write(amount);
  }
  return out;
}

static Measure read_measure(const std::string& name) {
  const auto measure = measure_from_name(name);
  if (!measure) throw NotAsWritten("a measure");
  return *measure;
}

static MeasureAmounts read_amounts(const Json& in) {
  MeasureAmounts amounts{};
  for (const auto& [name, amount] : in.items()) {
    amounts[index_of(read_measure(name))] = read_amount(amount);
  }
  return amounts;
}

static Json write(const GroupLines& groups) {
  Json lines = Json::array();
  for (const GroupLine& line : groups.lines) {
    lines.push_back({{"values", line.values()}, {"amounts", write(line.amounts)}});
  }
  return {{"lines", std::move(lines)}, {"folded_groups", groups.folded_groups}};
}

static GroupLines read_groups(const Json& in) {
  GroupLines groups;
  groups.folded_groups = in.at("folded_groups").get<std::size_t>();
  for (const Json& line : in.at("lines")) {
    groups.lines.push_back({join_cost_key(line.at("values").get<std::vector<std::string>>()),
                            read_amounts(line.at("amounts"))});
  }
  return groups;
}

Json write(const MonthCosts& month) {
  Json out{{"rows", month.rows},
           {"grouped", month.grouped},
           {"groups", write(month.groups)},
           {"service_names", month.service_names},
           {"sub_account_names", month.sub_account_names},
           {"account_id", month.account_id},
           {"account_ids", month.account_ids}};
  if (!month.region_ids.empty()) out["region_ids"] = month.region_ids;
  if (!month.prepaid_services.empty()) out["prepaid_services"] = month.prepaid_services;
  for (const char* list : {"totals", "services", "tag_groups", "provider_totals"}) {
    out[list] = Json::array();
  }
  out["lacked"] = Json::array();
  for (const Measure measure : kAllMeasures) {
    if (month.lacked[index_of(measure)]) out["lacked"].push_back(measure_name(measure));
  }
  for (const auto& [key, amounts] : month.totals) {
    out["totals"].push_back({{"currency", key.currency},
                             {"billing_mode", key.billing_mode},
                             {"amounts", write(amounts)}});
  }
  for (const auto& [key, billed_cost] : month.services) {
    out["services"].push_back({{"currency", key.currency},
                               {"service_type", key.service_type},
                               {"billed_cost", write(billed_cost)}});
  }
  for (const GroupLines& groups : month.tag_groups) out["tag_groups"].push_back(write(groups));
  for (const ProviderTotal& total : month.provider_totals) {
    out["provider_totals"].push_back({{"currency", total.currency},
                                      {"billed_cost", write(total.billed_cost)},
                                      {"difference", write(total.difference)}});
  }
  write_known(out, "data_through", month.data_through);
  return out;
}

MonthCosts read_costs(const Json& in) {
  MonthCosts month;
  month.rows = in.at("rows").get<std::size_t>();
  month.grouped = in.at("grouped").get<bool>();
  month.groups = read_groups(in.at("groups"));
  for (const Json& groups : in.at("tag_groups")) month.tag_groups.push_back(read_groups(groups));
  for (const Json& total : in.at("totals")) {
    month.totals.emplace(ModeKey{read_text(total, "currency"), read_text(total, "billing_mode")},
                         read_amounts(total.at("amounts")));
  }
  // Records of before have none of these: the next poll brings them.
  for (const Json& measure : in.value("lacked", Json::array())) {
    month.lacked.set(index_of(read_measure(measure.get<std::string>())));
  }
  for (const Json& service : in.value("services", Json::array())) {
    month.services.emplace(
        ServiceKey{read_text(service, "currency"), read_text(service, "service_type")},
        read_amount(service.at("billed_cost")));
  }
  month.service_names = in.at("service_names").get<decltype(month.service_names)>();
  month.sub_account_names =
      in.value("sub_account_names", Json::object()).get<decltype(month.sub_account_names)>();
  month.region_ids = in.value("region_ids", Json::object()).get<decltype(month.region_ids)>();
  month.prepaid_services =
      in.value("prepaid_services", Json::array()).get<decltype(month.prepaid_services)>();
  for (const Json& total : in.at("provider_totals")) {
    month.provider_totals.push_back({read_text(total, "currency"),
                                     read_amount(total.at("billed_cost")),
                                     read_amount(total.at("difference"))});
  }
  month.data_through = read_known(in, "data_through", read_time);
  month.account_id = read_text(in, "account_id");
  for (const Json& id : in.at("account_ids")) month.account_ids.insert(id.get<std::string>());
  return month;
}

}  // namespace cloud_billing
