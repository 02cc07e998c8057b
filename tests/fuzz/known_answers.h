#pragma once

// Good answers of the clouds, the program's readers of them, and what they come to as an
// independent reader finds it. For tests that change the answers.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/credentials.h"
#include "tests/fuzz/exact_json.h"

namespace cloud_billing {

// It stands in some answers, as a cloud may echo what it was sent.
inline const Credentials kEchoedKey{"AKLTmutated/0001", "s3cr3t+canary/of==the==mutants",
                                    "STS+token/of.mutants=="};

struct KnownAnswer {
  std::string_view name;
  std::string text;
  // What the answer comes to: "sum of amounts / rows", or nothing if it is refused.
  std::function<Result<std::string, Failure>(HttpResponse& response)> read;
  // The same by the independent reader; nothing if a part of it cannot be an amount.
  std::function<std::optional<std::string>(const ExactJson::Json& answer)> expect;
};

[[nodiscard]] std::vector<KnownAnswer> known_answers();

}  // namespace cloud_billing
