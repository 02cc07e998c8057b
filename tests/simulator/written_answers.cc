#include "written_answers.h"

#include <utility>

namespace simulator {
namespace {

std::string what_is_asked(const WireRequest& request) {
  return request.method + ' ' + request.path + '?' + request.query + '\n' + request.body;
}

}  // namespace

std::shared_ptr<const std::string> WrittenAnswers::find(const WireRequest& request) const {
  const std::string asked = what_is_asked(request);
  const std::lock_guard lock(mutex_);
  const auto found = bodies_.find(asked);
  return found == bodies_.end() ? nullptr : found->second;
}

void WrittenAnswers::keep(const WireRequest& request, std::shared_ptr<const std::string> body) {
  const std::string asked = what_is_asked(request);
  const std::lock_guard lock(mutex_);
  bodies_.emplace(asked, std::move(body));
}

}  // namespace simulator
