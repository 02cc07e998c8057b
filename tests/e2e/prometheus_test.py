"""Prometheus and its promtool understand what is served."""

import json
import shutil
import subprocess
import urllib.parse
from decimal import Decimal

from harness import (EndToEndTest, Program, ask, billing_months, main, make_account, make_config,
                     wait_until)

AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode", "tag:项目=item"],
               "tag_keys": ["team", "endpoint"]}


def find_tool(name):
    path = shutil.which(name)
    if path is None:
        raise AssertionError(f"{name} is missing; scripts/install-packages test installs it")
    return path


class Prometheus(Program):
    """Scrapes one port every second; `how` goes into the scrape's configuration."""

    def __init__(self, directory, target, **how):
        config = directory / "prometheus.yml"
        config.write_text(json.dumps({
            "global": {"scrape_interval": "1s", "scrape_timeout": "1s"},
            "scrape_configs": [{"job_name": "billing", "static_configs": [
                {"targets": [f"127.0.0.1:{target}"]}], **how}]}))
        super().__init__(directory, "prometheus", [
            find_tool("prometheus"), f"--config.file={config}",
            f"--storage.tsdb.path={directory / 'prometheus-data'}",
            "--web.listen-address=127.0.0.1:0"])
        self.port = int(self.find_in(self.err_path, r'Listening on"? address="?127\.0\.0\.1:(\d+)'))

    def query(self, expression, at=None):
        """As it is now, or was at a time: what a late scrape makes stale changes nothing of that."""
        asked = {"query": expression} if at is None else {"query": expression, "time": at}
        answer = ask(self.port, "/api/v1/query?" + urllib.parse.urlencode(asked))
        if answer.status == 503:  # not ready yet
            return []
        result = json.loads(answer.body)
        if result["status"] != "success":
            raise AssertionError(f"{expression}: {result}")
        return result["data"]["result"]


class PrometheusTest(EndToEndTest):
    def start_demo(self):
        cloud = self.start_simulator("--accounts=3", "--sub-accounts=1", "--rows=300")
        members = {entry["access_key_id"]: entry["members"]
                   for entry in cloud.control("GET", "accounts")}
        accounts = [make_account(cloud, number, budget=1000, labels={"team": "infra"},
                                 sub_accounts=members[f"simulated-ak-{number}"])
                    for number in (1, 2, 3)]
        return cloud, accounts, make_config(accounts, aggregation=AGGREGATION)

    def check_with_promtool(self, text):
        result = subprocess.run([find_tool("promtool"), "check", "metrics"], input=text,
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(result.stdout + result.stderr, "")
        self.assertEqual(result.returncode, 0)

    def test_promtool_accepts_the_live_metrics(self):
        _, _, config = self.start_demo()
        exporter = self.start_exporter(config)
        self.check_with_promtool(exporter.metrics().text)
        exporter.wait_ready()
        self.check_with_promtool(exporter.metrics().text)

    def test_promtool_accepts_the_output_of_once(self):
        _, _, config = self.start_demo()
        self.check_with_promtool(self.poll_once(config).metrics.text)

    def test_sums_in_prometheus_equal_the_bill(self):
        cloud, accounts, config = self.start_demo()
        exporter = self.start_exporter(config).wait_ready()
        prometheus = self._own(Prometheus(self.directory, exporter.port))
        # A scrape may have come just before the first polls ended, but none is older than that.
        wait_until(lambda: len(prometheus.query("cloud_billing_bill_rows")) == 2 * len(accounts),
                   "Prometheus has scraped")
        self.assertEqual(prometheus.query("up")[0]["value"][1], "1")
        for account in accounts:
            for period, month in billing_months().items():
                exact = Decimal(cloud.totals(account["access_key_id"], month,
                                             sub_accounts=account["sub_accounts"])
                                ["total"]["billed_cost"])
                chosen = f'account="{account["name"]}",period="{period}"'
                for family, more in (("billed_cost", ""), ("account_billed_cost", ""),
                                     ("billed_cost_by_tag", ',tag_key="team"')):
                    with self.subTest(account=account["name"], period=period, family=family):
                        result = prometheus.query(
                            f"sum(cloud_billing_{family}{{{chosen}{more}}}) or vector(0)")
                        value = Decimal(result[0]["value"][1])
                        self.assertLessEqual(abs(value - exact), abs(exact) * Decimal("1e-9"))


if __name__ == "__main__":
    main()
