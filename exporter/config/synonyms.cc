#include "config/synonyms.h"

#include <algorithm>
#include <array>

#include "core/ascii.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

// Words that other exporters, the clouds' documents or people use, in lower case without "_", "-"
// and blanks; a name counts only if it is one of those to choose from.
struct Synonym {
  std::string_view word;
  std::string_view name;
};

constexpr std::array kSynonyms{
    // The document.
    Synonym{"account", "accounts"},
    Synonym{"账号", "accounts"},
    Synonym{"账户", "accounts"},
    Synonym{"defaults", "account_defaults"},
    Synonym{"poll", "polling"},
    Synonym{"scrape", "polling"},
    Synonym{"aggregate", "aggregation"},
    Synonym{"grouping", "aggregation"},
    Synonym{"client", "http"},
    Synonym{"network", "http"},
    // An account.
    Synonym{"account", "name"},
    Synonym{"alias", "name"},
    Synonym{"名称", "name"},
    Synonym{"账号", "name"},
    Synonym{"cloud", "provider"},
    Synonym{"vendor", "provider"},
    Synonym{"type", "provider"},
    Synonym{"厂商", "provider"},
    Synonym{"云厂商", "provider"},
    Synonym{"ak", "access_key_id"},
    Synonym{"accesskey", "access_key_id"},
    Synonym{"keyid", "access_key_id"},
    Synonym{"apikey", "access_key_id"},
    Synonym{"akfile", "access_key_id_file"},
    Synonym{"accesskeyfile", "access_key_id_file"},
    Synonym{"sk", "secret_access_key"},
    Synonym{"secret", "secret_access_key"},
    Synonym{"secretkey", "secret_access_key"},
    Synonym{"accesskeysecret", "secret_access_key"},
    Synonym{"apisecret", "secret_access_key"},
    Synonym{"password", "secret_access_key"},
    Synonym{"密钥", "secret_access_key"},
    Synonym{"skfile", "secret_access_key_file"},
    Synonym{"secretfile", "secret_access_key_file"},
    Synonym{"secretkeyfile", "secret_access_key_file"},
    Synonym{"token", "session_token"},
    Synonym{"ststoken", "session_token"},
    Synonym{"securitytoken", "session_token"},
    Synonym{"metrics", "collectors"},
    Synonym{"scrape", "collectors"},
    Synonym{"subaccountids", "sub_accounts"},
    Synonym{"members", "sub_accounts"},
    Synonym{"子账号", "sub_accounts"},
    Synonym{"币种", "currency"},
    Synonym{"货币", "currency"},
    Synonym{"quota", "budget"},
    Synonym{"monthlybudget", "budget"},
    Synonym{"预算", "budget"},
    Synonym{"alert", "low_balance"},
    Synonym{"threshold", "low_balance"},
    Synonym{"balancethreshold", "low_balance"},
    Synonym{"minbalance", "low_balance"},
    Synonym{"余额预警", "low_balance"},
    Synonym{"qps", "requests_per_second"},
    Synonym{"rps", "requests_per_second"},
    Synonym{"rate", "requests_per_second"},
    Synonym{"ratelimit", "requests_per_second"},
    Synonym{"tags", "labels"},
    Synonym{"staticlabels", "labels"},
    Synonym{"标签", "labels"},
    Synonym{"url", "endpoint"},
    Synonym{"host", "endpoint"},
    Synonym{"baseurl", "endpoint"},
    Synonym{"regionid", "region"},
    Synonym{"地域", "region"},
    // Collectors.
    Synonym{"cash", "balance"},
    Synonym{"余额", "balance"},
    Synonym{"billing", "bills"},
    Synonym{"cost", "bills"},
    Synonym{"costs", "bills"},
    Synonym{"账单", "bills"},
    Synonym{"订单", "orders"},
    Synonym{"历史", "history"},
    Synonym{"effectivecost", "amortization"},
    Synonym{"成本账单", "amortization"},
    Synonym{"成本分摊", "amortization"},
    Synonym{"分摊", "amortization"},
    Synonym{"摊销", "amortization"},
    Synonym{"vouchers", "coupons"},
    Synonym{"代金券", "coupons"},
    Synonym{"优惠券", "coupons"},
    Synonym{"resourcepackages", "packages"},
    Synonym{"资源包", "packages"},
    Synonym{"renewal", "renewals"},
    Synonym{"expiry", "renewals"},
    Synonym{"续费", "renewals"},
    Synonym{"到期", "renewals"},
    // Groups and measures.
    Synonym{"service", "service_type"},
    Synonym{"servicename", "service_type"},
    Synonym{"product", "service_type"},
    Synonym{"产品", "service_type"},
    Synonym{"region", "region_id"},
    Synonym{"zone", "region_id"},
    Synonym{"地域", "region_id"},
    Synonym{"mode", "billing_mode"},
    Synonym{"chargetype", "billing_mode"},
    Synonym{"paymode", "billing_mode"},
    Synonym{"producttype", "billing_mode"},
    Synonym{"计费方式", "billing_mode"},
    Synonym{"subaccount", "sub_account_id"},
    Synonym{"ownerid", "sub_account_id"},
    Synonym{"子账号", "sub_account_id"},
    Synonym{"projectname", "project"},
    Synonym{"项目", "project"},
    Synonym{"cost", "billed_cost"},
    Synonym{"payable", "billed_cost"},
    Synonym{"listprice", "list_cost"},
    Synonym{"originalcost", "list_cost"},
    Synonym{"paid", "paid_amount"},
    Synonym{"unpaid", "unpaid_amount"},
    Synonym{"debt", "unpaid_amount"},
    Synonym{"voucher", "coupon_amount"},
    Synonym{"coupon", "coupon_amount"},
    Synonym{"discount", "discount_amount"},
    // Currencies.
    Synonym{"yuan", "CNY"},
    Synonym{"renminbi", "CNY"},
    Synonym{"dollar", "USD"},
};

// "AccessKeyId", "access-key-id" and "access_key_id" are one word.
std::string fold(std::string_view word) {
  std::string folded = to_lower_case(word);
  std::erase_if(folded, [](char c) { return c == '_' || c == '-' || c == ' '; });
  return folded;
}

}  // namespace

std::optional<std::string_view> find_meant(std::string_view word,
                                           std::span<const std::string_view> names) {
  const std::string folded = fold(word);
  const auto same = std::find_if(names.begin(), names.end(),
                                 [&](std::string_view name) { return fold(name) == folded; });
  if (same != names.end()) return *same;
  for (const Synonym& synonym : kSynonyms) {
    if (synonym.word != folded) continue;
    const auto name = std::find(names.begin(), names.end(), synonym.name);
    if (name != names.end()) return *name;
  }
  return closest_word(word, names);
}

std::string suggest_name(std::string_view word, std::span<const std::string_view> names) {
  const std::optional<std::string_view> meant = find_meant(word, names);
  return meant ? ", did you mean " + quote_text(*meant) + "?" : "";
}

}  // namespace cloud_billing
