#include "faults.h"

#include <array>

namespace simulator {
namespace {

// What a fault needs in order to have an effect.
enum class Needs {
  kNothing,
  kPage,
  kTotal,
  kRows,
  kLaterPage,
  kAmount,
  kMask,
  kGrowth,
  kIds,
  kToken,
  kList,
};

struct KindFacts {
  FaultKind kind;
  std::string_view name;
  Needs needs;
};

constexpr std::array kKinds{
    KindFacts{FaultKind::kStatus500, "status_500", Needs::kNothing},
    KindFacts{FaultKind::kBadGateway, "bad_gateway", Needs::kNothing},
    KindFacts{FaultKind::kThrottled, "throttled", Needs::kNothing},
    KindFacts{FaultKind::kForbidden, "forbidden", Needs::kNothing},
    KindFacts{FaultKind::kBadKey, "bad_key", Needs::kNothing},
    KindFacts{FaultKind::kBadSignature, "bad_signature", Needs::kNothing},
    KindFacts{FaultKind::kExpired, "expired", Needs::kNothing},
    KindFacts{FaultKind::kHang, "hang", Needs::kNothing},
    KindFacts{FaultKind::kSlow, "slow", Needs::kNothing},
    KindFacts{FaultKind::kTruncatedBody, "truncated_body", Needs::kNothing},
    KindFacts{FaultKind::kReset, "reset", Needs::kNothing},
    KindFacts{FaultKind::kChangingTotal, "changing_total", Needs::kTotal},
    KindFacts{FaultKind::kShortPage, "short_page", Needs::kRows},
    KindFacts{FaultKind::kWrongPage, "wrong_page", Needs::kTotal},
    KindFacts{FaultKind::kRepeatedPage, "repeated_page", Needs::kLaterPage},
    KindFacts{FaultKind::kUnreadableAmount, "unreadable_amount", Needs::kAmount},
    KindFacts{FaultKind::kMissingAmount, "missing_amount", Needs::kRows},
    KindFacts{FaultKind::kErrorIn200, "error_in_200", Needs::kNothing},
    KindFacts{FaultKind::kNotJson, "not_json", Needs::kNothing},
    KindFacts{FaultKind::kHugeBody, "huge_body", Needs::kNothing},
    KindFacts{FaultKind::kBadUtf8, "bad_utf8", Needs::kRows},
    KindFacts{FaultKind::kMasked, "masked", Needs::kMask},
    KindFacts{FaultKind::kDeepUnknownField, "deep_unknown_field", Needs::kPage},
    KindFacts{FaultKind::kEmptyBody, "empty_body", Needs::kNothing},
    KindFacts{FaultKind::kThrottled400, "throttled_400", Needs::kNothing},
    KindFacts{FaultKind::kGatewayJson, "gateway_json", Needs::kNothing},
    KindFacts{FaultKind::kShrinkingTotal, "shrinking_total", Needs::kTotal},
    KindFacts{FaultKind::kGrowingMonth, "growing_month", Needs::kGrowth},
    KindFacts{FaultKind::kNoTotal, "no_total", Needs::kGrowth},
    KindFacts{FaultKind::kMissingId, "missing_id", Needs::kIds},
    KindFacts{FaultKind::kRepeatedToken, "repeated_token", Needs::kToken},
    KindFacts{FaultKind::kOddTag, "odd_tag", Needs::kRows},
    KindFacts{FaultKind::kCutList, "cut_list", Needs::kList},
};

bool can_spoil(FaultKind kind, const PageFacts& page) {
  switch (kKinds[static_cast<std::size_t>(kind)].needs) {
    case Needs::kPage:
      return page.is_page;
    case Needs::kTotal:
      return page.has_total;
    case Needs::kRows:
      return page.is_page && page.page_rows > 0;
    case Needs::kLaterPage:
      return page.is_page && page.page_number > 1;
    case Needs::kAmount:
      return !page.is_page || page.page_rows > 0;
    case Needs::kMask:
      return page.can_mask;
    case Needs::kGrowth:
      return page.can_grow;
    case Needs::kIds:
      return page.has_ids && page.page_rows > 0;
    case Needs::kToken:
      return page.has_token;
    case Needs::kList:
      return page.list_rows > 0;
    case Needs::kNothing:
      return true;
  }
  return true;
}

}  // namespace

std::optional<FaultKind> find_fault_kind(std::string_view name) {
  for (const KindFacts& facts : kKinds) {
    if (facts.name == name) {
      return facts.kind;
    }
  }
  return std::nullopt;
}

std::string list_fault_kinds() {
  std::string names;
  for (const KindFacts& facts : kKinds) {
    names += names.empty() ? "" : ", ";
    names += facts.name;
  }
  return names;
}

void FaultBoard::add(Fault fault) {
  const std::lock_guard lock(mutex_);
  faults_.push_back(std::move(fault));
}

void FaultBoard::clear() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
  ++generation_;
}

bool FaultBoard::is_empty() {
  const std::lock_guard lock(mutex_);
  return faults_.empty();
}

std::optional<Fault> FaultBoard::claim(const FaultTarget& target) {
  const std::lock_guard lock(mutex_);
  for (Fault& fault : faults_) {
    const bool fits =
        (fault.access_key_id.empty() || fault.access_key_id == target.access_key_id) &&
        (fault.operation.empty() || fault.operation == target.operation) && fault.left != 0 &&
        can_spoil(fault.kind, target.page);
    if (!fits) {
      continue;
    }
    if (fault.skip > 0) {
      --fault.skip;
      continue;
    }
    if (fault.left) {
      --*fault.left;
    }
    ++fault.spoiled;
    fault.generation = generation_;
    return fault;
  }
  return std::nullopt;
}

bool FaultBoard::holds(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  return generation_ == fault.generation;
}

}  // namespace simulator
