#include "accounts/account_record.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace cloud_billing {
namespace {

using Json = nlohmann::json;

Json write(UtcSeconds time) { return time.time_since_epoch().count(); }
Json write(Amount amount) { return amount.to_decimal(); }
template <typename T>
Json write(const Read<T>& read);

template <typename T>
void write_known(Json& out, const char* name, const std::optional<T>& value) {
  if (value) out[name] = write(*value);
}

// Zeros are left out.
Json write(const MeasureAmounts& amounts) {
  Json out = Json::object();
  for (const Measure measure : kAllMeasures) {
    const Amount amount = amounts[index_of(measure)];
    if (amount != Amount()) out[std::string(measure_name(measure))] = write(amount);
  }
  return out;
}

Json write(const CollectorRecord& collector) {
  Json out{{"collector", collector_name(collector.status.collector)},
           {"duration_seconds", collector.status.duration_seconds},
           {"due", write(collector.due)},
           {"failures_in_a_row", collector.failures_in_a_row}};
  if (collector.status.up) out["up"] = *collector.status.up;
  if (collector.failed_for) out["failed_for"] = reason_name(*collector.failed_for);
  write_known(out, "last_success", collector.status.last_success);
  write_known(out, "started", collector.started);
  return out;
}

Json write(const Balance& balance) {
  Json out{{"currency", balance.currency},
           {"available", write(balance.available)},
           {"cash", write(balance.cash)},
           {"account_id", balance.account_id}};
  write_known(out, "credit_limit", balance.credit_limit);
  write_known(out, "frozen", balance.frozen);
  write_known(out, "arrears", balance.arrears);
  return out;
}

Json write(const GroupLines& groups) {
  Json lines = Json::array();
  for (const GroupLine& line : groups.lines) {
    lines.push_back({{"values", line.values}, {"amounts", write(line.amounts)}});
  }
  return {{"lines", std::move(lines)}, {"folded_groups", groups.folded_groups}};
}

Json write(const MonthCosts& month) {
  Json out{{"rows", month.rows},
           {"grouped", month.grouped},
           {"groups", write(month.groups)},
           {"service_names", month.service_names},
           {"account_id", month.account_id},
           {"account_ids", month.account_ids}};
  for (const char* list : {"totals", "services", "tag_groups", "provider_totals"}) {
    out[list] = Json::array();
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

Json write(const DayCosts& day) {
  Json costs = Json::array();
  for (const auto& [key, amount] : day.billed_costs) {
    costs.push_back({{"currency", key.currency},
                     {"service_type", key.service_type},
                     {"billing_mode", key.billing_mode},
                     {"billed_cost", write(amount)}});
  }
  return {{"day", day_text(day.day)}, {"billed_costs", std::move(costs)}};
}

Json write(const Orders& orders) {
  Json groups = Json::array();
  for (const auto& [key, sums] : orders.groups()) {
    Json payable = Json::object();
    for (const auto& [currency, amount] : sums.payable) payable[currency] = write(amount);
    groups.push_back({{"status", key.status},
                      {"type", key.type},
                      {"service_type", key.service_type},
                      {"count", sums.count},
                      {"payable", std::move(payable)}});
  }
  Json out{{"groups", std::move(groups)}};
  write_known(out, "oldest_unpaid", orders.oldest_unpaid());
  return out;
}

template <typename T>
Json write(const Read<T>& read) {
  Json out = write(*read.value);
  out["read_at"] = write(read.at);
  return out;
}

}  // namespace

std::string grouping_text(const AggregationConfig& aggregation) {
  Json out{{"group_by", Json::array()},
           {"tag_keys", aggregation.tag_keys},
           {"max_series", aggregation.max_series}};
  for (const GroupDimension& dimension : aggregation.group_by) {
    out["group_by"].push_back({{"label", dimension.label}, {"tag_key", dimension.tag_key}});
  }
  return out.dump();
}

std::string to_json(const AccountRecord& record) {
  Json out{{"account", record.account},
           {"identity", record.identity},
           {"grouping", record.grouping},
           {"orders_window_seconds", record.orders_window.count()},
           {"account_id", record.results.account_id},
           {"collectors", Json::array()},
           {"months", Json::object()}};
  for (const CollectorRecord& collector : record.collectors) {
    out["collectors"].push_back(write(collector));
  }
  for (const auto& [month, read] : record.results.months) out["months"][month.text()] = write(read);
  write_known(out, "balance", record.results.balance);
  write_known(out, "day", record.results.day);
  write_known(out, "orders", record.results.orders);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace cloud_billing
