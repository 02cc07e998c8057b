#include "status_page/sentence.h"

namespace cloud_billing {

std::string fill_sentence(std::string_view text, std::initializer_list<std::string_view> parts) {
  std::string out;
  for (std::size_t gap = text.find('{'); gap != std::string_view::npos; gap = text.find('{')) {
    out += text.substr(0, gap);
    out += parts.begin()[text[gap + 1] - '0'];
    text.remove_prefix(gap + 3);
  }
  return out.append(text);
}

std::string Counted::operator()(std::size_t count) const {
  return (count == 1 ? one_ : others_)(std::to_string(count));
}

}  // namespace cloud_billing
