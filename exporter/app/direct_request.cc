#include "app/direct_request.h"

#include <array>
#include <cstddef>

#include "transport/curl_handles.h"

namespace cloud_billing {
namespace {

constexpr const char* kNoCurl = "libcurl cannot be initialized";

std::size_t drop_body(char*, std::size_t, std::size_t size, void*) noexcept { return size; }

// Why there is no response, or nothing.
std::optional<std::string> ask_once(const EasyHandle& easy, const std::string& url,
                                    std::chrono::milliseconds timeout, bool connect_only) {
  OptionSetter options(easy.get());
  options.set(CURLOPT_URL, url.c_str());
  options.set(CURLOPT_NOSIGNAL, 1L);
  options.set(CURLOPT_QUICK_EXIT, 1L);
  options.set(CURLOPT_PROXY, "");  // none, whatever the environment says
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
  options.set(CURLOPT_WRITEFUNCTION, &drop_body);
  options.set(CURLOPT_CONNECT_ONLY, connect_only ? 1L : 0L);
  options.set(CURLOPT_SSL_VERIFYPEER, 0L);
  options.set(CURLOPT_SSL_VERIFYHOST, 0L);
  std::array<char, CURL_ERROR_SIZE> error_text{};
  options.set(CURLOPT_ERRORBUFFER, error_text.data());
  CURLcode code = options.code();
  if (code == CURLE_OK) code = curl_easy_perform(easy.get());
  if (code == CURLE_OK) return std::nullopt;
  return error_text[0] != '\0' ? error_text.data() : curl_easy_strerror(code);
}

}  // namespace

Result<int, std::string> fetch_status(const std::string& url, std::chrono::milliseconds timeout) {
  if (initialize_curl() != CURLE_OK) return std::string(kNoCurl);
  const EasyHandle easy(curl_easy_init());
  if (auto problem = ask_once(easy, url, timeout, false)) return *std::move(problem);
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

std::optional<std::string> try_connection(const std::string& url,
                                          std::chrono::milliseconds timeout) {
  if (initialize_curl() != CURLE_OK) return kNoCurl;
  const EasyHandle easy(curl_easy_init());
  return ask_once(easy, url, timeout, true);
}

}  // namespace cloud_billing
