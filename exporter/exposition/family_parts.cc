#include "exposition/family_parts.h"

#include <string>
#include <utility>

namespace cloud_billing {
namespace {

bool inflates_to(const DeflatedText& deflated, std::string_view text) {
  return inflate_text(deflated, [&text](std::string_view piece) {
    if (!text.starts_with(piece)) return false;
    text.remove_prefix(piece.size());
    return true;
  });
}

bool is_of(const PreparedText& part, std::string_view text) {
  if (part.deflated.sum.length != text.size()) return false;
  if (!part.text.empty()) return part.text == text;
  return part.deflated.sum == checksum_of(text) && inflates_to(part.deflated, text);
}

PreparedText with_text(const PreparedText& part) {
  PreparedText prepared{{}, part.deflated};
  prepared.text.reserve(part.deflated.sum.length);
  inflate_text(part.deflated, [&prepared](std::string_view piece) {
    prepared.text += piece;
    return true;
  });
  return prepared;
}

}  // namespace

FamilyParts::FamilyParts(const MetricHead& head) {
  FamilyText family;
  family.head = std::make_shared<const FamilyHead>(prepare_head(head));
  shared_ = std::make_shared<const FamilyText>(std::move(family));
}

void FamilyParts::set_groups(std::size_t groups) {
  for (std::size_t group = groups; group < parts_.size(); ++group) {
    changed_ |= parts_[group] != nullptr;
  }
  parts_.resize(groups);
}

void FamilyParts::put(std::size_t group, std::string_view text) {
  std::shared_ptr<const PreparedText>& part = parts_.at(group);
  if (part ? is_of(*part, text) : text.empty()) return;
  changed_ = true;
  if (text.empty()) {
    part = nullptr;
    return;
  }
  part = std::make_shared<const PreparedText>(
      PreparedText{std::string(keeps_text_ ? text : std::string_view()), deflate_text(text)});
}

void FamilyParts::keep_text(bool kept) {
  if (kept == keeps_text_) return;
  keeps_text_ = kept;
  changed_ = true;
  for (auto& part : parts_) {
    if (!part) continue;
    part = std::make_shared<const PreparedText>(kept ? with_text(*part)
                                                     : PreparedText{{}, part->deflated});
  }
}

std::shared_ptr<const FamilyText> FamilyParts::share() {
  if (!changed_) return shared_;
  FamilyText family;
  family.head = shared_->head;
  family.parts = parts_;
  for (const auto& part : parts_) {
    if (!part) continue;
    family.sum.append(part->deflated.sum);
    family.deflated_size += part->deflated.blocks.size();
  }
  changed_ = false;
  shared_ = std::make_shared<const FamilyText>(std::move(family));
  return shared_;
}

}  // namespace cloud_billing
