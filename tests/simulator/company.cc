#include "company.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "deterministic.h"

namespace simulator {
namespace {

std::string pad_number(std::size_t number, int digits) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%0*zu", digits, number);
  return text.data();
}

void set_rows(Account& account, const GeneratedSize& size) {
  account.since = size.since;
  account.amortizes = !size.unamortized;
  account.prepaid_rows = size.rows / 5;
  account.postpaid_rows = size.rows - account.prepaid_rows;
  account.invented_services = size.invented_services;
  account.orders = size.orders;
  account.coupons = size.coupons;
  account.packages = size.packages;
  account.budgets = size.budgets;
  account.resources = size.resources;
}

// The same account once more, with the keys of another.
Account with_keys_of(Account account, const Account& other) {
  account.access_key_id = other.access_key_id;
  account.secret_access_key = other.secret_access_key;
  account.session_token = other.session_token;
  return account;
}

}  // namespace

const Account* Company::find_by_key(std::string_view access_key_id) const {
  const auto found = std::find_if(accounts_.begin(), accounts_.end(), [&](const Account& account) {
    return account.access_key_id == access_key_id;
  });
  return found == accounts_.end() ? nullptr : &*found;
}

const Account* Company::find_by_id(std::string_view account_id) const {
  const auto found = std::find_if(accounts_.begin(), accounts_.end(),
                                  [&](const Account& account) { return account.id == account_id; });
  return found == accounts_.end() ? nullptr : &*found;
}

std::vector<Account> generate_accounts(const GeneratedSize& size, std::uint64_t seed) {
  std::vector<Account> accounts;
  for (std::size_t i = 1; i <= size.accounts; ++i) {
    const std::string number = std::to_string(i);
    Account master;
    master.id = "5a" + pad_number(i, 30);
    master.login_name = "simulated-" + number;
    master.access_key_id = "simulated-ak-" + number;
    master.secret_access_key = "simulated-sk-" + number;
    master.session_token = size.session_tokens ? "simulated-token-" + number : "";
    master.cash_balance = std::to_string(1000 + i) + ".2500";
    master.seed = mix(seed, hash_text(master.id));
    set_rows(master, size);
    master.old_coupon_names = i % 4 == 3;
    if (i % 3 == 1) {
      master.quota_access = QuotaAccess::kGranted;
      master.quota = "50000.0000";
      master.remaining_quota = "12345.6789";
    } else if (i % 3 == 2) {
      master.quota_access = QuotaAccess::kForbidden;
    }
    const std::size_t master_at = accounts.size();
    accounts.push_back(size.shared_bill && i > 1 ? with_keys_of(accounts.front(), master) : master);
    for (std::size_t j = 1; j <= size.members; ++j) {
      const std::string member_number = number + "-" + std::to_string(j);
      Account member;
      member.id = "5b" + pad_number(i, 15) + pad_number(j, 15);
      member.login_name = "simulated-" + member_number;
      member.unit_name = "事业部" + std::to_string(j);
      member.access_key_id = "simulated-ak-" + member_number;
      member.secret_access_key = "simulated-sk-" + member_number;
      member.master_id = master.id;
      member.cash_balance = std::to_string(100 * i + j) + ".7500";
      member.seed = mix(seed, hash_text(member.id));
      set_rows(member, size);
      accounts[master_at].member_ids.push_back(member.id);
      accounts.push_back(member);
    }
  }
  return accounts;
}

namespace {

// What the generated accounts of a site are called.
struct SiteNames {
  std::string_view prefix;
  std::uint64_t first_id;  // of an account, less 1
  std::uint64_t first_owner_id;
};

Account generate_account(const GeneratedSize& size, const SiteNames& names, std::size_t i,
                         std::uint64_t seed) {
  const std::string number = std::to_string(i);
  const std::string prefix(names.prefix);
  Account account;
  account.cloud = Cloud::kVolcengine;
  account.id = std::to_string(names.first_id + i);
  account.login_name = prefix + number;
  account.access_key_id = prefix + "ak-" + number;
  account.secret_access_key = prefix + "sk-" + number;
  account.session_token = size.session_tokens ? prefix + "token-" + number : "";
  account.cash_balance = std::to_string(1000 + i) + ".25";
  account.balance = {std::to_string(6000 + i) + ".00", "0.25", "5000.00", "0.00"};
  account.owner_ids = {std::to_string(names.first_owner_id + i)};
  account.usd_percent = size.usd_percent;
  account.tells_paid = size.tells_paid;
  account.seed = mix(seed, hash_text(account.id));
  set_rows(account, size);
  return account;
}

}  // namespace

std::vector<Account> generate_volcengine_accounts(const GeneratedSize& size, std::uint64_t seed) {
  constexpr SiteNames kNames{"simulated-volc-", 30'013'150'000, 40'013'150'000};
  std::vector<Account> accounts;
  for (std::size_t i = 1; i <= size.accounts; ++i) {
    const Account account = generate_account(size, kNames, i, seed);
    accounts.push_back(size.shared_bill && i > 1 ? with_keys_of(accounts.front(), account)
                                                 : account);
  }
  return accounts;
}

std::vector<Account> generate_byteplus_accounts(const GeneratedSize& size, std::uint64_t seed) {
  constexpr SiteNames kNames{"simulated-bp-", 50'013'150'000, 60'013'150'000};
  std::vector<Account> accounts;
  for (std::size_t i = 1; i <= size.accounts; ++i) {
    Account account = generate_account(size, kNames, i, seed);
    account.is_overseas = true;
    account.usd_percent = 100;
    account.tells_paid = true;
    accounts.push_back(size.shared_bill && i > 1 ? with_keys_of(accounts.front(), account)
                                                 : account);
  }
  return accounts;
}

}  // namespace simulator
