#pragma once

// A place in a configuration file.

#include <tuple>

namespace cloud_billing {

// Both from 1. The column counts characters (Unicode code points), not bytes.
struct Position {
  int line = 0;
  int column = 0;
  friend bool operator==(const Position&, const Position&) = default;
  friend bool operator<(const Position& a, const Position& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  }
};

}  // namespace cloud_billing
