#include "bill_tags.h"

#include <array>

#include "deterministic.h"

namespace simulator {
namespace {

enum Purpose : std::uint64_t { kHasEnv = 200, kEnv, kTeam, kProject, kEndpoint, kSeparator };

constexpr std::array<std::string_view, 4> kKeys{"env", "team", "项目", "endpoint"};
// Values with ':' and with a separator before a piece without ':' belong to one tag.
constexpr std::array<std::string_view, 6> kTeams{"infra", "search", "ads",
                                                 "data",  "mobile", "infra:edge"};
constexpr std::array<std::string_view, 5> kProjects{"智能搜索", "广告投放", "数据中台", "客户端",
                                                    "智能搜索,推荐"};

}  // namespace

std::span<const std::string_view> tag_keys() { return kKeys; }

Tags tags_of(const BillRow& row, const Account& account) {
  Tags tags;
  if (draw(row.identity, kHasEnv, 10) == 0) {
    return tags;  // nobody tagged it
  }
  tags.emplace_back("env",
                    account.environments[draw(row.identity, kEnv, account.environments.size())]);
  const auto team = draw(row.identity, kTeam, 9);
  if (team < kTeams.size()) {
    tags.emplace_back("team", kTeams[team]);
  }
  const auto project = draw(row.identity, kProject, 11);
  if (project < kProjects.size()) {
    tags.emplace_back("项目", kProjects[project]);
  }
  if (draw(row.identity, kEndpoint, 25) == 0) {
    tags.emplace_back("endpoint", "https://example.com:8443/api");
  }
  return tags;
}

std::string write_tags(const Tags& tags, const BillRow& row) {
  const char separator = draw(row.identity, kSeparator, 4) == 0 ? '\n' : ';';
  std::string text;
  for (const auto& [key, value] : tags) {
    if (!text.empty()) {
      text += separator;
    }
    text += key;
    text += ':';
    text += value;
  }
  return text;
}

}  // namespace simulator
