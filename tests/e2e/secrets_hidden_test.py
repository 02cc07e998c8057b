"""No secret shows, whatever happens and however much is logged."""

import re

from harness import EndToEndTest, main, make_account, make_config, wait_until
from providers import PROVIDER

# Both the signing key and a signature look so, and nothing that may be shown does.
SIGNATURE = re.compile(r"[0-9a-f]{64}")
FAULTS = ["status_500", "bad_gateway", "forbidden", "bad_signature", "bad_key", "expired",
          "not_json", "truncated_body", "reset", "masked", "throttled", "error_in_200",
          "unreadable_amount", "changing_total", "hang"]
OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}


class Secrets(EndToEndTest):
    def make_accounts(self, cloud):
        accounts = []
        for number, kind in enumerate(FAULTS, 1):
            cloud.add_fault(kind, PROVIDER.key(number))
            accounts.append(make_account(cloud, number, name=kind,
                                         session_token=PROVIDER.token(number)))
        last = len(FAULTS)
        accounts.append(make_account(cloud, last + 1, name="good",
                                     session_token=PROVIDER.token(last + 1)))
        accounts.append(make_account(cloud, last + 2, name="wrong-secret",
                                     secret_access_key="a-wrong-sk-with-symbols-\"\\'%$=",
                                     session_token=PROVIDER.token(last + 2)))
        accounts.append(make_account(cloud, last + 3, name="wrong-token",
                                     session_token="a-wrong-token-0123456789"))
        token_file = self.directory / "token"
        token_file.write_text(PROVIDER.token(last + 4) + "\n")
        secret_file = self.directory / "secret"
        secret_file.write_text(PROVIDER.secret(last + 4) + "\n")
        from_files = make_account(cloud, last + 4, name="from-files",
                                  secret_access_key_file=str(secret_file),
                                  session_token_file=str(token_file))
        del from_files["secret_access_key"]
        accounts.append(from_files)
        return accounts

    def assert_hides(self, text, accounts, where):
        # The longest first: simulated-sk-1 is a part of simulated-sk-10.
        for account in reversed(accounts):
            for secret in (account.get("secret_access_key"), account.get("session_token")):
                if secret is not None:
                    self.assertNotIn(secret, text, where)
        for fixed in (PROVIDER.secret(""), PROVIDER.token(""), "bce-auth-v1", "Signature=",
                      "a-wrong-"):
            self.assertNotIn(fixed, text, where)
        self.assertIsNone(SIGNATURE.search(text), where)

    def test_no_secret_is_logged_or_served(self):
        for log_format in ("logfmt", "json"):
            with self.subTest(log_format=log_format):
                cloud = self.start_simulator("--accounts=30", "--rows=50", "--page-cap=20",
                                             "--session-tokens")
                accounts = self.make_accounts(cloud)
                config = make_config(accounts, polling=OFTEN,
                                     http={"timeout": "2s", "max_retries": 1})
                exporter = self.start_exporter(config, "--log.level=debug",
                                               f"--log.format={log_format}").wait_ready()
                (self.directory / "secret").write_text(PROVIDER.secret("rotated") + "\n")
                wait_until(lambda: "secret files changed" in exporter.err, "the changed secret")
                shown = exporter.wait_for(lambda shown: shown.count(
                    "collector_failing", account="from-files", collector="balance",
                    reason="auth"), "the failure that follows")
                self.assertEqual(shown.value("collector_up", account="good", collector="bills"),
                                 "1")
                for name in ("wrong-secret", "wrong-token"):
                    self.assertEqual(shown.value("collector_up", account=name, collector="bills"),
                                     "0")
                page = exporter.ask("/").body.decode()
                self.assertEqual(exporter.stop(), 0)
                self.assertIn("debug", exporter.err)
                for where, text in (("stdout", exporter.out), ("stderr", exporter.err),
                                    ("/metrics", shown.text), ("/", page)):
                    self.assert_hides(text, accounts, where)
                self.assertNotIn(PROVIDER.key(""), shown.text)

    def test_once_and_check_config_hide_secrets(self):
        cloud = self.start_simulator("--accounts=30", "--rows=50", "--session-tokens")
        accounts = self.make_accounts(cloud)
        config = make_config(accounts, http={"timeout": "1s", "max_retries": 0})
        runs = [self.poll_once(config, "--log.level=debug", status=1),
                self.run_exporter(f"--config.file={self.write_config(config)}", "--check-config",
                                  "--log.level=debug")]
        self.assertEqual(runs[1].status, 0)
        for run in runs:
            self.assert_hides(run.out + run.err, accounts, run.process.args)
            self.assertNotIn(PROVIDER.key(""), run.out)


if __name__ == "__main__":
    main()
