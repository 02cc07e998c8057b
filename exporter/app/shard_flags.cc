#include "app/shard_flags.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "config/value_parsers.h"
#include "core/ascii.h"
#include "core/shown_text.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr int kMostShards = 10000;

std::string_view trailing_digits(std::string_view host_name) {
  const std::string_view label = host_name.substr(0, host_name.find('.'));
  const auto digits = std::find_if_not(label.rbegin(), label.rend(), is_digit);
  return label.substr(static_cast<std::size_t>(label.rend() - digits));
}

}  // namespace

Result<Shard> parse_shard(std::string_view index, std::string_view count,
                          std::string_view host_name) {
  const auto parsed_count = parse_integer_within(count, 1, kMostShards);
  if (!parsed_count) {
    return parsed_count.error().with_prefix("--shard.count: " + show_value(count));
  }
  const bool is_pod = index == "pod";
  const std::string_view digits = is_pod ? trailing_digits(host_name) : index;
  const std::string where =
      "--shard.index: " + (is_pod ? "the host name " + quote_text(host_name) : show_value(index));
  if (is_pod && digits.empty()) return Error{where + " does not end in a number"};
  const auto parsed_index = parse_integer_within(digits, 0, kMostShards - 1);
  if (!parsed_index) {
    return Error{where + ": " + parsed_index.error().message + (is_pod ? "" : " or \"pod\"")};
  }
  if (*parsed_index >= *parsed_count) {
    return Error{where + ": must be below --shard.count, which is " +
                 std::to_string(*parsed_count)};
  }
  return Shard{static_cast<std::size_t>(*parsed_index), static_cast<std::size_t>(*parsed_count)};
}

std::string read_host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.data();
}

}  // namespace cloud_billing
