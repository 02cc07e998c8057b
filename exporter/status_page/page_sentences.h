#pragma once

// What frames the page: its head, its search, its pages of accounts, its end.

#include "status_page/sentence.h"

namespace cloud_billing {

struct PageSentences {
  Words language;     // its own name
  Sentence<1> title;  // month {0}
  Words heading;
  Words skip_to_accounts;
  Sentence<1> as_of;  // time {0}
  Words nothing_read;
  Sentence<1> read_ago;      // {0} ago
  Sentence<2> read_between;  // between {0} ago, the newer, and {1} ago
  // The search.
  Words find_accounts;
  Words search_hint;
  Words search;
  Words show_all;
  // The accounts.
  Counted accounts;
  Sentence<2> some_of;    // {0} of {1}, a count of accounts
  Sentence<3> found_for;  // the same, for the words {2}
  Words no_match;
  Words no_accounts;
  Words pages;
  Sentence<2> page_of;
  Words previous_page;
  Words next_page;
  // How it is shown.
  Words view;
  Words every_digit;
  Words two_decimals;
  Words reload_every_minute;
  Sentence<1> reloads_every;  // duration {0}
  Words stop_reloading;
  Words accounts_csv;
  Words services_csv;
  // The end.
  Words help;
  Words help_heading;
  Sentence<1> help_costs;  // {0} is the metric's name
  Words help_amounts;
  Words help_trend;
  Words help_balance;
  Words help_times;
  Words endpoints;
  Words metrics;
  Words health;
  Words readiness;
  Sentence<3> program;  // version {0}, revision {1}, configuration loaded {2}
  Words later_refused;
  Sentence<4> shard;  // number {0} of {1} polls {2} of {3}, a count of accounts
};

extern const PageSentences kEnglishPage;
extern const PageSentences kChinesePage;

}  // namespace cloud_billing
