#include "transport/no_proxy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

struct Address {
  std::array<std::uint8_t, 16> bytes{};
  unsigned bits = 0;  // 32 or 128
};

std::string_view without_brackets(std::string_view text) {
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? text.substr(1, text.size() - 2) : text;
}

std::optional<Address> read_address(std::string_view text) {
  const std::string bare(without_brackets(text));
  Address address;
  for (const auto& [family, bits] : {std::pair(AF_INET, 32U), std::pair(AF_INET6, 128U)}) {
    address.bits = bits;
    if (inet_pton(family, bare.c_str(), address.bytes.data()) == 1) return address;
  }
  return std::nullopt;
}

bool share_bits(const Address& a, const Address& b, unsigned bits) {
  for (unsigned i = 0; i < bits; ++i) {
    const unsigned mask = 0x80U >> (i % 8);
    if (((a.bytes[i / 8] ^ b.bytes[i / 8]) & mask) != 0) return false;
  }
  return true;
}

bool holds_address(std::string_view entry, const Address& address) {
  const std::size_t slash = entry.find('/');
  const std::optional<Address> network = read_address(entry.substr(0, slash));
  if (!network || network->bits != address.bits) return false;
  unsigned bits = network->bits;
  if (slash != entry.npos) {
    const std::string_view text = entry.substr(slash + 1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (error != std::errc{} || end != text.data() + text.size() || bits > network->bits) {
      return false;
    }
  }
  return share_bits(*network, address, bits);
}

bool holds_name(std::string_view entry, std::string_view name) {
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.ends_with('.')) entry.remove_suffix(1);
  if (entry.empty() || !name.ends_with(entry)) return false;
  return name.size() == entry.size() || name[name.size() - entry.size() - 1] == '.';
}

// Takes ":port" off an entry. An IPv6 address without brackets has none.
std::string_view take_port(std::string_view& entry) {
  const std::size_t colon = entry.rfind(':');
  if (colon == entry.npos) return {};
  const bool bracketed = colon > 0 && entry[colon - 1] == ']';
  if (!bracketed && entry.find(':') != colon) return {};
  const std::string_view port = entry.substr(colon + 1);
  entry = entry.substr(0, colon);
  return port;
}

}  // namespace

NoProxyList::NoProxyList(std::string_view text) {
  constexpr std::string_view kSeparators = ", \t\r\n";
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kSeparators), text.size()));
    if (text.empty()) return;
    const std::string_view entry = text.substr(0, text.find_first_of(kSeparators));
    entries_.push_back(to_lower_case(entry));
    text.remove_prefix(entry.size());
  }
}

bool NoProxyList::contains(std::string_view host, std::string_view port) const {
  const std::optional<Address> address = read_address(host);
  return std::any_of(entries_.begin(), entries_.end(), [&](std::string_view entry) {
    if (entry == "*") return true;
    const std::string_view only_port = take_port(entry);
    if (!only_port.empty() && only_port != port) return false;
    return address ? holds_address(entry, *address) : holds_name(entry, host);
  });
}

}  // namespace cloud_billing
