#pragma once

// THE table of the file's columns: FOCUS 1.2's by name, then this program's own, which begin with
// "x_". Header, lines and the schema beside the file are made of it. Pure, any thread.

#include <span>
#include <string>
#include <string_view>

#include "focus/csv_line.h"
#include "focus/focus_row.h"

namespace cloud_billing {

enum class ColumnType { kString, kDecimal, kDateTime, kJson };
enum class Nulls { kNever, kAllowed };

struct Column {
  std::string_view id;
  ColumnType type;
  Nulls nulls;
  void (*write)(const FocusRow& row, CsvLine& line);  // one field
};

[[nodiscard]] std::span<const Column> focus_columns();

// With the line break.
void append_header(std::string& out);
void append_line(std::string& out, const FocusRow& row);

}  // namespace cloud_billing
