#include "baidu/signature.h"

#include <algorithm>

#include "core/ascii.h"
#include "core/hmac.h"
#include "core/percent_encoding.h"
#include "providers/canonical_query.h"

namespace cloud_billing::baidu {
namespace {

std::string join(const std::vector<std::string>& parts, char separator) {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += separator;
    joined += part;
  }
  return joined;
}

}  // namespace

std::string authorization(const RequestToSign& request, std::string_view access_key_id,
                          std::string_view secret_access_key, UtcSeconds time, int valid_seconds) {
  std::vector<std::string> names;
  std::vector<std::string> lines;
  for (const Header& header : request.signed_headers) {
    const std::string_view value = trim_blanks(header.value);
    if (value.empty()) continue;
    const std::string name = to_lower_case(trim_blanks(header.name));
    names.push_back(name);
    lines.push_back(percent_encode(name) + ":" + percent_encode(value));
  }
  // Names sort by name and lines by the whole line: the two orders differ if one name begins
  // another.
  std::sort(names.begin(), names.end());
  std::sort(lines.begin(), lines.end());

  const std::string prefix = "bce-auth-v1/" + std::string(access_key_id) + "/" + utc_text(time) +
                             "/" + std::to_string(valid_seconds);
  const std::string canonical = std::string(request.method) + "\n" +
                                percent_encode(request.path, Slash::kKept) + "\n" +
                                canonical_query(request.query) + "\n" + join(lines, '\n');
  // The second key is the hexadecimal text of the first digest, not its bytes.
  const std::string signing_key = hex_text(hmac_sha256(secret_access_key, prefix));
  return prefix + "/" + join(names, ';') + "/" + hex_text(hmac_sha256(signing_key, canonical));
}

}  // namespace cloud_billing::baidu
