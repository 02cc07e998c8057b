#include "access/text_table.h"

#include <algorithm>
#include <array>

namespace cloud_billing {
namespace {

constexpr std::size_t kGap = 2;            // between columns
constexpr std::size_t kNarrowest = 24;     // of a column that is folded
constexpr std::size_t kFoldedColumns = 2;  // the last ones

struct CodeRange {
  char32_t first;
  char32_t last;
  std::size_t width;
};

// Of Unicode's East Asian Width what is wide or full-width, and marks that stand on the character
// before them; ambiguous ones are narrow, as in terminals.
constexpr std::array kOtherWidths{
    CodeRange{0x0300, 0x036F, 0},   CodeRange{0x200B, 0x200F, 0},   CodeRange{0xFE00, 0xFE0F, 0},
    CodeRange{0x1100, 0x115F, 2},   CodeRange{0x2E80, 0x303E, 2},   CodeRange{0x3041, 0xA4CF, 2},
    CodeRange{0xA960, 0xA97C, 2},   CodeRange{0xAC00, 0xD7A3, 2},   CodeRange{0xF900, 0xFAFF, 2},
    CodeRange{0xFE30, 0xFE6F, 2},   CodeRange{0xFF01, 0xFF60, 2},   CodeRange{0xFFE0, 0xFFE6, 2},
    CodeRange{0x1F300, 0x1FAFF, 2}, CodeRange{0x20000, 0x3FFFD, 2},
};

std::size_t width_of(char32_t code) {
  for (const CodeRange& range : kOtherWidths) {
    if (code >= range.first && code <= range.last) return range.width;
  }
  return 1;
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Of the character that begins `text`.
char32_t first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  char32_t code = lead < 0x80 ? lead : lead & (lead < 0xE0 ? 0x1FU : lead < 0xF0 ? 0x0FU : 0x07U);
  for (std::size_t i = 1; i < text.size() && continues_character(text[i]); ++i) {
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return code;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t taken = display_width(text);
  if (taken < width) text.append(width - taken, ' ');
  return text;
}

// At blanks; a word that is wider stands alone.
std::vector<std::string> fold(std::string_view text, std::size_t width) {
  std::vector<std::string> lines{""};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (display_width(line) + 1 + display_width(word) <= width) {
      line += " " + std::string(word);
    } else {
      lines.emplace_back(word);
    }
  }
  return lines;
}

std::vector<std::size_t> widest(const std::vector<TableRow>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const TableRow& row : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  return widths;
}

// The folded columns share what the others leave, unless one needs less than its half.
void narrow(std::vector<std::size_t>& widths, std::size_t width) {
  std::size_t fixed = kGap * (widths.size() - 1);
  for (std::size_t i = 0; i + kFoldedColumns < widths.size(); ++i) fixed += widths[i];
  std::size_t& first = widths[widths.size() - 2];
  std::size_t& second = widths.back();
  const std::size_t least = std::min(first, kNarrowest) + std::min(second, kNarrowest);
  const std::size_t room = std::max(width, fixed + least) - fixed;
  if (first + second <= room) return;
  first = std::min(first, std::max(room / 2, room - std::min(room, second)));
  second = std::min(second, room - first);
}

void append_row(std::string& text, const TableRow& row, const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool folds = i + kFoldedColumns >= row.size();
    cells.push_back(folds ? fold(row[i], widths[i]) : std::vector<std::string>{row[i]});
    height = std::max(height, cells.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::string written;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      written += padded(line < cells[i].size() ? cells[i][line] : "", widths[i] + kGap);
    }
    written.erase(written.find_last_not_of(' ') + 1);
    text += written + "\n";
  }
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!continues_character(text[i])) width += width_of(first_character(text.substr(i)));
  }
  return width;
}

std::string lay_out(const std::vector<TableRow>& rows, std::size_t width) {
  std::string text;
  if (rows.empty()) return text;
  std::vector<std::size_t> widths = widest(rows);
  if (width > 0) narrow(widths, width);
  for (const TableRow& row : rows) append_row(text, row, widths);
  return text;
}

}  // namespace cloud_billing
