"""Many accounts of all providers for a long time, with everything that may befall them: the process neither grows nor
leaks, counters never fall, no amount is ever wrong, and at the end every one is known again.

    soak_test.py [--seconds=600] [--accounts=200] [--seed=NUMBER]

Each minute it tells what the process holds, and counts what befell it.

Everything is polled much more often than it would be: what takes a day at the default intervals takes minutes.
"""

import argparse
import gzip
import os
import random
import re
import signal
import statistics
import sys
import time

from expected_bill import ExpectedBill
from harness import (MEASURES, EndToEndTest, Exposition, main, make_account, make_config, print_amount,
                     seconds_to_bill_change, wait_until)
from providers import BAIDU, BYTEPLUS, VOLCENGINE

PROVIDERS = (BAIDU, VOLCENGINE, BYTEPLUS)
FAULTS = ("status_500", "bad_gateway", "throttled", "forbidden", "bad_key", "bad_signature", "expired", "hang", "slow",
          "truncated_body", "reset", "short_page", "wrong_page", "unreadable_amount", "missing_amount", "error_in_200",
          "not_json", "huge_body", "bad_utf8", "deep_unknown_field", "empty_body", "gateway_json")
AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode"], "tag_keys": ["team"], "measures": MEASURES,
               "max_series": 20000}
POLLING = {"balance": {"interval": "20s"}, "bills": {"interval": "1m"}, "orders": {"interval": "30s"}}
PATIENCE = 900  # seconds until all is polled, on a busy machine
FORMS = ({}, {"Accept-Encoding": "gzip"}, {"Accept": "application/openmetrics-text;version=1.0.0"})
WORKERS = 560  # of the web server
SPARE_DESCRIPTORS = 32  # beyond what the warm process had: connections under way
# Between the second and the last quarter. The answers that are too large raise it by steps: one of 8 MiB lies in a buffer
# of up to 16 MiB, and two may be under way.
GROWTH_SHARE, GROWTH_MIB = 0.1, 32


class BillAfterTrouble(ExpectedBill):
    """Beside the rows, the provider's own total is right or not known: a month that is read once a day is shown without
    it, if just that was refused."""

    def _check_numbers(self, test, metrics, where, totals):
        with test.subTest(**where):
            test.assertEqual(metrics.value("bill_rows", **where), str(totals["total"]["rows"]))
            currency = self.provider.currency
            test.assertIn(metrics.value("provider_billed_cost", currency=currency, **where),
                          (None, print_amount(totals["total"]["billed_cost"])))
            test.assertIn(metrics.value("reconciliation_difference", currency=currency, **where), (None, "0"))


options = argparse.Namespace(seconds=600, accounts=200, seed=None)


