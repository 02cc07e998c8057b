"""Every amount that is shown equals the bill to the last digit."""

import json
import unittest

from expected_bill import ExpectedBill
from harness import (MEASURES, REPOSITORY, EndToEndTest, billing_months, main, make_account,
                     make_config, print_amount)
from providers import BAIDU, PROVIDER, VOLCENGINE

MEMBERS = ["de0000000000000000000000000000b1", "de0000000000000000000000000000b2"]
DEMO_AGGREGATION = {
    "group_by": ["service_type", "region_id", "billing_mode", "sub_account_id", "tag:env"],
    "tag_keys": ["env", "team", "项目"],
}
# Of the accounts of the demo whose bill can be read, in one currency.
LABELS = {"prod": ("platform", "prod"), "staging": ("platform", "staging"), "data": ("data", "prod"),
          "group": ("group", "prod"), "ads": ("growth", "prod"), "legacy": ("platform", "prod"),
          "volc-prod": ("platform", "prod"), "volc-linked": ("platform", "prod"),
          "volc-ai": ("data", "prod"), "volc-media": ("growth", "prod")}
AGGREGATION = {
    "group_by": ["billing_mode", "tag:项目=item", "service_type", "tag:team", "sub_account_id"],
    "tag_keys": ["项目", "endpoint"],
    "measures": MEASURES,
    "max_series": 20000,
}


def demo_config(cloud):
    text = (REPOSITORY / "config" / "demo.yml").read_text()
    assert "127.0.0.1:18080" in text
    return text.replace("127.0.0.1:18080", f"127.0.0.1:{cloud.port}")


@unittest.skipUnless(PROVIDER is BAIDU, "both clouds are in it already")
class DemoCompany(EndToEndTest):
    def check(self, cloud, metrics):
        for name, (team, env) in LABELS.items():
            labels = {"team": team, "env": env}
            provider = VOLCENGINE if name.startswith("volc-") else BAIDU
            expected = ExpectedBill(cloud, f"demo-ak-{name}", DEMO_AGGREGATION,
                                    MEMBERS if name == "group" else (), provider)
            expected.check(self, metrics, name, labels)
            self.assertEqual(
                metrics.select("account_info", account=name, **labels),
                {(("account_id", expected.months["previous"]["account_id"]),
                  ("provider", provider.name)): "1"})
        for name, currencies in (("volc-global", {"CNY", "USD"}), ("volc-lab", {"CNY"})):
            self.check_currencies(cloud, metrics, name, currencies)
        self.assertEqual(metrics.select("account_billed_cost", account="volc-audit"), {})
        self.assertEqual(metrics.value("collector_failing", account="volc-audit", collector="bills",
                                       reason="permission"), "1")

    def check_currencies(self, cloud, metrics, name, currencies):
        for period, month in billing_months().items():
            totals = cloud.totals(f"demo-ak-{name}", month, ["currency", "billing_mode"])
            expected = {tuple(sorted((label, item[label]) for label in ("currency", "billing_mode"))):
                        print_amount(item["billed_cost"]) for item in totals["by_group"]}
            shown = {tuple((label, value) for label, value in labels if label not in ("team", "env")):
                     amount for labels, amount in metrics.select(
                         "account_billed_cost", account=name, period=period,
                         provider="volcengine").items()}
            for labels in shown.keys() - expected.keys():  # that no row has
                self.assertEqual(shown.pop(labels), "0")
            self.assert_same_samples(shown, expected)
            if expected:
                self.assertEqual({dict(labels)["currency"] for labels in expected}, currencies)

    def test_once_prints_the_exact_bill(self):
        cloud = self.start_simulator("--demo")
        self.check(cloud, self.poll_once(demo_config(cloud), status=1).metrics)

    def test_metrics_serve_the_exact_bill(self):
        cloud = self.start_simulator("--demo")
        exporter = self.start_exporter(demo_config(cloud)).wait_ready()
        self.check(cloud, exporter.metrics())

    def test_balances_are_as_delivered_and_include_the_readable_quota(self):
        cloud = self.start_simulator("--demo")
        metrics = self.poll_once(demo_config(cloud), status=1).metrics
        expected = {  # cash, available, credit limit
            "prod": ("148210.63", "284612.815", "200000"),
            "staging": ("1630.045", "1630.045", None),
            "data": ("322975.1", "322975.1", None),
            "group": ("156300", "656300", "500000"),
            "legacy": ("-286.4", "-286.4", None),
        }
        for name, frozen, available, credit, arrears in (
                ("volc-prod", "468.25", "86012.02", "50000", "0"),
                ("volc-ai", "0", "5218.6", "0", "2081.4")):
            with self.subTest(account=name):
                self.assertEqual(metrics.value("frozen_balance", account=name), frozen)
                self.assertEqual(metrics.value("available_balance", account=name), available)
                self.assertEqual(metrics.value("credit_limit", account=name), credit)
                self.assertEqual(metrics.value("arrears", account=name), arrears)
        for name, (cash, available, limit) in expected.items():
            with self.subTest(account=name):
                self.assertEqual(metrics.value("cash_balance", account=name, currency="CNY"), cash)
                self.assertEqual(metrics.value("available_balance", account=name), available)
                self.assertEqual(metrics.value("credit_limit", account=name), limit)

    def test_a_gzip_answer_is_read_alike(self):
        cloud = self.start_simulator("--demo", "--gzip")
        self.check(cloud, self.poll_once(demo_config(cloud), status=1).metrics)


