"""The page for people at /, as a browser gets it."""

import html.parser
import re
from decimal import Decimal

from harness import EndToEndTest, billing_months, main, make_account, make_config, wait_until
from providers import PROVIDER

OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}


class Page(html.parser.HTMLParser):
    """What the page says: all of its text, and that of each account's article."""

    def __init__(self, markup):
        super().__init__()
        self.markup = markup
        self.text = ""
        self.articles = []
        self.amounts = []  # of each article: what its first amount is exactly
        self.totals = []  # of each currency: what the month has cost, exactly
        self.tags = set()
        self._in_article = self._in_total = self._skipping = False
        self.feed(markup)
        self.text = re.sub(r"\s+", " ", self.text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self._skipping = self._skipping or tag in ("style", "title")
        if tag == "article":
            self._in_article = True
            self.articles.append("")
            self.amounts.append(None)
        if tag == "p":
            self._in_total = ("class", "big") in attributes
        if tag == "data" and self._in_total:
            self.totals.append(Decimal(dict(attributes)["value"]))
        if tag == "data" and self._in_article and self.amounts[-1] is None:
            self.amounts[-1] = Decimal(dict(attributes)["value"])

    def handle_endtag(self, tag):
        if tag in ("style", "title"):
            self._skipping = False
        if tag == "article":
            self._in_article = False
        if tag == "p":
            self._in_total = False

    def handle_data(self, data):
        if self._skipping:
            return
        self.text += data
        if self._in_article:
            self.articles[-1] += data

    def amount_of(self, account):
        """What the account has cost this month, exactly."""
        return next(amount for text, amount in zip(self.articles, self.amounts)
                    if text.split()[0] == account)


def open_page(exporter, query=""):
    answer = exporter.ask("/" + query)
    if answer.status != 200:
        raise AssertionError(f"/{query}: {answer.status}")
    return Page(answer.body.decode())


class StatusPage(EndToEndTest):
    def start(self, count, polling=None):
        self.cloud = self.start_simulator(f"--accounts={count}", *PROVIDER.small_company)
        accounts = [make_account(self.cloud, n, labels={"team": f"team-{n}"})
                    for n in range(1, count + 1)]
        config = make_config(accounts, **({"polling": polling} if polling else {}))
        return self.start_exporter(config).wait_ready()

    def test_shows_every_accounts_exact_costs_of_this_month(self):
        exporter = self.start(3)
        page = open_page(exporter)
        self.assertEqual(len(page.articles), 3)
        total = Decimal(0)
        for number in (1, 2, 3):
            billed = Decimal(self.cloud.totals(PROVIDER.key(number), billing_months()["current"])
                             ["total"]["billed_cost"])
            total += billed
            with self.subTest(account=number):
                self.assertEqual(page.amount_of(f"account-{number}"), billed)
        # The sum stands at the top, exact.
        self.assertEqual(page.totals, [total])

    def test_tells_a_failure_in_words_until_it_is_over(self):
        exporter = self.start(1, OFTEN)
        self.assertNotIn("the latest poll", open_page(exporter).text)
        self.cloud.add_fault("forbidden", operation=PROVIDER.bill)
        failed = wait_until(
            lambda: (page := open_page(exporter)) and "bills failed" in page.text and page,
            "a failed poll on the page")
        self.assertIn("permission: the key may not read this", failed.text)
        self.assertIn("account-1: the latest poll of bills failed", failed.text)
        self.assertIsNotNone(failed.amount_of("account-1"), "the last good amount stays")
        self.cloud.clear_faults()
        over = wait_until(
            lambda: (page := open_page(exporter)) and "failed" not in page.text and page,
            "the failure is over")
        self.assertNotIn("the latest poll", over.text)
        self.assertRegex(over.text, "bills: last error .* permission: the key may not read this")

    def test_counts_an_account_once_that_two_entries_read(self):
        self.cloud = self.start_simulator("--accounts=1", *PROVIDER.small_company)
        accounts = [make_account(self.cloud, 1, name=name) for name in ("z-first", "a-second")]
        exporter = self.start_exporter(make_config(accounts, polling=OFTEN)).wait_ready()
        shown = exporter.wait_for(lambda now: len(now.select("bill_counted_twice")) == 2,
                                  "both entries to be noticed")
        for account, other in (("z-first", "a-second"), ("a-second", "z-first")):
            self.assertEqual(shown.value("bill_counted_twice", account=account,
                                         other_account=other, provider=PROVIDER.name), "1")
        billed = Decimal(self.cloud.totals(PROVIDER.key(1), billing_months()["current"])
                         ["total"]["billed_cost"])
        page = open_page(exporter)
        self.assertEqual(page.totals, [billed])
        if billed:  # in a month's first hours its bill has no row yet, so none twice
            self.assertIn("so far 1 account CNY", page.text)
            self.assertIn("Without a-second: the bill of z-first holds it already.", page.text)
        self.assertIn("z-first: its bill holds that of a-second too", page.text)
        self.assertEqual(exporter.err.count("the same bill is read by two accounts"), 2)

    def test_finds_accounts_without_a_script(self):
        exporter = self.start(3)
        found = open_page(exporter, "?q=team%3Dteam-2")
        self.assertEqual([text.split()[0] for text in found.articles], ["account-2"])
        self.assertIn("1 of 3 accounts for “team=team-2”", found.text)
        self.assertEqual(len(open_page(exporter, "?q=ACCOUNT+team").articles), 3)
        self.assertEqual(open_page(exporter, "?q=%3Cscript%3E%00%ff&page=-7").articles, [])
        self.assertEqual(len(open_page(exporter, "?account=account-3").articles), 1)
        self.assertEqual(len(open_page(exporter, "?").articles), 3)

    def test_is_in_the_language_of_the_browser(self):
        exporter = self.start(1)
        chinese = exporter.ask("/", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"})
        self.assertEqual(chinese.headers["Content-Language"], "zh-CN")
        self.assertIn("可用余额", chinese.body.decode())
        english = exporter.ask("/?lang=en", headers={"Accept-Language": "zh"})
        self.assertIn("Available balance", english.body.decode())
        for answer in (chinese, english):
            self.assertEqual(answer.headers["Vary"], "Accept-Encoding, Accept-Language")

    def test_is_for_get_and_head_and_allows_a_browser_nothing_else(self):
        exporter = self.start(1)
        got, head = exporter.ask("/"), exporter.ask("/", "HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        for name in ("Content-Type", "Cache-Control", "Content-Security-Policy",
                     "Referrer-Policy", "X-Content-Type-Options"):
            self.assertEqual(head.headers[name], got.headers[name])
        self.assertEqual(got.headers["Content-Type"], "text/html; charset=utf-8")
        self.assertEqual(got.headers["Cache-Control"], "no-store")
        self.assertEqual(got.headers["X-Content-Type-Options"], "nosniff")
        policy = dict(part.strip().split(" ", 1)
                      for part in got.headers["Content-Security-Policy"].split(";"))
        self.assertRegex(policy.pop("style-src"), "^'sha256-[A-Za-z0-9+/]{43}='$")
        self.assertEqual(policy, {
            "default-src": "'none'", "img-src": "data:", "form-action": "'self'",
            "base-uri": "'none'", "frame-ancestors": "'none'"})
        self.assertEqual(exporter.ask("/", "POST").status, 405)
        page = Page(got.body.decode())
        self.assertFalse(page.tags & {"script", "img", "iframe", "object", "embed"})
        links = re.findall(r'(?:href|src|action)="([^"]*)"', page.markup)
        self.assertEqual([link for link in links
                          if link.startswith(("/", "http")) or "://" in link.split(",")[0]], [],
                         "links work behind a path prefix")

    def test_asks_the_cloud_nothing_and_shows_no_key(self):
        exporter = self.start(2).wait_for_days()
        before = self.cloud.requests()["total"]
        text = "".join(open_page(exporter, f"?q={number}").markup for number in range(20))
        self.assertEqual(self.cloud.requests()["total"], before)
        for secret in (PROVIDER.secret(1), PROVIDER.key(1)):
            self.assertNotIn(secret, text)


if __name__ == "__main__":
    main()
