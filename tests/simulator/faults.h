#pragma once

// Misbehaviours to order, and who gets them. The board is shared by all threads and
// synchronises itself.

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simulator {

enum class FaultKind {
  kStatus500,
  kBadGateway,
  kThrottled,
  kForbidden,
  kBadKey,
  kBadSignature,
  kExpired,
  kHang,
  kSlow,
  kTruncatedBody,
  kReset,
  kChangingTotal,
  kShortPage,
  kWrongPage,
  kRepeatedPage,
  kUnreadableAmount,
  kMissingAmount,
  kErrorIn200,
  kNotJson,
  kHugeBody,
  kBadUtf8,
  kMasked,
  kDeepUnknownField,
  kEmptyBody,
  kThrottled400,
  kGatewayJson,
  kShrinkingTotal,
  kGrowingMonth,
  kNoTotal,
  kMissingId,
  kRepeatedToken,
  kOddTag,
  kCutList,
};

// By the name that the control API uses: "status_500", "changing_total", ...
[[nodiscard]] std::optional<FaultKind> find_fault_kind(std::string_view name);
[[nodiscard]] std::string list_fault_kinds();

struct Fault {
  FaultKind kind = FaultKind::kStatus500;
  std::string access_key_id;       // empty: any
  std::string operation;           // empty: any
  std::optional<int> left;         // answers still to spoil; nothing: until cleared
  int skip = 0;                    // matching requests still to leave alone
  std::optional<int> retry_after;  // throttled: seconds
  int depth = 64;                  // deep_unknown_field
  int rows = 7;                    // growing_month: added with each page
  std::uint64_t spoiled = 0;       // how often it was applied, this time included
  std::uint64_t generation = 0;    // of the board, when claimed
};

// What a prepared answer offers to be spoilt.
struct PageFacts {
  bool is_page = false;
  bool has_total = false;
  std::size_t page_number = 0;
  std::size_t page_rows = 0;
  bool can_mask = false;
  bool can_grow = false;
  bool has_ids = false;
  bool has_token = false;
  std::size_t list_rows = 0;  // of a list of totals, which can lack its last one
};

// What a fault is matched against. A page fault needs a page that it can spoil.
struct FaultTarget {
  std::string_view access_key_id;
  std::string_view operation;
  PageFacts page;
};

class FaultBoard {
 public:
  void add(Fault fault);
  void clear();
  [[nodiscard]] bool is_empty();

  // The first fault that fits; counts it as applied.
  [[nodiscard]] std::optional<Fault> claim(const FaultTarget& target);

  // False once the board was cleared after `fault` was claimed.
  [[nodiscard]] bool holds(const Fault& fault);

 private:
  std::mutex mutex_;  // guards all below
  std::vector<Fault> faults_;
  std::uint64_t generation_ = 0;
};

}  // namespace simulator
