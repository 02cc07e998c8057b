#include "transport/curl_exchange.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/utf8.h"
#include "transport/curl_failure.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxHeaderValueBytes = 1024;
constexpr long kReceiveBytes = 64L << 10;  // a page of 100 rows comes in two or three pieces
constexpr std::chrono::milliseconds kMaxConnectTime{10'000};

constexpr std::array<std::string_view, 6> kKeptHeaders{
    "content-encoding", "content-type", "date", "location", "retry-after", "x-bce-request-id"};

// The request's own headers and Accept-Encoding, and none of those that libcurl would add, but Host
// and User-Agent. Null: out of memory.
HeaderList make_header_list(const std::vector<Header>& headers) {
  std::vector<std::string> lines{"Accept-Encoding: " + std::string(ResponseBody::kEncodings),
                                 "Accept:", "Expect:", "Content-Type:"};
  for (const Header& header : headers) {
    // libcurl's spelling of a header with an empty value is "Name;".
    lines.push_back(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
  }
  HeaderList list;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) return nullptr;
    [[maybe_unused]] curl_slist* same = list.release();
    list.reset(longer);
  }
  return list;
}

// "Basic" of "Basic realm=...", if it is such a name.
std::string scheme_of(std::string_view challenge) {
  constexpr std::size_t kLongest = 20;
  const std::string_view name = challenge.substr(0, challenge.find_first_of(" ,\t"));
  const bool plain = name.size() <= kLongest && std::all_of(name.begin(), name.end(), is_letter);
  return plain ? std::string(name) : std::string();
}

std::string in_words(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
  return std::to_string(time.count()) + " ms";
}

}  // namespace

CurlExchange::CurlExchange(const std::string& user_agent, std::atomic<std::size_t>& received,
                           BodyBuffers& buffers)
    : easy_(curl_easy_init()),
      received_(received),
      buffers_(buffers),
      lasting_options_(easy_ == nullptr ? CURLE_FAILED_INIT : set_lasting_options(user_agent)) {}

CURLcode CurlExchange::set_lasting_options(const std::string& user_agent) {
  OptionSetter options(easy_.get());
  options.set(CURLOPT_ERRORBUFFER, error_text_.data());
  options.set(CURLOPT_NOSIGNAL, 1L);
  // Without it a timeout waits for the resolver's thread, and all other requests with it.
  options.set(CURLOPT_QUICK_EXIT, 1L);
  // HTTP/2 would put all accounts of a cloud on one connection.
  options.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  options.set(CURLOPT_PROTOCOLS_STR, "http,https");
  options.set(CURLOPT_FOLLOWLOCATION, 0L);
  options.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  options.set(CURLOPT_SSL_VERIFYPEER, 1L);
  options.set(CURLOPT_SSL_VERIFYHOST, 2L);
  for (const CURLoption own :
       {CURLOPT_CAINFO, CURLOPT_CAPATH, CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAPATH}) {
    options.set(own, static_cast<const char*>(nullptr));  // TrustedAuthorities has read them
  }
  options.set(CURLOPT_CA_CACHE_TIMEOUT, 0L);
  options.set(CURLOPT_SSL_CTX_FUNCTION, &trust_authorities);
  options.set(CURLOPT_SSL_CTX_DATA, this);
  // ResponseBody decodes: libcurl 7.88 takes a second gzip member for an error of writing.
  options.set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
  options.set(CURLOPT_BUFFERSIZE, kReceiveBytes);
  options.set(CURLOPT_PATH_AS_IS, 1L);  // the path is part of the signature
  options.set(CURLOPT_NOPROXY, "");     // libcurl looks at no variable: ProxyRules has
  options.set(CURLOPT_TCP_KEEPALIVE, 1L);
  options.set(CURLOPT_USERAGENT, user_agent.c_str());
  options.set(CURLOPT_WRITEFUNCTION, &append_body);
  options.set(CURLOPT_WRITEDATA, this);
  options.set(CURLOPT_HEADERFUNCTION, &keep_header);
  options.set(CURLOPT_HEADERDATA, this);
  options.set(CURLOPT_PREREQFUNCTION, &count_sending);
  options.set(CURLOPT_PREREQDATA, this);
  return options.code();
}

