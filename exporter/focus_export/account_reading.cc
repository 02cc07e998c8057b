#include "focus_export/account_reading.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "providers/bill_questions.h"

namespace cloud_billing {

AccountReading::AccountReading(Subject subject, std::vector<BillingMonth> months, Spool& spool)
    : subject_(subject), months_(std::move(months)), spool_(spool) {
  if (subject_.secrets) return;
  for (const BillingMonth& month : months_) {
    outcomes_.push_back({month.text(), std::nullopt, subject_.secrets.error().message});
  }
}

void AccountReading::begin_month(WallTime wall, SteadyTime steady) {
  if (run_ || outcomes_.size() == months_.size()) return;
  const AccountConfig& account = subject_.config;
  MonthQuery query{std::chrono::floor<std::chrono::seconds>(wall), months_[outcomes_.size()]};
  costs_.reset();
  under_way_ = 0;
  run_ = std::make_unique<CollectorRun>(wall, steady);
  CollectorRun& run = *run_;
  bill_ = std::make_unique<ChargeRecorder>(spool_, ChargeFamily::kBilled);
  query.charges = bill_.get();
  run.add_leg(subject_.provider.ask_month(account, totals_only(), query),
              [this, &run](Conversation<MonthCosts>& asked, UtcSeconds /*read_at*/) {
                if (run.note_outcome(asked)) costs_ = asked.take_result();
                return true;
              });
  shares_ = std::make_unique<ChargeRecorder>(spool_, ChargeFamily::kShare);
  if (!polls(account, Collector::kAmortization)) return;
  query.charges = shares_.get();
  run.add_leg(subject_.provider.ask_effective_month(account, totals_only(), query),
              [this, &run](Conversation<EffectiveCosts>& asked, UtcSeconds /*read_at*/) {
                if (!run.note_outcome(asked)) return false;
                // A later month may have no rows yet.
                if (asked.take_result().shares.rows > 0) is_amortised_ = true;
                return true;
              });
}

bool AccountReading::end_month() {
  if (!run_) return false;
  for (RunLeg& leg : run_->legs()) {
    if (leg.closed || !leg.conversation->finished()) continue;
    leg.closed = true;
    static_cast<void>(leg.store(UtcSeconds()));
  }
  if (!run_->failure() && !run_->finished()) return false;
  const BillingMonth month = months_[outcomes_.size()];
  MonthOutcome outcome{month.text(), std::nullopt, ""};
  if (run_->failure()) {
    outcome.failure = run_->failure()->message;
  } else {
    outcome.read = {describe(month), *std::move(costs_), bill_->take_bill(), shares_->take_bill(),
                    is_amortised_};
  }
  outcomes_.push_back(std::move(outcome));
  const ReadSoFar month_read = read_of_month();
  read_.pages += month_read.pages;
  read_.of_pages += month_read.pages;  // no more will come
  read_.rows += month_read.rows;
  run_.reset();
  bill_.reset();  // they hold a page each, and accounts are many
  shares_.reset();
  return true;
}

ReadSoFar AccountReading::read_of_month() const {
  ReadSoFar read;
  for (const auto* recorder : {bill_.get(), shares_.get()}) {
    if (recorder == nullptr) continue;
    const ReadSoFar of_bill = recorder->read_so_far();
    read.pages += of_bill.pages;
    read.of_pages += of_bill.of_pages;
    read.rows += of_bill.rows;
  }
  return read;
}

ReadSoFar AccountReading::read_so_far() const {
  if (!run_) return read_;
  const ReadSoFar month = read_of_month();
  return {read_.pages + month.pages, read_.of_pages + month.of_pages, read_.rows + month.rows};
}

double AccountReading::share_read() const {
  const ReadSoFar month = run_ ? read_of_month() : ReadSoFar();
  const double of_month =
      month.of_pages == 0 ? 0
                          : static_cast<double>(month.pages) / static_cast<double>(month.of_pages);
  return (static_cast<double>(outcomes_.size()) + of_month) / static_cast<double>(months_.size());
}

std::optional<Error> AccountReading::spool_error() const {
  for (const auto* recorder : {bill_.get(), shares_.get()}) {
    if (recorder != nullptr && recorder->spool_error()) return recorder->spool_error();
  }
  return std::nullopt;
}

FocusMonth AccountReading::describe(BillingMonth month) const {
  const ProviderFacts& provider = subject_.provider.facts();
  FocusMonth facts = describe_month(month, provider.billing_zone);
  facts.account = subject_.config.name;
  facts.provider = provider.name;
  facts.issuer = provider.issuer.empty() ? provider.display_name : provider.issuer;
  return facts;
}

}  // namespace cloud_billing
