"""Secrets in files: one that is missing fails its own account only, one that changes is read."""

import os

from harness import EndToEndTest, main, make_account, make_config

OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}
# So rarely that only a changed secret explains another poll.
RARELY = {"balance": {"interval": "30d"}, "bills": {"interval": "30d"}}


class SecretFiles(EndToEndTest):
    def start(self, path, polling, **more):
        self.cloud = self.start_simulator("--accounts=2", "--rows=20")
        account = make_account(self.cloud, 1, secret_access_key_file=str(path), **more)
        del account["secret_access_key"]
        config = make_config([account, make_account(self.cloud, 2)], polling=polling)
        return self.start_exporter(config).wait_ready()

    def is_up(self, shown, value, account="account-1"):
        return all(shown.value("collector_up", account=account, collector=collector) == value
                   for collector in ("balance", "bills"))

    def check_auth_failure(self, shown):
        self.assertTrue(self.is_up(shown, "0"))
        self.assertTrue(self.is_up(shown, "1", "account-2"))
        for collector in ("balance", "bills"):
            self.assertEqual(shown.value("collector_failing", account="account-1",
                                         collector=collector, reason="auth"), "1")
            self.assertGreater(shown.count("collector_failures_total", account="account-1",
                                           collector=collector), 0)

    def test_a_file_that_appears_is_read_without_a_restart(self):
        path = self.directory / "secret"
        exporter = self.start(path, RARELY)
        self.check_auth_failure(exporter.metrics())
        self.assertEqual(exporter.metrics().amount_names("account-1"), [])
        self.assertEqual(self.cloud.count_requests("simulated-ak-1", "cash_balance"), 0)
        self.assertIn(str(path), exporter.err)
        path.write_text("simulated-sk-1\n")
        exporter.wait_for(lambda shown: self.is_up(shown, "1"), "good polls")

    def test_what_is_no_file_fails_its_own_account_only(self):
        path = self.directory / "secret"
        path.mkdir()
        self.check_auth_failure(self.start(path, OFTEN).metrics())

    def test_a_wrong_secret_that_is_replaced_heals(self):
        path = self.directory / "secret"
        path.write_text("wrong")
        exporter = self.start(path, RARELY)
        self.check_auth_failure(exporter.metrics())
        aside = self.directory / "secret.new"
        aside.write_text("simulated-sk-1")
        aside.rename(path)
        exporter.wait_for(lambda shown: self.is_up(shown, "1"), "good polls")

    def test_a_mounted_secret_is_followed_when_its_directory_is_swapped(self):
        # As Kubernetes does: file -> ..data/file, and ..data is a link to a dated directory.
        for name, text in (("old", "wrong"), ("new", "simulated-sk-1")):
            (self.directory / name).mkdir()
            (self.directory / name / "secret").write_text(text)
        (self.directory / "..data").symlink_to("old")
        path = self.directory / "secret"
        path.symlink_to("..data/secret")
        exporter = self.start(path, RARELY)
        self.check_auth_failure(exporter.metrics())
        (self.directory / "..data_tmp").symlink_to("new")
        os.replace(self.directory / "..data_tmp", self.directory / "..data")
        exporter.wait_for(lambda shown: self.is_up(shown, "1"), "good polls")

    def test_a_rotation_that_goes_wrong_keeps_the_amounts(self):
        path = self.directory / "secret"
        path.write_text("simulated-sk-1\n")
        exporter = self.start(path, OFTEN).wait_for_days()
        good = exporter.metrics()
        self.assertTrue(self.is_up(good, "1"))
        path.unlink()
        lost = exporter.wait_for(lambda shown: self.is_up(shown, "0"), "failed polls")
        self.check_auth_failure(lost)
        self.assertEqual(lost.data_lines("account-1"), good.data_lines("account-1"))
        path.write_text("simulated-sk-1\n")
        exporter.wait_for(lambda shown: self.is_up(shown, "1"), "good polls")

    def test_a_rotated_key_id_is_used(self):
        secret = self.directory / "secret"
        secret.write_text("simulated-sk-2")
        key = self.directory / "key"
        key.write_text("simulated-ak-1")
        cloud = self.start_simulator("--accounts=2", "--rows=20")
        account = {"name": "rotated", "provider": "baidu", "endpoint": cloud.url,
                   "access_key_id_file": str(key), "secret_access_key_file": str(secret)}
        exporter = self.start_exporter(make_config([account], polling=RARELY)).wait_ready()
        self.assertTrue(self.is_up(exporter.metrics(), "0", "rotated"))
        key.write_text("simulated-ak-2")
        exporter.wait_for(lambda shown: self.is_up(shown, "1", "rotated"), "good polls")


if __name__ == "__main__":
    main()
