#include "bce_signature.h"

#include <algorithm>
#include <charconv>

#include "digest.h"

namespace simulator {
namespace {

constexpr std::chrono::minutes kClockTolerance{30};

std::string join_sorted(std::vector<std::string> lines, char separator) {
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) {
    if (!text.empty()) {
      text += separator;
    }
    text += line;
  }
  return text;
}

bool is_default_signed(std::string_view name) {
  return name == "host" || name == "content-length" || name == "content-type" ||
         name == "content-md5" || name.substr(0, 6) == "x-bce-";
}

}  // namespace

std::string Authorization::prefix() const {
  return "bce-auth-v1/" + access_key_id + "/" + timestamp + "/" + expire_seconds;
}

std::string canonical_query(std::string_view raw_query) {
  std::vector<std::string> items;
  for (const std::string& item : split(raw_query, '&')) {
    const auto equals = item.find('=');
    const std::string name = decode_uri(std::string_view(item).substr(0, equals));
    if (item.empty() || to_lower(name) == "authorization") {
      continue;
    }
    const std::string value =
        equals == std::string::npos ? "" : decode_uri(item.substr(equals + 1));
    items.push_back(encode_uri(name, false) + "=" + encode_uri(value, false));
  }
  return join_sorted(std::move(items), '&');
}

std::string canonical_headers(const WireRequest& request,
                              const std::vector<std::string>& signed_headers) {
  std::vector<std::string> lines;
  for (const auto& [raw_name, raw_value] : request.headers) {
    const std::string name = to_lower(trim(raw_name));
    const std::string_view value = trim(raw_value);
    const bool is_signed =
        signed_headers.empty() ? is_default_signed(name) : contains(signed_headers, name);
    if (is_signed && !value.empty() && name != "authorization") {
      lines.push_back(encode_uri(name, false) + ":" + encode_uri(value, false));
    }
  }
  return join_sorted(std::move(lines), '\n');
}

std::string signing_key(const Authorization& authorization, std::string_view secret_access_key) {
  return hex(hmac_sha256(secret_access_key, authorization.prefix()));
}

std::string expected_signature(const WireRequest& request, const Authorization& authorization,
                               std::string_view secret_access_key) {
  std::string path = encode_uri(decode_uri(request.path), true);
  if (path.empty() || path.front() != '/') {
    path.insert(path.begin(), '/');
  }
  const std::string canonical = request.method + "\n" + path + "\n" +
                                canonical_query(request.query) + "\n" +
                                canonical_headers(request, authorization.signed_headers);
  return hex(hmac_sha256(signing_key(authorization, secret_access_key), canonical));
}

std::optional<Authorization> parse_authorization(std::string_view header) {
  const std::vector<std::string> parts = split(trim(header), '/');
  if (parts.size() != 6 || parts[0] != "bce-auth-v1" || parts[1].empty() || parts[5].size() != 64 ||
      !parse_utc(parts[2]) || parts[3].empty() || parts[3].size() > 9 ||
      parts[3].find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  Authorization authorization{parts[1], parts[2], parts[3], {}, parts[5]};
  if (!parts[4].empty()) {
    authorization.signed_headers = split(parts[4], ';');
  }
  return authorization;
}

bool signs_header(const Authorization& authorization, std::string_view name) {
  return authorization.signed_headers.empty() ? is_default_signed(name)
                                              : contains(authorization.signed_headers, name);
}

bool is_in_time(const WireRequest& request, const Authorization& authorization, Moment now) {
  const std::string* bce_date = request.header("x-bce-date");
  const std::string* http_date = request.header("date");
  std::optional<Moment> sent;
  if (bce_date != nullptr) {
    sent = parse_utc(*bce_date);
  } else if (http_date != nullptr) {
    sent = parse_http_date(*http_date);
  }
  const auto signed_at = parse_utc(authorization.timestamp);
  int expire = 0;
  std::from_chars(authorization.expire_seconds.data(),
                  authorization.expire_seconds.data() + authorization.expire_seconds.size(),
                  expire);
  return sent && signed_at && *sent - now <= kClockTolerance && now - *sent <= kClockTolerance &&
         *signed_at - now <= kClockTolerance && now <= *signed_at + std::chrono::seconds{expire};
}

}  // namespace simulator
