"""--check-access: what a person with a new key reads, for every cloud and every way to go wrong.

Each case has a golden file in golden/check_access, of which --update writes all anew. What differs from day to day,
and the simulator's port, are replaced by words; columns are laid out again around them.
"""

import json
import pathlib
import re
import socket
import subprocess
import sys
import threading
import unicodedata

from harness import EXPORTER, EndToEndTest, billing_months, main, make_account, make_config
from providers import PROVIDER

UPDATE = "--update" in sys.argv
if UPDATE:
    sys.argv.remove("--update")
GOLDEN = pathlib.Path(__file__).resolve().parent / "golden/check_access"
ALL = ["balance", "bills", "orders"]
OPERATIONS = {"baidu": ["cash_balance", "resource_month_bill", "credit_quota", "month_summary", "order_list"],
              "volcengine": ["QueryBalanceAcct", "ListBillDetail", "ListBillOverviewByProd", "ListOrders"]}[PROVIDER.name]
DISPENSABLE = {"credit_quota", "month_summary", "ListBillOverviewByProd"}
FIELDS = ["account", "provider", "operation", "result", "fact", "advice", "clock_difference_seconds"]

# What differs from day to day.
VARYING = [(r"\d{4}-\d{2}\b", "YYYY-MM"), (r"\b\d+ (rows?|days?|totals?|orders?)\b", r"N \1"),
           (r"\b\d+(\.\d+)? of ", "X of "), (r"\b\d+(\.\d+)? CNY", "X CNY"), (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"), (r"/tmp/\S+/", "DIRECTORY/"),
           (r"\b\d+ (ms|s)\b", r"N \1")]


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def lay_out(text):
    """The table with what varies replaced by words, and its columns laid out anew."""
    table, _, verdict = text.partition("\n\n")
    rows = [re.split(r"  +", line) for line in table.splitlines()]
    for row in rows:
        for index, cell in enumerate(row):
            for pattern, word in VARYING:
                cell = re.sub(pattern, word, cell)
            row[index] = cell
    columns = max(map(len, rows))
    widths = [max(width(row[i]) for row in rows if i < len(row)) for i in range(columns)]
    lines = ["  ".join(cell + " " * (widths[i] - width(cell)) for i, cell in enumerate(row)).rstrip() for row in rows]
    return "\n".join(lines) + "\n\n" + verdict


class Address:
    """A cloud that is not there."""

    def __init__(self, url):
        self.url = url


class RefusingProxy:
    """Asks everybody for a password, on a port of loopback."""

    ANSWER = (b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"office\"\r\n"
              b"Content-Length: 0\r\nConnection: close\r\n\r\n")

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                if connection.recv(65536):
                    connection.sendall(self.ANSWER)


class CheckAccess(EndToEndTest):
    def check(self, accounts, *flags, status, environment=None, **config):
        path = self.write_config(make_config(accounts, **config))
        run = self.run_exporter(f"--config.file={path}", "--check-access", *flags, environment=environment)
        self.assertEqual(run.status, status, run.out + run.err)
        self.assertEqual(run.err, "")
        return run.out

    def objects(self, accounts, *flags, **more):
        lines = [json.loads(line) for line in
                 self.check(accounts, "--log.format=json", *flags, **more).splitlines()]
        for line in lines:
            self.assertEqual(list(line), FIELDS)
        return lines

    def assert_golden(self, name, text):
        path = GOLDEN / f"{PROVIDER.name}-{name}.txt"
        text = lay_out(text)
        if UPDATE:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        self.assertEqual(text, path.read_text("utf-8"))

    def account(self, cloud, number=1, **more):
        return make_account(cloud, number, **{"name": "prod", "collectors": ALL, **more})

    def test_a_good_key_is_allowed_all(self):
        cloud = self.start_simulator("--rows=50")
        self.assert_golden("good", self.check([self.account(cloud)], status=0))

    def test_a_wrong_secret_is_told_once(self):
        cloud = self.start_simulator("--rows=50")
        account = self.account(cloud, secret_access_key="a-wrong-secret")
        self.assert_golden("wrong-secret", self.check([account], status=1))
        self.assertEqual(len(cloud.requests()["recent"]), 1)

    def test_an_unknown_key_is_told_once(self):
        cloud = self.start_simulator("--rows=50")
        self.assert_golden("unknown-key", self.check([self.account(cloud, access_key_id="nobodys")], status=1))

    def test_a_missing_permission_names_what_to_grant(self):
        cloud = self.start_simulator("--rows=50")
        for operation in OPERATIONS:
            with self.subTest(operation=operation):
                cloud.clear_faults()
                cloud.add_fault("forbidden", PROVIDER.key(1), operation)
                text = self.check([self.account(cloud)], status=0 if operation in DISPENSABLE else 1)
                self.assert_golden(f"without-{operation}", text)

    def test_a_clock_that_is_off_by_an_hour_is_told(self):
        for name, ahead in (("clock-behind", 3600), ("clock-ahead", -3600)):
            with self.subTest(clock=name):
                cloud = self.start_simulator("--rows=50", f"--clock-ahead={ahead}")
                self.assert_golden(name, self.check([self.account(cloud)], status=1))

    def test_an_unknown_host_is_told(self):
        account = make_account(Address("https://bills.invalid"), name="prod", collectors=ALL)
        # libcurl 8.14 never frees the name of a host that it could not resolve.
        known = self.directory / "known-leaks"
        known.write_text("leak:libcurl.so\n")
        text = self.check([account], status=1, environment={
            "RES_OPTIONS": "timeout:1 attempts:1",
            "LSAN_OPTIONS": f"suppressions={known}:print_suppressions=0"})
        self.assert_golden("unknown-host", text)

    def test_a_proxy_that_asks_for_a_password_is_told(self):
        proxy = RefusingProxy()
        self.addCleanup(proxy.listener.close)
        account = make_account(Address("https://bills.example"), name="prod", collectors=ALL)
        text = self.check([account], status=1, environment={
            "https_proxy": f"http://127.0.0.1:{proxy.port}", "no_proxy": ""})
        self.assert_golden("proxy-password", text)

    def test_a_secret_that_cannot_be_read_is_told(self):
        cloud = self.start_simulator("--rows=50")
        account = self.account(cloud, secret_access_key_file=str(self.directory / "absent"))
        del account["secret_access_key"]
        self.assert_golden("unreadable-secret", self.check([account], status=1))

    def test_an_endpoint_that_hangs_is_given_up(self):
        cloud = self.start_simulator("--rows=50")
        cloud.add_fault("hang", PROVIDER.key(1))
        text = self.check([self.account(cloud)], status=1, http={"timeout": "1s", "max_retries": 4})
        self.assert_golden("hanging", text)

    def test_programs_read_one_object_for_each_operation(self):
        cloud = self.start_simulator("--rows=50")
        lines = self.objects([self.account(cloud)], status=0)
        self.assertEqual([line["operation"] for line in lines], OPERATIONS)
        self.assertEqual({(line["account"], line["provider"], line["result"], line["advice"],
                           line["clock_difference_seconds"]) for line in lines},
                         {("prod", PROVIDER.name, "ok", "", 0)})
        facts = {line["operation"]: line["fact"] for line in lines}
        self.assertIn(billing_months()["current"], facts[PROVIDER.bill])
        for operation in OPERATIONS:
            self.assertEqual(cloud.count_requests(PROVIDER.key(1), operation), 1, operation)
        totals = cloud.control("GET", "accounts")
        mine = next(account for account in totals if account["access_key_id"] == PROVIDER.key(1))
        money = mine.get("available_balance", mine["cash_balance"])
        self.assertEqual(float(facts[PROVIDER.balance].split()[0]), float(money))

    def test_only_what_the_collectors_need_is_asked_for(self):
        cloud = self.start_simulator("--rows=50")
        lines = self.objects([self.account(cloud, collectors=["orders"])], status=0)
        self.assertEqual([line["operation"] for line in lines], [PROVIDER.orders])

    def test_the_accounts_are_those_of_the_shard_in_their_order(self):
        cloud = self.start_simulator("--accounts=6", "--rows=20")
        accounts = [self.account(cloud, number, name=f"account-{number}", collectors=["balance"])
                    for number in range(1, 7)]
        names = []
        for index in range(2):
            lines = self.objects(accounts, f"--shard.index={index}", "--shard.count=2", status=0)
            shown = list(dict.fromkeys(line["account"] for line in lines))
            self.assertEqual(shown, sorted(shown))
            names += shown
        self.assertEqual(sorted(names), [account["name"] for account in accounts])

    def test_no_port_is_opened_and_no_state_kept(self):
        cloud = self.start_simulator("--rows=50")
        state = self.directory / "state"
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.check([self.account(cloud)], f"--state.dir={state}",
                       f"--web.listen-address=127.0.0.1:{taken.getsockname()[1]}", status=0)
        self.assertFalse(state.exists())

    def test_output_that_cannot_be_written_exits_1(self):
        cloud = self.start_simulator("--rows=50")
        path = self.write_config(make_config([self.account(cloud)]))
        with open("/dev/full", "w") as full:
            answer = subprocess.run([EXPORTER, f"--config.file={path}", "--check-access"], stdout=full,
                                    stderr=subprocess.PIPE, text=True)
        self.assertEqual(answer.returncode, 1)
        self.assertIn("cannot write", answer.stderr)

    def test_each_sub_account_has_a_line(self):
        if PROVIDER.name != "baidu":
            self.skipTest("it has no sub-accounts")
        cloud = self.start_simulator("--rows=50", "--sub-accounts=2")
        members = next(account["members"] for account in cloud.control("GET", "accounts")
                       if account["access_key_id"] == PROVIDER.key(1))
        lines = self.objects([self.account(cloud, sub_accounts=[*members, "a-stranger"])], status=1)
        cash = [line for line in lines if line["operation"] == "supervisor_balance"]
        self.assertEqual([(line["result"], line["advice"].split(":")[0]) for line in cash],
                         [("permission", "Normal")])
        lines.remove(cash[0])
        self.assertEqual([(line["operation"], line["result"]) for line in lines[len(OPERATIONS):]],
                         [(PROVIDER.bill, "ok")] * 2 + [(PROVIDER.bill, "permission")])
        for member, line in zip([*members, "a-stranger"], lines[len(OPERATIONS):]):
            self.assertIn(member, line["fact"])
        self.assertIn("sub_accounts", lines[-1]["advice"])

    def test_the_cash_of_sub_accounts_has_one_line_and_is_not_needed(self):
        if PROVIDER.name != "baidu":
            self.skipTest("it has no sub-accounts")
        cloud = self.start_simulator("--rows=50", "--sub-accounts=2")
        members = next(account["members"] for account in cloud.control("GET", "accounts")
                       if account["access_key_id"] == PROVIDER.key(1))
        account = self.account(cloud, sub_accounts=members, collectors=["balance"])
        self.assert_golden("sub-accounts", self.check([account], status=0))
        cloud.add_fault("forbidden", PROVIDER.key(1), "supervisor_balance")
        self.assert_golden("without-supervisor_balance", self.check([account], status=0))


if __name__ == "__main__":
    main()
