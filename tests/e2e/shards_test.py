"""Several processes share one configuration: each account is polled by one of them."""

import os
import re

from harness import EndToEndTest, billing_months, main, make_account, make_config

# Rendezvous hashing of the names, computed outside: account-1 to account-6 in three shards.
SHARD_OF = {1: 0, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2}
EMPTY_SHARD = 1
RARELY = {"balance": {"interval": "30d"}, "bills": {"interval": "30d"}}


class Shards(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.cloud = self.start_simulator("--accounts=6", "--rows=20")
        self.accounts = [make_account(self.cloud, number) for number in SHARD_OF]
        self.accounts[1]["labels"] = {"team": "infra"}  # of shard 2
        self.config = make_config(self.accounts, polling=RARELY)

    def names_of(self, shard):
        return {f"account-{number}" for number, its in SHARD_OF.items() if its == shard}

    def polled_names(self, shown):
        return {dict(labels)["account"] for labels in shown.select("cash_balance")}

    def check_shard(self, shown, shard):
        self.assertEqual(self.polled_names(shown), self.names_of(shard))
        counted = {dict(labels)["account"] for labels in shown.select("api_requests_total")}
        self.assertEqual(counted, self.names_of(shard))
        for labels in shown.select("cash_balance"):
            self.assertIn("team", dict(labels), "every shard's series carry the same labels")
        self.assertEqual(shown.value("shard_index"), str(shard))
        self.assertEqual(shown.value("shards"), "3")
        self.assertEqual(shown.value("configured_accounts"), "6")
        self.assertEqual(shown.value("period_info", provider="baidu", period="current",
                                     month=billing_months()["current"]), "1")
        self.assertEqual(shown.value("polled_accounts"), str(len(self.names_of(shard))))

    def test_each_account_is_polled_by_one_shard(self):
        for shard in range(3):
            exporter = self.start_exporter(self.config, f"--shard.index={shard}",
                                           "--shard.count=3").wait_ready()
            self.check_shard(exporter.metrics(), shard)
        for number in SHARD_OF:
            key = f"simulated-ak-{number}"
            self.assertEqual(self.cloud.count_requests(key, "cash_balance"), 1, key)

    def test_a_shard_without_accounts_is_healthy_and_ready(self):
        exporter = self.start_exporter(self.config, f"--shard.index={EMPTY_SHARD}",
                                       "--shard.count=3").wait_ready()
        self.assertEqual(exporter.ask("/-/healthy").status, 200)
        self.check_shard(exporter.metrics(), EMPTY_SHARD)

    def test_once_polls_its_share(self):
        for shard in range(3):
            run = self.poll_once(self.config, f"--shard.index={shard}", "--shard.count=3")
            self.check_shard(run.metrics, shard)

    def test_check_config_says_which_shard_polls_an_account(self):
        run = self.run_exporter(f"--config.file={self.write_config(self.config)}",
                                "--check-config", "--shard.count=3")
        self.assertEqual(run.status, 0)
        self.assertEqual(dict(re.findall(r"(?m)^(account-\d): .*, polled by shard (\d) of 3$",
                                         run.out)),
                         {f"account-{number}": str(shard) for number, shard in SHARD_OF.items()})

    def test_a_mistake_names_its_flag(self):
        path = self.write_config(self.config)
        for flags, named in ((["--shard.index=3", "--shard.count=3"], "--shard.index"),
                             (["--shard.index=first"], "--shard.index"),
                             (["--shard.count=0"], "--shard.count")):
            run = self.run_exporter(f"--config.file={path}", *flags)
            self.assertEqual(run.status, 2)
            self.assertIn(named, run.err)
            self.assertEqual(run.out, "")

    def test_pod_takes_the_number_at_the_end_of_the_host_name(self):
        number = re.search(r"\d*$", os.uname().nodename.split(".")[0])[0]
        run = self.run_exporter(f"--config.file={self.write_config(self.config)}", "--once",
                                "--shard.index=pod", "--shard.count=10000")
        if number and int(number) < 10000:
            self.assertEqual(run.status, 0)
            self.assertIn(f"\ncloud_billing_shard_index {int(number)}\n", run.out)
        else:
            self.assertEqual(run.status, 2)
            self.assertIn("--shard.index", run.err)


if __name__ == "__main__":
    main()
