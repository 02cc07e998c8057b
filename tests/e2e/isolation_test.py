"""One account's trouble is its own, and nothing holds up the end: where a cloud never answers."""

from hanging_endpoints import SilentServer, unresolvable_account, with_hanging_resolver
from harness import EndToEndTest, main, make_account, make_config

LONGEST_END = 5  # seconds, as promised


class Isolation(EndToEndTest):
    def test_clouds_that_never_answer_hold_up_neither_the_others_nor_the_end(self):
        cloud = self.start_simulator("--accounts=3", "--rows=450")
        silent = SilentServer()
        self.addCleanup(silent.close)
        good = [make_account(cloud, number) for number in (1, 2, 3)]
        # More of them than libcurl or the exporter could have threads for by accident.
        hanging = [make_account(silent, number, name=f"silent-{number}") for number in range(40)]
        hanging += [unresolvable_account(number) for number in range(40)]
        exporter = self.start_exporter(make_config(hanging + good, http={"timeout": "10m"}),
                                       environment=with_hanging_resolver())
        shown = exporter.wait_for(lambda shown: len(shown.select("collector_up")) == 6,
                                  "the polls of the accounts that are answered")
        for account in good:
            self.assertEqual(set(shown.select("collector_up", account=account["name"]).values()),
                             {"1"})
        for account in hanging:
            self.assertEqual(shown.data_lines(account["name"]), [])
        self.assertFalse(exporter.is_ready(), "the others have not been polled")
        self.assertEqual(exporter.stop(timeout=LONGEST_END), 0)

    def test_first_polls_of_very_many_accounts_hold_up_no_answer(self):
        cloud = self.start_simulator("--accounts=500", "--rows=20", "--latency=500", "--shared-bill",
                                     "--rate=0")
        accounts = [make_account(cloud, number) for number in range(1, 501)]
        exporter = self.start_exporter(make_config(accounts), "--web.enable-lifecycle")
        self.assertEqual(exporter.ask("/-/reload", method="POST").status, 200)
        ordered = exporter.ask(f"/-/poll?account={accounts[-1]['name']}", method="POST")
        self.assertEqual(ordered.status, 200)
        while not exporter.is_ready():
            self.assertEqual(exporter.ask("/-/healthy").status, 200)
            self.assertEqual(exporter.ask("/metrics").status, 200)
        up = exporter.metrics().select("collector_up")
        self.assertEqual(len(up), 2 * len(accounts))
        self.assertEqual(set(up.values()), {"1"})


if __name__ == "__main__":
    main()
