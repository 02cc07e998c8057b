#pragma once

// How Volcengine writes "no value" in a text, an amount or a count: as "-", beside empty and null.
// A constant, any thread.

#include "json/field_reader.h"

namespace cloud_billing::volcengine {

inline constexpr FieldReader kFieldReader("-");

}  // namespace cloud_billing::volcengine
