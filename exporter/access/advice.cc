#include "access/advice.h"

#include <algorithm>
#include <string_view>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// A signature holds for minutes: less does not matter.
constexpr std::chrono::minutes kHarmless{1};
// More is the likeliest cause of a refused signature or time.
constexpr std::chrono::minutes kSuspicious{5};

std::string in_words(const Advice& advice) {
  std::string words(advice.what);
  if (!advice.where.empty()) words += " Console: " + std::string(advice.where);
  return words;
}

std::string_view advice_for(Reason reason) {
  switch (reason) {
    case Reason::kTransport:
      return "Check endpoint, name servers, firewall, and the proxy if there is one (https_proxy, "
             "no_proxy).";
    case Reason::kTimeout:
      return "Check firewall and proxy, or raise http.timeout.";
    case Reason::kAuth:
      return "Check access_key_id, secret_access_key and session_token.";
    case Reason::kPermission:
      return "Grant this key's user what the operation needs.";
    case Reason::kThrottled:
      return "Try again in a minute; if it stays so, lower requests_per_second, or find out what "
             "else uses this key.";
    case Reason::kServer:
      return "The cloud has a fault: try again later.";
    case Reason::kRequest:
      return "Check the account's endpoint.";
    case Reason::kDecode:
    case Reason::kInconsistent:
      break;
  }
  return "What answered is not the billing API as it is documented: check endpoint and proxy.";
}

// The cloud's own code of an error; empty if it told none that looks like one.
std::string_view code_of(const Failure& failure) {
  constexpr std::size_t kLongest = 64;
  const std::string_view code = std::string_view(failure.words).substr(0, failure.words.find(": "));
  const bool plain = std::all_of(code.begin(), code.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_';
  });
  return plain && code.size() <= kLongest ? code : std::string_view();
}

bool is_refused(const Failure& failure, const AccessQuestion& question) {
  return failure.reason == Reason::kPermission ||
         (question.dispensable && failure.reason == Reason::kRequest);
}

std::string advise(const Failure& failure, std::string_view code, const AccessQuestion& question,
                   const Provider& provider) {
  const auto remedies = provider.remedies();
  const auto remedy = std::find_if(remedies.begin(), remedies.end(),
                                   [code](const Remedy& row) { return row.code == code; });
  if (remedy != remedies.end()) return in_words(remedy->advice);
  if (is_refused(failure, question)) return in_words(question.if_refused);
  return std::string(advice_for(failure.reason));
}

}  // namespace

std::string describe_clock_difference(std::chrono::seconds difference) {
  const auto size = std::chrono::abs(difference);
  const bool in_seconds = size < std::chrono::minutes(2);
  const auto number =
      in_seconds ? size.count() : std::chrono::round<std::chrono::minutes>(size).count();
  return std::to_string(number) + (in_seconds ? " s " : " min ") +
         (difference.count() > 0 ? "ahead" : "behind");
}

std::string advise_on_clock(const std::optional<std::chrono::seconds>& clock_difference) {
  if (!clock_difference || std::chrono::abs(*clock_difference) <= kHarmless) return {};
  return "Set this host's clock (NTP): further off, requests are refused.";
}

ToldFailure tell_failure(const Failure& failure, int status, const AccessQuestion& question,
                         const Provider& provider,
                         const std::optional<std::chrono::seconds>& clock_difference) {
  const std::string_view code = code_of(failure);
  // A refusal that is not the API's says itself what to do.
  const std::size_t split = failure.message.find(": ");
  const bool is_own = failure.reason == Reason::kPermission && status < 300;
  if (is_own && code.empty() && split != std::string::npos) {
    return {failure.message.substr(0, split), failure.message.substr(split + 2)};
  }
  ToldFailure told{failure.message, advise(failure, code, question, provider)};
  if (!code.empty()) told.fact = "HTTP " + std::to_string(status) + ", " + std::string(code);
  if (failure.reason == Reason::kAuth && clock_difference &&
      std::chrono::abs(*clock_difference) > kSuspicious) {
    told.advice =
        "Set this host's clock (NTP): it is " + describe_clock_difference(*clock_difference) + ".";
  }
  return told;
}

}  // namespace cloud_billing
