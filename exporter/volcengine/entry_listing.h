#pragma once

// Lists of an account's things (coupons and the like) that are read whole, page by page, and then
// judged: what a page is, how it is read, and how the pages become one value. What the entries mean
// is each list's own matter. Every entry has an id, by which pages that repeat others are known.
// Part of conversations; on their thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text_hash.h"
#include "json/row_reader.h"
#include "providers/api_error.h"
#include "providers/listing.h"
#include "providers/token_pages.h"
#include "volcengine/field_reader.h"
#include "volcengine/response.h"

namespace cloud_billing::volcengine {

// Lists are short: more pages are a server that never ends.
inline constexpr std::int64_t kMostEntryPages = 1000;

// How the pages of a list follow each other: from an offset on, with a total, or each named by the
// one before.
enum class Paging { kByOffset, kByToken };

template <typename Entry>
struct EntryPage {
  std::vector<Entry> entries;
  TokenPageFacts facts;               // next_token as the page names it
  std::optional<std::int64_t> total;  // entries of the whole list; nothing if it is not told
};

// Reads the pages of one list; a constant for any thread.
template <typename Entry, std::size_t kTexts, std::size_t kAmounts>
class EntryReader {
 public:
  using Fields = RowFields<kTexts, kAmounts>;
  // What is wrong with an entry, or nothing.
  using Fill = std::optional<RowProblem> (*)(const Fields& fields, Entry& entry);

  // `list` is the field of Result that holds the entries; the first text is an entry's id.
  constexpr EntryReader(std::string_view list, Paging paging,
                        const std::array<RowText, kTexts>& texts,
                        const std::array<std::string_view, kAmounts>& amounts, Fill fill)
      : list_(list), paging_(paging), rows_(kFieldReader, "", texts, amounts), fill_(fill) {}

  [[nodiscard]] Result<EntryPage<Entry>, Failure> read(HttpResponse& response) const {
    EntryPage<Entry> page;
    RowList<Fields> list;
    bool has_list = false;
    const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
      if (name == "Total") return read_total(value, page.total);
      if (name == "NextToken") {
        std::string_view token;
        const JsonProblem problem = read_text(value, token);
        page.facts.next_token = token;
        return problem;
      }
      if (name != list_) return JsonProblem{};
      has_list = true;
      return rows_.read(value, list);
    });
    // An entry that is no JSON hides what is behind it, but not the error before it.
    if (!opened && !(list.problem && opened.error().reason == Reason::kDecode)) {
      return opened.error();
    }
    for (const Fields& fields : list.rows) {
      const std::string_view id = fields.texts[0];
      if (id.empty()) return failure_of({{}, "no id"});
      if (const auto problem = fill_(fields, page.entries.emplace_back())) {
        return failure_of(*problem);
      }
      page.facts.ids.push_back(TextHash{}(id));
    }
    if (list.problem) return failure_of(*list.problem);
    if (!has_list && !may_lack_list(page)) {
      return response_not_understood("no " + std::string(list_));
    }
    page.facts.rows = static_cast<std::int64_t>(page.entries.size());
    return page;
  }

 private:
  // Where nothing is in it.
  [[nodiscard]] bool may_lack_list(const EntryPage<Entry>& page) const {
    return paging_ == Paging::kByOffset ? page.total == 0 : page.facts.next_token.empty();
  }

  [[nodiscard]] Failure failure_of(const RowProblem& problem) const {
    return response_not_understood(std::string(list_) + ": " + problem.text());
  }

  std::string_view list_;
  Paging paging_;
  RowReader<kTexts, kAmounts> rows_;
  Fill fill_;
};

template <typename Entry>
struct EntryPages {
  Paging paging{};
  std::size_t lists = 1;  // each a chain of pages
  std::function<ApiRequest(const TokenPages::Page& page)> request;
  std::function<Result<EntryPage<Entry>, Failure>(HttpResponse& response)> read;
};

// The offset that a page is asked for, of a list that is read by offset: it is the page's token, so
// that the server may hold fewer entries on a page than were asked for.
[[nodiscard]] inline std::int64_t offset_of(const TokenPages::Page& page) {
  return page.token.empty() ? 0 : std::stoll(page.token);
}

// Names the next page by how many entries are known with this one. The list ends at its total, or
// without one at a page without entries.
template <typename Entry>
[[nodiscard]] Result<void, Failure> name_next_offset(EntryPage<Entry>& page, std::size_t known) {
  const auto offset = static_cast<std::int64_t>(known);
  if (page.facts.rows > 0 && (!page.total || offset < *page.total)) {
    page.facts.next_token = std::to_string(offset);
    return {};
  }
  page.facts.next_token.clear();
  if (!page.total || offset == *page.total) return {};
  return Failure::inconsistent(std::to_string(offset) + " entries instead of " +
                               std::to_string(*page.total));
}

// All entries of all lists.
template <typename Entry>
[[nodiscard]] std::unique_ptr<Conversation<std::vector<Entry>>> list_entries(
    EntryPages<Entry> pages) {
  using All = std::vector<Entry>;
  using EntryListing = Listing<All, TokenPages>;
  const TokenPages plan(pages.lists, kMostEntryPages);
  typename EntryListing::Pages how;
  how.request = pages.request;
  how.read = [pages = std::move(pages)](const TokenPages::Page& /*page*/, HttpResponse& response,
                                        All& all) -> Result<TokenPageFacts, Failure> {
    auto page = pages.read(response);
    if (!page) return std::move(page).error();
    if (pages.paging == Paging::kByOffset) {
      const auto named = name_next_offset(*page, all.size() + page->entries.size());
      if (!named) return named.error();
    }
    std::move(page->entries.begin(), page->entries.end(), std::back_inserter(all));
    return std::move(page->facts);
  };
  return std::make_unique<EntryListing>(plan, std::move(how), All{});
}

}  // namespace cloud_billing::volcengine
