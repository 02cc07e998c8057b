"""The collectors that read a list of an account's things whole: what they show is the cloud's own sum of them."""

import dataclasses
import json
import urllib.parse

from harness import EndToEndTest, main, make_account, make_config, print_amount
from providers import PROVIDER

KEY = PROVIDER.key(1)
WHERE = {"provider": PROVIDER.name, "account": "account-1"}


@dataclasses.dataclass(frozen=True)
class ListFacts:
    collector: str
    operation: str
    flag: str  # of the simulator: how many
    families: tuple
    own_faults: dict  # that only its wire can have, and what they count as
    many: int = 400  # for some pages

    def ask(self, cloud):
        """The cloud's own sums."""
        query = urllib.parse.urlencode({"access_key_id": KEY})
        return cloud.control("GET", f"{self.collector}?{query}")


COUPONS = ListFacts("coupons", "ListCoupons", "coupons",
                    ("coupon_balance", "coupon_next_expiry_timestamp_seconds"),
                    {"shrinking_total": "inconsistent", "repeated_page": "inconsistent"})
PACKAGES = ListFacts("packages", "ListResourcePackages", "packages",
                     ("package_remaining_ratio", "package_next_expiry_timestamp_seconds"),
                     {"repeated_token": "inconsistent", "repeated_page": "inconsistent"})
BUDGETS = ListFacts("budgets", "ListBudget", "budgets", ("provider_budget", "provider_budget_used"),
                    {"shrinking_total": "inconsistent", "repeated_page": "inconsistent"})
LISTS = (COUPONS, PACKAGES, BUDGETS)


def coupons_of(told):
    balance = {(("currency", "CNY"),): print_amount(told["balance"])}
    next_expiry = {} if told["next_expiry"] is None else {(): str(told["next_expiry"])}
    return {"coupon_balance": balance, "coupon_next_expiry_timestamp_seconds": next_expiry}


def packages_of(told):
    ratios = {(("service_type", group["service_type"]), ("unit", group["unit"])):
              repr(float(group["available"]) / float(group["total"])) for group in told["packages"]}
    ends = {(("service_type", service),): str(end) for service, end in told["next_expiry"].items()}
    return {"package_remaining_ratio": ratios, "package_next_expiry_timestamp_seconds": ends}


def budgets_of(told):
    def amounts(of):
        return {(("budget", budget["budget"]), ("currency", budget["currency"])): print_amount(budget[of])
                for budget in told["budgets"]}

    return {"provider_budget": amounts("amount"), "provider_budget_used": amounts("used")}


EXPECT = {"coupons": coupons_of, "packages": packages_of, "budgets": budgets_of}


