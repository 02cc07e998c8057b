#pragma once

// The page plan of a listing whose pages each name the next one by a token. A listing may consist
// of several chains, such as the spans of a long window: each is read page after page, all of them
// side by side. A value (page_plan.h).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "providers/page_plan.h"

namespace cloud_billing {

class TokenPages {
 public:
  struct Page {
    std::size_t chain = 0;
    std::int64_t number = 1;  // in its chain
    std::string token;        // empty: the first page
  };
  using Facts = TokenPageFacts;

  // More than `most_pages` of a chain are a server that never ends.
  TokenPages(std::size_t chains, std::int64_t most_pages)
      : chains_(chains), most_pages_(most_pages) {}

  [[nodiscard]] std::optional<Page> next();
  [[nodiscard]] Result<PageUse, Failure> accept(const Page& page, const TokenPageFacts& facts);
  [[nodiscard]] bool is_full(const TokenPageFacts& /*facts*/) const { return false; }  // none tells
  [[nodiscard]] bool complete() const;

 private:
  struct Chain {
    bool is_asked = false;
    bool is_read = false;
    std::string next_token;
    std::set<std::string> tokens;  // met so far
  };

  std::vector<Chain> chains_;
  std::int64_t most_pages_;
};

}  // namespace cloud_billing
