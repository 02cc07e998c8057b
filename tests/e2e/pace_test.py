"""No access key is used more often than configured."""

from harness import EndToEndTest, main, make_account, make_config, wait_until

RATE = 5
# The simulator notes when it reads a request, not when it was sent.
MEASUREMENT_MS = 20
# A machine that is busy elsewhere delays what the simulator reads, which shortens the gap to the
# next request. A pace that is not kept is not kept again.
ATTEMPTS = 5
REQUESTS = 60  # those of the polls, and of the days that are read beside them


class Pace(EndToEndTest):
    def find_breaches(self, cloud, key):
        """What of the latest requests came too early for the rate."""
        times = sorted(request["time_ms"] for request in cloud.requests()["recent"]
                       if request["access_key_id"] == key)
        self.assertGreater(len(times), 10)
        gap = 1000 / RATE
        breaches = [f"request {i}: {times[i] - times[i - 1]:.1f} ms after the one before"
                    for i in range(1, len(times))
                    if times[i] - times[i - 1] < gap - MEASUREMENT_MS]
        breaches += [f"{RATE + 1} requests within {times[i] - times[i - RATE]:.1f} ms"
                     for i in range(RATE, len(times))
                     if times[i] - times[i - RATE] < 1000 - MEASUREMENT_MS]
        return breaches

    def check_pace(self, cloud, config, key="simulated-ak-1", order_faults=lambda: None):
        for _ in range(ATTEMPTS):
            cloud.forget_requests()
            order_faults()
            exporter = self.start_exporter(config)
            wait_until(lambda: cloud.requests()["total"] >= REQUESTS, f"{REQUESTS} requests")
            self.assertEqual(exporter.stop(), 0)
            breaches = self.find_breaches(cloud, key)
            if not breaches:
                return
        self.fail("\n".join(breaches))

    def test_requests_are_apart_over_all_collectors_pages_and_months(self):
        cloud = self.start_simulator("--rows=450")
        account = make_account(cloud, requests_per_second=RATE)
        self.check_pace(cloud, make_config([account]))

    def test_the_lowest_rate_holds_for_accounts_that_share_a_key(self):
        cloud = self.start_simulator("--rows=200")
        accounts = [make_account(cloud, name="slow", requests_per_second=RATE),
                    make_account(cloud, name="fast", requests_per_second=20)]
        self.check_pace(cloud, make_config(accounts))

    def test_retries_keep_the_pace(self):
        cloud = self.start_simulator("--rows=250")
        config = make_config([make_account(cloud, requests_per_second=RATE)],
                             http={"timeout": "30s", "max_retries": 4})
        self.check_pace(cloud, config, order_faults=lambda: cloud.add_fault(
            "status_500", "simulated-ak-1", "resource_month_bill", count=3))

    def test_the_highest_rate_is_admitted_by_a_cloud_that_enforces_it(self):
        cloud = self.start_simulator("--rows=900", "--rate=20")
        for _ in range(ATTEMPTS):
            cloud.forget_requests()
            self.poll_once(make_config([make_account(cloud, requests_per_second=20)],
                                       http={"timeout": "30s", "max_retries": 4}))
            violations = cloud.requests()["keys"]["simulated-ak-1"]["rate_violations"]
            if violations == 0:
                return
        self.fail(f"{violations} requests beyond the rate")


if __name__ == "__main__":
    main()
