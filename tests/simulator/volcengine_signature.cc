#include "volcengine_signature.h"

#include <algorithm>

#include "digest.h"

namespace simulator {
namespace {

constexpr std::string_view kAlgorithm = "HMAC-SHA256";

std::string text_of(const std::string* header) { return header == nullptr ? "" : *header; }

std::string canonical_query(std::string_view raw_query) {
  std::vector<std::pair<std::string, std::string>> items;
  for (const std::string& item : split(raw_query, '&')) {
    const auto equals = item.find('=');
    if (!item.empty()) {
      items.emplace_back(
          decode_uri(std::string_view(item).substr(0, equals)),
          equals == std::string::npos ? "" : decode_uri(std::string_view(item).substr(equals + 1)));
    }
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text;
  for (const auto& [name, value] : items) {
    text += text.empty() ? "" : "&";
    text += encode_uri(name, false) + "=" + encode_uri(value, false);
  }
  return text;
}

// Clients sign the host without the ports that the scheme implies.
std::string_view without_default_port(std::string_view host) {
  for (const std::string_view port : {":80", ":443"}) {
    if (host.size() > port.size() && host.substr(host.size() - port.size()) == port) {
      return host.substr(0, host.size() - port.size());
    }
  }
  return host;
}

// What follows `name` up to the next comma; nothing when it is not there.
std::optional<std::string> find_part(std::string_view header, std::string_view name) {
  const auto at = header.find(name);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  header.remove_prefix(at + name.size());
  return std::string(trim(header.substr(0, header.find(','))));
}

}  // namespace

std::string VolcengineAuthorization::scope() const {
  return date + "/" + region + "/" + service + "/request";
}

std::optional<VolcengineAuthorization> parse_volcengine_authorization(std::string_view header) {
  header = trim(header);
  if (header.substr(0, kAlgorithm.size() + 1) != std::string(kAlgorithm) + " ") {
    return std::nullopt;
  }
  const auto credential = find_part(header, "Credential=");
  const auto signed_headers = find_part(header, "SignedHeaders=");
  if (!credential || !signed_headers || signed_headers->empty()) {
    return std::nullopt;
  }
  const std::vector<std::string> parts = split(*credential, '/');
  if (parts.size() != 5 || parts[0].empty() || parts[4] != "request") {
    return std::nullopt;
  }
  return VolcengineAuthorization{parts[0],
                                 parts[1],
                                 parts[2],
                                 parts[3],
                                 split(*signed_headers, ';'),
                                 find_part(header, "Signature=").value_or("")};
}

std::string volcengine_canonical_request(const WireRequest& request,
                                         const std::vector<std::string>& signed_headers) {
  std::string headers;
  std::string names;
  for (const std::string& name : signed_headers) {
    const std::string value = text_of(request.header(name));
    headers += name + ":";
    headers += name == "host" ? without_default_port(trim(value)) : trim(value);
    headers += "\n";
    names += (names.empty() ? "" : ";") + name;
  }
  const std::string path = encode_uri(decode_uri(request.path), true);
  return request.method + "\n" + (path.empty() ? "/" : path) + "\n" +
         canonical_query(request.query) + "\n" + headers + "\n" + names + "\n" +
         hex(sha256(request.body));
}

std::string volcengine_signing_key(const VolcengineAuthorization& authorization,
                                   std::string_view secret_access_key) {
  std::string key(secret_access_key);
  for (const std::string& part :
       {authorization.date, authorization.region, authorization.service, std::string("request")}) {
    key = hmac_sha256(key, part);
  }
  return key;
}

std::string volcengine_expected_signature(const WireRequest& request,
                                          const VolcengineAuthorization& authorization,
                                          std::string_view secret_access_key) {
  const std::string canonical = volcengine_canonical_request(request, authorization.signed_headers);
  const std::string to_sign = std::string(kAlgorithm) + "\n" + text_of(request.header("x-date")) +
                              "\n" + authorization.scope() + "\n" + hex(sha256(canonical));
  return hex(hmac_sha256(volcengine_signing_key(authorization, secret_access_key), to_sign));
}

std::optional<Moment> parse_x_date(std::string_view text) {
  if (text.size() != 16) {
    return std::nullopt;
  }
  const std::string t(text);
  return parse_utc(t.substr(0, 4) + "-" + t.substr(4, 2) + "-" + t.substr(6, 2) + t.substr(8, 3) +
                   ":" + t.substr(11, 2) + ":" + t.substr(13, 3));
}

}  // namespace simulator
