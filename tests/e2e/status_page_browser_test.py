"""The page for people in a real browser: nothing is refused, fetched from elsewhere or cut off.

With CLOUD_BILLING_SCREENSHOTS=<directory> a picture of each page is left there to be looked at.
"""

import os
import pathlib

from browser import Browser, colours_of
from harness import EndToEndTest, main, make_account, make_config
from providers import PROVIDER

SCREENSHOTS = os.environ.get("CLOUD_BILLING_SCREENSHOTS")
ATTACK = "<script>alert(1)</script>"
CHANNELS = (0.2126, 0.7152, 0.0722)

# The element and the background that it stands on.
CONTRASTS = """Array.from(document.querySelectorAll(
  'h1, h2, p, dt, dd, th, td, a, summary, .note, .label, .state, code, input, button'))
  .filter(e => e.textContent.trim() || e.tagName == 'INPUT').map(e => {
    let back = e;
    while (getComputedStyle(back).backgroundColor == 'rgba(0, 0, 0, 0)') back = back.parentElement;
    return [e.tagName + '.' + e.className, getComputedStyle(e).color,
            getComputedStyle(back).backgroundColor];
  })"""


def luminance(colour):
    """As WCAG 2 defines it."""
    parts = (channel / 255 for channel in colours_of(colour))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(factor * part for factor, part in zip(CHANNELS, linear))


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


class StatusPageInABrowser(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.browser = self._own(Browser(self.directory))
        self.addCleanup(self.browser.close)

    def look(self, exporter, name, query="", unfolded=False):
        """Opens the page wide and narrow, light and dark, and checks what holds for every page."""
        home = f"http://127.0.0.1:{exporter.port}/"
        for width, scheme in ((1280, "light"), (1280, "dark"), (760, "light"), (375, "light"),
                              (375, "dark")):
            with self.subTest(page=name, width=width, scheme=scheme):
                self.browser.resize(width)
                self.browser.prefer(scheme)
                self.browser.take_fetched()
                self.browser.open(home + query)
                if unfolded:
                    self.browser.run("document.querySelectorAll('.accounts details')"
                                     ".forEach(e => { e.open = true; })")
                self.assertFalse(self.browser.has_dialog())
                self.assertEqual(self.browser.take_logs(), [])
                fetched = [url for url in self.browser.take_fetched()
                           if not url.startswith("data:")]
                self.assertEqual(fetched, [home + query])
                self.assertEqual(self.browser.run("document.scripts.length"), 0)
                self.assertEqual(self.browser.run("innerWidth"), width)
                self.assertLessEqual(self.browser.run("document.scrollingElement.scrollWidth"),
                                     width, "no scrolling sideways")
                back = self.browser.run("getComputedStyle(document.body).backgroundColor")
                self.assertEqual(luminance(back) > 0.5, scheme == "light", back)
                for element, colour, behind in self.browser.run(CONTRASTS):
                    self.assertGreaterEqual(contrast(colour, behind), 4.5, (element, colour))
                if SCREENSHOTS:
                    self.browser.save_screenshot(
                        pathlib.Path(SCREENSHOTS) / f"{name}-{width}-{scheme}.png")

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
        self.browser.open(f"http://127.0.0.1:{exporter.port}/")
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
        self.look(exporter, "many-last", "?page=3", unfolded=True)
        self.assertTrue(any(text.startswith("bills failed ") and "permission: " in text
                            for text in self.see(".accounts .runs .failure")))
        self.look(exporter, "one-of-many", "?account=account-77")
        self.assertEqual(self.see("article h3"), ["account-77"])


if __name__ == "__main__":
    main()