CURLcode CurlExchange::prepare(RequestId id, const SignedRequest& request,
                               std::chrono::milliseconds timeout, Way way) {
  id_ = id;
  host_ = request.endpoint().authority();
  way_ = std::move(way);
  timeout_ = std::max(timeout, std::chrono::milliseconds(1));  // 0 would mean no limit
  request_body_ = request.body();
  request_headers_ = make_header_list(request.headers());
  if (request_headers_ == nullptr) return CURLE_OUT_OF_MEMORY;
  OptionSetter options(easy_.get());
  options.set(CURLOPT_URL, request.url().c_str());
  options.set(CURLOPT_FRESH_CONNECT, 0L);
  options.set(CURLOPT_SHARE, way_.trust->share());
  set_proxy(options);
  options.set(CURLOPT_HTTPHEADER, request_headers_.get());
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
  options.set(CURLOPT_CONNECTTIMEOUT_MS,
              static_cast<long>(std::min(timeout_, kMaxConnectTime).count()));
  if (request.operation().method == HttpMethod::kPost) {
    options.set(CURLOPT_POST, 1L);
    options.set(CURLOPT_POSTFIELDS, request_body_.c_str());
    options.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_body_.size()));
  } else {
    options.set(CURLOPT_HTTPGET, 1L);
  }
  return options.code();
}

// User and password go apart from the address, so that no text of libcurl can hold them.
void CurlExchange::set_proxy(OptionSetter& options) {
  const bool known = way_.proxy != nullptr && !way_.proxy->user.empty();
  options.set(CURLOPT_PROXY, way_.proxy != nullptr ? way_.proxy->address.c_str() : "");
  options.set(CURLOPT_PROXYUSERNAME, known ? way_.proxy->user.c_str() : nullptr);
  options.set(CURLOPT_PROXYPASSWORD, known ? way_.proxy->password.c_str() : nullptr);
}

Completion CurlExchange::finish(CURLcode code) {
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &microseconds);
  const std::chrono::microseconds duration(microseconds);
  if (code != CURLE_OK || !body_.finish()) {
    return Completion{id_, explain_failure(code), duration};
  }
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  HttpResponse response;
  response.status = static_cast<int>(status);
  response.headers = std::exchange(headers_, {});
  received_ -= body_.size();
  response.body = body_.take();
  if (way_.proxy != nullptr) response.proxy = way_.proxy->in_words();
  return Completion{id_, std::move(response), duration};
}

void CurlExchange::clear() {
  received_ -= body_.size();
  body_.clear();
  headers_ = {};
  proxy_wants_ = {};
  curl_easy_setopt(easy_.get(), CURLOPT_SHARE, static_cast<CURLSH*>(nullptr));
  way_ = {};
  sent_ = 0;
  error_text_.fill('\0');
}

// For as much as the server says is coming.
void CurlExchange::make_room() {
  curl_off_t announced = -1;
  curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  body_.begin(buffers_.take(), announced > 0 ? static_cast<std::size_t>(announced) : 0);
}

std::string_view CurlExchange::header(std::string_view lower_case_name) const {
  for (const Header& header : headers_) {
    if (header.name == lower_case_name) return header.value;
  }
  return {};
}

std::size_t CurlExchange::append_body(char* data, std::size_t, std::size_t size,
                                      void* user) noexcept try {
  auto& exchange = *static_cast<CurlExchange*>(user);
  const std::size_t before = exchange.body_.size();
  if (before == 0) exchange.make_room();
  const bool taken = exchange.body_.append(exchange.header("content-encoding"), {data, size});
  exchange.received_ += exchange.body_.size() - before;
  return taken ? size : CURL_WRITEFUNC_ERROR;
} catch (const std::exception&) {  // out of memory
  static_cast<CurlExchange*>(user)->body_.lack_memory();
  return CURL_WRITEFUNC_ERROR;
}

