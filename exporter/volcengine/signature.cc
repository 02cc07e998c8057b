#include "volcengine/signature.h"

#include <algorithm>
#include <utility>

#include "core/ascii.h"
#include "core/percent_encoding.h"
#include "providers/canonical_query.h"

namespace cloud_billing::volcengine {
namespace {

constexpr std::string_view kAlgorithm = "HMAC-SHA256";
constexpr std::string_view kTerminator = "request";

}  // namespace

std::string signing_time(UtcSeconds time) {
  std::string text = utc_text(time);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

Sha256Digest signing_key(std::string_view secret_access_key, std::string_view date,
                         const Scope& scope) {
  Sha256Digest key = hmac_sha256(secret_access_key, date);
  for (const std::string_view part : {scope.region, scope.service, kTerminator}) {
    key = hmac_sha256(bytes_of(key), part);
  }
  return key;
}

std::string authorization(const RequestToSign& request, std::string_view access_key_id,
                          std::string_view secret_access_key, const Scope& scope, UtcSeconds time) {
  std::vector<std::pair<std::string, std::string_view>> headers;
  for (const Header& header : request.signed_headers) {
    headers.emplace_back(to_lower_case(header.name), trim_blanks(header.value));
  }
  std::sort(headers.begin(), headers.end());
  std::string names;
  std::string lines;
  for (const auto& [name, value] : headers) {
    names += (names.empty() ? "" : ";") + name;
    lines += name + ":" + std::string(value) + "\n";
  }

  const std::string canonical = std::string(request.method) + "\n" +
                                percent_encode(request.path, Slash::kKept) + "\n" +
                                std::string(request.canonical_query) + "\n" + lines + "\n" + names +
                                "\n" + hex_text(sha256(request.body));
  const std::string x_date = signing_time(time);
  const std::string date = x_date.substr(0, x_date.find('T'));
  const std::string credential_scope = date + "/" + std::string(scope.region) + "/" +
                                       std::string(scope.service) + "/" + std::string(kTerminator);
  const std::string to_sign = std::string(kAlgorithm) + "\n" + x_date + "\n" + credential_scope +
                              "\n" + hex_text(sha256(canonical));
  const Sha256Digest key = signing_key(secret_access_key, date, scope);
  return std::string(kAlgorithm) + " Credential=" + std::string(access_key_id) + "/" +
         credential_scope + ", SignedHeaders=" + names +
         ", Signature=" + hex_text(hmac_sha256(bytes_of(key), to_sign));
}

}  // namespace cloud_billing::volcengine
