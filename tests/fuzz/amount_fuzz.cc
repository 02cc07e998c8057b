// Whatever text is read as an amount is written as a text that reads as the same amount, and its
// double in a text that reads as the same double.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/amount.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using cloud_billing::Amount;
  const auto amount = Amount::parse({reinterpret_cast<const char*>(data), size});
  if (!amount) return 0;
  const std::string decimal = amount->to_decimal();
  const auto again = Amount::parse(decimal);
  if (!again || *again != *amount) std::abort();
  std::string printed;
  cloud_billing::append_amount(printed, *amount);
  if (std::strtod(printed.c_str(), nullptr) != std::strtod(decimal.c_str(), nullptr)) std::abort();

  Amount sum = *amount;
  if (!sum.subtract(*amount) || sum != Amount{}) std::abort();
  if (amount->magnitude() < Amount{}) std::abort();
  return 0;
}
