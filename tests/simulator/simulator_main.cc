// cloud_simulator: a stand-in for both clouds' billing APIs, for demonstrations and tests.

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "cloud_service.h"
#include "company.h"
#include "control_api.h"
#include "faults.h"
#include "request_log.h"
#include "web_server.h"

namespace simulator {
namespace {

struct Flags {
  ServerOptions server;
  GeneratedSize size;
  ServiceOptions service;
  bool demo = false;
  std::string demo_day;
  std::uint64_t seed = 1;
  int latency_ms = 0;
  int clock_ahead = 0;
  std::string now;
  std::string since;
};

void declare_flags(CLI::App& app, Flags& flags) {
  app.add_option("--listen", flags.server.listen,
                 "address:port, the address in digits; port 0 picks one")
      ->capture_default_str();
  app.add_flag("--demo", flags.demo, "serve the demo company (keys demo-ak-prod, ...)");
  app.add_option("--demo-day", flags.demo_day,
                 "the day that the stories of the demo company lead to, such as 2026-11-15 "
                 "(default: the day of the start)")
      ->needs("--demo");
  app.add_option(
      "--accounts", flags.size.accounts,
      "generated accounts on each cloud, keys simulated-ak-1, secrets simulated-sk-1, ..., "
      "on Volcengine simulated-volc-ak-1, ..., on BytePlus simulated-bp-ak-1, ... (default: 1, "
      "with --demo 0)");
  app.add_option("--sub-accounts", flags.size.members,
                 "financial-circle members of each generated account")
      ->capture_default_str();
  app.add_option("--rows", flags.size.rows, "per generated account and month, a fifth prepaid")
      ->capture_default_str();
  app.add_option("--services", flags.size.invented_services,
                 "invented service types of generated accounts; 0: a real catalogue")
      ->capture_default_str();
  app.add_option("--orders", flags.size.orders,
                 "of each generated account's order list, in any 30 days")
      ->capture_default_str();
  app.add_option("--coupons", flags.size.coupons, "of each of Volcengine's generated accounts")
      ->capture_default_str();
  app.add_option("--packages", flags.size.packages, "of each of Volcengine's generated accounts")
      ->capture_default_str();
  app.add_option("--budgets", flags.size.budgets, "of each of Volcengine's generated accounts")
      ->capture_default_str();
  app.add_option("--resources", flags.size.resources,
                 "paid for in advance by each generated account, in its lists of renewals")
      ->capture_default_str();
  app.add_flag("--shared-bill", flags.size.shared_bill,
               "generated accounts are keys of one account, each of whose answers is written once: "
               "a cloud that costs little, for measurements; without --sub-accounts")
      ->excludes("--sub-accounts");
  app.add_flag("--session-tokens", flags.size.session_tokens,
               "generated accounts require the token simulated-token-1, ...");
  app.add_option("--since", flags.since,
                 "generated accounts have no bills before this month, such as 2026-03");
  app.add_flag("--unamortized", flags.size.unamortized,
               "generated accounts have not switched on the amortised bill: it has no rows");
  app.add_option("--seed", flags.seed, "other bills for other numbers")->capture_default_str();
  app.add_option("--latency", flags.latency_ms, "milliseconds before every answer")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  app.add_option("--rate", flags.service.baidu_rate,
                 "requests per second and key; more are throttled; 0: off, on both clouds")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  app.add_option("--volcengine-rate", flags.service.volcengine_rate,
                 "the same for Volcengine's keys")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  app.add_option("--usd", flags.size.usd_percent,
                 "percent of the rows of Volcengine's generated accounts that are billed in USD")
      ->capture_default_str()
      ->check(CLI::Range(0, 100));
  app.add_flag("--paid-amounts", flags.size.tells_paid,
               "rows of Volcengine's generated accounts have PaidAmount, UnpaidAmount and "
               "CreditCarriedAmount, as they had before 2026-09, and balances name no currency");
  app.add_option("--now", flags.now,
                 "fixes the date of the bills, such as 2026-11-15T12:00:00+08:00; signatures are "
                 "always checked against the real clock");
  app.add_option("--clock-ahead", flags.clock_ahead,
                 "seconds by which the clouds' clock is ahead of this host's; negative: behind")
      ->capture_default_str();
  app.add_option("--page-cap", flags.service.page_cap, "rows per bill page at most")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_flag("--gzip", flags.service.gzip, "compress for clients that accept it");
}

std::vector<Account> make_accounts(const Flags& flags) {
  std::vector<Account> accounts = generate_accounts(flags.size, flags.seed);
  std::vector<Account> volcengine = generate_volcengine_accounts(flags.size, flags.seed);
  accounts.insert(accounts.end(), volcengine.begin(), volcengine.end());
  std::vector<Account> byteplus = generate_byteplus_accounts(flags.size, flags.seed);
  accounts.insert(accounts.end(), byteplus.begin(), byteplus.end());
  if (flags.demo) {
    const Moment now = flags.service.billing_now.value_or(
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    const Date day = parse_date(flags.demo_day).value_or(date_in_china(now));
    std::vector<Account> demo = demo_accounts(flags.seed, day);
    accounts.insert(accounts.end(), demo.begin(), demo.end());
  }
  return accounts;
}

int run(const Flags& flags) {
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGTERM);
  sigaddset(&stop_signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);  // before any thread starts
  std::signal(SIGPIPE, SIG_IGN);

  const Company company(make_accounts(flags));
  FaultBoard faults;
  RequestLog log(std::chrono::steady_clock::now());
  CloudService clouds(company, faults, log, flags.service);
  ControlApi control(company, faults, log, clouds);
  const auto answer = [&](const WireRequest& request, RequestLog::Time arrived) {
    const Moment now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const bool is_control = request.path.compare(0, kControlPrefix.size(), kControlPrefix) == 0;
    return is_control ? control.answer(request, now) : clouds.answer(request, now, arrived);
  };
  const WebServer server(flags.server, faults, answer);
  const std::string host = flags.server.listen.substr(0, flags.server.listen.rfind(':'));
  std::cout << "listening on " << host << ':' << server.port() << std::endl;

  int signal = 0;
  sigwait(&stop_signals, &signal);
  return 0;
}

// The process's exit code.
int parse_and_run(int argc, char** argv) {
  Flags flags;
  CLI::App app("Stands in for the billing APIs of Baidu AI Cloud, Volcengine and BytePlus.",
               "cloud_simulator");
  declare_flags(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (flags.demo && app.count("--accounts") == 0) {
    flags.size.accounts = 0;
  }
  if (flags.service.baidu_rate == 0 && app.count("--volcengine-rate") == 0) {
    flags.service.volcengine_rate = 0;
  }
  flags.service.shared_bill = flags.size.shared_bill;
  flags.service.latency = std::chrono::milliseconds(flags.latency_ms);
  flags.service.clock_ahead = std::chrono::seconds(flags.clock_ahead);
  if (!flags.now.empty()) {
    flags.service.billing_now = parse_moment(flags.now);
    if (!flags.service.billing_now) {
      std::cerr << "--now: not a time: " << flags.now << '\n';
      return 2;
    }
  }
  if (!flags.demo_day.empty() && !parse_date(flags.demo_day)) {
    std::cerr << "--demo-day: not a day: " << flags.demo_day << '\n';
    return 2;
  }
  if (!flags.since.empty()) {
    flags.size.since = parse_month(flags.since);
    if (!flags.size.since) {
      std::cerr << "--since: not a month: " << flags.since << '\n';
      return 2;
    }
  }
  return run(flags);
}

}  // namespace
}  // namespace simulator

int main(int argc, char** argv) {
  try {
    return simulator::parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "cloud_simulator: " << error.what() << '\n';
    return 1;
  }
}
