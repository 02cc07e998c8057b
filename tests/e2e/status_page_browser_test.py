"""The page for people in a real browser: nothing is refused, fetched from elsewhere or cut off, and nothing keeps
people from reading it or from getting through it with a keyboard.

With CLOUD_BILLING_SCREENSHOTS=<directory> a picture of each page is left there to be looked at.
"""

import itertools
import os
import pathlib
import sys
import urllib.parse

from axe import find_axe, find_violations
from browser import Browser, colours_of
from demo_test import NAMES, accounts_that_show
from exact_amounts_test import demo_config
from harness import EndToEndTest, main, make_account, make_config, wait_until
from providers import PROVIDER, VOLCENGINE

SCREENSHOTS = os.environ.get("CLOUD_BILLING_SCREENSHOTS")
ATTACK = "<script>alert(1)</script>"
CHANNELS = (0.2126, 0.7152, 0.0722)
LANGUAGES = ("zh", "en")  # the last one stays open
# Each width and each scheme once; in a long run each width in each scheme.
VIEWS = (tuple(itertools.product((1280, 390), ("light", "dark"))) if os.environ.get("CLOUD_BILLING_LONG") == "1"
         else ((1280, "light"), (390, "dark")))

# The element and the background that it stands on.
CONTRASTS = """Array.from(document.querySelectorAll(
  'h1, h2, p, dt, dd, th, td, a, summary, .note, .label, .state, code, input, button'))
  .filter(e => e.textContent.trim() || e.tagName == 'INPUT').map(e => {
    let back = e;
    while (getComputedStyle(back).backgroundColor == 'rgba(0, 0, 0, 0)') back = back.parentElement;
    return [e.tagName + '.' + e.className, getComputedStyle(e).color,
            getComputedStyle(back).backgroundColor];
  })"""

# Of a plot: each fill or outline, and each text's size.
SHAPES = """Array.from(document.querySelectorAll('.columns rect, .columns .missing, .swatch *')).map(e => {
    const style = getComputedStyle(e);
    const card = getComputedStyle(e.closest('.card')).backgroundColor;
    return [e.outerHTML, style.stroke == 'none' ? style.fill : style.stroke, card];
  })"""
