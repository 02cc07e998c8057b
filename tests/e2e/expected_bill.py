"""What /metrics must show of a bill, worked out from the simulator's exact totals."""

from decimal import Decimal

from harness import MEASURES, billing_months, print_amount
from providers import BAIDU, PROVIDER

OTHER = "__other__"
STAY_WHEN_FOLDED = ("billing_mode", "sub_account_id")


def label_of(dimension):
    name, _, label = dimension.partition("=")
    return label or name.replace("tag:", "tag_")


def add_measures(items):
    return {m: sum((Decimal(item[m]) for item in items), Decimal(0)) for m in MEASURES}


def fold(groups, max_series, fold_labels):
    """Groups are {labels: measures}. Answers the shown ones and how many were folded."""
    def rank(group):
        labels, item = group
        largest = max(abs(Decimal(item["billed_cost"])), abs(Decimal(item["list_cost"])))
        return -largest, labels

    ranked = sorted(groups.items(), key=rank)
    shown = {labels: [item] for labels, item in ranked[:max_series]}
    for labels, item in ranked[max_series:]:
        shown.setdefault(fold_labels(labels), []).append(item)
    folded = max(0, len(ranked) - max_series)
    return {labels: add_measures(items) for labels, items in shown.items()}, folded


class ExpectedBill:
    """One account's two months. Aggregation is the section of the configuration."""

    def __init__(self, cloud, key, aggregation, sub_accounts=(), provider=PROVIDER, **bill):
        self.provider = provider
        self.group_by = aggregation["group_by"]
        self.tag_keys = aggregation.get("tag_keys", [])
        self.max_series = aggregation.get("max_series", 500)
        self.months = {
            period: cloud.totals(key, month, [d.partition("=")[0] for d in self.group_by],
                                 sub_accounts, **bill)
            for period, month in billing_months(provider.zone).items()}

    def groups(self, totals):
        labels = [label_of(dimension) for dimension in self.group_by]
        names = [dimension.partition("=")[0] for dimension in self.group_by]
        groups = {tuple(item[name] for name in names): item for item in totals["by_group"]}

        def fold_labels(values):
            return tuple(value if label in STAY_WHEN_FOLDED else OTHER
                         for label, value in zip(labels, values))

        shown, folded = fold(groups, self.max_series, fold_labels)
        return {tuple(zip(labels, values)): item for values, item in shown.items()}, folded

    def tag_groups(self, totals):
        labels = ("tag_value", "service_type")
        shown, folded = {}, 0
        for tag_key in self.tag_keys:
            groups = {tuple(item[label] for label in labels): item for item in totals["by_tag"]
                      if item["tag_key"] == tag_key} or self._untagged(totals)
            lines, more = fold(groups, self.max_series, lambda _: (OTHER, OTHER))
            folded += more
            for values, item in lines.items():
                shown[(("tag_key", tag_key), *zip(labels, values))] = item
        return shown, folded

    @staticmethod
    def _untagged(totals):
        """A key that no row has: each service counts under the empty value."""
        services = {}
        for item in totals["by_tag"]:
            if item["tag_key"] == totals["by_tag"][0]["tag_key"]:
                services.setdefault(item["service_type"], []).append(item)
        return {("", service): add_measures(items) for service, items in services.items()}

    def check(self, test, metrics, account, static_labels=()):
        """Compares whole families: nothing is missing, different or too much."""
        for period, totals in self.months.items():
            where = {"provider": self.provider.name, "account": account, "period": period,
                     **dict(static_labels)}
            self._check_numbers(test, metrics, where, totals)
            groups, folded = self.groups(totals)
            tag_groups, folded_tags = self.tag_groups(totals)
            exact = add_measures([totals["total"]])
            for measure in MEASURES:
                with test.subTest(account=account, period=period, measure=measure):
                    modes = {(("billing_mode", mode),): item
                             for mode, item in totals["by_billing_mode"].items()}
                    for name, lines in ((f"account_{measure}", modes), (measure, groups),
                                        (f"{measure}_by_tag", tag_groups)):
                        expected = {tuple(sorted(labels)): print_amount(item[measure])
                                    for labels, item in lines.items()
                                    if measure not in totals["lacked"]}
                        test.assert_same_samples(
                            metrics.select(name, currency=self.provider.currency, **where), expected)
                        test.assertEqual(len(metrics.select(name, **where)), len(expected))
                    test.assertEqual(add_measures(groups.values())[measure], exact[measure])
                    for tag_key in self.tag_keys:
                        of_key = [item for labels, item in tag_groups.items()
                                  if labels[0] == ("tag_key", tag_key)]
                        test.assertEqual(add_measures(of_key)[measure], exact[measure])
            expected = {"group": str(folded)}
            if self.tag_keys:
                expected["tag"] = str(folded_tags)
            test.assert_same_samples(metrics.select("folded_groups", **where), {
                (("breakdown", breakdown),): count for breakdown, count in expected.items()})

    def _check_numbers(self, test, metrics, where, totals):
        with test.subTest(**where):
            test.assertEqual(metrics.value("bill_rows", **where), str(totals["total"]["rows"]))
            # Baidu's total is one of days, Volcengine tells a month's at any time.
            covered = totals["covered_days"] is not None or self.provider is not BAIDU
            billed = print_amount(totals["total"]["billed_cost"])
            test.assertEqual(metrics.value("provider_billed_cost", currency=self.provider.currency, **where),
                             billed if covered else None)
            test.assertEqual(metrics.value("reconciliation_difference", currency=self.provider.currency, **where),
                             "0" if covered else None)


class ExpectedShares(ExpectedBill):
    """The same of an account's amortised bill, of the months of which it has any row."""

    def __init__(self, cloud, key, aggregation, sub_accounts=(), provider=PROVIDER, **bill):
        super().__init__(cloud, key, aggregation, sub_accounts, provider, bill="amortized", **bill)
        self.months = {period: totals for period, totals in self.months.items() if totals["total"]["rows"]}

    def check(self, test, metrics, account="account-1", currency="CNY"):
        for period, totals in self.months.items():
            where = {"provider": self.provider.name, "account": account, "period": period,
                     "currency": currency}
            modes = {(("billing_mode", mode),): item
                     for mode, item in totals["by_billing_mode"].items()}
            groups, _ = self.groups(totals)
            tag_groups, _ = self.tag_groups(totals)
            for name, lines in (("account_effective_cost", modes), ("effective_cost", groups),
                                ("effective_cost_by_tag", tag_groups)):
                with test.subTest(account=account, period=period, name=name):
                    expected = {tuple(sorted(labels)): print_amount(item["billed_cost"])
                                for labels, item in lines.items()}
                    test.assert_same_samples(metrics.select(name, **where), expected)
            exact = Decimal(totals["total"]["billed_cost"])
            test.assertEqual(add_measures(groups.values())["billed_cost"], exact)
