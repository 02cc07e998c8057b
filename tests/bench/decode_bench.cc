// How fast bill pages become sums, on one core: this program's decoder and aggregation beside
// nlohmann's SAX parser that adds one total per service on the same pages. "items_per_second" are
// bill rows per second. Run it as built for release.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "baidu/bill_page.h"
#include "bill_generator.h"
#include "bill_page.h"
#include "billing/cost_snapshot.h"
#include "company.h"
#include "core/http.h"

namespace {

using cloud_billing::Amount;

constexpr std::size_t kPages = 100;
constexpr std::size_t kRowsPerPage = 100;
constexpr simulator::Month kMonth{std::chrono::year{2026}, std::chrono::month{10}};

// The postpaid bill of a demo account: Chinese texts, tags, and amounts in every spelling.
std::vector<std::string> write_pages() {
  simulator::Account account = simulator::demo_accounts(1, kMonth / std::chrono::day{31}).front();
  account.postpaid_rows = kPages * kRowsPerPage;
  account.grows = false;
  account.life = nullptr;
  simulator::ListingQuery query;
  query.month = kMonth;
  query.days = {1, simulator::days_in(kMonth)};
  const simulator::Listing listing(account, query);

  std::vector<std::string> pages;
  for (std::size_t page = 0; page < kPages; ++page) {
    simulator::PageEnvelope envelope;
    envelope.billed = &account;
    envelope.month = kMonth;
    envelope.page_number = page + 1;
    envelope.page_size = kRowsPerPage;
    envelope.total_count = listing.size();
    pages.push_back(
        simulator::write_page(envelope, listing, page * kRowsPerPage, kRowsPerPage, false, {}));
  }
  return pages;
}

const std::vector<std::string>& pages() {
  static const std::vector<std::string> pages = write_pages();
  return pages;
}

cloud_billing::AggregationConfig aggregation() {
  cloud_billing::AggregationConfig config;
  config.tag_keys = {"env", "team", "项目"};
  return config;
}

void report(benchmark::State& state) {
  const auto rows = static_cast<std::int64_t>(kRowsPerPage) * state.iterations();
  state.SetItemsProcessed(rows);
  state.SetBytesProcessed(static_cast<std::int64_t>(pages().front().size()) * state.iterations());
}

// One page an iteration.
void decode_and_aggregate(benchmark::State& state) {
  const cloud_billing::AggregationConfig config = aggregation();
  const cloud_billing::baidu::RowContext context{"postpaid", "account", "owner", "CNY", ";,\n"};
  cloud_billing::CostSnapshot snapshot(config);
  std::vector<cloud_billing::HttpResponse> answers;
  for (const std::string& body : pages()) answers.push_back({200, {}, body});
  std::size_t page = 0;
  for (auto _ : state) {
    auto bill = cloud_billing::baidu::BillPage::open(answers[page++ % kPages]);
    const auto rows = bill ? bill->read_rows(context,
                                             [&snapshot](const cloud_billing::BillRow& row) {
                                               return snapshot.fold(row);
                                             })
                           : bill.error();
    if (!rows || *rows != static_cast<std::int64_t>(kRowsPerPage)) {
      state.SkipWithError("a page was not read");
      break;
    }
  }
  benchmark::DoNotOptimize(snapshot.rows());
  report(state);
}
BENCHMARK(decode_and_aggregate)->Unit(benchmark::kMicrosecond);

// Adds financePrice by serviceType: less than decode_and_aggregate does, in the same exact
// arithmetic. Numbers are taken from their text, so that both sides are equally exact.
class ServiceTotals : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t value) override { return take(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return take(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return take(text); }
  bool string(string_t& text) override {
    if (field_ == "serviceType") service_ = text;
    return take(text);
  }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t& name) override {
    field_ = name;
    return true;
  }
  bool end_object() override {
    const auto billed = std::exchange(billed_, std::nullopt);
    if (!billed) return true;
    ++rows_;
    return totals_[service_].add(*billed);
  }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }
  [[nodiscard]] std::size_t rows() const { return rows_; }

 private:
  bool take(const std::string& text) {
    if (field_ != "financePrice") return true;
    const auto amount = Amount::parse(text);
    if (!amount) return false;
    billed_ = *amount;
    return true;
  }

  std::map<std::string, Amount> totals_;
  std::string field_;
  std::string service_;
  std::optional<Amount> billed_;
  std::size_t rows_ = 0;
};

void parse_with_nlohmann_sax(benchmark::State& state) {
  ServiceTotals totals;
  std::size_t page = 0;
  for (auto _ : state) {
    if (!nlohmann::json::sax_parse(pages()[page++ % kPages], &totals)) {
      state.SkipWithError("a page was not read");
      break;
    }
  }
  benchmark::DoNotOptimize(totals.rows());
  report(state);
}
BENCHMARK(parse_with_nlohmann_sax)->Unit(benchmark::kMicrosecond);

}  // namespace