std::size_t CurlExchange::keep_header(char* data, std::size_t, std::size_t size,
                                      void* user) noexcept try {
  auto& exchange = *static_cast<CurlExchange*>(user);
  std::vector<Header>& headers = exchange.headers_;
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) {  // what came before was an interim response, or the proxy's
    headers.clear();
    exchange.proxy_wants_.clear();
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name = to_lower_case(line.substr(0, colon));
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  if (name == "proxy-authenticate") exchange.proxy_wants_.push_back(scheme_of(value));
  const bool wanted =
      std::find(kKeptHeaders.begin(), kKeptHeaders.end(), name) != kKeptHeaders.end();
  const bool repeated = std::any_of(headers.begin(), headers.end(),
                                    [&](const Header& header) { return header.name == name; });
  if (wanted && !repeated && value.size() <= kMaxHeaderValueBytes) {
    headers.push_back(Header{std::move(name), replace_ill_formed_utf8(std::string(value))});
  }
  return size;
} catch (const std::exception&) {  // out of memory
  static_cast<CurlExchange*>(user)->body_.lack_memory();
  return CURL_WRITEFUNC_ERROR;
}

// In place of the store that libcurl would fill anew.
CURLcode CurlExchange::trust_authorities(CURL*, void* ssl_context, void* user) noexcept {
  const auto& exchange = *static_cast<CurlExchange*>(user);
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(ssl_context),
                          exchange.way_.trust->authorities()->store());
  return CURLE_OK;
}

// libcurl sends a request again if a connection that it used before ends without a byte of the
// response: servers close idle connections whenever they like, which is no failure of theirs. Once
// is enough, on a connection that is new; more would bypass the access key's rate limit.
int CurlExchange::count_sending(void* user, char*, char*, int, int) noexcept {
  auto& exchange = *static_cast<CurlExchange*>(user);
  if (++exchange.sent_ > 2) return CURL_PREREQFUNC_ABORT;
  curl_easy_setopt(exchange.easy_.get(), CURLOPT_FRESH_CONNECT, 1L);
  return CURL_PREREQFUNC_OK;
}

std::optional<Failure> CurlExchange::find_refusal() const {
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &status);
  if (way_.proxy == nullptr || status == 0 || (status >= 200 && status < 300)) return std::nullopt;
  return explain_proxy_refusal(*way_.proxy, host_, static_cast<int>(status), proxy_wants_);
}

Failure CurlExchange::explain_failure(CURLcode code) const {
  const std::string where =
      way_.proxy == nullptr ? host_ : host_ + " through " + way_.proxy->in_words();
  if (const auto problem = body_.problem(); problem != ResponseBody::Problem::kNone) {
    const bool memory = problem == ResponseBody::Problem::kNoMemory;
    const bool large = problem == ResponseBody::Problem::kTooLarge;
    return Failure{memory ? Reason::kTransport : Reason::kDecode,
                   "the answer of " + where + " " + std::string(explain_body_problem(problem)),
                   !large};
  }
  if (auto refusal = find_refusal()) return *std::move(refusal);
  if (code == CURLE_OPERATION_TIMEDOUT) {
    curl_off_t connected = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
    const auto limit = connected > 0 ? timeout_ : std::min(timeout_, kMaxConnectTime);
    return Failure{Reason::kTimeout,
                   (connected > 0 ? "no complete answer from " : "no connection to ") + where +
                       " within " + in_words(limit),
                   true};
  }
  std::string text = explain_curl_error(code, host_, way_.proxy.get(), error_text_.data());
  if (code == CURLE_PEER_FAILED_VERIFICATION && !way_.trust->authorities()->problem().empty()) {
    text += "; " + way_.trust->authorities()->problem();
  }
  return Failure{Reason::kTransport, std::move(text), true};
}

}  // namespace cloud_billing
