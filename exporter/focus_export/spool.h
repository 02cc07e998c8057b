#pragma once

// A file without a name for what does not fit into memory: it is gone as soon as the program is,
// however that ends. One thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "system/descriptor.h"

namespace cloud_billing {

class Spool {
 public:
  // Errors name the directory and what the system said.
  [[nodiscard]] static Result<Spool> open(const std::string& directory);

  // Where the next piece will stand.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Status append(std::string_view bytes);
  [[nodiscard]] Status read(std::uint64_t place, std::size_t size, std::string& bytes) const;

 private:
  Spool(Descriptor file, std::string directory)
      : file_(std::move(file)), directory_(std::move(directory)) {}

  [[nodiscard]] Error error_of(std::string_view doing) const;

  Descriptor file_;
  std::string directory_;
  std::uint64_t size_ = 0;
};

}  // namespace cloud_billing
