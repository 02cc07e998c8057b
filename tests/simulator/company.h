#pragma once

// The simulated customers: accounts with their keys, their place in an organisation, balances, and
// the size and shape of their bills. Built once at start, then read by every thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calendar.h"
#include "life.h"

namespace simulator {

enum class Cloud { kBaidu, kVolcengine };

// Of Volcengine's site outside China.
inline constexpr int kTaxPercent = 9;

enum class QuotaAccess { kForbidden, kNone, kGranted };

// What Volcengine tells of an account's money besides its cash.
struct VolcengineBalance {
  std::string available = "0.00";
  std::string frozen = "0.00";
  std::string credit_limit = "0.00";
  std::string arrears = "0.00";
};

struct Account {
  Cloud cloud = Cloud::kBaidu;
  std::string id;  // digits on Volcengine
  std::string login_name;
  std::string unit_name;  // the organisational unit; used by financial-circle members
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;  // empty: none; otherwise every request must send and sign it
  std::string master_id;      // set on financial-circle members, who see masked bills
  std::vector<std::string> member_ids;  // set on masters: what queryAccountId may name

  std::string cash_balance = "850.0000";  // JSON number, written as is
  QuotaAccess quota_access = QuotaAccess::kNone;
  std::string quota = "0.0000";
  std::string remaining_quota = "0.0000";

  VolcengineBalance balance;
  std::vector<std::string> owner_ids;  // Volcengine: linked accounts whose rows this one pays
  int usd_percent = 0;                 // Volcengine: rows billed in USD
  bool is_overseas = false;  // Volcengine: of BytePlus, which speaks English, bills days of UTC and
                             // adds tax
  int unlisted_yuan = 0;     // Volcengine: in the provider's own total of each month, and in no row
  bool amortizes = true;     // the amortised bill is switched on in the console
  bool tells_paid = false;  // Volcengine: bill rows have what is paid and unpaid, as before 2026-09

  // The day that it is where the account's days begin.
  [[nodiscard]] Date billing_date(Moment moment) const {
    return is_overseas ? date_in(std::chrono::hours{0}, moment) : date_in_china(moment);
  }
  [[nodiscard]] Moment start_of(Date date) const {
    return is_overseas ? Moment{std::chrono::sys_days{date}} : start_in_china(date);
  }

  std::uint64_t seed = 0;
  std::size_t postpaid_rows = 0;  // resources; a row each in any month
  std::size_t prepaid_rows = 0;   // orders per month
  std::size_t orders = 0;         // of the order list, in 30 days
  std::size_t coupons = 0;        // Volcengine, of every status
  std::size_t packages = 0;       // Volcengine, of every type and status
  std::size_t budgets = 0;        // Volcengine, with the cloud itself
  std::size_t resources = 0;      // paid for in advance, in the lists of renewals
  bool runs_out = false;          // a coupon, a package, a budget and a resource of those
  std::optional<Month> since;     // nothing: it has bills of any month
  bool grows = false;             // resources appear and orders fall through the month
  bool old_coupon_names = false;  // voucherPrice and discountvoucherPrice instead of coupon names
  int price_percent = 100;        // this account's resources against the catalogue's typical price
  std::size_t invented_services = 0;                                 // 0: the real catalogue
  std::vector<std::string> environments{"prod", "staging", "test"};  // values of the tag env
  std::shared_ptr<const Life> life;  // null: each day costs the same
  std::vector<std::string>
      refused_operations;  // what its key may not do, by the control API's names
};

class Company {
 public:
  explicit Company(std::vector<Account> accounts) : accounts_(std::move(accounts)) {}

  [[nodiscard]] const std::vector<Account>& accounts() const { return accounts_; }
  [[nodiscard]] const Account* find_by_key(std::string_view access_key_id) const;
  [[nodiscard]] const Account* find_by_id(std::string_view account_id) const;

 private:
  std::vector<Account> accounts_;
};

struct GeneratedSize {
  std::size_t accounts = 1;
  std::size_t members = 0;  // financial-circle members of each account
  std::size_t rows = 1000;  // per account and month, a fifth of them prepaid
  std::size_t invented_services = 0;
  bool session_tokens = false;
  int usd_percent = 0;           // of Volcengine's rows
  bool tells_paid = false;       // Volcengine's rows, as before 2026-09
  bool unamortized = false;      // the amortised bill is not switched on
  std::size_t orders = 100;      // in 30 days
  std::size_t coupons = 12;      // on Volcengine
  std::size_t packages = 12;     // on Volcengine
  std::size_t budgets = 8;       // on Volcengine
  std::size_t resources = 60;    // paid for in advance
  std::optional<Month> since{};  // no bills before
  bool shared_bill = false;      // all keys of a cloud are the first account's
};

// Accounts 1..N: key "simulated-ak-<i>", secret "simulated-sk-<i>", token "simulated-token-<i>",
// id "5a<i as 30 digits>"; member j of account i: key "simulated-ak-<i>-<j>", secret
// "simulated-sk-<i>-<j>", id "5b<i as 15 digits><j as 15 digits>", as many rows as its master,
// cash 100 i + j and 0.75.
// Every day of a month has all rows. By i modulo 3: 1 has a credit quota, 2 may not read it, 0 has
// none. By i modulo 4: 3 answers with the older coupon names. With `shared_bill` all of them are
// account 1 with other keys.
[[nodiscard]] std::vector<Account> generate_accounts(const GeneratedSize& size, std::uint64_t seed);

// Volcengine accounts 1..N: key "simulated-volc-ak-<i>", secret "simulated-volc-sk-<i>", token
// "simulated-volc-token-<i>", id 30013150000+i, which needs more than 32 bits; one linked account,
// id 40013150000+i. As many rows as the other cloud's accounts.
[[nodiscard]] std::vector<Account> generate_volcengine_accounts(const GeneratedSize& size,
                                                                std::uint64_t seed);

// BytePlus accounts 1..N: as Volcengine's, but their keys begin with "simulated-bp-", ids are
// 50013150000+i and 60013150000+i, all is billed in USD, and rows tell what is paid.
[[nodiscard]] std::vector<Account> generate_byteplus_accounts(const GeneratedSize& size,
                                                              std::uint64_t seed);

// A company like a real one, whose accounts each have a story that shows on `today`: the table is
// in demo_company.cc. Keys are "demo-ak-<name>" and "demo-sk-<name>"; "data" and "volc-ai" need the
// session token "demo-session-token-<name>".
[[nodiscard]] std::vector<Account> demo_accounts(std::uint64_t seed, Date today);

}  // namespace simulator
