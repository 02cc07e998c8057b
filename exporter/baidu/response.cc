#include "baidu/response.h"

#include <array>
#include <string>

#include "json/json_reader.h"

namespace cloud_billing::baidu {
namespace {

constexpr std::array kMeanings{
    CodeMeaning{"AccessDenied", Reason::kPermission, false,
                "the key may not read this: grant the policy FCReadAccessPolicy, and check "
                "sub_accounts"},
    CodeMeaning{"QualifyNotPass", Reason::kPermission, false,
                "the account is not real-name verified"},
    CodeMeaning{"OptInRequired", Reason::kPermission, false, "the service is not opened"},
    CodeMeaning{"InvalidAccessKeyId", Reason::kAuth, false,
                "the access key id is not known: check access_key_id"},
    CodeMeaning{"SignatureDoesNotMatch", Reason::kAuth, false,
                "the signature is refused: check secret_access_key"},
    CodeMeaning{"InvalidHTTPAuthHeader", Reason::kAuth, false,
                "the authorization is refused: check access_key_id and secret_access_key"},
    CodeMeaning{"RequestExpired", Reason::kAuth, true,
                "the request's time is refused: check this host's clock"},
    CodeMeaning{"InvalidHTTPRequest", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"MalformedJSON", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"InappropriateJSON", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"InvalidURI", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"InvalidVersion", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"PreconditionFailed", Reason::kRequest, false, kRequestRefused},
    CodeMeaning{"InternalError", Reason::kServer, true, kServiceFailed},
};

}  // namespace

Failure classify_error(HttpResponse& response) {
  const auto opened = open_response(response, [](auto, auto) { return JsonProblem{}; });
  const std::string code = opened ? opened->code : "";
  const std::string message = opened ? opened->message : "";
  std::string request_id = opened ? opened->request_id : "";
  if (request_id.empty()) request_id = response.header("x-bce-request-id").value_or("");
  return classify_error_response(response, {response.status, code, request_id, message}, kMeanings);
}

Failure Response::explain_missing(int status, std::string_view field) const {
  if (is_error()) return classify_api_error({status, code, request_id, message}, kMeanings);
  return response_not_understood("no " + std::string(field));
}

Result<Response, Failure> open_response(HttpResponse& response, const FieldVisitor& visit) {
  auto document = open_json(response.body);
  if (!document) return classify_not_json(response, document.error());
  Response opened;
  JsonObject root;
  if (document->get_object().get(root) != simdjson::SUCCESS) {
    return response_not_understood("not JSON");
  }
  for (auto field : root) {
    std::string_view name;
    JsonValue value;
    if (field.unescaped_key().get(name) != simdjson::SUCCESS ||
        field.value().get(value) != simdjson::SUCCESS) {
      return response_not_understood("not JSON");
    }
    std::string* const error_part = name == "code"        ? &opened.code
                                    : name == "requestId" ? &opened.request_id
                                                          : nullptr;
    std::string_view text;
    if (name == "message") {
      if (read_text(value, text).empty()) opened.message = text;
      continue;
    }
    const JsonProblem problem = error_part != nullptr ? read_text(value, text) : visit(name, value);
    if (!problem.empty()) {
      return response_not_understood(std::string(name) + ": " + std::string(problem));
    }
    if (error_part != nullptr) *error_part = text;
  }
  // Nothing may follow the object.
  if (document->current_location().error() != simdjson::OUT_OF_BOUNDS) {
    return response_not_understood("not JSON");
  }
  if (opened.code == "0") opened.code.clear();  // of a success
  return opened;
}

}  // namespace cloud_billing::baidu
