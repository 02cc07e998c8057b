#pragma once

// Amounts, and what is said of costs, budgets and balances wherever they are shown.

#include <optional>

#include "status_page/sentence.h"

namespace cloud_billing {

struct MoneySentences {
  Words not_known;
  Sentence<1> exactly;  // an amount that is shown rounded beside it
  // Of languages that count large amounts so: about {0} of 10,000, of 100,000,000.
  std::optional<Sentence<1>> ten_thousands;
  std::optional<Sentence<1>> hundred_millions;
  // Costs.
  Words by_service;
  Counted further_services;
  Sentence<2> further_together;  // {0} of further_services, together {1}
  Words no_bill;
  Words no_costs;
  Sentence<1> whole_month;   // month {0}
  Sentence<1> so_far;        // month {0}
  Words forecast;            // of the current month
  Sentence<1> against;       // the days {0}
  Words against_last_month;  // its same days
  Sentence<1> newest_day;    // day {0}
  Words grew_most;
  Sentence<1> since;  // day {0}
  Words nothing_grew;
  Sentence<2> change;         // amount {0}, percentage {1}
  Sentence<1> covered;        // the bill covers costs to the end of day {0}
  Sentence<1> covered_until;  // to the time {0}
  // Budgets: percentage {0}, budget {1}.
  Sentence<2> of_budget;
  Sentence<3> of_budgets;          // the same of {2}, a count of accounts
  Sentence<1> forecast_of_budget;  // the percentage that is expected
  Sentence<1> month_mark;          // percentage {0}
  Sentence<1> budgets_not_read;
  Words full_stop;
  Words no_budget;
  // Balances.
  Words available;
  Words cash;
  Words credit_limit;
  Words frozen;
  Words arrears;
  Words low;
  Sentence<1> read;          // the balance, {0}: how long ago
  Sentence<2> read_between;  // the balances: the newest {0}, the oldest {1} ago
  Words lasts;
  Words shortest;          // of all accounts
  Sentence<1> days_left;   // {0} of them, also with a decimal
  Sentence<2> of_account;  // {0}, which is that of account {1}
  Words used_up;
  // Orders.
  Words unpaid_orders;
  Words no_orders;
  Sentence<1> oldest;  // time {0}
  // Sums.
  Words too_large;
  Sentence<2> without;           // account {0}, whose bill is in that of {1}
  Sentence<1> lacking;           // account {0}, of which it is not known
  Counted lacking_accounts;      // the same of several
  Sentence<2> some_and_lacking;  // of some accounts {0}, and what they are without {1}
};

extern const MoneySentences kEnglishMoney;
extern const MoneySentences kChineseMoney;

}  // namespace cloud_billing
