#include "numbered_bill.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace simulator {
namespace {

// Shown as the master of an account whose bill the fault `masked` hides.
const Account& masking_master() {
  static const Account master = [] {
    Account account;
    account.id = "5c000000000000000000000000000000";
    account.login_name = "masking-master";
    return account;
  }();
  return master;
}

std::optional<std::size_t> read_count(const std::string& text, std::size_t fallback) {
  if (text.empty()) {
    return fallback;
  }
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_good = error == std::errc() && end == text.data() + text.size() && value > 0;
  return is_good ? std::optional(value) : std::nullopt;
}

struct Page {
  NumberedBill bill;

  [[nodiscard]] std::size_t first_row(std::size_t number) const {
    return std::min((number - 1) * bill.envelope.page_size, bill.envelope.total_count);
  }
  [[nodiscard]] std::size_t rows_of(std::size_t number) const {
    return std::min(bill.envelope.page_size, bill.envelope.total_count - first_row(number));
  }
  [[nodiscard]] std::string write(const Fault* fault) const;
};

std::string Page::write(const Fault* fault) const {
  if (fault == nullptr) {
    const std::size_t number = bill.envelope.page_number;
    return write_page(bill.envelope, first_row(number), rows_of(number), {},
                      [this](std::string& out, std::size_t position, const PageSpoiling& spoiling) {
                        bill.append(out, position, bill.masked, spoiling);
                      });
  }
  PageEnvelope spoiled = bill.envelope;
  PageSpoiling spoiling;
  bool hides = bill.masked;
  std::size_t content = bill.envelope.page_number;  // whose rows are delivered
  std::size_t missing_rows = 0;
  switch (fault->kind) {
    case FaultKind::kChangingTotal:
      spoiled.total_count += fault->spoiled;
      break;
    case FaultKind::kShrinkingTotal:
      spoiled.total_count -= std::min<std::size_t>(fault->spoiled, spoiled.total_count);
      break;
    case FaultKind::kShortPage:
      missing_rows = 1;
      break;
    case FaultKind::kWrongPage:
      content = ++spoiled.page_number;
      break;
    case FaultKind::kRepeatedPage:
      content = 1;
      break;
    case FaultKind::kMasked:
      spoiled.master = &masking_master();
      hides = true;
      break;
    default:
      spoiling.unreadable_amount = fault->kind == FaultKind::kUnreadableAmount;
      spoiling.missing_amount = fault->kind == FaultKind::kMissingAmount;
      spoiling.bad_utf8 = fault->kind == FaultKind::kBadUtf8;
      spoiling.odd_tag = fault->kind == FaultKind::kOddTag;
      spoiling.unknown_depth = fault->kind == FaultKind::kDeepUnknownField ? fault->depth : 0;
      break;
  }
  return write_page(
      spoiled, first_row(content), rows_of(content) - missing_rows, spoiling,
      [this, hides](std::string& out, std::size_t position, const PageSpoiling& of_row) {
        bill.append(out, position, hides, of_row);
      });
}

}  // namespace

std::variant<PageRange, Refusal> read_pages(const Parameters& parameters, std::size_t most) {
  const auto number = read_count(parameter(parameters, "pageNo"), PageRange{}.number);
  const auto size = read_count(parameter(parameters, "pageSize"), PageRange{}.size);
  if (!number || !size || *number > 1'000'000'000) {
    return refuse_parameter("pageNo and pageSize must be positive numbers.");
  }
  return PageRange{*number, std::min(*size, most)};
}

PageEnvelope envelope_of(const BilledAccount& billed, Month month, PageRange page) {
  PageEnvelope envelope;
  envelope.billed = billed.account;
  envelope.master = billed.master;
  envelope.month = month;
  envelope.page_number = page.number;
  envelope.page_size = page.size;
  return envelope;
}

OperationResult prepare_page(NumberedBill bill) {
  const Page page{std::move(bill)};
  PageFacts facts;
  facts.is_page = true;
  facts.has_total = true;
  facts.page_number = page.bill.envelope.page_number;
  facts.page_rows = page.rows_of(facts.page_number);
  facts.can_mask = true;
  return Prepared{facts, [page](const Fault* fault) { return page.write(fault); }};
}

}  // namespace simulator
