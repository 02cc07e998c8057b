#include "transport/curl_group.h"

#include <sys/epoll.h>

#include <chrono>
#include <new>
#include <utility>

namespace cloud_billing {

CurlGroup::CurlGroup(int epoll, std::uint32_t number, std::string host,
                     std::shared_ptr<const TrustPeriod> trust)
    : epoll_(epoll),
      number_(number),
      host_(std::move(host)),
      trust_(std::move(trust)),
      multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  CURLM* multi = multi_.get();
  curl_multi_setopt(multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kKeptConnections);
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &watch_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &set_due);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
}

bool CurlGroup::add(CURL* easy) {
  if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) return false;
  ++requests_;
  return true;
}

void CurlGroup::remove(CURL* easy) {
  curl_multi_remove_handle(multi_.get(), easy);
  std::erase_if(unwatched_, [easy](const Ended& ended) { return ended.easy == easy; });
  --requests_;
}

void CurlGroup::act(int socket, std::uint32_t events) {
  int ready = 0;
  if ((events & EPOLLIN) != 0) ready |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) ready |= CURL_CSELECT_OUT;
  // A hang-up may come with the last bytes of a response: libcurl reads them first.
  if ((events & EPOLLHUP) != 0) ready |= CURL_CSELECT_IN;
  if ((events & EPOLLERR) != 0) ready |= CURL_CSELECT_ERR;
  int running = 0;
  curl_multi_socket_action(multi_.get(), socket, ready, &running);
}

void CurlGroup::on_timeout() {
  due_ = SteadyTime::max();  // libcurl sets it again
  int running = 0;
  curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
}

std::vector<CurlGroup::Ended> CurlGroup::take_ended() {
  std::vector<Ended> ended = std::exchange(unwatched_, {});
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg == CURLMSG_DONE) ended.push_back({message->easy_handle, message->data.result});
  }
  return ended;
}

// `watched` is null for a socket that epoll does not have yet. An error returned to libcurl would
// end every request of the group.
int CurlGroup::watch_socket(CURL* easy, curl_socket_t socket, int what, void* user, void* watched) {
  auto& group = *static_cast<CurlGroup*>(user);
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(group.epoll_, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event{};
  if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
  event.data.u64 = event_data(group.number_, socket);
  const int operation = watched == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
  if (epoll_ctl(group.epoll_, operation, socket, &event) != 0) {
    group.unwatched_.push_back({easy, CURLE_OUT_OF_MEMORY});
    return 0;
  }
  curl_multi_assign(group.multi_.get(), socket, user);
  return 0;
}

int CurlGroup::set_due(CURLM*, long milliseconds, void* user) {
  static_cast<CurlGroup*>(user)->due_ =
      milliseconds < 0 ? SteadyTime::max()
                       : std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  return 0;
}

}  // namespace cloud_billing
