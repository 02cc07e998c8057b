#include "volcengine/response.h"

#include <array>
#include <string>

#include "volcengine/field_reader.h"

namespace cloud_billing::volcengine {
namespace {

constexpr std::string_view kMayNotRead =
    "the key may not read this: grant the policy BillingCenterReadOnlyAccess, on BytePlus one that "
    "allows this operation";
constexpr std::string_view kKeyUnknown = "the access key id is not known: check access_key_id";
constexpr std::string_view kNotAuthorized =
    "the authorization is refused: check access_key_id and secret_access_key";

// Not the throttling codes: their words tell (api_error.h).
constexpr std::array kMeanings{
    CodeMeaning{"AccessDenied", Reason::kPermission, false, kMayNotRead},
    CodeMeaning{"LackPolicy", Reason::kPermission, false, kMayNotRead},
    CodeMeaning{"LackProjectPolicy", Reason::kPermission, false, kMayNotRead},
    CodeMeaning{"InvalidAccessKey", Reason::kAuth, false, kKeyUnknown},
    CodeMeaning{"SignatureDoesNotMatch", Reason::kAuth, false,
                "the signature is refused: check secret_access_key"},
    CodeMeaning{"InvalidAuthorization", Reason::kAuth, false, kNotAuthorized},
    CodeMeaning{"InvalidCredential", Reason::kAuth, false, kNotAuthorized},
    CodeMeaning{"MissingAuthenticationToken", Reason::kAuth, false, kNotAuthorized},
    CodeMeaning{"MissingRequestInfo", Reason::kAuth, false, kNotAuthorized},
    CodeMeaning{"MissingSignature", Reason::kAuth, false, kNotAuthorized},
    CodeMeaning{"InvalidSecretToken", Reason::kAuth, false,
                "the session token is refused: check session_token"},
    CodeMeaning{"InvalidTimestamp", Reason::kAuth, true,
                "the request's time is refused: check this host's clock"},
    CodeMeaning{"MissingParameter", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"InvalidParam", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"RequestInvalid", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"RecordNoFound", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"ServiceNotFound", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"InvalidActionOrVersion", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"MethodNotAllowed", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"InternalError", Reason::kServer, true, kServiceFailed},
    CodeMeaning{"InternalServiceError", Reason::kServer, true, kServiceFailed},
    CodeMeaning{"InternalServiceTimeout", Reason::kServer, true, kServiceFailed},
    CodeMeaning{"ServiceUnavailableTemp", Reason::kServer, true, kServiceFailed},
};

struct Metadata {
  int status = 0;  // HTTP's own, or a gateway's
  std::string code;
  std::string message;  // for people
  std::string request_id;
  std::string field;  // of Result, that is not understood
  bool has_error = false;
  bool has_result = false;

  [[nodiscard]] ApiError error() const { return {status, code, request_id, message}; }
};

JsonProblem copy_text(JsonValue value, std::string& copy) {
  std::string_view text;
  const JsonProblem problem = read_text(value, text);
  copy = text;
  return problem;
}

// A code of 0 stands in the responses of success.
bool means_error(std::string_view code) { return !kFieldReader.means_none(code) && code != "0"; }

// Whatever is no text says nothing.
void copy_message(JsonValue value, std::string& message) {
  if (!copy_text(value, message).empty()) message.clear();
}

// An error that says nothing, or 0, is none.
JsonProblem read_error(JsonValue value, Metadata& metadata) {
  if (!is_of_type(value, JsonType::object)) {
    copy_message(value, metadata.message);
    metadata.has_error = means_error(metadata.message);
    return {};
  }
  std::string number;
  const JsonProblem problem = visit_fields(value, [&](std::string_view part, JsonValue inner) {
    if (part == "Code") return copy_text(inner, metadata.code);
    if (part == "CodeN") return copy_text(inner, number);
    if (part == "Message") copy_message(inner, metadata.message);
    return JsonProblem{};
  });
  if (!means_error(metadata.code)) metadata.code = number;
  metadata.has_error =
      means_error(metadata.code) || (metadata.code.empty() && !metadata.message.empty());
  return problem;
}

JsonProblem read_metadata(JsonValue value, Metadata& metadata) {
  if (is_of_type(value, JsonType::null)) return {};
  return visit_fields(value, [&metadata](std::string_view name, JsonValue inner) {
    if (name == "RequestId") return copy_text(inner, metadata.request_id);
    return name == "Error" ? read_error(inner, metadata) : JsonProblem{};
  });
}

// A gateway's body says what it answers with, whatever status it comes with.
JsonProblem read_gateway_status(JsonValue value, Metadata& metadata) {
  std::optional<std::int64_t> status;
  const JsonProblem problem = kFieldReader.read_count(value, status);
  if (status && *status >= 400 && *status < 600) metadata.status = static_cast<int>(*status);
  return problem;
}

JsonProblem visit_envelope(JsonDocument& document, Metadata& metadata, const FieldVisitor& visit) {
  JsonObject root;
  if (document.get_object().get(root) != simdjson::SUCCESS) return "not JSON";
  JsonProblem problem = visit_fields(root, [&](std::string_view name, JsonValue value) {
    if (name == "ResponseMetadata") return read_metadata(value, metadata);
    if (name == "HTTPCode") return read_gateway_status(value, metadata);
    if (name == "errorcode") {
      const JsonProblem in_code = copy_text(value, metadata.code);
      metadata.has_error = metadata.has_error || means_error(metadata.code);
      return in_code;
    }
    if (name == "message") copy_message(value, metadata.message);
    if (name != "Result" || is_of_type(value, JsonType::null)) return JsonProblem{};
    metadata.has_result = true;
    return visit_fields(value, [&](std::string_view part, JsonValue inner) {
      const JsonProblem part_problem = visit(part, inner);
      if (!part_problem.empty()) metadata.field = std::string(part) + ": ";
      return part_problem;
    });
  });
  // Nothing may follow the object.
  if (problem.empty() && document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    problem = "not JSON";
  }
  return problem;
}

}  // namespace

Result<void, Failure> open_response(HttpResponse& response, const FieldVisitor& visit) {
  auto document = open_json(response.body);
  if (!document) return classify_not_json(response, document.error());
  Metadata metadata;
  metadata.status = response.status;
  const JsonProblem problem = visit_envelope(*document, metadata, visit);
  if (metadata.has_error) return classify_api_error(metadata.error(), kMeanings);
  if (!problem.empty()) return response_not_understood(metadata.field + std::string(problem));
  if (!metadata.has_result) return response_not_understood("no Result");
  return {};
}

Failure classify_error(HttpResponse& response) {
  Metadata metadata;
  if (auto document = open_json(response.body)) {
    const JsonProblem ignored =
        visit_envelope(*document, metadata, [](auto, auto) { return JsonProblem{}; });
    static_cast<void>(ignored);
  }
  metadata.status = response.status;
  return classify_error_response(response, metadata.error(), kMeanings);
}

JsonProblem read_total(JsonValue& value, std::optional<std::int64_t>& total) {
  const JsonProblem problem = kFieldReader.read_count(value, total);
  if (total && *total < 0) total.reset();
  return problem;
}

}  // namespace cloud_billing::volcengine
