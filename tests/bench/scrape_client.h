#pragma once

// A scraper that measures: it reads whole answers and throws their bytes away.

#include <cstdint>
#include <string>

namespace scrape_bench {

enum class Coding { kIdentity, kGzip };

// Whether a server answers several requests on a connection.
enum class Connections { kKept, kClosed };

class ScrapeClient {
 public:
  ScrapeClient(std::uint16_t port, Connections connections)
      : port_(port), connections_(connections) {}
  ~ScrapeClient();
  ScrapeClient(const ScrapeClient&) = delete;
  ScrapeClient& operator=(const ScrapeClient&) = delete;

  // The head of the answer and as much of the body as it announces. Throws where that does not
  // come.
  [[nodiscard]] std::string fetch(Coding coding);

  // Seconds from sending the request to the last byte.
  [[nodiscard]] double measure(Coding coding);

 private:
  void connect();
  void disconnect();
  void receive(std::string* kept);  // null: bytes are counted only

  std::uint16_t port_;
  Connections connections_;
  int fd_ = -1;
  std::string buffer_ = std::string(std::size_t{128} << 10, '\0');
};

}  // namespace scrape_bench
