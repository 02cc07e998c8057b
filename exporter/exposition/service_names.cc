#include "exposition/service_names.h"

#include <algorithm>

namespace cloud_billing {
namespace {

bool have_same_months(const AccountResults& one, const AccountResults& other) {
  return std::equal(one.months.begin(), one.months.end(), other.months.begin(), other.months.end(),
                    [](const auto& a, const auto& b) {
                      return a.first == b.first && a.second.value == b.second.value &&
                             a.second.at == b.second.at;
                    });
}

// Calls visit(key, delivered) for each name of each month.
template <typename Visit>
void visit_names(const AccountView& view, const Visit& visit) {
  NamedService key;
  key.provider = view.config->provider->name;
  for (const auto& [month, read] : view.results.months) {
    for (const auto& [type, name] : read.value->service_names) {
      key.service_type = type;
      visit(key, ServiceNames::Delivered(read.at, name));
    }
  }
}

}  // namespace

void ServiceNames::add(const AccountView& view) {
  visit_names(view, [this](const NamedService& key, const Delivered& delivered) {
    Delivered& known = names_[key];
    if (delivered <= known) return;
    if (delivered.second != known.second) ++revision_;
    known = delivered;
  });
}

bool ServiceNames::replace(const AccountView* before, const AccountView& after) {
  if (before != nullptr && have_same_months(before->results, after.results)) return true;
  add(after);
  if (before == nullptr) return true;
  std::map<NamedService, Delivered> own;  // of the account now
  visit_names(after, [&own](const NamedService& key, const Delivered& delivered) {
    Delivered& known = own[key];
    known = std::max(known, delivered);
  });
  bool is_known = true;
  visit_names(*before, [&](const NamedService& key, const Delivered& delivered) {
    if (names_.at(key) != delivered) return;  // another is newer
    const auto still = own.find(key);
    is_known &= still != own.end() && still->second == delivered;
  });
  return is_known;
}

void ServiceNames::read_all(std::span<const ShownAccount> accounts) {
  names_.clear();
  ++revision_;
  for (const ShownAccount& account : accounts) {
    if (account.view) add(*account.view);
  }
}

}  // namespace cloud_billing
