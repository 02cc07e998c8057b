#include "config/yaml_reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "config/text_lines.h"
#include "config/yaml_explanation.h"
#include "config/yaml_slip.h"
#include "core/ascii.h"
#include "core/byte_order_mark.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

// Ten thousand accounts fit. The depth a configuration needs is four.
constexpr std::size_t kMaxTextMebibytes = 4;
constexpr std::size_t kMaxTreeBytes = std::size_t{32} << 20;
constexpr std::size_t kMaxDepth = 32;

// What a node or key costs beyond its text, about.
constexpr std::size_t kNodeBytes = 64;

// yaml-cpp's marks count from 0, and columns in bytes.
std::size_t offset_of(const YAML::Mark& mark, const TextLines& lines) {
  if (mark.is_null() || mark.line < 0 || mark.column < 0) return 0;
  return lines.offset(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
}

// Whether a scalar that begins here, after its anchor and tag, is in quotes that never close:
// yaml-cpp takes the document's end for the closing one.
bool is_unclosed_quote(std::string_view rest) {
  while (!rest.empty() && (rest.front() == '&' || rest.front() == '!')) {
    rest.remove_prefix(std::min(rest.find_first_of(" \t\r\n"), rest.size()));
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  }
  if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return false;
  const char quote = rest.front();
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (quote == '"' && rest[at] == '\\') {
      ++at;
    } else if (rest[at] == quote) {
      if (quote == '"' || rest.substr(at + 1, 1) != "'") return false;
      ++at;  // '' is a quote inside
    }
  }
  return true;
}

std::size_t size_of(const YamlNode& node) {
  std::size_t size = kNodeBytes + node.text.size();
  for (const YamlKey& key : node.keys) size += kNodeBytes + key.text.size();
  for (const YamlNode& item : node.items) size += size_of(item);
  return size;
}

[[noreturn]] void refuse(const YAML::Mark& mark, std::string_view message) {
  throw YAML::ParserException(mark, std::string(message));
}

// Builds the tree from the parser's events. What it refuses, it throws as the parser throws its own
// errors, before the parser descends any further: that bounds the parser's recursion too.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(TextLines& lines) : lines_(lines) {}

  [[nodiscard]] YamlNode take_root() { return std::move(root_); }

  // The position of the innermost list or map that is still open.
  [[nodiscard]] std::optional<Position> open_position() const {
    if (open_.empty()) return std::nullopt;
    return open_.back().node.position;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      refuse(mark, "a second YAML document begins here; a configuration is a single one");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key_next()) refuse(mark, "a key is missing before \":\"");
    YamlNode node;
    // Without a text of its own the mark is that of whatever comes next.
    const std::string_view rest = lines_.rest(offset_of(mark, lines_));
    const bool written = !rest.empty() && (rest[0] == '~' || rest[0] == 'n' || rest[0] == 'N');
    if (!open_.empty() && open_.back().key_waits) {
      node.position = open_.back().node.keys.back().position;
    } else {
      node.position = written || open_.empty() ? locate(mark) : open_.back().node.position;
    }
    add(mark, std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key_next()) refuse(mark, "an alias (\"*name\") cannot be a key");
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) refuse(mark, "an alias (\"*name\") inside its own anchor");
    spend(mark, size_of(found->second));  // before the copy is made
    YamlNode copy = found->second;
    copy.position = locate(mark);
    place(mark, std::move(copy), YAML::NullAnchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    const std::size_t offset = offset_of(mark, lines_);
    if (is_unclosed_quote(lines_.rest(offset))) refuse(mark, "this quote is never closed");
    if (is_key_next()) {
      spend(mark, kNodeBytes + value.size());
      open_.back().node.keys.push_back(YamlKey{value, lines_.position(offset)});
      open_.back().key_waits = true;
      return;
    }
    YamlNode node;
    node.kind = YamlNode::Kind::kText;
    node.position = lines_.position(offset);
    node.text = value;
    add(mark, std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::kList);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::kMap);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    YAML::Mark mark;
    bool key_waits = false;  // a map's last key has no value yet
  };

  [[nodiscard]] Position locate(const YAML::Mark& mark) {
    return lines_.position(offset_of(mark, lines_));
  }

  [[nodiscard]] bool is_key_next() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::kMap &&
           !open_.back().key_waits;
  }

  static void check_tag(const YAML::Mark& mark, const std::string& tag) {
    constexpr std::array<std::string_view, 4> kPlainTags{"", "?", "!", "tag:yaml.org,2002:str"};
    if (std::find(kPlainTags.begin(), kPlainTags.end(), tag) == kPlainTags.end()) {
      refuse(mark,
             "YAML tags (\"!name\") are not supported; put a text that begins with \"!\" in "
             "quotes");
    }
  }

  void spend(const YAML::Mark& mark, std::size_t bytes) {
    tree_bytes_ += bytes;
    if (tree_bytes_ > kMaxTreeBytes) {
      refuse(mark, "the document is too large once its aliases (\"*name\") are filled in");
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
            YamlNode::Kind kind) {
    check_tag(mark, tag);
    if (is_key_next()) refuse(mark, kNoTextAsKey);
    if (open_.size() == kMaxDepth) refuse(mark, "lists and maps are nested too deeply");
    spend(mark, kNodeBytes);
    Open opened;
    opened.node.kind = kind;
    opened.node.position = locate(mark);
    opened.anchor = anchor;
    opened.mark = mark;
    open_.push_back(std::move(opened));
  }

  void close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    place(closed.mark, std::move(closed.node), closed.anchor);
  }

  void add(const YAML::Mark& mark, YamlNode node, YAML::anchor_t anchor) {
    spend(mark, kNodeBytes + node.text.size());
    place(mark, std::move(node), anchor);
  }

  void place(const YAML::Mark& mark, YamlNode node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      spend(mark, size_of(node));
      anchored_[anchor] = node;
    }
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    open_.back().node.items.push_back(std::move(node));
    open_.back().key_waits = false;
  }

  TextLines& lines_;
  YamlNode root_;
  std::vector<Open> open_;  // from the root inwards
  std::map<YAML::anchor_t, YamlNode> anchored_;
  std::size_t tree_bytes_ = 0;
  int documents_ = 0;
};

