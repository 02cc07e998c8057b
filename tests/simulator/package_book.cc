#include "package_book.h"

#include <array>
#include <chrono>
#include <string_view>

#include "deterministic.h"

namespace simulator {
namespace {

struct Sold {
  std::string_view product;
  std::string_view unit;
};
constexpr std::array kSold{Sold{"TOS", "GB"}, Sold{"CDN", "GB"}, Sold{"CDN", "万次"},
                           Sold{"vod", "分钟"}};

}  // namespace

std::vector<Package> list_packages(const Account& account, Date today) {
  using std::chrono::days;
  const Moment midnight = start_in_china(today);
  std::vector<Package> packages;
  for (std::size_t i = 0; i < account.packages; ++i) {
    const std::uint64_t hash = mix(account.seed, 0xa0'0000 + i);
    const Sold& sold = kSold[i % kSold.size()];
    Package package;
    package.id = "package-" + std::to_string(hash);
    package.product = sold.product;
    package.unit = sold.unit;
    package.total = Money{kUnitsPerYuan} * static_cast<std::int64_t>(100 + draw(hash, 1, 900));
    package.available =
        Money{package.total->units / 1000} * static_cast<std::int64_t>(200 + draw(hash, 2, 800));
    package.effective = midnight - days{40 + i % 30};
    package.expires = midnight + days{25 + i * 11 % 330} + std::chrono::seconds{86399};
    if (account.runs_out && i == 2) {  // the only one of its product and unit that is effective
      package.available = Money{package.total->units / 1000} * 60;
    }
    switch (i % 10) {
      case 3:
      case 8:
        package.type = "RI";
        package.product = "ECS";
        package.unit = "";
        package.total.reset();
        package.available.reset();
        break;
      case 5:
        package.type = "RSC";
        break;
      case 6:
        package.status = "UsedUp";
        package.available = Money{};
        break;
      case 7:
        package.status = "NotEffective";
        break;
      default:
        break;
    }
    packages.push_back(package);
  }
  return packages;
}

}  // namespace simulator
