#pragma once

// What the simulated Volcengine sells, and where: products and places with the Chinese names that
// the real API answers with. A constant table.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace simulator {

struct VolcengineProduct {
  std::string_view code;
  std::string_view name;
  std::string_view element;
  std::string_view unit;
  int weight;     // share of an account's resources
  int daily_fen;  // a typical resource's list price per day, in 0.01 yuan
  bool has_regions;
  bool sold_prepaid;
};

// As a row tells it. Region codes are opaque, and not every row has a zone code that tells more.
struct Place {
  std::string_view region;
  std::string_view region_code;
  std::string_view zone;
  std::string_view zone_code;
  int weight;
};

[[nodiscard]] std::span<const VolcengineProduct> volcengine_products();

// Those with a region first.
[[nodiscard]] std::span<const Place> places();
[[nodiscard]] std::size_t regional_places();

// Its display name, in Chinese or as the site outside China has it.
[[nodiscard]] std::string_view region_name(const Place& place, bool in_english);

// The code and name of product `index` where an account is made to use `invented` ones.
[[nodiscard]] std::string volcengine_product_code(std::size_t index, std::size_t invented);
[[nodiscard]] std::string volcengine_product_name(std::size_t index, std::size_t invented);
[[nodiscard]] const VolcengineProduct& volcengine_product_model(std::size_t index);

}  // namespace simulator
