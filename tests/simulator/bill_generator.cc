#include "bill_generator.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

#include "catalogue.h"
#include "deterministic.h"

namespace simulator {
namespace {

// Purposes of draws, so that no two properties of a row depend on the same number.
enum Purpose : std::uint64_t {
  kService = 1,
  kChargeItem,
  kRegion,
  kPriceLevel,
  kMonthLevel,
  kScale,
  kDiscount,
  kCredit,
  kTinyFactor,
  kOrderType,
  kInstance,
};

// Decimals that a list price is rounded to.
constexpr std::array kScales{0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 5, 6, 8, 8, 8, 10, 12};
constexpr std::array kDiscountPercents{0, 0, 0, 0, 0, 5, 10, 15, 20, 30};
constexpr std::array<std::string_view, 16> kOrderTypes{
    "NEW", "NEW",   "NEW",   "NEW",   "NEW",   "NEW",   "NEW",        "NEW",
    "NEW", "RENEW", "RENEW", "RENEW", "RENEW", "RENEW", "DILATATION", "REFUND"};

constexpr std::int64_t power_of_ten(int exponent) {
  std::int64_t value = 1;
  for (int i = 0; i < exponent; ++i) {
    value *= 10;
  }
  return value;
}

std::size_t pick_service(const Account& account, std::uint64_t identity, ProductType type) {
  if (account.invented_services > 0) {
    return draw(identity, kService, account.invented_services);
  }
  const auto all = services();
  const auto is_sold = [&](const Service& service) {
    return type == ProductType::kPostpaid || service.sold_prepaid;
  };
  const auto total =
      std::accumulate(all.begin(), all.end(), 0, [&](int sum, const Service& service) {
        return sum + (is_sold(service) ? service.weight : 0);
      });
  auto left = static_cast<int>(draw(identity, kService, static_cast<std::uint64_t>(total)));
  for (std::size_t i = 0; i < all.size(); ++i) {
    left -= is_sold(all[i]) ? all[i].weight : 0;
    if (left < 0) {
      return i;
    }
  }
  return 0;
}

std::string_view pick_region(const Service& service, std::uint64_t identity) {
  const auto all = regions();
  // Squared, so that the first regions hold most resources.
  const std::uint64_t level = draw(identity, kRegion, 100);
  return service.has_regions ? all[level * level * all.size() / 10000] : "global";
}

// The list price of one day (postpaid) or of the order (prepaid: about three months).
Money list_price(const Account& account, const Service& service, const BillRow& row) {
  const auto level = static_cast<std::int64_t>(draw(row.identity, kPriceLevel, 10000));
  const auto month_level = static_cast<std::int64_t>(90 + draw(row.occurrence, kMonthLevel, 21));
  const int scale = kScales[draw(row.occurrence, kScale, kScales.size())];
  const auto kind = draw(row.occurrence, kTinyFactor, 100);
  if (kind < 3) {
    return {};  // within a free tier
  }
  if (kind < 8) {  // a price next to nothing: 0.00000001 to 0.00000009, or 0.0001 to 0.0009
    return Money{kUnitsPerYuan / (kind < 6 ? power_of_ten(8) : power_of_ten(4))} *
           static_cast<std::int64_t>(1 + level % 9);
  }
  const std::int64_t nanoyuan = std::int64_t{service.daily_fen} * 10'000 *
                                    (50 + level * level / 50'000) / 1000 * account.price_percent /
                                    100 * month_level / 100 * 1000 +
                                level * 7919;  // so that small digits occur
  Money price{static_cast<__int128>(nanoyuan) * 1000};
  if (row.product_type == ProductType::kPrepaid) {
    price = price * 90;
  }
  const __int128 step = power_of_ten(kMoneyScale - scale);
  return {price.units / step * step};
}

void fill_in_purchase(BillRow& row, const Purchase& purchase) {
  const int day = static_cast<int>(static_cast<unsigned>(purchase.day.day()));
  row.service = purchase.service;
  row.region = pick_region(service_model(row.service), row.identity);
  row.order_type = purchase.price.units < 0 ? "REFUND" : "NEW";
  row.days = {day, day};
  row.amounts.origin_price = purchase.price;
  row.amounts.catalog_price = purchase.price;
  row.amounts.finance_price = purchase.price;
  row.amounts.cash = purchase.price;
}

}  // namespace

int first_billed_day(const Account& account, ProductType type, std::size_t index, Month month) {
  const std::size_t count =
      type == ProductType::kPrepaid ? account.prepaid_rows : account.postpaid_rows;
  const int days = days_in(month);
  if (!account.grows || (account.life != nullptr && type == ProductType::kPostpaid)) {
    return 1;
  }
  if (type == ProductType::kPostpaid) {
    const std::size_t old = count * 4 / 5;
    const std::size_t young = std::max<std::size_t>(count - old, 1);
    return index < old
               ? 1
               : 1 + static_cast<int>((index - old) * static_cast<std::size_t>(days) / young);
  }
  return 1 + static_cast<int>(index * index * static_cast<std::size_t>(days) / (count * count));
}

std::size_t rows_until_day(const Account& account, ProductType type, Month month, int day) {
  std::size_t low = 0;
  std::size_t high = type == ProductType::kPrepaid ? account.prepaid_rows : account.postpaid_rows;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (first_billed_day(account, type, middle, month) <= day) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

Listing::Listing(const Account& account, ListingQuery query)
    : account_(&account), query_(std::move(query)) {
  if (account.since && query_.month < *account.since) {
    return;
  }
  const bool prepaid = query_.product_type == ProductType::kPrepaid;
  const Life* life = account.life.get();
  if (life != nullptr) {
    query_.days = lived_days(*life, query_.month, query_.days);
  }
  const auto end_of_day = [&](int day) {
    return rows_until_day(account, query_.product_type, query_.month, day);
  };
  const auto add_segment = [&](DayRange days) {
    const std::size_t begin = prepaid ? end_of_day(days.first - 1) : 0;
    segments_.push_back({days, begin, end_of_day(days.last) - begin});
    size_ += segments_.back().count;
    if (life != nullptr && prepaid) {
      const PurchaseRange purchases = purchases_on(*life, query_.month, days);
      segments_.push_back({days, account.prepaid_rows + purchases.first, purchases.count});
      size_ += purchases.count;
    }
  };
  if (query_.per_day) {
    for (int day = query_.days.first; day <= query_.days.last; ++day) {
      add_segment({day, day});
    }
  } else {
    add_segment(query_.days);
  }
  if (query_.service || query_.instance) {
    for (const Segment& segment : segments_) {
      for (std::size_t i = 0; i < segment.count; ++i) {
        BillRow row = make_row(segment.first_index + i, segment.days);
        if (passes_filter(row)) {
          filtered_.push_back(row);
        }
      }
    }
    size_ = filtered_.size();
  }
}

std::size_t Listing::size() const { return size_; }

BillRow Listing::row(std::size_t position) const {
  if (query_.service || query_.instance) {
    return filtered_.at(position);
  }
  auto segment = segments_.begin();
  while (position >= segment->count) {
    position -= segment->count;
    ++segment;
  }
  return make_row(segment->first_index + position, segment->days);
}

bool Listing::passes_filter(const BillRow& row) const {
  const bool service_fits =
      !query_.service || service_code(row.service, account_->invented_services) == *query_.service;
  return service_fits && (!query_.instance || instance_id(row) == *query_.instance ||
                          short_id(row, *account_) == *query_.instance);
}

BillRow Listing::make_row(std::size_t index, DayRange days) const {
  const bool prepaid = query_.product_type == ProductType::kPrepaid;
  const Life* life = account_->life.get();
  BillRow row;
  row.index = index;
  row.product_type = query_.product_type;
  row.identity = mix(mix(account_->seed, prepaid ? 1 : 2), index);
  // What lives has its price for ever: only its days differ.
  row.occurrence = life != nullptr && !prepaid
                       ? mix(row.identity, 0)
                       : mix(row.identity, hash_text(write_month(query_.month)));
  if (prepaid && index >= account_->prepaid_rows) {
    fill_in_purchase(row, life->purchases[index - account_->prepaid_rows]);
    return row;
  }
  const int first = first_billed_day(*account_, query_.product_type, index, query_.month);
  row.service = pick_service(*account_, row.identity, row.product_type);
  const Service& service = service_model(row.service);
  row.charge_item = draw(row.identity, kChargeItem, 5) == 0 ? 1 : 0;
  row.region = pick_region(service, row.identity);
  row.discount_percent = kDiscountPercents[draw(row.identity, kDiscount, kDiscountPercents.size())];
  const Money price = list_price(*account_, service, row);
  const auto split = [&](Money list) {
    return split_price(list, row.discount_percent, row.occurrence);
  };
  if (prepaid) {
    row.order_type = kOrderTypes[draw(row.occurrence, kOrderType, kOrderTypes.size())];
    row.days = {first, first};
    row.amounts = split(price) * (row.order_type == "REFUND" ? -1 : 1);
    return row;
  }
  row.days = {std::max(first, days.first), days.last};
  const int sign = draw(row.occurrence, kCredit, 70) == 0 ? -1 : 1;  // now and then a correction
  row.amounts = life == nullptr
                    ? split(price) * (sign * row.days.count())
                    : add_up_days<RowAmounts>(*life, row.service, query_.month, row.days,
                                              [&](std::int64_t percent) {
                                                return split({price.units * percent / 100}) * sign;
                                              });
  return row;
}

std::string instance_id(const BillRow& row) {
  std::array<char, 40> text{};
  const std::uint64_t a = mix(row.identity, kInstance);
  const std::uint64_t b = mix(a, kInstance);
  // Old resources have bare numbers.
  if (a % 50 == 0) {
    return std::to_string(10000 + b % 90000);
  }
  std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-%04x-%012llx",
                static_cast<unsigned>(a >> 32U), static_cast<unsigned>(a & 0xffffU),
                static_cast<unsigned>((a >> 16U) & 0xfffU),
                static_cast<unsigned>(0x8000U | (b >> 50U)),
                static_cast<unsigned long long>(b & 0xffffffffffffULL));
  return text.data();
}

std::string short_id(const BillRow& row, const Account& account) {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::string id = service_code(row.service, account.invented_services) + "-";
  for (char& c : id) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  std::uint64_t rest = mix(row.identity, kInstance + 100);
  for (int i = 0; i < 8; ++i, rest /= kLetters.size()) {
    id += kLetters[rest % kLetters.size()];
  }
  return id;
}

}  // namespace simulator
