#include "baidu/summary_items.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "baidu/field_reader.h"
#include "baidu/response.h"
#include "json/json_walk.h"

namespace cloud_billing::baidu {
namespace {

constexpr int kDeepestItem = 8;

// Walks the tree of `data`. What holds items is above them, the rest are items.
class ItemWalk {
 public:
  explicit ItemWalk(std::string_view product_type) : product_type_(product_type) {}

  [[nodiscard]] JsonProblem read(JsonValue value, int depth = 0) {
    if (depth > kDeepestItem) return "nested too deep";
    if (is_of_type(value, JsonType::null)) return {};
    const auto read_inner = [this, depth](JsonValue inner) { return read(inner, depth + 1); };
    if (is_of_type(value, JsonType::array)) return visit_elements(value, read_inner);
    const std::size_t first = items_.size();
    std::string_view service_type;
    std::string_view product_type;
    OptionalAmount total;
    const JsonProblem problem = visit_fields(value, [&](std::string_view name, JsonValue inner) {
      if (name == "serviceType") return kFieldReader.read_text(inner, service_type);
      if (name == "productType") return kFieldReader.read_text(inner, product_type);
      if (name == "financePrice") return kFieldReader.read_amount(inner, total);
      if (name == "items" && is_of_type(inner, JsonType::array)) {
        return visit_elements(inner, read_inner);
      }
      return JsonProblem{};
    });
    if (!problem.empty()) return problem;
    if (is_other(product_type)) return "an item of another productType than was asked for";
    if (items_.size() > first) return close(first, service_type, total);
    return depth == 0 ? add_root(service_type, total) : add_item(service_type, total);
  }

  [[nodiscard]] bool has_total() const { return has_total_; }
  [[nodiscard]] const std::string& difference() const { return difference_; }
  [[nodiscard]] std::vector<SummaryItem> take_items() { return std::move(items_); }

 private:
  // Another word, or none, says nothing.
  [[nodiscard]] bool is_other(std::string_view product_type) const {
    return product_type == (product_type_ == "prepay" ? "postpay" : "prepay");
  }

  [[nodiscard]] JsonProblem add_item(std::string_view service_type, const OptionalAmount& total) {
    if (!total) return "an item without financePrice";
    has_total_ = true;
    items_.push_back({std::string(service_type), *total});
    return {};
  }

  [[nodiscard]] JsonProblem add_root(std::string_view service_type, const OptionalAmount& total) {
    has_total_ = has_total_ || total;
    return total && *total != Amount() ? add_item(service_type, total) : JsonProblem{};
  }

  // Of what holds the items from `first` on.
  [[nodiscard]] JsonProblem close(std::size_t first, std::string_view service_type,
                                  const OptionalAmount& total) {
    Amount rest = total.value_or(Amount());
    for (std::size_t i = first; i < items_.size(); ++i) {
      if (items_[i].service_type.empty()) items_[i].service_type = service_type;
      if (!rest.subtract(items_[i].billed_cost)) return describe(AmountError::kOverflow);
    }
    if (total && rest.magnitude() > most_rounding(items_.size() - first)) {
      difference_ =
          "the items miss their total of " + total->to_decimal() + " by " + rest.to_decimal();
    }
    return {};
  }

  static Amount most_rounding(std::size_t items) {
    static const Amount cent = Amount::parse("0.01").value();
    return cent.times(static_cast<std::int64_t>(items)).value_or(cent);
  }

  const std::string_view product_type_;
  std::vector<SummaryItem> items_;
  bool has_total_ = false;
  std::string difference_;  // empty: none
};

}  // namespace

Result<SummaryItems, Failure> read_summary_items(HttpResponse& response,
                                                 std::string_view product_type) {
  SummaryItems summary;
  ItemWalk walk(product_type);
  const auto opened = open_response(response, [&](std::string_view name, JsonValue value) {
    if (name == "data") return walk.read(value);
    std::string* const id = name == "accountId"      ? &summary.account_id
                            : name == "subAccountId" ? &summary.sub_account_id
                                                     : nullptr;
    if (id == nullptr) return JsonProblem{};
    std::string_view text;
    const JsonProblem problem = kFieldReader.read_text(value, text);
    *id = text;
    return problem;
  });
  if (!opened) return opened.error();
  if (opened->is_error() || !walk.has_total()) {
    return opened->explain_missing(response.status, "financePrice");
  }
  if (!walk.difference().empty()) return Failure{Reason::kInconsistent, walk.difference()};
  summary.items = walk.take_items();
  return summary;
}

}  // namespace cloud_billing::baidu