class GeneratedCompanies(EndToEndTest):
    def test_every_family_adds_up_for_many_groups_and_sub_accounts(self):
        cloud = self.start_simulator("--accounts=4", "--sub-accounts=2", "--rows=220",
                                     "--services=60", "--session-tokens", "--seed=7")
        members = {entry["access_key_id"]: entry["members"]
                   for entry in cloud.control("GET", "accounts")}
        accounts = [make_account(cloud, n, session_token=PROVIDER.token(n)) for n in range(1, 5)]
        if PROVIDER is BAIDU:
            for n, account in enumerate(accounts[:3], 1):
                account["sub_accounts"] = members[PROVIDER.key(n)][:n - 1]
        run = self.poll_once(make_config(accounts, aggregation=AGGREGATION))
        for account in accounts:
            ExpectedBill(cloud, account["access_key_id"], AGGREGATION,
                         account.get("sub_accounts", ())).check(self, run.metrics, account["name"])
        names = {entry["account_id"]: entry["login_name"]
                 for entry in cloud.control("GET", "accounts")}
        for account in accounts:
            owners = {dict(key)["sub_account_id"]
                      for key in run.metrics.select("billed_cost", account=account["name"])}
            shown = {dict(key)["sub_account_id"]: dict(key)["sub_account_name"]
                     for key in run.metrics.select("sub_account_info", account=account["name"])}
            self.assertEqual(shown, {owner: names.get(owner, "linked") for owner in owners})

    @unittest.skipUnless(PROVIDER is VOLCENGINE, "bills of before 2026-09 are Volcengine's")
    def test_what_is_paid_is_shown_if_bill_rows_tell_it(self):
        aggregation = {"group_by": ["service_type"], "tag_keys": ["team"], "measures": MEASURES}
        for flags, is_told in (((), False), (("--paid-amounts",), True)):
            cloud = self.start_simulator("--rows=60", *flags)
            run = self.poll_once(make_config([make_account(cloud)], aggregation=aggregation))
            for measure in ("paid_amount", "unpaid_amount"):
                for name in (f"account_{measure}", measure, f"{measure}_by_tag"):
                    # Of a month without a row, as the current one in its first hours, nothing is paid.
                    self.assertEqual(bool(run.metrics.select(name, period="previous")), is_told, name)
            ExpectedBill(cloud, PROVIDER.key(1), aggregation).check(self, run.metrics, "account-1")

    def test_a_company_without_rows_costs_zero(self):
        cloud = self.start_simulator("--rows=0")
        metrics = self.poll_once(make_config([make_account(cloud)])).metrics
        for period in ("current", "previous"):
            self.assertEqual(metrics.value("bill_rows", period=period), "0")
            for mode in ("prepaid", "postpaid"):
                self.assertEqual(metrics.value("account_billed_cost", period=period,
                                               billing_mode=mode, currency="CNY"), "0")
        self.assertEqual(metrics.select("billed_cost"), {})

    @unittest.skipUnless(PROVIDER is BAIDU, "the simulator caps Baidu's pages only")
    def test_a_page_size_that_the_cloud_caps_changes_nothing(self):
        cloud = self.start_simulator("--rows=95", "--page-cap=10")
        aggregation = {"group_by": ["service_type"], "measures": MEASURES}
        run = self.poll_once(make_config([make_account(cloud)], aggregation=aggregation))
        ExpectedBill(cloud, PROVIDER.key(1), aggregation).check(self, run.metrics, "account-1")

    @unittest.skipUnless(PROVIDER is BAIDU, "only Baidu's keys name sub-accounts")
    def test_a_refused_sub_account_is_named_and_fails_the_poll(self):
        cloud = self.start_simulator("--sub-accounts=1", "--rows=30")
        member = cloud.control("GET", "accounts")[0]["members"][0]
        stranger = "5b0000000000000000000000000000ff"
        config = make_config([make_account(cloud, sub_accounts=[member, stranger])])
        run = self.poll_once(config, "--log.format=json", status=1)
        self.assertEqual(run.metrics.value("collector_up", collector="bills"), "0")
        self.assertEqual(run.metrics.value("collector_up", collector="balance"), "1")
        self.assertEqual(run.metrics.value("collector_failures_total", collector="bills"), "1")
        self.assertEqual(run.metrics.value("collector_failing", collector="bills",
                                           reason="permission"), "1")
        self.assertEqual(run.metrics.select("account_billed_cost"), {})
        failures = [json.loads(line) for line in run.err.splitlines() if "poll failed" in line]
        self.assertEqual([failure["account"] for failure in failures], ["account-1"])
        self.assertIn(stranger, failures[0]["error"])
        self.assertNotIn(member, failures[0]["error"])


if __name__ == "__main__":
    main()
