#include "json/row_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace cloud_billing {
namespace {

enum Text : std::size_t { kId, kName, kTexts };
enum Price : std::size_t { kPrice, kPaid, kPrices };

constexpr RowReader<kTexts, kPrices> kReader(FieldReader("-"), "rows", {{{"id"}, {"name", true}}},
                                             {"price", "paid"});

// The rows of {"rows": <list>} as "id,name,price,paid;...", then "! problem" of the row that ends
// them, or the problem of the list.
std::string rows_of(const std::string& list, decltype(kReader)::List* read = nullptr) {
  static std::string body;  // views of the list point into it
  body = R"({"rows": )" + list + R"(, "z": 1})";
  auto document = open_json(body);
  if (!document) return std::string(document.error());
  JsonValue value;
  if (document->find_field("rows").get(value) != simdjson::SUCCESS) return "no rows";
  decltype(kReader)::List rows;
  if (const JsonProblem problem = kReader.read(value, rows); !problem.empty()) {
    return std::string(problem);
  }
  std::string text;
  for (const auto& row : rows.rows) {
    text += std::string(row.texts[kId]) + "," + std::string(row.texts[kName]) + "," +
            (row.amounts[kPrice] ? row.amounts[kPrice]->to_decimal() : "none") + "," +
            row.amount(kPaid).to_decimal() + ";";
  }
  if (rows.problem) text += "! " + rows.problem->text();
  if (read != nullptr) *read = std::move(rows);
  return text;
}

TEST(RowReader, ReadsTheFieldsThatItKnowsInAnyOrder) {
  EXPECT_EQ(rows_of(R"([{"id":"a","name":"A","price":"1.50","paid":1},
                        {"paid":"-","other":{"price":9},"id":7,"price":2}])"),
            "a,A,1.5,1;7,,2,0;");
  EXPECT_EQ(rows_of(R"([{"id":"-","price":null},{}])"), ",,none,0;,,none,0;");
}

TEST(RowReader, ReadsNullAndNothingAsNoRows) {
  EXPECT_EQ(rows_of("[]"), "");
  EXPECT_EQ(rows_of("null"), "");
  EXPECT_EQ(rows_of("7"), "not a list");
  EXPECT_EQ(rows_of("{}"), "not a list");
}

TEST(RowReader, EndsAtARowThatCannotBeRead) {
  EXPECT_EQ(rows_of(R"([{"id":"a","price":1},{"id":"b","price":"many"},{"id":"c"}])"),
            "a,,1,0;! price: not a decimal number");
  EXPECT_EQ(rows_of(R"([{"id":["a"]}])"), "! id: not a text");
  EXPECT_EQ(rows_of(R"([{"id":"a"},7])"), "a,,none,0;! rows: not a JSON object");
}

TEST(RowReader, DispensesWithATextThatCostsNoAmount) {
  EXPECT_EQ(rows_of(R"([{"id":"a","name":{"en":"A"},"price":1}])"), "a,,1,0;");
}

TEST(RowReader, GivesTheBytesOfAListThatWasReadToItsEnd) {
  decltype(kReader)::List list;
  rows_of(R"([{"id":"a"}])", &list);
  EXPECT_TRUE(list.bytes.starts_with(R"([{"id":"a"}])")) << list.bytes;
  for (const char* const text : {R"([{"id":[]}])", "null"}) {
    rows_of(text, &list);
    EXPECT_TRUE(list.bytes.empty()) << text;
  }
}

}  // namespace
}  // namespace cloud_billing
