#pragma once

// Amounts and shares of them as HTML. The exact amount is always in it, for programs; people see it
// beside the main amounts, and everywhere if they ask for every digit. Pure, any thread.

#include <optional>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// "CNY 1,234.51", in Chinese "¥1,234.51", kept on one line; "not known" for nothing.
[[nodiscard]] std::string money_html(std::optional<Amount> amount, std::string_view currency,
                                     const Rendering& page);
// With a sign in any case: "+CNY 12.00".
[[nodiscard]] std::string signed_money_html(Amount amount, std::string_view currency,
                                            const Rendering& page);
// Without the currency, which stands beside it.
[[nodiscard]] std::string bare_money_html(std::optional<Amount> amount, const Rendering& page);

// A paragraph of that class, and below it the exact amount if that is another, and in round numbers
// where the language has them.
[[nodiscard]] std::string main_amount_html(std::optional<Amount> amount, std::string_view currency,
                                           std::string_view css_class, const Rendering& page);

// "61.7%"; "100.0%" from 1 on only, and never 0 for something.
[[nodiscard]] std::string percent_html(double share);
// By how much: "+3.1%", "-12.0%".
[[nodiscard]] std::string signed_percent_html(double share);

}  // namespace cloud_billing
