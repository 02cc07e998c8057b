#include "focus/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "focus/columns.h"

namespace cloud_billing {
namespace {

TEST(FocusSchema, NamesEveryColumnInTheFilesOrder) {
  const auto schema = nlohmann::json::parse(focus_schema("1.2.3"));
  CsvLines header;
  add_header(header);
  std::string named;
  for (const auto& column : schema["Schema"]["ColumnDefinition"]) {
    named += (named.empty() ? "" : ",") + column["ColumnName"].get<std::string>();
  }
  EXPECT_EQ(named + "\r\n", header.text());
}

TEST(FocusSchema, SaysWhatMadeItAndWhichVersionOfFocusHolds) {
  const auto schema = nlohmann::json::parse(focus_schema("1.2.3"));
  EXPECT_EQ(schema["DataGenerator"]["DataGenerator"], "cloud-billing-exporter");
  EXPECT_EQ(schema["Schema"]["FocusVersion"], "1.2");
  EXPECT_EQ(schema["Schema"]["DataGeneratorVersion"], "1.2.3");
  EXPECT_EQ(schema["Schema"]["SchemaId"].get<std::string>().size(), 36U);
}

TEST(FocusSchema, HasFocusTypes) {
  const auto schema = nlohmann::json::parse(focus_schema("1.2.3"));
  for (const auto& column : schema["Schema"]["ColumnDefinition"]) {
    const std::string name = column["ColumnName"];
    const bool is_cost = name.ends_with("Cost") || name.ends_with("UnitPrice");
    const bool is_time = name.ends_with("PeriodStart") || name.ends_with("PeriodEnd");
    if (is_cost) {
      EXPECT_EQ(column["DataType"], "DECIMAL") << name;
    }
    if (is_time) {
      EXPECT_EQ(column["DataType"], "DATETIME") << name;
    }
    if (name == "Tags") {
      EXPECT_EQ(column["DataType"], "JSON");
    }
    if (name.ends_with("Id")) {
      EXPECT_EQ(column["DataType"], "STRING") << name;
    }
  }
}

}  // namespace
}  // namespace cloud_billing
