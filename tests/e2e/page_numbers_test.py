"""Every amount of an account on the page is that of the metric it comes from: the same number, to the last digit that a
metric has."""

import math
import re

from demo_test import accounts_that_show
from exact_amounts_test import demo_config
from harness import EndToEndTest, main, make_account, make_config, wait_until
from providers import VOLCENGINE

AMOUNT = re.compile(r'<p class="amount"><data class="money" value="([^"]+)"><span class="currency">(\w+)</span>')
FIGURE = re.compile(r"<div><dt>([^<]*)(?:<[^>]*>[^<]*</[^>]*>)?</dt><dd>(.*?)</dd></div>")
VALUE = re.compile(r'<data class="(?:money|days)" value="([^"]+)">')
MONTHS = re.compile(r'<tr><th scope="row">\w+ \d{4}(?:, so far)?</th><td><data value="([^"]+)">')
DAYS = re.compile(r'<tr><th scope="row">\d+ \w{3}</th><td>(?:<data value="([^"]+)">)?')
PER_CURRENCY = {  # by how the figure's term begins
    "Forecast for this month": ("forecast_billed_cost", {}),
    "Newest complete day": ("day_billed_cost", {}),
    "October": ("account_billed_cost", {"period": "previous"}),
}


class NumbersOfThePage(EndToEndTest):
    def sum_of(self, name, **labels):
        """Of what is shown with these labels; None if nothing is."""
        values = self.shown.select(name, **labels).values()
        return math.fsum(map(float, values)) if values else None

    def cost_so_far(self, name, currency):
        """Of a month that was read without a row in this currency: 0."""
        cost = self.sum_of("account_billed_cost", account=name, period="current", currency=currency)
        return 0 if cost is None and self.shown.select("account_billed_cost", account=name, period="current") else cost

    def assert_is(self, shown, metric, what):
        """An amount of the page is exact, one of a metric is the nearest double; both add up such ones."""
        self.assertIsNotNone(metric, what)
        self.assertTrue(math.isclose(float(shown), metric, rel_tol=1e-13, abs_tol=1e-12), (what, shown, metric))

    def check_account(self, exporter, name):
        page = exporter.ask(f"/?lang=en&account={name}").body.decode()
        plots = re.findall(r'<div class="plots">.*?</div></details>\n</figure>\n</div>', page, re.S)
        article = re.sub(r'<div class="plots">.*?</figure>\n</div>', "",
                         page[page.index("<article"):page.index("</article>")], flags=re.S)
        blocks = list(AMOUNT.finditer(article))
        self.assertTrue(blocks, name)
        for place, block in enumerate(blocks):
            amount, currency = block.groups()
            self.assert_is(amount, self.cost_so_far(name, currency), (name, currency))
            end = blocks[place + 1].start() if place + 1 < len(blocks) else len(article)
            self.check_figures(name, currency, dict(FIGURE.findall(article[block.start():end])))
        return plots

    def check_figures(self, name, currency, figures):
        found = set()
        for term, html in figures.items():
            for begin, (metric, labels) in self.per_currency.items():
                if term.startswith(begin):
                    found.add(begin)
                    self.assert_is(VALUE.search(html)[1],
                                   self.sum_of(metric, account=name, currency=currency, **labels), (name, term))
            if term.startswith("Against") and VALUE.search(html):
                before = self.sum_of("previous_month_to_date_billed_cost", account=name, currency=currency) or 0
                now = self.cost_so_far(name, currency)
                self.assertTrue(math.isclose(float(VALUE.search(html)[1]), now - before, abs_tol=1e-9 * abs(now)), name)
            if term.startswith("Available balance"):
                self.assert_is(VALUE.search(html)[1], self.sum_of("available_balance", account=name), (name, term))
            if term.startswith("Days left") and VALUE.search(html):
                self.assert_is(VALUE.search(html)[1], self.sum_of("balance_runway_seconds", account=name), (name, term))
        self.assertEqual(found, set(self.per_currency), name)

    def check_plots(self, name, plots, currencies, months):
        self.assertEqual(len(plots), len(currencies))
        for html, currency in zip(plots, currencies):
            days = DAYS.findall(html)
            self.assertEqual(len(days), 30)
            self.assert_is(days[-1], self.sum_of("day_billed_cost", account=name, currency=currency), (name, "day"))
            if not months:
                continue
            shown = MONTHS.findall(html)
            closed = {dict(labels)["month"] for labels in self.shown.select("closed_month_billed_cost", account=name)}
            metrics = [self.sum_of("closed_month_billed_cost", account=name, currency=currency, month=month) or 0
                       for month in sorted(closed)]
            metrics += [self.sum_of("account_billed_cost", account=name, currency=currency, period=period) or 0
                        for period in ("previous", "current")]
            self.assertEqual(len(shown), len(metrics), name)
            for amount, metric in zip(shown, metrics):
                self.assert_is(amount, metric, (name, "months"))

    def use(self, exporter):
        self.shown = exporter.metrics()
        month = re.search(r"<dt>(\w+ \d{4}), whole month", exporter.ask("/?lang=en").body.decode())[1]
        self.per_currency = {month if term == "October" else term: metric for term, metric in PER_CURRENCY.items()}

    def test_the_demos_accounts(self):
        cloud = self.start_simulator("--demo")
        exporter = self.start_exporter(demo_config(cloud)).wait_ready()
        names = {"prod", "ads", "legacy", "volc-ai", "volc-media", "volc-global"}
        wait_until(lambda: all(accounts_that_show(exporter.ask("/metrics").body.decode(), metric, rest) >= names
                               for metric, rest in (("trend_coverage_ratio", r"[^}]*} 1$"),
                                                    ("previous_month_to_date_billed_cost", ""),
                                                    ("closed_month_billed_cost", ""))), "days and months are known")
        self.use(exporter)
        for name in names - {"volc-global"}:
            plots = self.check_account(exporter, name)
            self.check_plots(name, plots, ["CNY"], months=True)
        plots = self.check_account(exporter, "volc-global")
        self.check_plots("volc-global", plots, ["CNY", "USD"], months=True)

    def test_fourteen_accounts_in_dollars(self):
        cloud = self.start_simulator("--accounts=14", "--usd=100", *VOLCENGINE.small_company)
        accounts = [make_account(cloud, n, VOLCENGINE, currency="USD") for n in range(1, 15)]
        exporter = self.start_exporter(make_config(accounts)).wait_ready()
        exporter.wait_for(lambda shown: list(shown.select("trend_coverage_ratio").values()) == ["1"] * 14, "all days")
        self.use(exporter)
        for n in range(1, 15):
            self.check_plots(f"account-{n}", self.check_account(exporter, f"account-{n}"), ["USD"], months=False)


if __name__ == "__main__":
    main()
