#pragma once

// THE table of the file's columns: FOCUS 1.2's by name, then this program's own, which begin with
// "x_". Header, lines and the schema beside the file are made of it. Pure, any thread.

#include <span>
#include <string_view>

#include "focus/csv_lines.h"
#include "focus/focus_row.h"

namespace cloud_billing {

enum class ColumnType { kString, kDecimal, kDateTime, kJson };
enum class Nulls { kNever, kAllowed };

struct Column {
  std::string_view id;
  ColumnType type;
  Nulls nulls;
  void (*write)(const FocusRow& row, CsvLines& line);  // one field
};

[[nodiscard]] std::span<const Column> focus_columns();

void add_header(CsvLines& line);
void add_line(CsvLines& line, const FocusRow& row);

}  // namespace cloud_billing