// In lists and maps in brackets a plain text ends at "{" or "}".
constexpr std::string_view kVariableHint = "; inside brackets a text with \"${NAME}\" needs quotes";

YamlProblem explain(const YAML::Exception& error, TextLines& lines, const TreeBuilder& builder) {
  const std::size_t offset = offset_of(error.mark, lines);
  const std::string_view line = lines.line_of(offset);
  const std::string_view indent = line.substr(0, line.find_first_not_of(" \t"));
  // Behind a colon the parser may quote the document.
  YamlProblem problem{lines.position(offset), error.msg.substr(0, error.msg.find(": "))};
  const YamlExplanation* const explanation = find_yaml_explanation(error.msg);
  if (explanation == nullptr) return problem;
  problem.message = explanation->text;
  if (explanation->slip != Slip::kNowhere) {
    const bool above = explanation->slip == Slip::kAbove;
    const std::size_t end = above ? lines.end_of_line(offset) : lines.text().size();
    if (const auto slip = find_yaml_slip(lines.text(), end)) {
      return YamlProblem{lines.position(slip->offset), slip->message};
    }
  }
  if (explanation->at_opening) {
    problem.position = builder.open_position().value_or(problem.position);
    if (line.find("${") != line.npos) problem.message += kVariableHint;
  } else if (indent.find('\t') != indent.npos) {
    problem.message = kTabIndents;
  }
  return problem;
}

// YAML allows no control characters but three; yaml-cpp takes some for the document's end.
bool is_forbidden(char c) { return is_control(c) && c != '\t' && c != '\n' && c != '\r'; }

}  // namespace

Result<YamlNode, YamlProblem> read_yaml(std::string_view text) {
  if (text.size() > kMaxTextMebibytes << 20U) {
    return YamlProblem{Position{1, 1},
                       "the file is larger than " + std::to_string(kMaxTextMebibytes) + " MiB"};
  }
  text = without_byte_order_mark(text);
  TextLines lines(text);

  const std::string well_formed = replace_ill_formed_utf8(std::string(text));
  if (well_formed != text) {
    const auto differs =
        std::mismatch(text.begin(), text.end(), well_formed.begin(), well_formed.end());
    const auto offset = static_cast<std::size_t>(differs.first - text.begin());
    return YamlProblem{lines.position(offset), "this is not UTF-8; save the file as UTF-8"};
  }
  const auto forbidden = std::find_if(text.begin(), text.end(), is_forbidden);
  if (forbidden != text.end()) {
    return YamlProblem{lines.position(static_cast<std::size_t>(forbidden - text.begin())),
                       "a control character; YAML allows only escapes"};
  }

  TreeBuilder builder(lines);
  try {
    std::istringstream stream{well_formed};
    YAML::Parser parser(stream);
    // The second call finds a second document; it must not be a loop, which yaml-cpp can make
    // endless.
    if (parser.HandleNextDocument(builder)) (void)parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& error) {
    return explain(error, lines, builder);
  }
  return builder.take_root();
}

}  // namespace cloud_billing
