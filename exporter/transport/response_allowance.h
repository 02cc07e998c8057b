#pragma once

// How many bytes of responses may be under way at a time. Few at first, and while the caller does
// not keep up with them; more while it does and a distant cloud is what it waits for: a cloud that
// takes a fifth of a second has as many requests under way as all accounts may send in that time.
// One thread.

#include <cstddef>

namespace cloud_billing {

class ResponseAllowance {
 public:
  static constexpr std::size_t kLeast = std::size_t{32} << 20;
  static constexpr std::size_t kMost = std::size_t{128} << 20;

  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  // The caller takes a response of this size, behind which complete ones of `waiting` bytes wait
  // for it. `used_up`: requests are held back because of the allowance.
  void note_response(std::size_t size, std::size_t waiting, bool used_up);

 private:
  std::size_t bytes_ = kLeast;
};

}  // namespace cloud_billing
