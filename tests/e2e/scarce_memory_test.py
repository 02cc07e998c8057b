"""A machine that refuses blocks of memory: what needed one fails with a clear line, the exporter goes on, what it
shows stays right, and all heals by itself."""

import os
import signal
import struct

from harness import EndToEndTest, main, make_account, make_config, wait_until
from providers import PROVIDER

LIBRARY = os.environ["SCARCE_MEMORY_LIBRARY"]
LONG = os.environ.get("CLOUD_BILLING_LONG") == "1"
OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}
KIB = 1024
FOR_EVER = 1 << 60
OWN_TOTAL = "cloud_billing_provider_billed_cost{"
# Of a page of 100 rows, some 100 KiB: what holds it as it comes, and what is needed beside it to read it.
HOLDS_A_PAGE, READS_A_PAGE = 200 * KIB, 300 * KIB


class ScarceMemory(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.control = self.directory / "scarcity"
        self.control.write_bytes(bytes(32))

    def refuse(self, least, given=0, times=FOR_EVER):
        """Blocks of so many bytes, after the next that are given, so many times."""
        with open(self.control, "r+b") as control:
            control.write(struct.pack("<q", 0))
            control.seek(8)
            control.write(struct.pack("<3q", given, times, 0))
            control.seek(0)
            control.write(struct.pack("<q", least))

    def heal(self):
        self.refuse(0)

    def refused(self):
        return struct.unpack("<4q", self.control.read_bytes())[3]

    def start(self, config):
        return self.start_exporter(config, f"--state.dir={self.directory / 'state'}", environment={
            "LD_PRELOAD": LIBRARY, "SCARCE_MEMORY": str(self.control)})

    def wait_for_polls(self, exporter):
        """Until two good polls of each collector have ended from now on."""
        def counts(shown):
            return {labels: float(value) for labels, value in shown.select("collector_polls_total").items()}

        before = counts(exporter.metrics())
        return exporter.wait_for(
            lambda shown: all(count >= before[labels] + 2 for labels, count in counts(shown).items())
            and set(shown.select("collector_up").values()) == {"1"}, "two polls of each")

    def amounts(self, shown, name="account-1"):
        return sorted(line for line in shown.data_lines(name) if "_cost{" in line or "_balance{" in line)

    def test_an_answer_that_does_not_fit_fails_its_poll_only(self):
        cloud = self.start_simulator("--rows=400", "--accounts=2")
        accounts = [make_account(cloud), make_account(cloud, 2, collectors=["balance"])]
        right = self.poll_once(make_config(accounts)).metrics
        for least, words in ((HOLDS_A_PAGE, "does not fit into memory"),
                             (READS_A_PAGE, "there is not enough memory to read the answers")):
            with self.subTest(words):
                cloud.add_fault("status_500", operation=PROVIDER.bill)  # while it starts
                exporter = self.start(make_config(accounts, polling=OFTEN))
                exporter.wait_for(lambda shown: shown.value(
                    "collector_up", account="account-1", collector="bills") == "0", "a poll has failed")
                self.refuse(least)
                cloud.clear_faults()
                line = exporter.find_in(exporter.err_path, r"(.*poll failed.*memory.*)")
                self.assertIn(words, line)
                self.assertIn("account-1", line)
                shown = exporter.wait_for(lambda shown: [dict(labels)["reason"] for labels in shown.select(
                    "collector_failing", account="account-1", collector="bills")] == ["transport"], "the reason")
                self.assertIsNone(shown.value("bill_rows", account="account-1", period="previous"))
                if least == READS_A_PAGE:
                    self.assertEqual(shown.value("collector_up", account="account-2", collector="balance"), "1")
                self.heal()
                self.wait_for_polls(exporter)
                shown = exporter.wait_for_days().metrics()
                self.assertEqual(self.amounts(shown), self.amounts(right))
                self.assertEqual(exporter.stop(), 0)
                for file in (self.directory / "state").iterdir():
                    file.unlink()

    def test_what_cannot_be_written_anew_is_served_as_it_was(self):
        """Of sixty accounts, so that the page is large."""
        cloud = self.start_simulator("--rows=20", "--accounts=60")
        accounts = [make_account(cloud, number) for number in range(1, 61)]
        exporter = self.start(make_config(accounts, polling=OFTEN)).wait_ready()
        before = exporter.wait_for_days().metrics()
        self.refuse(24 * KIB)
        said = exporter.find_in(exporter.err_path, r"(.*there is not enough memory to show what is new.*)")
        self.assertIn("what was shown before stays", said)
        page = exporter.ask("/")
        self.assertEqual((page.status, page.body), (503, b"Not enough memory\n"))
        for form in ({}, {"Accept-Encoding": "gzip"}):
            scrape = exporter.ask("/metrics", headers=form)
            self.assertEqual((scrape.status, scrape.body), (503, b"Not enough memory\n"))
        self.heal()
        exporter.find_in(exporter.err_path, r"(there is enough memory again)")
        self.assertEqual(exporter.ask("/").status, 200)
        after = self.wait_for_polls(exporter)
        for number in (1, 30, 60):
            self.assertEqual(self.amounts(after, f"account-{number}"), self.amounts(before, f"account-{number}"))

    def test_a_configuration_that_cannot_be_read_leaves_the_one_before(self):
        cloud = self.start_simulator("--rows=5", "--accounts=300")
        few = make_config([make_account(cloud)])
        exporter = self.start(few).wait_ready()
        many = make_config([make_account(cloud, number) for number in range(1, 301)])
        path = next(iter(self.directory.glob("config-0.yml")))
        self.refuse(24 * KIB)
        path.write_text(self.write_config(many).read_text())
        exporter.process.send_signal(signal.SIGHUP)
        line = exporter.find_in(exporter.err_path, r"(.*the configuration was not reloaded.*)")
        self.assertIn("memory", line)
        self.heal()
        self.assertEqual(len(exporter.metrics().select("account_info")), 1)
        exporter.process.send_signal(signal.SIGHUP)
        exporter.wait_for(lambda shown: len(shown.select("account_info")) == 300, "the new configuration")

    def test_any_one_block_that_is_refused_leaves_every_amount_right(self):
        cloud = self.start_simulator("--rows=400")
        exporter = self.start(make_config([make_account(cloud)], polling=OFTEN)).wait_ready()
        right = self.amounts(exporter.wait_for_days().metrics())
        for least in (64 * KIB, 16 * KIB):
            for given in range(40 if LONG else 6):
                with self.subTest(least=least, given=given):
                    self.refuse(least, given, 1)
                    wait_until(self.refused, "a block is refused")
                    shown = self.amounts(self.wait_for_polls(exporter))
                    # Of a month the cloud's own total may be not known until it is read again.
                    self.assertEqual([line for line in shown if OWN_TOTAL not in line],
                                     [line for line in right if OWN_TOTAL not in line])
                    self.assertLessEqual(set(shown), set(right))


if __name__ == "__main__":
    main()
