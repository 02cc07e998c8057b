#pragma once

// What the simulated cloud sells: services, charge items and regions, with the Chinese names that
// the real API answers with. A constant table.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace simulator {

struct ChargeItem {
  std::string_view code;
  std::string_view name;
  std::string_view unit;
};

struct Service {
  std::string_view code;
  std::string_view name;
  int weight;        // share of an account's resources
  int daily_fen;     // a typical resource's list price per day, in 0.01 yuan
  bool has_regions;  // otherwise it is sold in "global"
  bool sold_prepaid;
  std::string_view configuration;
  ChargeItem items[2];
};

[[nodiscard]] std::span<const Service> services();
[[nodiscard]] std::span<const std::string_view> regions();

// The code and name of service `index` where an account is made to use `invented` services
// ("SVC0001"); 0 means the real catalogue.
[[nodiscard]] std::string service_code(std::size_t index, std::size_t invented);
[[nodiscard]] std::string service_name(std::size_t index, std::size_t invented);

// The catalogue's entry behind a service, invented or not.
[[nodiscard]] const Service& service_model(std::size_t index);

}  // namespace simulator
