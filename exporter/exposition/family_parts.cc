#include "exposition/family_parts.h"

#include <utility>

namespace cloud_billing {
namespace {

bool has_text(const DeflatedText& deflated, std::string_view text) {
  return inflate_text(deflated, [&text](std::string_view piece) {
    if (!text.starts_with(piece)) return false;
    text.remove_prefix(piece.size());
    return true;
  });
}

}  // namespace

FamilyParts::FamilyParts(const MetricHead& head) {
  FamilyText family;
  family.head = std::make_shared<const FamilyHead>(prepare_head(head));
  family.has_text = true;
  shared_ = std::make_shared<const FamilyText>(std::move(family));
}

void FamilyParts::set_groups(std::size_t groups) {
  for (std::size_t group = groups; group < parts_.size(); ++group)
    changed_ |= parts_[group] != nullptr;
  fresh_.erase(fresh_.lower_bound(groups), fresh_.end());
  parts_.resize(groups);
}

void FamilyParts::put(std::size_t group, std::string_view text) {
  std::shared_ptr<const DeflatedText>& part = parts_.at(group);
  if (text.empty()) {
    if (!part) return;
    part = nullptr;
    fresh_.erase(group);
    changed_ = true;
    return;
  }
  if (part && part->sum.length == text.size() && part->sum == checksum_of(text) &&
      has_text(*part, text)) {
    return;
  }
  part = std::make_shared<const DeflatedText>(deflate_text(text));
  if (keeps_text_) fresh_.insert_or_assign(group, std::string(text));
  changed_ = true;
}

void FamilyParts::keep_text(bool kept) {
  if (kept == keeps_text_) return;
  keeps_text_ = kept;
  fresh_.clear();
  changed_ = true;
}

// From where it is at hand; otherwise the part is inflated.
void FamilyParts::append_text(std::size_t group, std::string& out) const {
  const auto& part = parts_[group];
  if (!part) return;
  if (const auto fresh = fresh_.find(group); fresh != fresh_.end()) {
    out += fresh->second;
  } else if (shared_->has_text && group < shared_->parts.size() && shared_->parts[group] == part) {
    out.append(shared_->text, begins_[group], part->sum.length);
  } else {
    inflate_text(*part, [&out](std::string_view piece) {
      out += piece;
      return true;
    });
  }
}

std::shared_ptr<const FamilyText> FamilyParts::share() {
  if (!changed_) return shared_;
  FamilyText family;
  family.head = shared_->head;
  family.parts = parts_;
  for (const auto& part : parts_) {
    if (!part) continue;
    family.sum.append(part->sum);
    family.deflated_size += part->blocks.size();
  }
  std::vector<std::size_t> begins;
  family.has_text = keeps_text_;
  if (keeps_text_) {
    family.text.reserve(family.sum.length);
    begins.reserve(parts_.size());
    for (std::size_t group = 0; group < parts_.size(); ++group) {
      begins.push_back(family.text.size());
      append_text(group, family.text);
    }
  }
  begins_ = std::move(begins);
  fresh_.clear();
  changed_ = false;
  shared_ = std::make_shared<const FamilyText>(std::move(family));
  return shared_;
}

}  // namespace cloud_billing
