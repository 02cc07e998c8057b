#include "bce_signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace simulator {
namespace {

constexpr std::string_view kHexUpper = "0123456789ABCDEF";
constexpr std::string_view kHexLower = "0123456789abcdef";
constexpr std::chrono::minutes kClockTolerance{30};

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

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

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string hmac_sha256_hex(std::string_view key, std::string_view message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(),
       &length);
  std::string hex;
  for (unsigned int i = 0; i < length; ++i) {
    hex += kHexLower[digest[i] >> 4U];
    hex += kHexLower[digest[i] & 15U];
  }
  return hex;
}

int hex_value(char c) {
  const char lower = to_lower(std::string_view(&c, 1)).front();
  const auto at = kHexLower.find(lower);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

const std::string* WireRequest::header(std::string_view name) const {
  const std::string wanted = to_lower(name);
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& header) {
    return to_lower(header.first) == wanted;
  });
  return found == headers.end() ? nullptr : &found->second;
}

std::string Authorization::prefix() const {
  return "bce-auth-v1/" + access_key_id + "/" + timestamp + "/" + expire_seconds;
}

std::string encode_uri(std::string_view text, bool keep_slash) {
  std::string encoded;
  for (const char c : text) {
    const bool kept = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == '_' || c == '~' || (keep_slash && c == '/');
    if (kept) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHexUpper[byte >> 4U];
      encoded += kHexUpper[byte & 15U];
    }
  }
  return encoded;
}

std::string decode_uri(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                        hex_value(text[i + 2]) >= 0;
    decoded +=
        escape ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    i += escape ? 2 : 0;
  }
  return decoded;
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
  return hmac_sha256_hex(secret_access_key, authorization.prefix());
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
  return hmac_sha256_hex(signing_key(authorization, secret_access_key), canonical);
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