SMALLEST_TEXT = """Math.min(100, ...Array.from(document.querySelectorAll('.columns text'))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""

# What has the focus: where it is, and whether it can be seen to have it.
FOCUSED = """(() => {
    const e = document.activeElement;
    const box = e.getBoundingClientRect();
    return {tag: e.tagName, name: e.className, words: e.innerText || e.value || e.ariaLabel || '',
            inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0,
            outlined: getComputedStyle(e).outlineStyle != 'none'};
  })()"""
FOCUSABLE = """Array.from(document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]'))
  .filter(e => e.checkVisibility()).length"""


def luminance(colour):
    """As WCAG 2 defines it."""
    parts = (channel / 255 for channel in colours_of(colour))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(factor * part for factor, part in zip(CHANNELS, linear))


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


class StatusPageInABrowser(EndToEndTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.axe = find_axe()
        if cls.axe is None:
            print("axe-core is missing: nothing is said of WCAG 2.2 but contrasts and the keyboard", file=sys.stderr)

    def setUp(self):
        super().setUp()
        self.browser = self._own(Browser(self.directory))
        self.addCleanup(self.browser.close)

    def look(self, exporter, name, unfolded=False, **query):
        """Opens the page in each language, wide and narrow, light and dark, and checks what holds for every page."""
        home = f"http://127.0.0.1:{exporter.port}/"
        for language, (width, scheme) in itertools.product(LANGUAGES, VIEWS):
            with self.subTest(page=name, language=language, width=width, scheme=scheme):
                address = home + "?" + urllib.parse.urlencode({"lang": language, **query})
                self.browser.resize(width)
                self.browser.prefer(scheme)
                self.browser.take_fetched()
                self.browser.open(address)
                if SCREENSHOTS:
                    self.browser.save_screenshot(
                        pathlib.Path(SCREENSHOTS) / f"{name}-{language}-{width}-{scheme}.png")
                if unfolded:
                    self.browser.run("document.querySelectorAll('details').forEach(e => { e.open = true; })")
                self.assertFalse(self.browser.has_dialog())
                self.assertEqual(self.browser.take_logs(), [])
                fetched = [url for url in self.browser.take_fetched() if not url.startswith("data:")]
                self.assertEqual(fetched, [address])
                self.assertEqual(self.browser.run("document.scripts.length"), 0)
                self.assertEqual(self.browser.run("innerWidth"), width)
                self.assertLessEqual(self.browser.run("document.scrollingElement.scrollWidth"), width,
                                     "no scrolling sideways")
                back = self.browser.run("getComputedStyle(document.body).backgroundColor")
                self.assertEqual(luminance(back) > 0.5, scheme == "light", back)
                for element, colour, behind in self.browser.run(CONTRASTS):
                    self.assertGreaterEqual(contrast(colour, behind), 4.5, (element, colour))
                for element, colour, behind in self.browser.run(SHAPES):
                    self.assertGreaterEqual(contrast(colour, behind), 3, (element, colour))
                self.assertGreaterEqual(self.browser.run(SMALLEST_TEXT), 11)
                if self.axe:
                    self.assertEqual(find_violations(self.browser, self.axe), [])

    def see(self, selector):
        return self.browser.run(f"Array.from(document.querySelectorAll('{selector}'))"
                                ".map(e => e.innerText)")

    def test_accounts_with_an_error_and_a_name_that_is_markup(self):
        cloud = self.start_simulator("--accounts=3", *PROVIDER.small_company)
        cloud.add_fault("status_500", PROVIDER.key(2), PROVIDER.bill)
        accounts = [make_account(cloud, n, budget=100 * n, low_balance=10 ** n)
                    for n in (1, 2, 3)]
        accounts[2].update(name=ATTACK, labels={"team": ATTACK})
        exporter = self.start_exporter(make_config(accounts)).wait_ready()
        self.look(exporter, "accounts")
        self.assertIn(ATTACK, self.see("article h3"))
        failures = self.see(".failure")
        self.assertTrue(failures)
        for failure in failures:
            self.assertIn("server: the cloud has a fault", failure)
        # What was typed comes back in the box as it was, and finds the account.
        self.browser.open(f"http://127.0.0.1:{exporter.port}/?lang=en")
        self.browser.run("document.getElementById('q').value = '<SCRIPT> baidu', "
                         "document.querySelector('form').requestSubmit()"
                         .replace("baidu", PROVIDER.name))
        self.assertEqual(self.see("article h3"), [ATTACK])
        self.assertEqual(self.browser.run("document.getElementById('q').value"),
                         f"<SCRIPT> {PROVIDER.name}")
        self.assertEqual(self.browser.take_logs(), [])

    def test_nothing_polled_yet(self):
        cloud = self.start_simulator("--accounts=2", *PROVIDER.small_company)
        cloud.add_fault("hang")
        exporter = self.start_exporter(
            make_config([make_account(cloud, n) for n in (1, 2)],
                        http={"timeout": "5m", "max_retries": 0}))
        self.look(exporter, "waiting")
        self.assertEqual(self.see(".state"), ["first poll under way"] * 2)

    def test_three_hundred_accounts(self):
        cloud = self.start_simulator("--accounts=300", "--rows=5")
        accounts = [make_account(cloud, n, budget=1000 * (n % 9 + 1)) for n in range(1, 301)]
        cloud.add_fault("forbidden", PROVIDER.key(7), PROVIDER.bill)
        exporter = self.start_exporter(make_config(accounts)).wait_ready()
        self.look(exporter, "many")
        self.look(exporter, "many-unfolded", unfolded=True)
        polls = self.see(".accounts .runs li")
        self.assertEqual(len(polls), 200, "two collectors of each account")
        for poll in polls:
            self.assertRegex(poll, r"^(balance|bills) (ok|failed), last success .*, next poll .*")
        self.assertEqual(len(self.see(".accounts tbody tr")), 100)
        self.look(exporter, "many-last", unfolded=True, page=3)
        self.assertTrue(any(text.startswith("bills failed ") and "permission: " in text
                            for text in self.see(".accounts .runs .failure")))
        self.look(exporter, "one-of-many", account="account-77")
        self.assertEqual(self.see("article h3"), ["account-77"])

    def test_the_demo_in_all_its_troubles(self):
        cloud = self.start_simulator("--demo")
        exporter = self.start_exporter(demo_config(cloud)).wait_ready()
        wait_until(lambda: accounts_that_show(exporter.ask("/metrics").body.decode(), "trend_coverage_ratio",
                                              r"[^}]*} 1$") >= set(NAMES), "the days of every account are known")
        self.look(exporter, "demo", unfolded=True)
        for name in ("group", "legacy", "volc-audit", "volc-global"):  # over budget, in debt, failing, two currencies
            self.look(exporter, "demo-" + name, unfolded=True, account=name)
        self.look(exporter, "demo-growth", unfolded=True, q="growth")
        self.look(exporter, "demo-nothing", q="nothing that is found")
        self.walk_with_the_keyboard(f"http://127.0.0.1:{exporter.port}/?lang=en&q=growth")

    def walk_with_the_keyboard(self, address):
        """Everything that can be used gets the focus, one after the other, and shows it."""
        self.browser.resize(1280)
        self.browser.open(address)
        self.browser.press("Tab", 9)
        first = self.browser.run(FOCUSED)
        self.assertEqual(first["words"], "Skip to the accounts")
        self.assertTrue(first["inside"], "it can be seen now")
        for _ in range(self.browser.run(FOCUSABLE) - 1):
            self.browser.press("Tab", 9)
            focused = self.browser.run(FOCUSED)
            self.assertNotEqual(focused["tag"], "BODY")
            self.assertTrue(focused["inside"] and focused["outlined"], focused)
        self.browser.open(address)
        self.browser.press("Tab", 9)
        self.browser.press("Enter", 13)
        self.assertEqual(self.browser.run("document.activeElement.id"), "accounts")
        # A plot's table opens with a key.
        self.browser.run("document.querySelector('.plot summary').focus()")
        self.browser.press("Enter", 13)
        self.assertTrue(self.browser.run("document.querySelector('.plot details').open"))

    def test_no_account_and_one(self):
        cloud = self.start_simulator("--accounts=1", *PROVIDER.small_company)
        config = make_config([make_account(cloud, 1)])
        shards = [self.start_exporter(config, "--shard.count=2", f"--shard.index={index}").wait_ready()
                  for index in (0, 1)]
        names = {exporter.metrics().select("account_info") == {}: exporter for exporter in shards}
        self.look(names[True], "none")
        self.look(names[False].wait_for_days(), "one", unfolded=True)
        self.assertEqual(len(self.see(".columns")), 1, "a single account's plot is the total's")

    def test_six_accounts(self):
        cloud = self.start_simulator("--accounts=6", *PROVIDER.small_company)
        cloud.add_fault("forbidden", PROVIDER.key(4), PROVIDER.bill)
        exporter = self.start_exporter(
            make_config([make_account(cloud, n, budget=4000, low_balance=10 ** n) for n in range(1, 7)])).wait_ready()
        wait_until(lambda: len(exporter.metrics().select("trend_coverage_ratio")) == 5, "days are known")
        self.look(exporter, "six", unfolded=True)

    def test_fourteen_accounts_in_dollars(self):
        cloud = self.start_simulator("--accounts=14", "--usd=100", *VOLCENGINE.small_company)
        accounts = [make_account(cloud, n, VOLCENGINE, budget=2000 * n, currency="USD") for n in range(1, 15)]
        exporter = self.start_exporter(make_config(accounts)).wait_ready()
        self.look(exporter, "dollars", unfolded=True)
        self.assertNotIn("CNY 0.00", self.browser.run("document.body.innerText"))


if __name__ == "__main__":
    main()
