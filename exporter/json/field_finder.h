#pragma once

// Finds the fields of JSON objects by name: FieldTable gives a name's number in constant time,
// FieldFinder does so for many objects that are written alike and compares 32 bytes of a name at
// once. Rows are most of what is read, and most of a row is fields that nobody wants. A table is a
// constant for any thread; a finder serves one document on one thread.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "json/json_reader.h"

namespace cloud_billing {

// Field names of an object to small numbers, found in constant time. Names are the enumeration's
// order.
template <std::size_t N>
class FieldTable {
 public:
  explicit constexpr FieldTable(const std::array<std::string_view, N>& names) : names_(names) {
    slots_.fill(kEmpty);
    for (std::size_t i = 0; i < N; ++i) {
      std::size_t slot = slot_of(names_[i]);
      while (slots_[slot] != kEmpty) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint8_t>(i);
    }
  }

  // The name's index, or N.
  [[nodiscard]] constexpr std::size_t find(std::string_view name) const {
    for (std::size_t slot = slot_of(name); slots_[slot] != kEmpty; slot = (slot + 1) % kSlots) {
      if (names_[slots_[slot]] == name) return slots_[slot];
    }
    return N;
  }

 private:
  static constexpr std::size_t kSlots = 128;
  static constexpr std::uint8_t kEmpty = 255;
  static_assert(N <= kSlots / 2, "a fuller table would be slow");

  static constexpr std::size_t slot_of(std::string_view name) {
    if (name.empty()) return 0;
    const auto code = [name](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    return (name.size() * 31U + code(0) * 7U + code(name.size() / 2) * 3U + code(name.size() - 1)) %
           kSlots;
  }

  std::array<std::string_view, N> names_;
  std::array<std::uint8_t, kSlots> slots_{};
};

// Finds the fields of many objects that are written alike, such as a page's rows: the fields met so
// far are kept in the order they are written, and the next field is first compared with those that
// should follow, 32 bytes at once. Objects may lack fields. `table` must outlive it; one document's
// objects, one thread.
template <std::size_t N>
class FieldFinder {
 public:
  static constexpr std::size_t kNotInTable = N;
  static constexpr std::size_t kIllFormed = N + 1;

  explicit FieldFinder(const FieldTable<N>& table) : table_(table) {}

  // Before an object's first field.
  void start_object() { place_ = 0; }

  // The next field's index in the table or one of the above. Before the field's value is read. Not
  // an optional: processors wait if a flag of one byte is read with its neighbours, and this is
  // asked for every field of every row.
  [[nodiscard]] std::size_t find(JsonField& field) {
    const Words written = words_at(field.key().raw());
    auto next = known_.begin() + place_;
    for (std::ptrdiff_t ahead = 0; ahead < kLookAhead && next != known_.end(); ++ahead, ++next) {
      if (!next->is(written)) continue;
      place_ += ahead + 1;
      return next->index;
    }
    return learn(field);
  }

 private:
  static constexpr std::ptrdiff_t kLookAhead = 8;
  static constexpr std::size_t kMostMet = 128;
  static constexpr std::size_t kBytes = 32;
  static_assert(kBytes <= simdjson::SIMDJSON_PADDING, "the bytes behind the end may be read");

  using Words = std::array<std::uint64_t, kBytes / sizeof(std::uint64_t)>;

  static Words words_at(const char* bytes) {
    Words words{};
    std::memcpy(words.data(), bytes, kBytes);
    return words;
  }

  // A name and the quote behind it.
  class KnownField {
   public:
    KnownField(std::string_view name, std::size_t field) : index(field) {
      std::array<char, kBytes> bytes{};
      std::copy(name.begin(), name.end(), bytes.begin());
      bytes[name.size()] = '"';
      text_ = words_at(bytes.data());
      std::fill_n(bytes.begin(), name.size() + 1, '\xFF');
      std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(name.size()) + 1, bytes.end(), '\0');
      mask_ = words_at(bytes.data());
    }

    [[nodiscard]] bool is(const Words& written) const {
      if (differs(written, 0) != 0) return false;
      return (differs(written, 1) | differs(written, 2) | differs(written, 3)) == 0;
    }

    std::size_t index;

   private:
    [[nodiscard]] std::uint64_t differs(const Words& written, std::size_t word) const {
      return (written[word] ^ text_[word]) & mask_[word];
    }

    Words text_{};
    Words mask_{};
  };

  [[nodiscard]] std::size_t learn(JsonField& field) {
    const char* const raw = field.key().raw();
    const auto name = name_of(field);
    if (!name) return kIllFormed;
    const std::size_t index = table_.find(*name);
    const bool as_written = name->data() == raw;  // a name with escapes is longer
    if (as_written && name->size() < kBytes && known_.size() < kMostMet) {
      known_.insert(known_.begin() + place_, KnownField(*name, index));
      ++place_;
    }
    return index;
  }

  const FieldTable<N>& table_;
  std::vector<KnownField> known_;
  std::ptrdiff_t place_ = 0;  // in known_: where the next field should be
};

}  // namespace cloud_billing
