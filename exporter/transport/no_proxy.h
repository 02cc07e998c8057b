#pragma once

// The variable no_proxy: which hosts are reached without a proxy. Read as curl reads it, and a port
// as Go does. Pure, any thread.

#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

class NoProxyList {
 public:
  // Entries apart by commas or blanks: "*" is every host, "example.com" and ".example.com" a name
  // with all names below it, "10.0.0.1" and "[::1]" an address, "10.0.0.0/8" addresses; each but
  // "*" may end in ":port". What is none of these matches nothing.
  explicit NoProxyList(std::string_view text = {});

  // `host` as in Endpoint.
  [[nodiscard]] bool contains(std::string_view host, std::string_view port) const;

 private:
  std::vector<std::string> entries_;
};

}  // namespace cloud_billing
