#pragma once

// How many workers the web server has. A connection holds its worker while it lasts, idle or not.
// Pure, any thread.

#include <cstddef>

namespace cloud_billing {

// 550 connections that never say a word leave room for a scrape, and stay.
inline constexpr std::size_t kMostWorkers = 560;

// With the thread that accepts connections, and what looking names up takes while polls run.
inline constexpr std::size_t kSpareThreads = 64;
inline constexpr std::size_t kThreadsWanted = kMostWorkers + 1 + kSpareThreads;

// So many connections stay while others come: some workers are always free for the next one.
[[nodiscard]] constexpr std::size_t connections_among(std::size_t workers) {
  return workers - workers / 64 - (workers > 1 && workers < 64 ? 1 : 0);
}

// How many of them so many threads allow, which are all that can be had; 0: too few to serve.
[[nodiscard]] std::size_t workers_among(std::size_t threads);

}  // namespace cloud_billing
