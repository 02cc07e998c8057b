#include "volcengine_tags.h"

#include <array>

#include "deterministic.h"
#include "field_writer.h"

namespace simulator {
namespace {

enum Purpose : std::uint64_t { kHasTags = 601, kEnv, kTeam, kMarket, kCluster, kNone, kProject };

constexpr std::array<std::string_view, 4> kKeys{"env", "team", "部门", "volc:vke:cluster-id"};
// Texts that a careless reader takes for the end of a value.
constexpr std::array<std::string_view, 5> kTeams{"infra", "search", "ads", "edge \"north\"",
                                                 "a]},b:{c"};
constexpr std::array<std::string_view, 4> kMarkets{"智能搜索", "广告投放", "数据中台", "客户端"};
constexpr std::array<Project, 4> kProjects{Project{"default", "默认项目"},
                                           Project{"search", "搜索"},
                                           Project{"ads-platform", "广告平台"}, Project{"-", "-"}};

}  // namespace

std::span<const std::string_view> volcengine_tag_keys() { return kKeys; }

VolcengineTags volcengine_tags_of(const VolcengineRow& row, const Account& account) {
  VolcengineTags tags;
  if (draw(row.identity, kHasTags, 6) == 0) {
    return tags;
  }
  tags.push_back(
      {"env", {account.environments[draw(row.identity, kEnv, account.environments.size())]}});
  const auto team = draw(row.identity, kTeam, 9);
  if (team < kTeams.size()) {
    tags.push_back({"team", {std::string(kTeams[team])}});
  } else if (team == kTeams.size()) {
    tags.push_back({"team", {"infra", "search"}});
  } else if (team == kTeams.size() + 1) {
    tags.push_back({"team", {}});
  }
  const auto market = draw(row.identity, kMarket, 9);
  if (market < kMarkets.size()) {
    tags.push_back({"部门", {std::string(kMarkets[market])}});
  }
  const auto cluster = draw(row.identity, kCluster, 30);
  if (cluster < 4) {
    tags.push_back({"volc:vke:cluster-id", {"cc" + std::to_string(cluster) + "v1k8s"}});
  }
  return tags;
}

std::string write_volcengine_tags(const VolcengineTags& tags, const VolcengineRow& row) {
  if (tags.empty()) {
    constexpr std::array<std::string_view, 3> kNone{"", "-", "{}"};
    return std::string(kNone[draw(row.identity, Purpose::kNone, kNone.size())]);
  }
  std::string text = "{";
  for (const auto& [key, values] : tags) {
    append_json_string(text, key);
    text += ":[";
    for (const std::string& value : values) {
      append_json_string(text, value);
      text += ',';
    }
    if (!values.empty()) {
      text.pop_back();
    }
    text += "],";
  }
  text.back() = '}';
  return text;
}

const Project& project_of(const VolcengineRow& row) {
  return kProjects[draw(row.identity, kProject, 10) % kProjects.size()];
}

}  // namespace simulator
