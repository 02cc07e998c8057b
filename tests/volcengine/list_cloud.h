#pragma once

// A small cloud that holds one list and gives it page by page, by Limit and Offset with a total.
// For tests of the lists that are read whole.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "providers/conversation.h"
#include "tests/providers/answer.h"

namespace cloud_billing::volcengine {

inline std::string respond_with(const nlohmann::json& result) {
  return nlohmann::json{{"ResponseMetadata", nlohmann::json::object()}, {"Result", result}}.dump();
}

struct ListCloud {
  const Operation& operation;
  std::string name = "List";              // of the field that holds the entries
  std::vector<nlohmann::json> entries{};  // of a list by offset
  std::size_t most_on_page = 100;
  bool tells_total = true;
  std::vector<nlohmann::json> asked{};

  nlohmann::json page_by_offset(const nlohmann::json& body) const {
    const auto begin = std::min(body.at("Offset").get<std::size_t>(), entries.size());
    const std::size_t limit = std::min(body.at("Limit").get<std::size_t>(), most_on_page);
    const std::size_t end = std::min(begin + limit, entries.size());
    nlohmann::json page{{name, nlohmann::json::array()}, {"Offset", begin}, {"Limit", limit}};
    for (std::size_t i = begin; i < end; ++i) page[name].push_back(entries[i]);
    if (tells_total) page["Total"] = entries.size();
    return page;
  }

  std::string response(const ApiRequest& request) {
    EXPECT_EQ(request.operation, &operation);
    asked.push_back(nlohmann::json::parse(request.body));
    return respond_with(page_by_offset(asked.back()));
  }
};

// Holds the conversation to its end; why it failed, or nothing.
template <typename T>
std::optional<std::string> hold(Conversation<T>& talk,
                                const std::function<std::string(const ApiRequest&)>& respond) {
  while (const auto pending = talk.next()) {
    static_cast<void>(answer(*pending->reply, {200, {}, respond(pending->request)}));
  }
  EXPECT_TRUE(talk.finished());
  if (const auto& failure = talk.failure()) {
    return std::string(reason_name(failure->reason)) + ": " + failure->message;
  }
  return std::nullopt;
}

}  // namespace cloud_billing::volcengine
