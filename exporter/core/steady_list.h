#pragma once

// A list whose elements stay where they are: it grows by blocks of `kBlock`, so nothing is copied,
// and no block is so large that the allocator gets its memory from the system for it alone. One
// thread.

#include <cstddef>
#include <utility>
#include <vector>

namespace cloud_billing {

template <typename Element, std::size_t kBlock = 64>
class SteadyList {
 public:
  class Iterator {
   public:
    Iterator(const SteadyList& list, std::size_t at) : list_(&list), at_(at) {}
    const Element& operator*() const { return (*list_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const SteadyList* list_;
    std::size_t at_;
  };

  SteadyList() = default;
  SteadyList(SteadyList&&) noexcept = default;
  SteadyList& operator=(SteadyList&&) noexcept = default;

  [[nodiscard]] std::size_t size() const {
    return blocks_.empty() ? 0 : (blocks_.size() - 1) * kBlock + blocks_.back().size();
  }
  [[nodiscard]] const Element& operator[](std::size_t index) const {
    return blocks_[index / kBlock][index % kBlock];
  }
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size()}; }

  // A new last element.
  Element& emplace_back() {
    if (blocks_.empty() || blocks_.back().size() == kBlock) {
      std::vector<Element> block;
      block.reserve(kBlock);
      blocks_.push_back(std::move(block));
    }
    return blocks_.back().emplace_back();
  }
  // Of a list that is not empty.
  void pop_back() {
    blocks_.back().pop_back();
    if (blocks_.back().empty()) blocks_.pop_back();
  }

 private:
  std::vector<std::vector<Element>> blocks_;  // none is empty, all but the last are full
};

}  // namespace cloud_billing