class Lists(EndToEndTest):
    def config(self, cloud, *collectors, **more):
        return make_config([make_account(cloud, collectors=list(collectors))], **more)

    def each(self):
        for facts in LISTS:
            with self.subTest(collector=facts.collector):
                yield facts

    def assert_absent(self, facts, metrics):
        for name in facts.families:
            self.assertEqual(metrics.select(name, **WHERE), {}, name)

    def assert_shown(self, facts, cloud, metrics):
        expected = EXPECT[facts.collector](facts.ask(cloud))
        self.assertEqual(set(expected), set(facts.families))
        for name, samples in expected.items():
            self.assertEqual(metrics.select(name, **WHERE), samples, name)

    def assert_failing(self, facts, metrics, reason):
        self.assertEqual(metrics.value("collector_up", collector=facts.collector), "0")
        self.assertEqual(set(metrics.select("collector_failing", collector=facts.collector, **WHERE)),
                         {(("reason", reason),)})

    def test_what_is_shown_is_the_clouds_own_sum(self):
        for facts in self.each():
            for count in (12, 1, 2500):
                cloud = self.start_simulator("--rows=10", f"--{facts.flag}={count}")
                run = self.poll_once(self.config(cloud, facts.collector))
                self.assert_shown(facts, cloud, run.metrics)
                self.assertRegex(run.err, rf"first poll succeeded.*{facts.collector}")

    def test_an_empty_list_is_good(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=10", f"--{facts.flag}=0")
            run = self.poll_once(self.config(cloud, facts.collector))
            self.assert_shown(facts, cloud, run.metrics)
            self.assertEqual(run.metrics.value("collector_up", collector=facts.collector), "1")

    def test_a_key_that_may_not_read_it_keeps_everything_else(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=50")
            cloud.add_fault("forbidden", KEY, facts.operation)
            run = self.poll_once(self.config(cloud, "balance", "bills", facts.collector), status=1)
            self.assert_absent(facts, run.metrics)
            self.assert_failing(facts, run.metrics, "permission")
            for collector in ("balance", "bills"):
                self.assertEqual(run.metrics.value("collector_up", collector=collector), "1")
            cloud.clear_faults()
            alone = self.poll_once(self.config(cloud, "balance", "bills"))
            self.assertEqual(run.metrics.data_lines("account-1"), alone.metrics.data_lines("account-1"))

    def test_a_bad_answer_is_no_sum(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=10", f"--{facts.flag}={facts.many}")
            for fault, reason in {
                    "throttled": "throttled", "throttled_400": "throttled",
                    "truncated_body": "transport", "unreadable_amount": "decode",
                    "missing_id": "decode", "not_json": "decode", "empty_body": "decode",
                    "error_in_200": "server", "status_500": "server", **facts.own_faults}.items():
                with self.subTest(fault=fault):
                    cloud.add_fault(fault, KEY, facts.operation)
                    run = self.poll_once(self.config(cloud, facts.collector), status=1)
                    cloud.clear_faults()
                    self.assert_absent(facts, run.metrics)
                    self.assert_failing(facts, run.metrics, reason)

    def test_pages_that_do_not_add_up_are_read_once_more(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=10", f"--{facts.flag}={facts.many}")
            for fault in (fault for fault, reason in facts.own_faults.items() if reason == "inconsistent"):
                with self.subTest(fault=fault):
                    cloud.add_fault(fault, KEY, facts.operation, count=1)
                    run = self.poll_once(self.config(cloud, facts.collector))
                    cloud.clear_faults()
                    self.assert_shown(facts, cloud, run.metrics)

    def test_last_good_values_stay_when_a_poll_fails_and_across_a_restart(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=10")
            config = self.config(cloud, facts.collector, polling={facts.collector: {"interval": "1s"}})
            flag = f"--state.dir={self.directory}/state-{facts.collector}"
            exporter = self.start_exporter(config, flag).wait_ready()
            before = exporter.metrics().data_lines("account-1")
            self.assertTrue(any(facts.families[0] in line for line in before))
            cloud.add_fault("status_500", KEY, facts.operation)
            failing = exporter.wait_for(
                lambda shown, facts=facts: shown.value("collector_up", collector=facts.collector) == "0",
                "a failed poll")
            self.assertEqual(failing.data_lines("account-1"), before)
            self.assertEqual(exporter.stop(), 0)
            exporter = self.start_exporter(config, flag)
            self.assertEqual(exporter.metrics().data_lines("account-1"), before)
            self.assertEqual(exporter.stop(), 0)

    def test_access_to_it_is_checked(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=10")
            path = self.write_config(self.config(cloud, facts.collector))
            flags = (f"--config.file={path}", "--check-access", "--log.format=json")
            run = self.run_exporter(*flags)
            self.assertEqual(run.status, 0, run.out)
            for line in map(json.loads, run.out.splitlines()):
                self.assertEqual((line["operation"], line["result"]), (facts.operation, "ok"))
            cloud.add_fault("forbidden", KEY, facts.operation)
            run = self.run_exporter(*flags)
            self.assertEqual(run.status, 1)
            line = json.loads(run.out.splitlines()[0])
            self.assertEqual(line["result"], "permission")
            self.assertIn("billing:" + facts.operation, line["advice"])
            self.assertIn("BillingCenterReadOnlyAccess", line["advice"])

    def test_the_page_says_what_a_refusal_means(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=10")
            cloud.add_fault("forbidden", KEY, facts.operation)
            exporter = self.start_exporter(self.config(cloud, "balance", facts.collector))
            exporter.wait_for(
                lambda shown, facts=facts: shown.value("collector_up", collector=facts.collector) == "0",
                "a refused poll")
            page = exporter.ask("/?lang=en").body.decode()
            self.assertIn("grant the policy BillingCenterReadOnlyAccess", page)
            self.assertEqual(exporter.stop(), 0)

    def test_a_cloud_without_it_says_so(self):
        for facts in self.each():
            cloud = self.start_simulator("--rows=10")
            config = self.config(cloud, "balance", facts.collector)
            config["accounts"][0]["provider"] = "baidu"
            config["accounts"][0].pop("region", None)
            run = self.run_exporter(f"--config.file={self.write_config(config)}", "--check-config")
            self.assertNotEqual(run.status, 0)
            self.assertIn(f'accounts[0].collectors[1]: "{facts.collector}": provider "baidu" has no such collector',
                          run.out + run.err)


if __name__ == "__main__":
    main()