class Soak(EndToEndTest):
    def setUp(self):
        wait_until(lambda: seconds_to_bill_change() > options.seconds + PATIENCE, "the bill has changed",
                   2 * (options.seconds + PATIENCE))
        self.seed = options.seed if options.seed is not None else random.randrange(1 << 32)
        print(f"\n  seed {self.seed}, {options.accounts} accounts, {options.seconds} s", file=sys.stderr, flush=True)
        self.dice = random.Random(self.seed)
        of_each = -(-options.accounts // len(PROVIDERS))
        self.cloud = self.start_simulator(f"--accounts={of_each + 1}", "--rows=40", "--orders=5", "--gzip")
        self.accounts, self.of = {}, {}
        for number in range(options.accounts):
            provider, index = PROVIDERS[number % len(PROVIDERS)], number // len(PROVIDERS) + 1
            name = f"{provider.name}-{index}"
            secret = self.directory / f"{name}.secret"
            secret.write_text(provider.secret(index))
            account = make_account(self.cloud, index, provider, name=name, budget=1000,
                                   collectors=["balance", "bills", "orders"])
            del account["secret_access_key"]
            self.accounts[name] = {**account, "secret_access_key_file": str(secret)}
            self.of[name] = (provider, provider.key(index), secret, provider.secret(index))
        self.guest = make_account(self.cloud, of_each + 1, BAIDU, name="guest", collectors=["balance", "bills"])
        self.polls_of_guest = False
        self.done = {}  # what was done how often

    def write(self):
        accounts = [*self.accounts.values(), *([self.guest] if self.polls_of_guest else [])]
        return make_config(accounts, polling=POLLING, aggregation=AGGREGATION,
                           http={"timeout": "5s", "max_retries": 1})

    def scrape(self):
        """In one of the forms; what it holds is read in the text format's, of which it must be a sound one."""
        headers = self.dice.choice(FORMS)
        answer = self.exporter.ask("/metrics", headers=headers)
        self.assertEqual(answer.status, 200)
        body = gzip.decompress(answer.body) if answer.headers["Content-Encoding"] == "gzip" else answer.body
        text = body.decode()
        if "Accept" in headers:
            self.assertTrue(text.endswith("# EOF\n"))
        return Exposition(text)

    # What may happen in a second.

    def cause_fault(self):
        provider, key, _, _ = self.of[self.dice.choice(list(self.of))]
        kind = self.dice.choice([kind for kind in FAULTS if kind != "gateway_json" or provider is not BAIDU])
        self.cloud.add_fault(kind, key)

    def end_faults(self):
        self.cloud.clear_faults()

    def spoil_secret(self):
        _, _, path, _ = self.of[self.dice.choice(list(self.of))]
        path.write_text("rotated-away")

    def rotate_secrets(self):
        for _, _, path, secret in self.of.values():
            if path.read_text() != secret:
                path.write_text(secret)

    def reload(self):
        self.accounts[self.dice.choice(list(self.accounts))]["budget"] = self.dice.randint(1, 100_000)
        self.polls_of_guest = self.dice.random() < 0.5
        aside = self.config_path.with_suffix(".new")
        aside.write_text(self.write_config(self.write()).read_text())
        os.replace(aside, self.config_path)
        self.exporter.process.send_signal(signal.SIGHUP)

    def spoil_config(self):
        self.config_path.write_text("accounts: [{nam: x}]\n")
        self.exporter.process.send_signal(signal.SIGHUP)

    def look_at_page(self):
        self.assertEqual(self.exporter.ask("/" + self.dice.choice(("", "?lang=zh", "?state=failing"))).status, 200)

    ACTIONS = ((cause_fault, 10), (end_faults, 2), (spoil_secret, 3), (rotate_secrets, 2), (reload, 2),
               (spoil_config, 1), (look_at_page, 3))

    def act(self):
        kinds, weights = zip(*self.ACTIONS)
        action = self.dice.choices(kinds, weights)[0]
        action(self)
        self.done[action.__name__] = self.done.get(action.__name__, 0) + 1

    # What has to hold at each scrape.

    def closed_bills(self, shown):
        bills = {}
        for labels, value in shown.select("account_billed_cost", period="previous").items():
            bills.setdefault(dict(labels)["account"], {})[labels] = value
        return bills

    def counters(self, shown):
        names = [name for name in shown.names if re.search(r"_(total|count|bucket)$", name)]
        return {(name, labels): float(value) for name in names for labels, value in shown.family(name).items()
                if dict(labels).get("account") != "guest"}

    def check_scrape(self, shown):
        for account, bill in self.closed_bills(shown).items():
            if account != "guest":
                self.assert_same_samples(bill, self.truth[account])
        counters = self.counters(shown)
        for key, value in self.counted.items():
            self.assertGreaterEqual(counters.get(key, 0), value, f"{key} fell")
        self.counted = counters

    def test_it_neither_grows_nor_leaks_nor_errs(self):
        config = self.write()
        self.config_path = self.write_config(config)
        self.exporter = self.start_exporter(self.config_path)
        self.exporter.wait_ready(PATIENCE)
        names = set(self.accounts)
        wait_until(lambda: {dict(labels)["account"] for labels in self.exporter.metrics().select(
            "collector_last_success_timestamp_seconds", collector="bills")} >= names, "all bills", PATIENCE)
        # The days before are read by and by: until then it grows as it should.
        wait_until(lambda: "Days not known" not in self.exporter.ask("/").body.decode(), "all days", PATIENCE)
        # Workers take turns, and each takes some 20 KiB with its first scrape.
        for _ in range(WORKERS):
            self.exporter.ask("/metrics")
        self.truth = self.closed_bills(self.exporter.metrics())
        self.counted = {}
        memory, descriptors, taken, told = [], [], [], []
        began = time.monotonic()
        while (now := time.monotonic() - began) < options.seconds:
            self.act()
            started = time.monotonic()
            shown = self.scrape()
            taken.append((time.monotonic() - started) * 1000)
            self.check_scrape(shown)
            memory.append((now, self.exporter.told_by_kernel("VmRSS") / 1024))
            descriptors.append((now, self.exporter.descriptors()))
            if now // 60 > len(told):
                told.append(now)
                print(f"  {now:5.0f} s: resident {memory[-1][1]:.1f} MiB, at most {self.exporter.told_by_kernel('VmHWM') / 1024:.1f}, "
                      f"{descriptors[-1][1]} descriptors, {sum(self.done.values())} things done", file=sys.stderr, flush=True)
            time.sleep(max(0.0, 1 - (time.monotonic() - began - now)))

        self.end_faults()
        self.rotate_secrets()
        self.reload()
        self.exporter.wait_for(
            lambda shown: all(value == "1" for value in shown.select("collector_up").values())
            and names <= {dict(labels)["account"] for labels in shown.select("collector_up", collector="bills")},
            "all is well again")
        shown = self.scrape()
        self.check_scrape(shown)
        self.report(shown, memory, descriptors, taken)
        for name, (provider, key, _, _) in self.of.items():
            BillAfterTrouble(self.cloud, key, AGGREGATION, provider=provider).check(self, shown, name)

    def report(self, shown, memory, descriptors, taken):
        quarter = options.seconds / 4

        def of_quarter(values, number):
            return [value for at, value in values if number * quarter <= at < (number + 1) * quarter]

        warm = [(at, value) for at, value in memory if at >= quarter]
        slope = statistics.linear_regression(*zip(*warm)).slope * 3600
        early, late = statistics.mean(of_quarter(memory, 1)), statistics.mean(of_quarter(memory, 3))
        polls = sum(map(float, shown.select("collector_polls_total").values()))
        failures = sum(map(float, shown.select("collector_failures_total").values()))
        taken.sort()
        print(f"  {self.done}\n  {polls:.0f} polls, {failures:.0f} of them failed; {len(taken)} scrapes, median "
              f"{statistics.median(taken):.1f} ms, 99th percentile {taken[-(-len(taken) * 99 // 100) - 1]:.1f} ms\n"
              f"  resident {early:.1f} MiB in the second quarter, {late:.1f} MiB in the last, slope {slope:+.2f} MiB an "
              f"hour after the first; descriptors at most {max(of_quarter(descriptors, 1))}, then "
              f"{max(of_quarter(descriptors, 3))}; load average {os.getloadavg()[0]:.1f}", file=sys.stderr)
        self.assertLess(late - early, GROWTH_SHARE * early + GROWTH_MIB, "MiB more")
        self.assertLess(max(of_quarter(descriptors, 3)), max(of_quarter(descriptors, 1)) + SPARE_DESCRIPTORS)
        self.assertGreater(failures, 0, "polls that something befell")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=options.seconds)
    parser.add_argument("--accounts", type=int, default=options.accounts)
    parser.add_argument("--seed", type=int)
    options, sys.argv[1:] = parser.parse_known_args()
    main()
