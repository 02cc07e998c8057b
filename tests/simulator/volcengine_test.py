"""Drives Volcengine's side of the cloud_simulator program, with a signature of its own."""

import hashlib
import hmac
import json
import os
import sys
import time
import unittest
from decimal import Decimal

import simulator_test
from simulator_test import MONTH, NOW, Simulator, encode

KEY = "simulated-volc-ak-1"
JSON_TYPE = "application/json; charset=utf-8"
MODES = {"包年包月": "prepaid", "按量计费": "postpaid", "合同计费": "contract", "履约计费": "fulfillment",
         "1": "prepaid", "2": "postpaid", "3": "contract", "4": "fulfillment"}


def x_date(offset=0):
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time.time() + offset))


def digest(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def sign(method, query, headers, body, key, secret, signed, region="cn-beijing", service="billing"):
    """The Authorization header. `signed` keeps its order."""
    values = {name.lower(): value.strip() for name, value in headers.items()}
    names = signed.split(";")
    canonical = "\n".join([
        method, "/", "&".join(f"{encode(n)}={encode(v)}" for n, v in sorted(query)),
        "".join(f"{name}:{values[name]}\n" for name in names), signed,
        hashlib.sha256(body).hexdigest()])
    date = values["x-date"]
    scope = f"{date[:8]}/{region}/{service}/request"
    to_sign = "\n".join(["HMAC-SHA256", date, scope,
                         hashlib.sha256(canonical.encode()).hexdigest()])
    signing_key = secret.encode()
    for part in (date[:8], region, service, "request"):
        signing_key = digest(signing_key, part)
    signature = digest(signing_key, to_sign).hex()
    return f"HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={signed}, Signature={signature}"


def amount(value):
    return Decimal(0) if value in (None, "", "-") else Decimal(str(value))


class Cloud(Simulator):
    def call(self, action, body=None, key=KEY, secret=None, token=None, method="POST", date=None,
             signed="content-type;host;x-content-sha256;x-date", version="2022-01-01", extra=None,
             region="cn-beijing", service="billing", timeout=20):
        data = b"" if method == "GET" else json.dumps(body or {}).encode()
        query = [("Action", action), ("Version", version)]
        headers = {"Host": self.host, "X-Date": date or x_date(), "Content-Type": JSON_TYPE,
                   "X-Content-Sha256": hashlib.sha256(data).hexdigest()}
        if token is not None:
            headers["X-Security-Token"] = token
            signed += ";x-security-token"
        headers["Authorization"] = sign(method, query, headers, data, key,
                                        secret or key.replace("-ak-", "-sk-"), signed, region,
                                        service)
        headers["Content-Length"] = str(len(data))
        headers.update(extra or {})
        target = "/?" + "&".join(f"{n}={v}" for n, v in query)
        return self.exchange(method, target, headers, data, timeout)

    def page(self, offset=0, limit=300, month=MONTH, more=None, **options):
        body = {"BillPeriod": month, "Limit": limit, "Offset": offset, "NeedRecordNum": 1,
                "GroupTerm": 0, "GroupPeriod": 0, **(more or {})}
        return self.call("ListBillDetail", body, **options)

    def result(self, *args, **options):
        answer = self.page(*args, **options)
        assert answer.status == 200, answer.body
        return answer.json["Result"]

    def rows(self, **options):
        rows = []
        while True:
            result = self.result(len(rows), **options)
            rows += result["List"] or []
            if len(rows) >= result["Total"]:
                return rows

    def overview(self, month=MONTH, **options):
        body = {"BillPeriod": month, "Limit": 300, "Offset": 0, "NeedRecordNum": 1}
        return self.call("ListBillOverviewByProd", body, **options)


class WithCloud(unittest.TestCase):
    flags = ("--rows=700", f"--now={NOW}", "--rate=0", "--accounts=2")

    @classmethod
    def setUpClass(cls):
        cls.cloud = Cloud(*cls.flags)

    @classmethod
    def tearDownClass(cls):
        assert cls.cloud.stop() == 0

    def setUp(self):
        self.cloud.control("DELETE", "fault")
        self.cloud.control("DELETE", "requests")

    def assert_refused(self, answer, status, code, number=None):
        metadata = answer.json["ResponseMetadata"]
        self.assertEqual((answer.status, metadata["Error"]["Code"]), (status, code))
        self.assertEqual(metadata["RequestId"], answer.headers["X-Tt-Logid"])
        self.assertNotIn("Result", answer.json)
        if number is not None:
            self.assertEqual(metadata["Error"]["CodeN"], number)


class Signatures(WithCloud):
    flags = ("--rows=20", f"--now={NOW}", "--rate=0", "--accounts=1", "--session-tokens")
    token = "simulated-volc-token-1"

    def balance(self, **options):
        return self.cloud.call("QueryBalanceAcct", **{"token": self.token, **options})

    def test_accepted(self):
        self.assertEqual(self.balance().status, 200)
        self.assertEqual(self.balance(method="GET").status, 200)
        self.assertEqual(self.balance(region="cn-north-1").status, 200)
        self.assertEqual(self.balance(signed="host;x-date").status, 200)
        self.assertEqual(self.cloud.control("GET", "requests")["signature_failures"], 0)

    def test_headers_are_taken_in_the_order_received(self):
        answer = self.balance(signed="x-date;x-content-sha256;host;content-type")
        self.assertEqual(answer.status, 200)

    def test_refused(self):
        for options, status, code, number in (
                ({"key": "nobody"}, 401, "InvalidAccessKey", 100009),
                ({"key": "simulated-ak-1"}, 401, "InvalidAccessKey", 100009),
                ({"secret": "x"}, 401, "SignatureDoesNotMatch", 100010),
                ({"signed": "x-date"}, 401, "SignatureDoesNotMatch", 100010),
                ({"token": None}, 401, "InvalidSecretToken", 100026),
                ({"token": "x"}, 401, "InvalidSecretToken", 100026),
                ({"date": x_date(-1000)}, 400, "InvalidTimestamp", 100006),
                ({"date": x_date(1000)}, 400, "InvalidTimestamp", 100006),
                ({"service": "iam"}, 400, "InvalidCredential", 100025),
                ({"extra": {"Authorization": "Bearer x"}}, 400, "InvalidAuthorization", 100024),
                ({"extra": {"X-Content-Sha256": "0"}, "signed": "host;x-date"}, 401,
                 "SignatureDoesNotMatch", 100010)):
            with self.subTest(**options):
                self.assert_refused(self.balance(**options), status, code, number)
        self.assertEqual(self.cloud.control("GET", "requests")["signature_failures"], 11)

    def test_an_unsigned_token_is_refused(self):
        answer = self.cloud.call("QueryBalanceAcct", extra={"X-Security-Token": self.token})
        self.assert_refused(answer, 401, "SignatureDoesNotMatch")

    def test_anonymous(self):
        answer = self.cloud.exchange("POST", "/?Action=QueryBalanceAcct&Version=2022-01-01",
                                     {"Host": self.cloud.host, "Content-Length": "0"})
        self.assert_refused(answer, 401, "MissingAuthenticationToken", 100003)

    def test_actions_and_versions_are_known_or_refused(self):
        self.assert_refused(self.cloud.call("PayOrder", token=self.token), 404,
                            "InvalidActionOrVersion", 100008)
        self.assert_refused(self.balance(version="2018-01-01"), 404, "InvalidActionOrVersion")
        self.assert_refused(self.cloud.call("ListBillDetail", method="GET", token=self.token), 405,
                            "MethodNotAllowed", 100020)


class Bills(WithCloud):
    def test_the_balance_tells_every_part_as_text(self):
        answer = self.cloud.call("QueryBalanceAcct").json
        self.assertEqual(answer["Result"], {
            "AccountID": 30013150001, "AvailableBalance": "6001.00", "CashBalance": "1001.25",
            "FreezeAmount": "0.25", "CreditLimit": "5000.00", "ArrearsBalance": "0.00"})
        self.assertEqual(answer["ResponseMetadata"]["Region"], "cn-beijing")
        self.assertRegex(answer["ResponseMetadata"]["RequestId"], r"^20\d{12}[0-9A-F]{20}$")

    def test_pages_hold_every_row_once(self):
        rows = self.cloud.rows()
        self.assertEqual(len(rows), 700)
        self.assertEqual(len({row["BillDetailId"] for row in rows}), 700)
        self.assertEqual([len(self.cloud.result(at)["List"] or []) for at in (0, 300, 600)],
                         [300, 300, 100])
        self.assertIsNone(self.cloud.result(900)["List"])
        self.assertEqual(self.cloud.result(more={"NeedRecordNum": 0})["Total"], -1)

    def test_bad_parameters_are_refused(self):
        for more in ({"Limit": 301}, {"Limit": 0}, {"Limit": "300"}, {"Offset": -1},
                     {"BillPeriod": "2026-13"}, {"BillPeriod": 202610}, {"GroupPeriod": 3},
                     {"NoSuchThing": 1}, {"ExpenseDate": "2026-10-05"},
                     {"ExpenseDate": "2026-09-05", "GroupPeriod": 1}):
            with self.subTest(**more):
                self.assert_refused(self.cloud.page(more=more), 400, "InvalidParam")

    def test_relations_of_the_documented_amounts(self):
        for row in self.cloud.rows():
            part = {name: amount(row.get(name)) for name in row if name.endswith("Amount")}
            self.assertEqual(part["DiscountBillAmount"], part["OriginalBillAmount"]
                             - part["PreferentialBillAmount"] - part["RoundAmount"])
            self.assertEqual(part["PayableAmount"],
                             part["DiscountBillAmount"] - part["CouponAmount"])

    def test_spellings(self):
        raw = b"".join(self.cloud.page(at).body for at in (0, 300, 600)).decode()
        for pattern in (r'"OriginalBillAmount":"\d+\.\d{6}"', r'"OriginalBillAmount":\d+\.\d{6},',
                        r'"PayableAmount":"-\d', r'"PayableAmount":"\d+\.\d\d"',
                        r'"RoundAmount":-?0\.\d+,', r'"CouponAmount":("-"|""|null)',
                        r'"BillingMode":"\d"', r'"Tag":""', r'"Tag":"-"', r'"Tag":"{}"',
                        r'volc:vke:cluster-id', r'"Project":"-"', r'"OwnerID":"40013150001"',
                        r'"ZoneCode":"Zone1"', r'"RegionCode":"R000671"', r'"RegionCode":""'):
            self.assertRegex(raw, pattern)

    def test_days_add_up_to_the_month(self):
        total = Decimal(0)
        for day in range(1, 32):
            rows = self.cloud.rows(more={"GroupPeriod": 1, "ExpenseDate": f"{MONTH}-{day:02}"})
            self.assertEqual({row["ExpenseDate"] for row in rows}, {f"{MONTH}-{day:02}"})
            total += sum(amount(row["PayableAmount"]) for row in rows)
        self.assertEqual(total, sum(amount(row["PayableAmount"]) for row in self.cloud.rows()))
        self.assertEqual({row["ExpenseDate"] for row in self.cloud.rows()}, {""})

    def test_days_differ(self):
        sums = {sum(amount(row["PayableAmount"]) for row in self.cloud.rows(
            more={"GroupPeriod": 1, "ExpenseDate": f"{MONTH}-{day}"})) for day in (10, 11, 12)}
        self.assertEqual(len(sums), 3)

    def test_the_overview_is_the_sum_of_the_rows(self):
        rows = self.cloud.rows()
        items = self.cloud.overview().json["Result"]["List"]
        self.assertGreater(len({item["Product"] for item in items}), 24)
        for item in items:
            mine = [row for row in rows if row["Product"] == item["Product"]
                    and MODES[row["BillingMode"]] == MODES[item["BillingMode"]]]
            for name in ("OriginalBillAmount", "PayableAmount", "UnpaidAmount"):
                self.assertEqual(amount(item[name]), sum(amount(row[name]) for row in mine))

    def test_ignoring_zero_drops_rows_with_a_list_price(self):
        kept = self.cloud.rows(more={"IgnoreZero": 1})
        dropped = [row for row in self.cloud.rows() if amount(row["DiscountBillAmount"]) == 0]
        self.assertEqual(len(kept) + len(dropped), 700)
        self.assertGreater(sum(amount(row["OriginalBillAmount"]) for row in dropped), 0)

    def test_other_groupings_know_no_place_or_tag(self):
        rows = self.cloud.rows(more={"GroupTerm": 2})
        self.assertEqual({(row["RegionCode"], row["ZoneCode"], row["Tag"]) for row in rows},
                         {("", "", "")})


if __name__ == "__main__":
    simulator_test.PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
