#include "providers/token_pages.h"

#include <algorithm>

namespace cloud_billing {

std::optional<TokenPages::Page> TokenPages::next() {
  const auto ready = std::find_if(chains_.begin(), chains_.end(), [](const Chain& chain) {
    return !chain.is_asked && !chain.is_read;
  });
  if (ready == chains_.end()) return std::nullopt;
  ready->is_asked = true;
  return Page{static_cast<std::size_t>(ready - chains_.begin()),
              static_cast<std::int64_t>(ready->tokens.size()) + 1, ready->next_token};
}

Result<PageUse, Failure> TokenPages::accept(const Page& page, const TokenPageFacts& facts) {
  Chain& chain = chains_[page.chain];
  chain.is_asked = false;
  chain.is_read = facts.next_token.empty();
  const bool is_new = chain.is_read || chain.tokens.insert(facts.next_token).second;
  if (!is_new || page.number > most_pages_) return Failure::inconsistent("they have no end");
  chain.next_token = facts.next_token;
  return PageUse::kCounts;
}

bool TokenPages::complete() const {
  return std::all_of(chains_.begin(), chains_.end(),
                     [](const Chain& chain) { return chain.is_read; });
}

}  // namespace cloud_billing
