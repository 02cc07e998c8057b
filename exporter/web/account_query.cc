#include "web/account_query.h"

#include "web/query.h"

namespace cloud_billing {

AccountSearch read_account_search(std::string_view query) {
  AccountSearch search;
  search.words = find_query_value(query, "q");
  search.account = find_query_value(query, "account");
  search.condition = condition_from_name(find_query_value(query, "state"));
  search.label = find_query_value(query, "label");
  if (has_query_name(query, "value")) search.label_value = find_query_value(query, "value");
  search.order = read_account_order(find_query_value(query, "sort"));
  return search;
}

}  // namespace cloud_billing
