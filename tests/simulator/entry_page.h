#pragma once

// One page of a list of an account's things, as Volcengine's actions give it: from an offset on
// with a total, or with a token that names the next page. What an entry says is its action's
// matter. Pure.

#include <cstddef>
#include <functional>
#include <string>

#include "operations.h"
#include "volcengine_actions.h"

namespace simulator {

// How a fault spoils an entry.
enum class Spoiled { kNot, kUnreadable, kWithoutAmount, kWithoutId };

struct EntryList {
  std::string name;  // of the field that holds the entries
  std::size_t size = 0;
  std::size_t most_on_page = 0;
  std::function<std::string(std::size_t index, Spoiled spoiled)> write;
};

// By Limit, 10 if it is absent, and Offset.
[[nodiscard]] OperationResult prepare_page_by_offset(const ActionParameters& parameters,
                                                     EntryList list);

// By MaxResults, a text in some lists, and NextToken.
[[nodiscard]] OperationResult prepare_page_by_token(const ActionParameters& parameters,
                                                    EntryList list);

}  // namespace simulator
