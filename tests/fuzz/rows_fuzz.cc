// The rows of a bill of any bytes: their groups and folded groups come to their sums, in one
// listing or in two that are merged; read with all that FOCUS tells of them, the same rows cost the
// same; a row that is kept comes back as it was; and its line has a field for each column.

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/bill_page.h"
#include "billing/cost_snapshot.h"
#include "billing/costs.h"
#include "focus/charge_record.h"
#include "focus/columns.h"
#include "focus/focus_row.h"
#include "tests/fuzz/cloud_targets.h"
#include "tests/fuzz/known_answers.h"
#include "volcengine/bill_page.h"

namespace cloud_billing {
namespace {

using TakeRow = std::function<bool(const BillRow& row)>;
using TakeCharge = std::function<bool(const Charge& charge)>;

// Nothing if the page is refused.
using ReadRows = std::function<std::optional<std::int64_t>(HttpResponse&, const TakeRow&)>;
using ReadCharges = std::function<std::optional<std::int64_t>(HttpResponse&, const TakeCharge&)>;

template <typename Page, typename Take>
std::optional<std::int64_t> read_baidu(HttpResponse& response, const Take& take) {
  const auto page = Page::open(response);
  if (!page) return std::nullopt;
  const auto rows = page->read_rows(
      {"postpaid", page->envelope().own_id(), page->envelope().own_name(), "CNY", ";,\n"}, take);
  return rows ? std::optional(*rows) : std::nullopt;
}

template <typename Page, const volcengine::Site& kSite, typename Take>
std::optional<std::int64_t> read_volcengine(HttpResponse& response, const Take& take) {
  const auto page = Page::open(response);
  if (!page) return std::nullopt;
  volcengine::Regions regions;
  const auto rows = page->read_rows({"CNY", kSite}, regions, [&take](const auto& row) {
    require(row.bill.currency.size() == 3, "a currency has three letters");
    return take(row.bill);
  });
  return rows ? std::optional(*rows) : std::nullopt;
}

// ---- folding ----

AggregationConfig aggregation_of(unsigned char choice) {
  AggregationConfig aggregation;
  aggregation.max_series = 1 + choice % 3;
  aggregation.tag_keys = {"env", "team"};
  if ((choice & 16U) != 0) {
    aggregation.group_by.push_back({GroupDimension::Kind::kTag, "env", "tag_env"});
  }
  if ((choice & 32U) != 0) aggregation.group_by.clear();
  if ((choice & 64U) != 0) {
    aggregation.group_by = {{GroupDimension::Kind::kSubAccountId, {}, "sub_account_id"},
                            {GroupDimension::Kind::kProject, {}, "project"}};
  }
  return aggregation;
}

std::string text_of(const GroupLines& groups) {
  std::string out = std::to_string(groups.folded_groups) + "\n";
  for (const GroupLine& line : groups.lines) {
    out += line.key;
    for (const Amount amount : line.amounts) out += '|' + amount.to_decimal();
    out += '\n';
  }
  return out;
}

// Both come to one sum, unless one of them is too large.
void require_one_sum(const MonthCosts& month, const GroupLines& groups, std::string_view what) {
  for (std::size_t measure = 0; measure < MeasureAmounts().size(); ++measure) {
    Amount difference;
    bool fits = true;
    for (const auto& [key, amounts] : month.totals) {
      fits = difference.add(amounts[measure]) && fits;
    }
    for (const GroupLine& line : groups.lines) {
      fits = difference.subtract(line.amounts[measure]) && fits;
    }
    require(!fits || difference == Amount(), what);
  }
}

void fold_rows(std::string_view bytes, unsigned char choice, const ReadRows& read) {
  const AggregationConfig aggregation = aggregation_of(choice);
  HttpResponse response{200, {}, std::string(bytes)};
  CostSnapshot whole(aggregation);
  std::array<CostSnapshot, 2> parts{CostSnapshot(aggregation), CostSnapshot(aggregation)};
  std::size_t given = 0;
  bool parts_fit = true;
  const auto rows = read(response, [&](const BillRow& row) {
    parts_fit = parts[given++ % 2].fold(row) && parts_fit;
    return whole.fold(row);
  });
  if (!rows) return;
  require(static_cast<std::size_t>(*rows) == given && whole.rows() == given,
          "each row counts once");

  const auto month = summarise_month(whole, aggregation, "CNY");
  if (!month) return;
  require_one_sum(*month, month->groups, "groups come to the total");
  for (const GroupLines& tags : month->tag_groups) {
    require_one_sum(*month, tags, "the groups of a tag come to the total");
  }
  Amount difference;
  bool fits = true;
  for (const auto& [key, amounts] : month->totals) {
    fits = difference.add(amounts[index_of(Measure::kBilledCost)]) && fits;
  }
  for (const auto& [key, cost] : month->services) fits = difference.subtract(cost) && fits;
  require(!fits || difference == Amount(), "services come to the total");

  if (!parts_fit || !parts[1].merge(parts[0])) return;
  const auto merged = parts[1].rank_groups();
  if (merged)
    require_equal(text_of(*merged), text_of(month->groups), "two listings are as good as one");
}

// ---- charges ----

std::string text_of(const BillRow& row) {
  std::string out;
  for (const std::string_view text :
       {row.service_type, row.service_name, row.region_id, row.billing_mode, row.sub_account_id,
        row.sub_account_name, row.account_id, row.project, row.currency}) {
    out.append(text).append("|");
  }
  for (const Tag& tag : row.tags) out.append(tag.key).append("=").append(tag.value).append(";");
  out += "|" + std::to_string(row.unread_tags);
  for (const Amount amount : row.amounts) out += "|" + amount.to_decimal();
  return out + "|" + row.lacked.to_string() + "\n";
}

std::string text_of(const ChargeDetails& details) {
  std::string out;
  for (const std::string_view text :
       {details.row_id, details.payer_id, details.region_name, details.availability_zone,
        details.resource_id, details.resource_short_id, details.resource_name,
        details.resource_type, details.sku_id, details.quantity, details.unit,
        details.unit_price}) {
    out.append(text).append("|");
  }
  for (const auto& time : {details.start, details.end}) {
    out += (time ? std::to_string(time->time_since_epoch().count()) : "none") + "|";
  }
  out += details.contracted_cost ? details.contracted_cost->to_decimal() : "none";
  out += details.has_list_cost ? "|list" : "|";
  return out + (details.corrects_earlier_month ? "|corrects" : "|");
}

// The fields of one line of CSV (RFC 4180).
std::size_t count_fields(std::string_view line) {
  std::size_t fields = 1;
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') is_quoted = !is_quoted;
    if (c == ',' && !is_quoted) ++fields;
  }
  require(!is_quoted && line.ends_with('\n'), "a line ends where its last field does");
  return fields;
}

void require_comes_back(const Charge& charge) {
  std::string kept;
  append_charge(kept, charge, charge.details);
  append_charge(kept, charge, charge.details);
  std::string_view rest = kept;
  Charge back;
  for (int i = 0; i < 2; ++i) {
    take_charge(rest, back);
    back.unread_tags = charge.unread_tags;  // is not kept: it is counted with the sums
    require_equal(text_of(back), text_of(charge), "a row comes back as it was kept");
    require_equal(text_of(back.details), text_of(charge.details), "with its details");
  }
  require(rest.empty(), "nothing of it is left");
}

void require_line(const Charge& charge) {
  static const ServiceCategories categories;
  FocusMonth month =
      describe_month(BillingMonth(std::chrono::year(2026) / std::chrono::November), kChinaTime);
  for (const bool has_shares : {false, true}) {
    for (const auto family : {ChargeFamily::kBilled, ChargeFamily::kShare}) {
      month.has_shares = has_shares;
      const FocusRow row = make_focus_row(month, charge, family, categories);
      if (family == ChargeFamily::kBilled) {
        require(row.billed_cost == charge.amounts[index_of(Measure::kBilledCost)],
                "a row bills what it bills");
      }
      CsvLines line;
      add_line(line, row);
      require(count_fields(line.text()) == focus_columns().size(),
              "a line has a field for each column");
    }
  }
}

void read_charges(std::string_view bytes, const ReadRows& read, const ReadCharges& read_all) {
  HttpResponse response{200, {}, std::string(bytes)};
  std::string rows;
  const auto count = read(response, [&rows](const BillRow& row) {
    rows += text_of(row);
    return true;
  });
  HttpResponse again{200, {}, with_bytes_behind(bytes)};
  std::string charges;
  const auto charged = read_all(again, [&charges](const Charge& charge) {
    charges += text_of(static_cast<const BillRow&>(charge));
    require_comes_back(charge);
    require_line(charge);
    return true;
  });
  if (!charged) return;
  require(count == charged, "a bill that can be exported can be shown");
  require_equal(rows, charges, "the exported rows are those that are shown");
}

// The first byte chooses what rows are grouped by.
FuzzTarget target_of(std::string name, ReadRows read, ReadCharges read_all,
                     std::vector<std::string> seeds) {
  return {std::move(name),
          [read = std::move(read), read_all = std::move(read_all)](std::string_view bytes) {
            if (bytes.empty()) return;
            fold_rows(bytes.substr(1), static_cast<unsigned char>(bytes[0]), read);
            read_charges(bytes.substr(1), read, read_all);
          },
          std::move(seeds)};
}

template <typename Rows, typename Charges>
FuzzTarget baidu_target(std::string name, std::vector<std::string> seeds) {
  return target_of(std::move(name), read_baidu<Rows, TakeRow>, read_baidu<Charges, TakeCharge>,
                   std::move(seeds));
}

template <typename Rows, typename Charges, const volcengine::Site& kSite>
FuzzTarget volcengine_target(std::string name, std::vector<std::string> seeds) {
  return target_of(std::move(name), read_volcengine<Rows, kSite, TakeRow>,
                   read_volcengine<Charges, kSite, TakeCharge>, std::move(seeds));
}

}  // namespace

