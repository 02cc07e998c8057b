#include "volcengine/money.h"

#include <optional>
#include <string_view>
#include <utility>

#include "core/currency.h"
#include "volcengine/field_reader.h"
#include "volcengine/response.h"
#include "volcengine/tax.h"

namespace cloud_billing::volcengine {
namespace {

// Nothing if the field has no value.
JsonProblem read_own_currency(JsonValue value, std::optional<CurrencyCode>& currency) {
  std::string_view text;
  const JsonProblem problem = kFieldReader.read_text(value, text);
  if (!problem.empty() || text.empty()) return problem;
  currency = read_currency(text);
  return currency ? JsonProblem{} : kNotACurrency;
}

}  // namespace

Result<Balance, Failure> read_balance(HttpResponse& response, const std::string& currency) {
  Balance balance;
  std::string_view id;
  std::optional<CurrencyCode> own_currency;
  OptionalAmount available;
  OptionalAmount cash;
  const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    // A number beyond 32 bits, or a text.
    if (name == "AccountID") return kFieldReader.read_text(value, id);
    if (name == "Currency") return read_own_currency(value, own_currency);
    if (name == "AvailableBalance") return kFieldReader.read_amount(value, available);
    if (name == "CashBalance") return kFieldReader.read_amount(value, cash);
    if (name == "FreezeAmount") return kFieldReader.read_amount(value, balance.frozen);
    if (name == "CreditLimit") return kFieldReader.read_amount(value, balance.credit_limit);
    if (name == "ArrearsBalance") return kFieldReader.read_amount(value, balance.arrears);
    return JsonProblem{};
  });
  if (!opened) return opened.error();
  if (!available) return response_not_understood("no AvailableBalance");
  if (!cash) return response_not_understood("no CashBalance");
  balance.account_id = id;
  balance.currency = own_currency ? own_currency->text() : std::string_view(currency);
  balance.available = *available;
  balance.cash = *cash;
  return balance;
}

Result<OverviewPage, Failure> read_overview(HttpResponse& response, const BillTerms& terms) {
  OverviewPage page;
  bool has_list = false;
  const auto add_row = [&](JsonValue row) {
    ++page.rows;
    std::string_view product;
    std::string_view mode;
    std::string_view owner;
    std::string_view payer;
    std::optional<CurrencyCode> own_currency;
    BilledParts parts;
    const JsonProblem problem = visit_fields(row, [&](std::string_view name, JsonValue value) {
      if (name == "Product") return kFieldReader.read_text(value, product);
      if (name == "BillingMode") return kFieldReader.read_text(value, mode);
      if (name == "OwnerID") return kFieldReader.read_text(value, owner);
      if (name == "PayerID") return kFieldReader.read_text(value, payer);
      if (name == "Currency") return read_own_currency(value, own_currency);
      if (name == "PayableAmount") return kFieldReader.read_amount(value, parts.payable);
      if (!terms.site.adds_tax) return JsonProblem{};
      if (name == "Tax") return kFieldReader.read_amount(value, parts.tax);
      if (name == "PosttaxAmount") return kFieldReader.read_amount(value, parts.posttax);
      return JsonProblem{};
    });
    if (!problem.empty()) return problem;
    if (!parts.payable && !parts.posttax) return JsonProblem("a row without PayableAmount");
    Amount billed;
    if (const JsonProblem none = read_billed(parts, billed); !none.empty()) return none;
    if (page.costs.account_id.empty() && payer == owner) page.costs.account_id = payer;
    std::string other_mode;
    const DayCostKey key{
        own_currency ? std::string(own_currency->text()) : std::string(terms.currency),
        std::string(product), std::string(billing_mode(mode, other_mode))};
    return page.costs.add(key, billed) ? JsonProblem{} : describe(AmountError::kOverflow);
  };
  const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "Total") return read_total(value, page.total);
    if (name != "List") return JsonProblem{};
    has_list = true;
    return visit_list(value, add_row);
  });
  if (!opened) return opened.error();
  if (!has_list && page.total != 0) return response_not_understood("no List");
  return page;
}

}  // namespace cloud_billing::volcengine
