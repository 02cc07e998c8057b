#include "entry_page.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "deterministic.h"

namespace simulator {
namespace {

struct EntryRange {
  EntryList list;
  std::size_t first = 0;
  std::size_t count = 0;
};

bool is(const Fault* fault, FaultKind kind) { return fault != nullptr && fault->kind == kind; }

Spoiled spoiled_by(const Fault* fault) {
  if (is(fault, FaultKind::kUnreadableAmount)) {
    return Spoiled::kUnreadable;
  }
  if (is(fault, FaultKind::kMissingAmount)) {
    return Spoiled::kWithoutAmount;
  }
  return is(fault, FaultKind::kMissingId) ? Spoiled::kWithoutId : Spoiled::kNot;
}

std::string write_entries(const EntryRange& page, const Fault* fault) {
  const std::size_t first = is(fault, FaultKind::kRepeatedPage) ? 0 : page.first;
  const std::size_t count = page.count - (is(fault, FaultKind::kShortPage) ? 1 : 0);
  std::string out = "\"" + page.list.name + "\":";
  out += page.list.size == 0 ? "null" : "[";
  for (std::size_t i = 0; i < count; ++i) {
    out += i > 0 ? "," : "";
    out += page.list.write(first + i, i == 0 ? spoiled_by(fault) : Spoiled::kNot);
  }
  return page.list.size == 0 ? out : out + "]";
}

// Opaque to clients: which entry comes next.
std::string token_of(const EntryList& list, std::size_t next) {
  return "nt-" + std::to_string(mix(list.size, next) % 1'000'000'007);
}

PageFacts facts_of(const EntryRange& page) {
  PageFacts facts;
  facts.is_page = true;
  facts.page_number = page.first == 0 ? 1 : 2;
  facts.page_rows = page.count;
  facts.has_ids = true;
  return facts;
}

}  // namespace

OperationResult prepare_page_by_offset(const ActionParameters& parameters, EntryList list) {
  constexpr std::int64_t kUsualLimit = 10;
  const std::int64_t limit = parameters.number("Limit", kUsualLimit);
  const std::int64_t offset = parameters.number("Offset", 0);
  if (limit < 1 || limit > static_cast<std::int64_t>(list.most_on_page) || offset < 0) {
    return refuse_volcengine_parameter("Limit or Offset is out of range");
  }
  EntryRange page;
  page.first = std::min(static_cast<std::size_t>(offset), list.size);
  page.count = std::min(static_cast<std::size_t>(limit), list.size - page.first);
  page.list = std::move(list);
  PageFacts facts = facts_of(page);
  facts.has_total = true;
  facts.can_grow = true;
  return Prepared{facts, [page = std::move(page), limit, offset](const Fault* fault) {
                    std::size_t total = page.list.size;
                    if (is(fault, FaultKind::kShrinkingTotal) && page.first > 0) {
                      total = page.first;
                    }
                    std::string out = "{" + write_entries(page, fault);
                    if (!is(fault, FaultKind::kNoTotal)) {
                      out += ",\"Total\":" + std::to_string(total);
                    }
                    return out + ",\"Limit\":" + std::to_string(limit) +
                           ",\"Offset\":" + std::to_string(offset) + "}";
                  }};
}

OperationResult prepare_page_by_token(const ActionParameters& parameters, EntryList list) {
  const std::int64_t limit = parameters.number("MaxResults", 0);
  if (limit < 1 || limit > static_cast<std::int64_t>(list.most_on_page)) {
    return refuse_volcengine_parameter("MaxResults is out of range");
  }
  const std::string asked = parameters.text("NextToken");
  EntryRange page;
  while (page.first < list.size && !asked.empty() && token_of(list, page.first) != asked) {
    ++page.first;
  }
  if (!asked.empty() && page.first == list.size) {
    return refuse_volcengine_parameter("NextToken is unknown");
  }
  page.count = std::min(static_cast<std::size_t>(limit), list.size - page.first);
  page.list = std::move(list);
  PageFacts facts = facts_of(page);
  facts.has_token = !asked.empty();
  return Prepared{facts, [page = std::move(page), asked](const Fault* fault) {
                    const std::size_t next = page.first + page.count;
                    std::string token = next < page.list.size ? token_of(page.list, next) : "";
                    if (is(fault, FaultKind::kRepeatedToken)) {
                      token = asked;
                    }
                    return "{" + write_entries(page, fault) +
                           ",\"NextToken\":" + (token.empty() ? "null" : "\"" + token + "\"") + "}";
                  }};
}

}  // namespace simulator
