#include "volcengine_bill.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "deterministic.h"
#include "volcengine_catalogue.h"

namespace simulator {
namespace {

// Purposes of draws, so that no two properties of a row depend on the same number.
enum Purpose : std::uint64_t {
  kProduct = 501,
  kPlace,
  kMode,
  kCategory,
  kOwner,
  kCurrency,
  kLevel,
  kMonthLevel,
  kKind,
  kDiscount,
  kCoupon,
  kSettlement,
  kDay,
};

constexpr std::array kDiscountPercents{0, 0, 0, 5, 10, 14, 20, 37, 50, 86};
constexpr std::array<std::string_view, 12> kOrderCategories{
    "消费-新购", "消费-新购", "消费-新购", "消费-新购", "消费-新购", "消费-续费",
    "消费-续费", "消费-续费", "消费-更配", "消费-更配", "退款-退订", "退款-更配"};
constexpr std::array kAllAmounts{
    &VolcengineAmounts::original,   &VolcengineAmounts::preferential, &VolcengineAmounts::round,
    &VolcengineAmounts::discounted, &VolcengineAmounts::coupon,       &VolcengineAmounts::payable,
    &VolcengineAmounts::paid,       &VolcengineAmounts::unpaid,       &VolcengineAmounts::tax};
constexpr std::size_t kFirstPurchase =
    10'000'000;                          // numbers of purchases come after those of all rows
constexpr std::int64_t kUsualUnits = 2;  // on a day of an account with a life
constexpr std::int64_t kMicroyuan = kUnitsPerYuan / 1'000'000;
constexpr std::int64_t kFen = kUnitsPerYuan / 100;

template <typename Items, typename Weigh>
std::size_t pick(const Items& items, std::uint64_t hash, std::uint64_t purpose,
                 const Weigh& weigh) {
  int total = 0;
  for (const auto& item : items) {
    total += weigh(item);
  }
  auto left = static_cast<int>(draw(hash, purpose, static_cast<std::uint64_t>(total)));
  std::size_t at = 0;
  while ((left -= weigh(items[at])) >= 0) {
    ++at;
  }
  return at;
}

std::size_t pick_product(const Account& account, std::uint64_t identity, ProductType type) {
  if (account.invented_services > 0) {
    return draw(identity, kProduct, account.invented_services);
  }
  return pick(volcengine_products(), identity, kProduct, [&](const VolcengineProduct& product) {
    return type == ProductType::kPostpaid || product.sold_prepaid ? product.weight : 0;
  });
}

// The first resources of an account are in every place once.
std::size_t pick_place(const VolcengineProduct& product, std::uint64_t identity,
                       std::size_t number) {
  if (number < places().size()) {
    return number;
  }
  const std::size_t regional = regional_places();
  const auto weigh = [](const Place& place) { return place.weight; };
  return product.has_regions ? pick(places().first(regional), identity, kPlace, weigh)
                             : regional + pick(places().subspan(regional), identity, kPlace, weigh);
}

// The nearest fen, halves away from zero; `money` is not negative.
Money round_to_fen(Money money) { return {(money.units + kFen / 2) / kFen * kFen}; }

Money percent_in_fen(Money money, int percent) {
  return {money.units * percent / 100 / kFen * kFen};
}

// Rounded up to cents, as the documents say.
Money tax_on(Money payable) {
  const auto whole = payable.units * kTaxPercent;
  constexpr std::int64_t kCent = kFen * 100;  // in hundredths, as `whole` is
  return {(whole + kCent - 1) / kCent * kFen};
}

// The list price of one unit, with six decimals.
Money unit_price(const Account& account, const VolcengineProduct& product,
                 const VolcengineRow& row) {
  const auto level = static_cast<std::int64_t>(draw(row.identity, kLevel, 10000));
  const auto kind = draw(row.occurrence, kKind, 100);
  if (kind < 3) {
    return {};
  }
  if (kind < 8) {
    return Money{kMicroyuan} * (1 + level % 42000);  // some of them next to nothing
  }
  const auto month_level = static_cast<std::int64_t>(90 + draw(row.occurrence, kMonthLevel, 21));
  const std::int64_t microyuan = std::int64_t{product.daily_fen} * 5 *
                                     (50 + level * level / 50'000) * account.price_percent / 100 *
                                     month_level / 100 +
                                 level * 7;  // so that small digits occur
  const bool is_order = row.mode == BillingMode::kPrepaid;
  return Money{kMicroyuan} * microyuan * (is_order ? 60 : 1);
}

VolcengineAmounts split_unit(const Account& account, Money original, const VolcengineRow& row) {
  VolcengineAmounts amounts;
  amounts.original = original;
  const bool is_free = draw(row.occurrence, kKind, 100) >= 94;  // although it has a list price
  const int percent =
      is_free ? 100 : kDiscountPercents[draw(row.identity, kDiscount, kDiscountPercents.size())];
  amounts.preferential = Money{original.units * percent / 100 / kMicroyuan * kMicroyuan};
  const Money rest = original - amounts.preferential;
  amounts.discounted = round_to_fen(rest);
  amounts.round = rest - amounts.discounted;
  const auto coupon = draw(row.occurrence, kCoupon, 100);
  amounts.coupon = percent_in_fen(amounts.discounted, coupon < 8 ? 20 : coupon < 11 ? 100 : 0);
  amounts.payable = amounts.discounted - amounts.coupon;
  if (account.is_overseas) {
    amounts.tax = tax_on(amounts.payable);
  }
  const auto settlement = draw(row.occurrence, kSettlement, 100);
  if (settlement < 6) {
    amounts.unpaid = amounts.payable;
  } else if (settlement < 12) {
    amounts.paid = percent_in_fen(amounts.payable, 40);
    amounts.unpaid = amounts.payable - amounts.paid;
  } else if (settlement < 95) {
    amounts.paid = amounts.payable;
  }
  return amounts;
}

// How many units a resource costs on a day: 1 to 3.
std::int64_t units_on(std::uint64_t occurrence, int day) {
  return 1 +
         static_cast<std::int64_t>(draw(mix(occurrence, kDay), static_cast<std::uint64_t>(day), 3));
}

std::int64_t count_units(std::uint64_t occurrence, DayRange days) {
  std::int64_t units = 0;
  for (int day = days.first; day <= days.last; ++day) {
    units += units_on(occurrence, day);
  }
  return units;
}

void fill_in_purchase(VolcengineRow& row, const Purchase& purchase) {
  const int day = static_cast<int>(static_cast<unsigned>(purchase.day.day()));
  row.product = purchase.service;
  row.mode = BillingMode::kPrepaid;
  row.category = purchase.price.units < 0 ? "退款-退订" : "消费-新购";
  row.days = {day, day};
  row.amounts.original = purchase.price;
  row.amounts.discounted = purchase.price;
  row.amounts.payable = purchase.price;
  row.amounts.paid = purchase.price;
}

}  // namespace

VolcengineAmounts& VolcengineAmounts::operator+=(const VolcengineAmounts& other) {
  for (const auto amount : kAllAmounts) {
    this->*amount += other.*amount;
  }
  return *this;
}

VolcengineAmounts operator*(const VolcengineAmounts& one, std::int64_t factor) {
  VolcengineAmounts scaled;
  for (const auto amount : kAllAmounts) {
    scaled.*amount = one.*amount * factor;
  }
  return scaled;
}

std::string_view billing_mode_word(BillingMode mode) {
  constexpr std::array<std::string_view, 4> kWords{"prepaid", "postpaid", "contract",
                                                   "fulfillment"};
  return kWords[static_cast<std::size_t>(mode)];
}

std::string_view mode_name(BillingMode mode, bool in_english) {
  constexpr std::array<std::string_view, 4> kChinese{"包年包月", "按量计费", "合同计费",
                                                     "履约计费"};
  constexpr std::array<std::string_view, 4> kEnglish{"Subscription", "Pay-as-you-go",
                                                     "Contract Billing", "Fulfillment Billing"};
  return (in_english ? kEnglish : kChinese)[static_cast<std::size_t>(mode)];
}

VolcengineListing::VolcengineListing(const Account& account, VolcengineQuery query)
    : account_(&account), query_(query), month_hash_(hash_text(write_month(query.month))) {
  if (account.since && query.month < *account.since) {
    return;
  }
  if (account.life != nullptr) {
    query.days = lived_days(*account.life, query.month, query.days);
  }
  const std::size_t known = account.postpaid_rows;
  if (query.per_day) {
    for (int day = query.days.first; day <= query.days.last; ++day) {
      add_segments({day, day});
    }
    for (int day = query.days.first; day <= query.days.last; ++day) {
      add_segment({day, day}, ProductType::kPostpaid, known, query.appended);
    }
  } else {
    add_segments(query.days);
    add_segment(query.days, ProductType::kPostpaid, known, query.appended);
  }
  for (std::size_t i = 0; query.ignore_zero && i < size_; ++i) {
    if (!(find_row(i).amounts.discounted == Money{})) {
      kept_.push_back(i);
    }
  }
}

void VolcengineListing::add_segment(DayRange days, ProductType type, std::size_t first_index,
                                    std::size_t count) {
  if (days.count() > 0 && query_.only.value_or(type) == type) {
    segments_.push_back({days, type, first_index, count});
    size_ += count;
  }
}

void VolcengineListing::add_segments(DayRange days) {
  const auto until = [&](ProductType type, int day) {
    return rows_until_day(*account_, type, query_.month, day);
  };
  const std::size_t first_order = until(ProductType::kPrepaid, days.first - 1);
  add_segment(days, ProductType::kPrepaid, first_order,
              until(ProductType::kPrepaid, days.last) - first_order);
  if (account_->life != nullptr) {
    const PurchaseRange purchases = purchases_on(*account_->life, query_.month, days);
    add_segment(days, ProductType::kPrepaid, account_->prepaid_rows + purchases.first,
                purchases.count);
  }
  add_segment(days, ProductType::kPostpaid, 0, until(ProductType::kPostpaid, days.last));
}

VolcengineRow VolcengineListing::row(std::size_t position) const {
  return find_row(query_.ignore_zero ? kept_.at(position) : position);
}

VolcengineRow VolcengineListing::find_row(std::size_t position) const {
  auto segment = segments_.begin();
  while (position >= segment->count) {
    position -= segment->count;
    ++segment;
  }
  return make_row(*segment, segment->first_index + position);
}

VolcengineRow VolcengineListing::make_row(const Segment& segment, std::size_t index) const {
  const bool is_order = segment.type == ProductType::kPrepaid;
  const bool is_purchase = is_order && index >= account_->prepaid_rows;
  const Life* life = account_->life.get();
  VolcengineRow row;
  row.number = is_purchase ? kFirstPurchase + index
               : is_order  ? index
                           : account_->prepaid_rows + index;
  row.identity = mix(mix(account_->seed, is_order ? 11 : 12), index);
  // What lives has its price for ever: only its days differ.
  row.occurrence = mix(row.identity, life != nullptr && !is_order ? 0 : month_hash_);
  row.product = pick_product(*account_, row.identity, segment.type);
  row.owner_id = account_->id;
  row.of_one_day = query_.per_day;
  if (is_purchase) {
    fill_in_purchase(row, life->purchases[index - account_->prepaid_rows]);
    row.place = pick_place(volcengine_product_model(row.product), row.identity, places().size());
    return row;
  }
  const VolcengineProduct& product = volcengine_product_model(row.product);
  row.place = pick_place(product, row.identity, is_order ? places().size() : index);
  const auto mode = draw(row.identity, kMode, 100);
  row.mode = is_order   ? BillingMode::kPrepaid
             : mode < 4 ? BillingMode::kContract
             : mode < 7 ? BillingMode::kFulfillment
                        : BillingMode::kPostpaid;
  const auto owner = draw(row.identity, kOwner, 5 * (account_->owner_ids.size() + 1));
  if (owner < account_->owner_ids.size()) {
    row.owner_id = account_->owner_ids[owner];
  }
  row.in_usd = draw(row.identity, kCurrency, 100) <
               static_cast<std::uint64_t>(std::max(account_->usd_percent, 0));
  const Money price = unit_price(*account_, product, row);
  if (is_order) {
    const int day = first_billed_day(*account_, segment.type, index, query_.month);
    row.days = {day, day};
    row.category = kOrderCategories[draw(row.occurrence, kCategory, kOrderCategories.size())];
    row.amounts =
        split_unit(*account_, price, row) * (row.category.substr(0, 6) == "退款" ? -1 : 1);
    return row;
  }
  const bool is_known = index < account_->postpaid_rows;
  const int first = is_known ? first_billed_day(*account_, segment.type, index, query_.month) : 1;
  row.days = {std::max(first, segment.days.first), segment.days.last};
  const bool is_correction = draw(row.occurrence, kCategory, 70) == 0;
  const std::int64_t sign = is_correction ? -1 : 1;
  row.category = is_correction ? "调账-系统调账" : "消费-使用";
  row.amounts =
      life == nullptr
          ? split_unit(*account_, price, row) * (count_units(row.occurrence, row.days) * sign)
          : add_up_days<VolcengineAmounts>(
                *life, row.product, query_.month, row.days, [&](std::int64_t percent) {
                  const Money of_day = price * (kUsualUnits * percent);
                  const Money whole{of_day.units / 100 / kMicroyuan * kMicroyuan};
                  return split_unit(*account_, whole, row) * sign;
                });
  return row;
}

}  // namespace simulator
