#pragma once

// What all of Volcengine's responses have in common: the envelope of ResponseMetadata and Result,
// an error in the metadata at any HTTP status, a gateway's body without metadata. The metadata's
// Version and Region are not looked at: they differ from what was asked for. The table of codes
// follows docs/6408/78947 and docs/6269. Pure; one thread, one response at a time.

#include <cstdint>
#include <optional>
#include <string>

#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "json/json_reader.h"
#include "json/json_walk.h"
#include "providers/api_error.h"

namespace cloud_billing::volcengine {

// Visits the fields of Result, once. An error of the metadata is the failure, at any status. The
// response must stay where it is, and no other be opened, while what was visited is used.
[[nodiscard]] Result<void, Failure> open_response(HttpResponse& response,
                                                  const FieldVisitor& visit);

// A response outside 2xx.
[[nodiscard]] Failure classify_error(HttpResponse& response);

// The rows of a listing; -1 and absent mean that it does not tell.
[[nodiscard]] JsonProblem read_total(JsonValue& value, std::optional<std::int64_t>& total);

}  // namespace cloud_billing::volcengine
