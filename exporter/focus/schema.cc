#include "focus/schema.h"

#include "core/amount.h"
#include "focus/columns.h"

namespace cloud_billing {
namespace {

// Of these columns, in FOCUS's form of a reference: another one as soon as the columns change.
constexpr std::string_view kSchemaId = "5f0c1c9e-7d0a-4a3e-9a53-2b8d1f6c4e71";
constexpr std::string_view kCreated = "2026-11-30T00:00:00Z";
constexpr std::string_view kFocusVersion = "1.2";

constexpr std::string_view kPrecision = "38";  // digits of the largest amount and more

std::string_view type_name(ColumnType type) {
  switch (type) {
    case ColumnType::kString:
      return "STRING";
    case ColumnType::kDecimal:
      return "DECIMAL";
    case ColumnType::kDateTime:
      return "DATETIME";
    case ColumnType::kJson:
      break;
  }
  return "JSON";
}

// Values that need no escape.
std::string field(std::string_view name, std::string_view value) {
  return '"' + std::string(name) + "\":\"" + std::string(value) + '"';
}

std::string describe(const Column& column) {
  std::string text =
      "{" + field("ColumnName", column.id) + "," + field("DataType", type_name(column.type));
  if (column.type == ColumnType::kString || column.type == ColumnType::kJson) {
    text += "," + field("StringEncoding", "UTF-8");
  }
  if (column.type == ColumnType::kDecimal) {
    text += ",\"NumericPrecision\":" + std::string(kPrecision) +
            ",\"NumberScale\":" + std::to_string(Amount::kDecimals);
  }
  if (column.id == "Tags") text += ",\"ProviderTagPrefixes\":[]";
  return text + "}";
}

}  // namespace

std::string focus_schema(std::string_view program_version) {
  std::string columns;
  for (const Column& column : focus_columns()) {
    columns += (columns.empty() ? "\n  " : ",\n  ") + describe(column);
  }
  return "{" + std::string("\"DataGenerator\":{") +
         field("DataGenerator", "cloud-billing-exporter") + "},\n\"Schema\":{" +
         field("SchemaId", kSchemaId) + "," + field("FocusVersion", kFocusVersion) + "," +
         field("DataGeneratorVersion", program_version) + "," + field("CreationDate", kCreated) +
         ",\n \"ColumnDefinition\":[" + columns + "\n ]}}\n";
}

}  // namespace cloud_billing
