#include "app/direct_request.h"

#include <array>
#include <cstddef>

#include "transport/curl_handles.h"

namespace cloud_billing {
namespace {

std::size_t drop_body(char*, std::size_t, std::size_t size, void*) noexcept { return size; }

// Null if libcurl cannot be used.
EasyHandle make_handle() {
  return EasyHandle(initialize_curl() == CURLE_OK ? curl_easy_init() : nullptr);
}

Status ask_once(const EasyHandle& easy, const std::string& url, std::chrono::milliseconds timeout,
                bool connect_only) {
  if (!easy) return Error{"libcurl cannot be initialized"};
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
  if (code == CURLE_OK) return {};
  return Error{error_text[0] != '\0' ? error_text.data() : curl_easy_strerror(code)};
}

}  // namespace

Result<int> fetch_status(const std::string& url, std::chrono::milliseconds timeout) {
  const EasyHandle easy = make_handle();
  const Status asked = ask_once(easy, url, timeout, false);
  if (!asked) return asked.error();
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

Status try_connection(const std::string& url, std::chrono::milliseconds timeout) {
  return ask_once(make_handle(), url, timeout, true);
}

}  // namespace cloud_billing
