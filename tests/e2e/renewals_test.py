"""What was paid for in advance and ends soon: the counts shown are the cloud's own."""

import json
import time
import urllib.parse

from harness import EndToEndTest, billing_months, main, make_account, make_config
from providers import PROVIDER

KEY = PROVIDER.key(1)
WHERE = {"provider": PROVIDER.name, "account": "account-1"}
IS_BAIDU = PROVIDER.name == "baidu"
OPERATION = "renew_resource_list" if IS_BAIDU else "ListAvailableInstances"
# Baidu's that are sold in advance; of the last one there is no list.
SERVICES = ["BCC", "CDS", "EIP", "SCS", "RDS", "KAFKA", "BBC"]
FAMILIES = ("expiring_resources", "next_expiry_timestamp_seconds")
SEVERAL_PAGES = "--resources=9000" if IS_BAIDU else "--resources=400"
POLICY = "FCReadAccessPolicy" if IS_BAIDU else "BillingCenterReadOnlyAccess"
WITHOUT_A_LIST = "the cloud lists no renewals of this service"


def label(**labels):
    return tuple(sorted(labels.items()))


class Renewals(EndToEndTest):
    def config(self, cloud, *collectors, **more):
        account = {"collectors": list(collectors) or ["renewals"]}
        if IS_BAIDU:
            account["renewal_services"] = SERVICES
        account.update(more.pop("account", {}))
        return make_config([make_account(cloud, **account)], **more)

    def expected(self, cloud, members=(), services=None):
        query = {"access_key_id": KEY, **({"sub_accounts": ",".join(members)} if members else {})}
        told = cloud.control("GET", "renewals?" + urllib.parse.urlencode(query))

        def is_wanted(item):
            return services is None or item["service_type"] in services

        def truth(item):
            return "true" if item["auto_renew"] else "false"

        counts = {label(service_type=item["service_type"], region_id=item["region_id"], auto_renew=truth(item),
                        within=item["within"]): str(item["resources"])
                  for item in told["expiring"] if is_wanted(item)}
        ends = {label(service_type=item["service_type"], auto_renew=truth(item)): str(item["timestamp"])
                for item in told["next_expiry"] if is_wanted(item)}
        return dict(zip(FAMILIES, (counts, ends)))

    def shown(self, metrics):
        return {family: {label(**dict(key)): value for key, value in metrics.select(family, **WHERE).items()}
                for family in FAMILIES}

    def assert_failing(self, metrics, reason):
        self.assertEqual(metrics.value("collector_up", collector="renewals"), "0")
        self.assertEqual(set(metrics.select("collector_failing", collector="renewals", **WHERE)), {(("reason", reason),)})

    def test_what_is_shown_is_what_the_cloud_counts(self):
        for count in (60, 1, 2500, 9000):
            with self.subTest(resources=count):
                cloud = self.start_simulator("--rows=10", f"--resources={count}", "--rate=0")
                run = self.poll_once(self.config(cloud))
                shown = self.shown(run.metrics)
                self.assertEqual(shown, self.expected(cloud))
                self.assertEqual(run.metrics.value("collector_up", collector="renewals"), "1")
                if count == 60:
                    self.assertEqual({dict(key)["within"] for key in shown["expiring_resources"]}, {"7d", "30d", "90d"})
                    self.assertEqual({dict(key)["auto_renew"] for key in shown["expiring_resources"]}, {"true", "false"})
                    regions = {dict(key)["region_id"] for key in shown["expiring_resources"]}
                    self.assertEqual(len(regions) > 1, IS_BAIDU, "Volcengine's list tells no region")
                    self.assertTrue(all(float(end) > time.time() for end in shown[FAMILIES[1]].values()))

    def test_an_account_without_any_shows_nothing_and_is_good(self):
        cloud = self.start_simulator("--rows=10", "--resources=0")
        run = self.poll_once(self.config(cloud))
        self.assertEqual(self.shown(run.metrics), {family: {} for family in FAMILIES})
        self.assertEqual(run.metrics.value("collector_up", collector="renewals"), "1")

    def test_it_is_one_listing_for_all_windows(self):
        cloud = self.start_simulator("--rows=10")
        self.poll_once(self.config(cloud))
        self.assertEqual(cloud.count_requests(KEY, OPERATION), len(SERVICES) if IS_BAIDU else 1)

    def test_a_key_that_may_not_read_it_keeps_everything_else(self):
        cloud = self.start_simulator("--rows=50")
        cloud.add_fault("forbidden", KEY, OPERATION)
        run = self.poll_once(self.config(cloud, "balance", "bills", "renewals"), status=1)
        self.assertEqual(self.shown(run.metrics), {family: {} for family in FAMILIES})
        self.assert_failing(run.metrics, "permission")
        for collector in ("balance", "bills"):
            self.assertEqual(run.metrics.value("collector_up", collector=collector), "1")
        cloud.clear_faults()
        alone = self.poll_once(self.config(cloud, "balance", "bills"))
        self.assertEqual(run.metrics.data_lines("account-1"), alone.metrics.data_lines("account-1"))

    def test_a_bad_answer_is_no_count(self):
        cloud = self.start_simulator("--rows=10", SEVERAL_PAGES, "--rate=0")
        own = {"shrinking_total": "inconsistent", "short_page": "inconsistent"} if IS_BAIDU else {
            "repeated_token": "inconsistent", "missing_id": "decode"}
        for fault, reason in {
                "throttled": "throttled", "throttled_400": "throttled", "truncated_body": "transport", "not_json": "decode",
                "empty_body": "decode", "error_in_200": "server", "status_500": "server", "repeated_page": "inconsistent",
                **own}.items():
            with self.subTest(fault=fault):
                cloud.add_fault(fault, KEY, OPERATION)
                run = self.poll_once(self.config(cloud), status=1)
                cloud.clear_faults()
                self.assertEqual(self.shown(run.metrics), {family: {} for family in FAMILIES})
                self.assert_failing(run.metrics, reason)

    def test_an_end_that_cannot_be_read_leaves_its_group_out_and_fails_the_poll(self):
        for fault in ("unreadable_amount", "missing_amount"):
            with self.subTest(fault=fault):
                cloud = self.start_simulator("--rows=10", "--resources=300", "--rate=0")
                cloud.add_fault(fault, KEY, OPERATION)  # in each list or page once
                run = self.poll_once(self.config(cloud), status=1)
                self.assert_failing(run.metrics, "decode")
                shown, expected = self.shown(run.metrics), self.expected(cloud)
                for family in FAMILIES:
                    self.assertLess(shown[family].items(), expected[family].items(), "nothing is shown that is not right")
                    self.assertTrue(shown[family])

                def groups(counts):
                    return {tuple(pair for pair in key if pair[0] != "within") for key in counts}

                counts = expected[FAMILIES[0]]
                missing = counts.keys() - shown[FAMILIES[0]].keys()
                self.assertFalse(groups(missing) & groups(shown[FAMILIES[0]]), "a group is left out in all windows")

    def test_pages_that_do_not_add_up_are_read_once_more(self):
        cloud = self.start_simulator("--rows=10", SEVERAL_PAGES, "--rate=0")
        for fault in ("repeated_page", "shrinking_total" if IS_BAIDU else "repeated_token"):
            cloud.add_fault(fault, KEY, OPERATION, count=1)
            run = self.poll_once(self.config(cloud))
            cloud.clear_faults()
            self.assertEqual(self.shown(run.metrics), self.expected(cloud))

    def test_last_good_values_stay_when_a_poll_fails_and_across_a_restart(self):
        cloud = self.start_simulator("--rows=10")
        config = self.config(cloud, polling={"renewals": {"interval": "1s"}})
        flag = f"--state.dir={self.directory}/state"
        exporter = self.start_exporter(config, flag).wait_ready()
        before = self.shown(exporter.metrics())
        self.assertEqual(before, self.expected(cloud))
        cloud.add_fault("status_500", KEY, OPERATION)
        failing = exporter.wait_for(lambda shown: shown.value("collector_up", collector="renewals") == "0", "a failed poll")
        self.assertEqual(self.shown(failing), before)
        self.assertEqual(exporter.stop(), 0)
        exporter = self.start_exporter(config, flag)
        self.assertEqual(self.shown(exporter.metrics()), before)
        self.assertEqual(exporter.stop(), 0)

    def test_access_to_it_is_checked(self):
        cloud = self.start_simulator("--rows=10")
        path = self.write_config(self.config(cloud))
        flags = (f"--config.file={path}", "--check-access", "--log.format=json")
        run = self.run_exporter(*flags)
        self.assertEqual(run.status, 0, run.out)
        lines = {line["operation"]: line for line in map(json.loads, run.out.splitlines())}
        self.assertEqual(set(lines), {"month_summary", OPERATION} if IS_BAIDU else {OPERATION})
        self.assertEqual(lines[OPERATION]["result"], "ok")
        self.assertIn("within 90 days", lines[OPERATION]["fact"])
        cloud.add_fault("forbidden", KEY, OPERATION)
        run = self.run_exporter(*flags)
        self.assertEqual(run.status, 1)
        line = [line for line in map(json.loads, run.out.splitlines()) if line["operation"] == OPERATION][0]
        self.assertEqual(line["result"], "permission")
        self.assertIn(POLICY, line["advice"])

    def test_the_page_says_what_a_refusal_means(self):
        cloud = self.start_simulator("--rows=10")
        cloud.add_fault("forbidden", KEY, OPERATION)
        exporter = self.start_exporter(self.config(cloud, "balance", "renewals"))
        exporter.wait_for(lambda shown: shown.value("collector_up", collector="renewals") == "0", "a refused poll")
        self.assertIn("grant the policy " + POLICY, exporter.ask("/?lang=en").body.decode())
        self.assertEqual(exporter.stop(), 0)

    if IS_BAIDU:
        def prepaid_services(self, cloud):
            """Of this month's bill and of the one before."""
            return {group["service_type"] for month in billing_months().values()
                    for group in cloud.totals(KEY, month, ["service_type", "billing_mode"])["by_group"]
                    if group["billing_mode"] == "prepaid"}

        def test_the_services_are_those_of_prepaid_rows(self):
            cloud = self.start_simulator("--rows=100", "--rate=0")
            for collectors in (["renewals"], ["bills", "renewals"]):
                run = self.poll_once(self.config(cloud, *collectors, account={"renewal_services": []}))
                self.assertEqual(self.shown(run.metrics), self.expected(cloud, services=self.prepaid_services(cloud)))

        def test_a_service_without_a_list_is_asked_for_and_told_once(self):
            cloud = self.start_simulator("--rows=10")
            config = self.config(cloud, polling={"renewals": {"interval": "1s"}})
            exporter = self.start_exporter(config).wait_ready()
            metrics = exporter.wait_for(
                lambda shown: shown.count("collector_polls_total", collector="renewals") >= 3, "three polls")
            self.assertEqual(metrics.value("collector_up", collector="renewals"), "1")
            self.assertEqual(exporter.stop(), 0)
            refused = cloud.count_requests(KEY, OPERATION, serviceType="BBC")
            self.assertEqual(refused, 1)
            self.assertEqual(exporter.err.count(WITHOUT_A_LIST), 1)
            self.assertIn("BBC", exporter.err)

        def test_sub_accounts_are_counted_too(self):
            cloud = self.start_simulator("--rows=10", "--sub-accounts=2")
            members = next(account["members"] for account in cloud.control("GET", "accounts")
                           if account["access_key_id"] == KEY)
            run = self.poll_once(self.config(cloud, account={"sub_accounts": members}))
            self.assertEqual(self.shown(run.metrics), self.expected(cloud, members))


if __name__ == "__main__":
    main()
