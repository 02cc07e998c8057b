"""Groups beyond max_series fold into __other__ and lose no money."""

from decimal import Decimal

from expected_bill import OTHER, ExpectedBill
from harness import MEASURES, EndToEndTest, main, make_account, make_config
from providers import BAIDU, PROVIDER


class Folding(EndToEndTest):
    def test_the_largest_groups_are_shown_and_the_others_fold_exactly(self):
        cloud = self.start_simulator("--sub-accounts=1", "--rows=400", "--seed=3")
        members = cloud.control("GET", "accounts")[0]["members"] if PROVIDER is BAIDU else []
        aggregation = {
            "group_by": ["service_type", "billing_mode", "sub_account_id", "region_id"],
            "tag_keys": ["team", "env"], "measures": MEASURES, "max_series": 9}
        account = make_account(cloud, **({"sub_accounts": members} if members else {}))
        run = self.poll_once(make_config([account], aggregation=aggregation))
        expected = ExpectedBill(cloud, PROVIDER.key(1), aggregation, members)
        self.assertGreater(expected.groups(expected.months["previous"])[1], 20)
        self.assertGreater(expected.tag_groups(expected.months["previous"])[1], 20)
        self.assertNotEqual(run.metrics.select("billed_cost", service_type=OTHER,
                                               billing_mode="prepaid"), {})
        expected.check(self, run.metrics, "account-1")

    def test_money_and_counts_stay_exact_with_far_more_groups_than_are_kept(self):
        # Beyond 20 x max_series a listing folds rows as they come, so which groups are shown may
        # differ, but not what they add up to.
        cloud = self.start_simulator("--rows=1500", "--services=500")
        aggregation = {"group_by": ["service_type", "region_id"], "tag_keys": ["team"],
                       "measures": MEASURES, "max_series": 2}
        run = self.poll_once(make_config([make_account(cloud)], aggregation=aggregation))
        expected = ExpectedBill(cloud, PROVIDER.key(1), aggregation)
        for period, totals in expected.months.items():
            groups = len(totals["by_group"])
            tag_groups = sum(1 for item in totals["by_tag"] if item["tag_key"] == "team")
            for measure in [m for m in MEASURES if m not in totals["lacked"]]:
                with self.subTest(period=period, measure=measure):
                    exact = Decimal(totals["total"][measure])
                    for name, breakdown, all_groups in (
                            (measure, "group", groups), (f"{measure}_by_tag", "tag", tag_groups)):
                        shown = run.metrics.select(name, period=period)
                        # Each of the few sums is printed as the shortest text of its nearest
                        # double: half a unit in the last place each from sum to double to text.
                        printed = [Decimal(value) for value in shown.values()]
                        rounding = sum(map(abs, printed)) * Decimal(2) ** -52
                        self.assertLessEqual(abs(sum(printed) - exact), rounding)
                        own = [key for key in shown if ("service_type", OTHER) not in key]
                        self.assertLessEqual(len(own), 2)
                        folded = run.metrics.count("folded_groups", period=period,
                                                   breakdown=breakdown)
                        self.assertGreaterEqual(folded, all_groups - len(own))
                        self.assertLessEqual(folded, all_groups)


if __name__ == "__main__":
    main()
