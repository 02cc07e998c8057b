#include "runtime/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <exception>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ascii.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxAnswerBytes = std::size_t{8} << 20;   // of one answer, decompressed
constexpr std::size_t kMaxUnreadBytes = std::size_t{64} << 20;  // of all answers not handed out yet
constexpr std::size_t kMaxInFlight = 1024;
constexpr std::size_t kMaxHeaderValueBytes = 1024;
constexpr std::size_t kBodyPadding = 64;  // spare capacity that simdjson may read
constexpr std::chrono::milliseconds kMaxConnectTime{10'000};
constexpr std::chrono::milliseconds kMaxPollTime{60'000};  // well within curl_multi_poll's int

constexpr std::array<std::string_view, 4> kKeptHeaders{"content-type", "date", "retry-after",
                                                       "x-bce-request-id"};

struct EasyCleanup {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;

struct MultiCleanup {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
using MultiHandle = std::unique_ptr<CURLM, MultiCleanup>;

struct ListCleanup {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCleanup>;

// Collects the first error of a series of options.
class OptionSetter {
 public:
  explicit OptionSetter(CURL* easy) : easy_(easy) {}

  template <typename Value>
  void set(CURLoption option, Value value) {
    if (code_ == CURLE_OK) code_ = curl_easy_setopt(easy_, option, value);
  }
  [[nodiscard]] CURLcode code() const { return code_; }

 private:
  CURL* easy_;
  CURLcode code_ = CURLE_OK;
};

// One request under way, or an idle handle that waits for the next one.
struct Exchange {
  EasyHandle easy;
  RequestId id = 0;
  std::string request_body;
  HeaderList request_headers;
  std::string host;  // for messages
  std::chrono::milliseconds timeout{};
  HttpAnswer answer;
  std::size_t* unread_bytes = nullptr;  // the transport's count, which answer.body is part of
  bool too_large = false;
  int sent = 0;  // times that libcurl began to send it
  std::array<char, CURL_ERROR_SIZE> error_text{};
};

// "https://host:port/path?query" -> "host:port".
std::string authority_of(std::string_view url) {
  const std::size_t scheme_end = url.find("://");
  if (scheme_end != std::string_view::npos) url.remove_prefix(scheme_end + 3);
  return std::string(url.substr(0, url.find_first_of("/?#")));
}

// For as much as the server says is coming, so that nothing is copied while it grows.
void make_room(Exchange& exchange) {
  curl_off_t announced = -1;
  curl_easy_getinfo(exchange.easy.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  if (announced <= 0) return;
  constexpr std::size_t kParserRoom = 64;  // what a parser may need behind it
  const auto bytes = static_cast<std::size_t>(announced);
  exchange.answer.body.reserve(std::min(bytes, kMaxAnswerBytes) + kParserRoom);
}

std::size_t append_body(char* data, std::size_t, std::size_t size, void* user) noexcept try {
  auto& exchange = *static_cast<Exchange*>(user);
  if (size > kMaxAnswerBytes - exchange.answer.body.size()) {
    exchange.too_large = true;
    return CURL_WRITEFUNC_ERROR;
  }
  if (exchange.answer.body.empty()) make_room(exchange);
  exchange.answer.body.append(data, size);
  *exchange.unread_bytes += size;
  return size;
} catch (const std::exception&) {  // out of memory
  return CURL_WRITEFUNC_ERROR;
}

std::size_t keep_header(char* data, std::size_t, std::size_t size, void* user) noexcept try {
  std::vector<Header>& headers = static_cast<Exchange*>(user)->answer.headers;
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) headers.clear();  // what came before was an interim answer
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name = to_lower_case(line.substr(0, colon));
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  const bool wanted =
      std::find(kKeptHeaders.begin(), kKeptHeaders.end(), name) != kKeptHeaders.end();
  const bool repeated = std::any_of(headers.begin(), headers.end(),
                                    [&](const Header& header) { return header.name == name; });
  if (wanted && !repeated && value.size() <= kMaxHeaderValueBytes) {
    headers.push_back(Header{std::move(name), replace_ill_formed_utf8(std::string(value))});
  }
  return size;
} catch (const std::exception&) {  // out of memory
  return CURL_WRITEFUNC_ERROR;
}

// libcurl sends a request again, up to five times, when a reused connection dies before the answer.
// That would pass by the pace of the access key and the count of attempts: retrying is the
// poller's.
int refuse_resending(void* user, char*, char*, int, int) noexcept {
  return ++static_cast<Exchange*>(user)->sent > 1 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

// What is the same for every request of a handle.
CURLcode set_lasting_options(Exchange& exchange, const std::string& user_agent) {
  OptionSetter options(exchange.easy.get());
  options.set(CURLOPT_PRIVATE, &exchange);
  options.set(CURLOPT_ERRORBUFFER, exchange.error_text.data());
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
  options.set(CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl can decode
  options.set(CURLOPT_PATH_AS_IS, 1L);       // the path is part of the signature
  options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  options.set(CURLOPT_TCP_KEEPALIVE, 1L);
  options.set(CURLOPT_USERAGENT, user_agent.c_str());
  options.set(CURLOPT_WRITEFUNCTION, &append_body);
  options.set(CURLOPT_WRITEDATA, &exchange);
  options.set(CURLOPT_HEADERFUNCTION, &keep_header);
  options.set(CURLOPT_HEADERDATA, &exchange);
  options.set(CURLOPT_PREREQFUNCTION, &refuse_resending);
  options.set(CURLOPT_PREREQDATA, &exchange);
  return options.code();
}

// The request's own headers and none of those that libcurl would add, but Host, User-Agent and
// Accept-Encoding. Null: out of memory.
HeaderList make_header_list(const std::vector<Header>& headers) {
  std::vector<std::string> lines{"Accept:", "Expect:", "Content-Type:"};
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

CURLcode set_request(Exchange& exchange, const SignedRequest& request) {
  exchange.request_headers = make_header_list(request.headers());
  if (exchange.request_headers == nullptr) return CURLE_OUT_OF_MEMORY;
  OptionSetter options(exchange.easy.get());
  options.set(CURLOPT_URL, request.url().c_str());
  options.set(CURLOPT_HTTPHEADER, exchange.request_headers.get());
  options.set(CURLOPT_TIMEOUT_MS, static_cast<long>(exchange.timeout.count()));
  options.set(CURLOPT_CONNECTTIMEOUT_MS,
              static_cast<long>(std::min(exchange.timeout, kMaxConnectTime).count()));
  if (request.operation().method == HttpMethod::kPost) {
    options.set(CURLOPT_POST, 1L);
    options.set(CURLOPT_POSTFIELDS, exchange.request_body.c_str());
    options.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(exchange.request_body.size()));
  } else {
    options.set(CURLOPT_HTTPGET, 1L);
  }
  return options.code();
}

// What went wrong and what to do, in words for people; "%" stands for the host.
struct Explanation {
  CURLcode code;
  std::string_view what;
  std::string_view advice;
};

constexpr std::array kExplanations{
    Explanation{CURLE_COULDNT_RESOLVE_HOST, "cannot resolve the host name of %",
                "check the endpoint and the name servers"},
    Explanation{CURLE_COULDNT_RESOLVE_PROXY, "cannot resolve the proxy for %",
                "check the variables https_proxy and no_proxy"},
    Explanation{CURLE_COULDNT_CONNECT, "cannot connect to %",
                "check the network, the firewall and the proxy variables"},
    Explanation{CURLE_PEER_FAILED_VERIFICATION, "the TLS certificate of % is not trusted",
                "check the CA certificates (package ca-certificates) and the clock"},
    Explanation{CURLE_SSL_CACERT_BADFILE, "no CA certificates to check % with",
                "install the package ca-certificates"},
    Explanation{CURLE_SSL_CONNECT_ERROR, "no TLS connection to %",
                "check that the endpoint speaks TLS 1.2 or newer"},
    Explanation{CURLE_GOT_NOTHING, "% closed the connection without an answer", ""},
    Explanation{CURLE_ABORTED_BY_CALLBACK, "% closed the connection without an answer", ""},
    Explanation{CURLE_PARTIAL_FILE, "the answer of % was cut short", ""},
    Explanation{CURLE_RECV_ERROR, "the connection to % broke while receiving", ""},
    Explanation{CURLE_SEND_ERROR, "the connection to % broke while sending", ""},
    Explanation{CURLE_BAD_CONTENT_ENCODING, "the answer of % cannot be decompressed", ""},
};

std::string explain(CURLcode code, const Exchange& exchange) {
  Explanation explanation{code, "the request to % failed", ""};
  for (const Explanation& known : kExplanations) {
    if (known.code == code) explanation = known;
  }
  std::string text(explanation.what);
  text.replace(text.find('%'), 1, exchange.host);
  // libcurl's own words name hosts, ports, byte counts and certificates; no header and no URL.
  const std::string_view detail = exchange.error_text.data();
  text += ": ";
  text += detail.empty() ? std::string_view(curl_easy_strerror(code)) : trim_blanks(detail);
  if (!explanation.advice.empty()) {
    text += "; ";
    text += explanation.advice;
  }
  return replace_ill_formed_utf8(std::move(text));
}

std::string in_words(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
  return std::to_string(time.count()) + " ms";
}

Failure make_failure(CURLcode code, const Exchange& exchange) {
  if (exchange.too_large) {
    return Failure{Reason::kDecode, "the answer of " + exchange.host + " is larger than 8 MiB"};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    curl_off_t connected = 0;
    curl_easy_getinfo(exchange.easy.get(), CURLINFO_PRETRANSFER_TIME_T, &connected);
    const auto limit =
        connected > 0 ? exchange.timeout : std::min(exchange.timeout, kMaxConnectTime);
    return Failure{Reason::kTimeout,
                   (connected > 0 ? "no complete answer from " : "no connection to ") +
                       exchange.host + " within " + in_words(limit),
                   true};
  }
  const Reason reason = code == CURLE_BAD_CONTENT_ENCODING ? Reason::kDecode : Reason::kTransport;
  return Failure{reason, explain(code, exchange), true};
}

class CurlTransport final : public Transport {
 public:
  CurlTransport(MultiHandle multi, std::string user_agent)
      : multi_(std::move(multi)), user_agent_(std::move(user_agent)) {
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(kMaxInFlight));
  }

  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  ~CurlTransport() override {
    for (const auto& entry : in_flight_) {
      curl_multi_remove_handle(multi_.get(), entry.second->easy.get());
    }
  }

  [[nodiscard]] bool can_start() const override {
    return in_flight_.size() + completed_.size() < kMaxInFlight && unread_bytes_ < kMaxUnreadBytes;
  }

  void start(RequestId id, const SignedRequest& request,
             std::chrono::milliseconds timeout) override {
    std::unique_ptr<Exchange> exchange = take_idle_exchange();
    exchange->id = id;
    exchange->host = authority_of(request.url());
    exchange->timeout = std::max(timeout, std::chrono::milliseconds(1));  // 0 would mean no limit
    exchange->request_body = request.body();
    CURLcode code = set_request(*exchange, request);
    if (code == CURLE_OK && curl_multi_add_handle(multi_.get(), exchange->easy.get()) != CURLM_OK) {
      code = CURLE_FAILED_INIT;
    }
    if (code == CURLE_OK) {
      in_flight_.emplace(id, std::move(exchange));
    } else {
      completed_.push_back(Completion{id, make_failure(code, *exchange), {}});
      recycle(std::move(exchange));
    }
  }

  void abandon(RequestId id) override {
    const auto found = in_flight_.find(id);
    if (found != in_flight_.end()) {
      recycle(take(found));
      return;
    }
    std::erase_if(completed_, [id](const Completion& completion) { return completion.id == id; });
  }

  [[nodiscard]] std::vector<Completion> wait(SteadyTime until) override {
    while (true) {
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      collect_completions();
      const auto now = std::chrono::steady_clock::now();
      if (woken_.exchange(false) || !completed_.empty() || now >= until) {
        return std::exchange(completed_, {});
      }
      const auto left =
          std::min(std::chrono::ceil<std::chrono::milliseconds>(until - now), kMaxPollTime);
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(left.count()), nullptr);
    }
  }

  void wake() override {
    woken_.store(true);
    curl_multi_wakeup(multi_.get());
  }

 private:
  using InFlight = std::unordered_map<RequestId, std::unique_ptr<Exchange>>;

  std::unique_ptr<Exchange> take_idle_exchange() {
    if (!idle_.empty()) {
      std::unique_ptr<Exchange> exchange = std::move(idle_.back());
      idle_.pop_back();
      return exchange;
    }
    auto exchange = std::make_unique<Exchange>();
    exchange->easy.reset(curl_easy_init());
    if (exchange->easy == nullptr || set_lasting_options(*exchange, user_agent_) != CURLE_OK) {
      throw std::bad_alloc();  // make_curl_transport() has seen every option accepted
    }
    exchange->unread_bytes = &unread_bytes_;
    return exchange;
  }

  // Out of the multi handle and out of the map.
  std::unique_ptr<Exchange> take(InFlight::iterator found) {
    std::unique_ptr<Exchange> exchange = std::move(found->second);
    in_flight_.erase(found);
    curl_multi_remove_handle(multi_.get(), exchange->easy.get());
    return exchange;
  }

  void recycle(std::unique_ptr<Exchange> exchange) {
    unread_bytes_ -= exchange->answer.body.size();
    exchange->answer = {};
    exchange->too_large = false;
    exchange->sent = 0;
    exchange->error_text.fill('\0');
    idle_.push_back(std::move(exchange));
  }

  void collect_completions() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      Exchange* done = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &done);
      complete(take(in_flight_.find(done->id)), code);
    }
  }

  void complete(std::unique_ptr<Exchange> exchange, CURLcode code) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(exchange->easy.get(), CURLINFO_TOTAL_TIME_T, &microseconds);
    const std::chrono::microseconds duration(microseconds);
    if (code != CURLE_OK) {
      completed_.push_back(Completion{exchange->id, make_failure(code, *exchange), duration});
      recycle(std::move(exchange));
      return;
    }
    long status = 0;
    curl_easy_getinfo(exchange->easy.get(), CURLINFO_RESPONSE_CODE, &status);
    unread_bytes_ -= exchange->answer.body.size();
    HttpAnswer answer = std::exchange(exchange->answer, {});
    answer.status = static_cast<int>(status);
    answer.body = replace_ill_formed_utf8(std::move(answer.body));
    answer.body.reserve(answer.body.size() + kBodyPadding);
    completed_.push_back(Completion{exchange->id, std::move(answer), duration});
    recycle(std::move(exchange));
  }

  MultiHandle multi_;
  const std::string user_agent_;
  InFlight in_flight_;
  std::vector<std::unique_ptr<Exchange>> idle_;
  std::vector<Completion> completed_;
  std::size_t unread_bytes_ = 0;
  std::atomic<bool> woken_{false};
};

// Empty, or what this libcurl cannot do.
std::string find_missing_feature() {
  struct Feature {
    int bit;
    std::string_view name;
  };
  constexpr std::array kNeeded{Feature{CURL_VERSION_SSL, "TLS"}, Feature{CURL_VERSION_LIBZ, "gzip"},
                               Feature{CURL_VERSION_ASYNCHDNS, "asynchronous name resolution"}};
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  for (const Feature& feature : kNeeded) {
    if ((info->features & feature.bit) == 0) {
      return std::string("libcurl ") + info->version + " was built without " +
             std::string(feature.name);
    }
  }
  Exchange sample;
  sample.easy.reset(curl_easy_init());
  const CURLcode code =
      sample.easy == nullptr ? CURLE_FAILED_INIT : set_lasting_options(sample, "");
  if (code == CURLE_OK) return {};
  return std::string("libcurl ") + info->version +
         " refuses an option this program needs: " + curl_easy_strerror(code);
}

CURLcode initialize_curl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  return code;
}

std::size_t drop_body(char*, std::size_t, std::size_t size, void*) noexcept { return size; }

}  // namespace

Result<std::unique_ptr<Transport>, std::string> make_curl_transport(std::string user_agent) {
  if (initialize_curl() != CURLE_OK) return std::string("libcurl cannot be initialized");
  std::string missing = find_missing_feature();
  if (!missing.empty()) return missing;
  MultiHandle multi(curl_multi_init());
  if (multi == nullptr) return std::string("libcurl cannot make a multi handle: out of memory");
  return std::unique_ptr<Transport>(
      std::make_unique<CurlTransport>(std::move(multi), std::move(user_agent)));
}

namespace {

// Asks on the calling thread, past any proxy; why there is no answer, or nothing.
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

constexpr const char* kNoCurl = "libcurl cannot be initialized";

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