std::vector<FuzzTarget> row_targets() {
  const std::vector<std::string> baidu_seeds{
      R"(a{"accountId":"me","subAccountId":"s","subLoginName":"n","totalCount":2,"bills":[)"
      R"({"accountId":"me","serviceType":"BCC","serviceTypeName":"云","productType":"prepay",)"
      R"("region":"bj","tag":"env:prod;team:a,b","originPrice":2.5,"financePrice":1.0007,)"
      R"("cash":1,"debt":0,"sharePrice":1,"shareFinancePrice":0.03,"instanceId":"i-1",)"
      R"("shortId":"s","instanceName":"n","regionName":"华北","chargeItem":"cpu","amount":"2",)"
      R"("amountUnit":"核","unitPrice":"1.5元/核","startTime":"2026-11-01T00:00:00Z",)"
      R"("endTime":"2026-11-02T00:00:00Z"},{"originPrice":1,"financePrice":-2,"tag":"/"}]})"};
  const std::string volcengine_row =
      R"({"BillDetailId":"D1","Product":"ECS","ProductZh":"云服务器","BillingMode":"包年包月",)"
      R"("Region":"华北2（北京）","RegionCode":"R000305","ZoneCode":"cn-beijing-b","OwnerID":"7",)"
      R"("OwnerUserName":"n","PayerID":7,"Project":"p","Tag":"{\"team\":[\"web\"]}",)"
      R"("Currency":"CNY","ExpenseBeginTime":"2026-11-01 00:00:00",)"
      R"("ExpenseEndTime":"2026-11-02 03:00:00","OriginalBillAmount":"9","DiscountBillAmount":"8",)"
      R"("CouponAmount":"-","PayableAmount":"1.25","PaidAmount":"1","UnpaidAmount":"0.25",)"
      R"("Tax":"0.1","PosttaxAmount":"1.35","NowAmortizedOriginalBillAmount":"1",)"
      R"("NowAmortizedPayableAmount":"0.05","BillPeriod":"2026-11","BusiPeriod":"2026-10",)"
      R"("BillCategory":"消费-退款","InstanceNo":"i-1","InstanceName":"n","ConfigName":"c",)"
      R"("ConfigurationCode":"x","ElementCode":"e","Count":"2","Unit":"GB","Price":"0.5"})";
  const std::vector<std::string> volcengine_seeds{
      R"(a{"ResponseMetadata":{"RequestId":"r"},"Result":{"List":[)" + volcengine_row + "," +
      volcengine_row + R"(],"Total":2,"Limit":300,"Offset":0}})"};
  using namespace volcengine;
  return {
      baidu_target<baidu::BillPage, baidu::ChargePageReader>("baidu_rows", baidu_seeds),
      baidu_target<baidu::SharePage, baidu::ShareChargePageReader>("baidu_amortised_rows",
                                                                   baidu_seeds),
      volcengine_target<BillPage, volcengine::ChargePageReader, kVolcengineSite>("volcengine_rows",
                                                                                 volcengine_seeds),
      volcengine_target<AmortizedPage, volcengine::ShareChargePageReader, kVolcengineSite>(
          "volcengine_amortised_rows", volcengine_seeds),
      volcengine_target<TaxedBillPage, TaxedChargePageReader, kByteplusSite>("byteplus_rows",
                                                                             volcengine_seeds),
      volcengine_target<TaxedAmortizedPage, TaxedShareChargePageReader, kByteplusSite>(
          "byteplus_amortised_rows", volcengine_seeds),
  };
}

}  // namespace cloud_billing
