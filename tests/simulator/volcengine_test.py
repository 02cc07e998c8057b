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
    flags = (*WithCloud.flags, "--paid-amounts")

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


REGIONS = {"R000305": "cn-beijing", "R000310": "cn-shanghai"}
PARTS = {"list_cost": "OriginalBillAmount", "billed_cost": "PayableAmount",
         "coupon_amount": "CouponAmount", "paid_amount": "PaidAmount",
         "unpaid_amount": "UnpaidAmount"}


def add_measures(rows):
    sums = {measure: sum((amount(row.get(part)) for row in rows), Decimal(0))
            for measure, part in PARTS.items()}
    sums["discount_amount"] = sums["list_cost"] - sum(amount(row["DiscountBillAmount"])
                                                      for row in rows)
    return sums


def learn_regions(rows):
    learnt = {row["RegionCode"]: row["ZoneCode"][:-2] for row in rows
              if row["ZoneCode"].startswith("cn-")}
    return {**learnt, **REGIONS}


def region_of(row, regions):
    if row["ZoneCode"].startswith("cn-"):
        return row["ZoneCode"][:-2]
    code = row["RegionCode"]
    return "global" if code in ("", "-") else regions.get(code, code)


def tag_of(row, key):
    text = row["Tag"]
    return ",".join(json.loads(text).get(key, [])) if text not in ("", "-") else ""


class Totals(WithCloud):
    flags = ("--rows=700", f"--now={NOW}", "--rate=0", "--accounts=1", "--usd=10",
             "--paid-amounts")

    def assert_totals(self, expected, rows):
        self.assertEqual(expected["rows"], len(rows))
        for measure, value in add_measures(rows).items():
            self.assertEqual(Decimal(expected[measure]), value, measure)

    def test_totals_are_those_of_the_rows_in_each_currency(self):
        all_rows = self.cloud.rows()
        regions = learn_regions(all_rows)
        self.assertEqual(
            {region_of(row, regions) for row in all_rows},
            {"cn-beijing", "cn-shanghai", "cn-guangzhou", "cn-hongkong", "R000671", "global"})
        for currency in ("CNY", "USD"):
            rows = [row for row in all_rows if row["Currency"] == currency]
            totals = self.cloud.totals(KEY, more=f"&currency={currency}&group_by="
                                       "service_type,region_id,billing_mode,project,sub_account_id")
            self.assert_totals(totals["total"], rows)
            by_currency = {item["currency"]: item for item in totals["by_currency"]}
            self.assert_totals(by_currency[currency], rows)
            for mode, item in totals["by_billing_mode"].items():
                self.assert_totals(item, [r for r in rows if MODES[r["BillingMode"]] == mode])
            for group in totals["by_group"]:
                self.assert_totals(group, [
                    row for row in rows if row["Product"] == group["service_type"]
                    and region_of(row, regions) == group["region_id"]
                    and MODES[row["BillingMode"]] == group["billing_mode"]
                    and row["Project"].replace("-", "", row["Project"] == "-") == group["project"]
                    and row["OwnerID"] == group["sub_account_id"]])
            for group in totals["by_tag"]:
                self.assert_totals(group, [
                    row for row in rows if row["Product"] == group["service_type"]
                    and tag_of(row, group["tag_key"]) == group["tag_value"]])
        self.assertIn("contract", totals["by_billing_mode"])
        keys = {item["tag_key"] for item in totals["by_tag"] if item["tag_value"]}
        self.assertEqual(keys, {"env", "team", "部门", "volc:vke:cluster-id"})
        self.assertIn("infra,search", {item["tag_value"] for item in totals["by_tag"]})

    def test_the_newest_complete_day(self):
        day = self.cloud.control("GET", f"day?access_key_id={KEY}")
        self.assertEqual((day["day"], day["start_timestamp"]), ("2026-11-13", 1794499200))
        rows = self.cloud.rows(month="2026-11",
                               more={"GroupPeriod": 1, "ExpenseDate": "2026-11-13"})
        for cost in day["costs"]:
            self.assert_totals(cost, [row for row in rows if row["Currency"] == cost["currency"]
                                      and row["Product"] == cost["service_type"]
                                      and MODES[row["BillingMode"]] == cost["billing_mode"]])
        self.assertEqual(sum(cost["rows"] for cost in day["costs"]), len(rows))

    def test_the_current_month_reaches_to_midnight(self):
        self.assertEqual(self.cloud.totals(KEY, month="2026-11")["covered_days"], [1, 14])
        ends = {row["ExpenseEndTime"] for row in self.cloud.rows(month="2026-11")
                if MODES[row["BillingMode"]] == "postpaid"}
        self.assertEqual(ends, {"2026-11-15 00:00:00", "2026-11-14", "", "-"})
        self.assertEqual(self.cloud.result(month="2026-12")["Total"], 0)


class Newest(WithCloud):
    """As the official SDK has it since 2026-09 and 2026-10."""

    def test_rows_do_not_tell_what_is_paid_but_the_overview_does(self):
        for row in self.cloud.rows():
            for name in ("PaidAmount", "UnpaidAmount", "CreditCarriedAmount"):
                self.assertNotIn(name, row)
        for item in self.cloud.overview().json["Result"]["List"]:
            self.assertIn("PaidAmount", item)

    def test_totals_say_what_no_row_tells(self):
        self.assertEqual(self.cloud.totals(KEY)["lacked"], ["paid_amount", "unpaid_amount"])
        self.assertEqual(self.cloud.totals()["lacked"], [])

    def test_the_balance_names_its_currency(self):
        result = self.cloud.call("QueryBalanceAcct").json["Result"]
        self.assertEqual(result["Currency"], "CNY")


class Faults(WithCloud):
    def test_errors(self):
        for kind, status, code, number in (
                ("status_500", 500, "InternalError", 100014),
                ("error_in_200", 200, "InternalError", 100014),
                ("throttled", 429, "FlowLimitExceeded", 100018),
                ("throttled_400", 400, "AccountFlowLimitExceeded", 100027),
                ("forbidden", 403, "AccessDenied", 100013),
                ("bad_key", 401, "InvalidAccessKey", 100009),
                ("bad_signature", 401, "SignatureDoesNotMatch", 100010),
                ("expired", 400, "InvalidTimestamp", 100006)):
            self.cloud.fault(kind, count=1)
            self.assert_refused(self.cloud.page(), status, code, number)
            self.assertEqual(self.cloud.page().status, 200, kind)

    def test_a_gateway_knows_no_envelope(self):
        self.cloud.fault("gateway_json", count=1)
        answer = self.cloud.page()
        self.assertEqual(answer.status, 503)
        self.assertEqual(set(answer.json), {"HTTPCode", "errorcode", "message"})
        self.cloud.fault("bad_gateway", count=1)
        self.assertIn(b"<html>", self.cloud.page().body)

    def test_a_month_grows_while_it_is_read(self):
        self.cloud.fault("growing_month", count=2, rows=5)
        answers = [self.cloud.result(offset, month="2026-11") for offset in (0, 300, 600)]
        self.assertEqual([answer["Total"] for answer in answers], [705, 710, 710])
        rows = [row for answer in answers for row in answer["List"]]
        self.assertEqual(len({row["BillDetailId"] for row in rows}), 710)
        totals = self.cloud.totals(KEY, month="2026-11")["total"]
        self.assertEqual(totals["rows"], 710)
        self.assertEqual(Decimal(totals["billed_cost"]), add_measures(rows)["billed_cost"])
        items = self.cloud.overview(month="2026-11").json["Result"]["List"]
        self.assertEqual(sum(amount(item["PayableAmount"]) for item in items),
                         Decimal(totals["billed_cost"]))

    def test_totals_that_change_without_rows(self):
        for kind, totals in (("changing_total", [701, 702]), ("shrinking_total", [1700, 1699]),
                             ("no_total", [-1, -1])):
            self.cloud.control("DELETE", "fault")
            self.cloud.fault(kind)
            self.assertEqual([self.cloud.result(at)["Total"] for at in (0, 300)], totals)

    def test_pages_with_other_rows(self):
        good = self.cloud.result(300)
        for kind, expected in (("repeated_page", self.cloud.result(0)["List"]),
                               ("short_page", good["List"][:-1]),
                               ("wrong_page", self.cloud.result(600)["List"])):
            self.cloud.fault(kind, count=1)
            self.assertEqual(self.cloud.result(300)["List"], expected, kind)

    def test_amounts(self):
        self.cloud.fault("unreadable_amount")
        self.assertEqual(self.cloud.result()["List"][0]["PayableAmount"], "abc")
        balance = self.cloud.call("QueryBalanceAcct").json["Result"]
        self.assertEqual(balance["AvailableBalance"], "abc")
        overview = self.cloud.overview().json["Result"]["List"]
        self.assertEqual(overview[0]["PayableAmount"], "abc")
        orders = self.cloud.call("ListOrders", SPAN).json["Result"]["OrderInfos"]
        self.assertEqual(orders[0]["PayableAmount"], "abc")
        self.cloud.control("DELETE", "fault")
        self.cloud.fault("missing_amount")
        self.assertNotIn("OriginalBillAmount", self.cloud.result()["List"][0])

    def test_a_list_of_totals_lacks_its_last(self):
        whole = self.cloud.overview().json["Result"]
        self.cloud.fault("cut_list", count=1)
        cut = self.cloud.overview().json["Result"]
        self.assertEqual(cut, {**whole, "List": whole["List"][:-1]})

    def test_rows_without_id_unknown_fields_and_bytes(self):
        self.cloud.fault("missing_id", count=1)
        self.assertNotIn("BillDetailId", self.cloud.result()["List"][0])
        self.cloud.fault("deep_unknown_field", count=1, depth=100)
        self.assertIn("futureField", self.cloud.result()["List"][0])
        self.cloud.fault("bad_utf8", count=1)
        with self.assertRaises(UnicodeDecodeError):
            self.cloud.page().body.decode()
        self.cloud.fault("huge_body", count=1)
        self.assertGreater(len(self.cloud.page().body), 8 << 20)

    def test_a_masked_bill_is_not_for_this_cloud(self):
        self.cloud.fault("masked", count=1)
        self.assertEqual(self.cloud.page().status, 200)

    def test_requests_are_logged_with_their_body(self):
        self.cloud.page(300)
        logged = self.cloud.control("GET", "requests")["recent"][0]
        self.assertEqual(logged["operation"], "ListBillDetail")
        for parameter in ("Offset=300", "BillPeriod=2026-10", "NeedRecordNum=1"):
            self.assertIn(parameter, logged["query"].split("&"))


SPAN = {"CreateTimeStart": "2026-10-20T00:00:00Z", "CreateTimeEnd": "2026-11-15T12:00:00+08:00",
        "MaxResults": 100}
STATUSES = {"UnPaid": "unpaid", "Paying": "unpaid", "Paid": "paid", "Closed": "cancelled",
            "Refunded": "refunded", "UnderReview": "underreview"}
TYPES = {"Purchase": "purchase", "Renew": "renewal", "Modify": "configuration_change",
         "Unsubscribed": "refund", "Formalize": "formalize"}


class Orders(WithCloud):
    flags = ("--rows=20", f"--now={NOW}", "--rate=0", "--orders=600")

    def orders(self, span):
        orders, token = [], ""
        while True:
            result = self.cloud.call("ListOrders", {**span, "NextToken": token}).json["Result"]
            orders += result["OrderInfos"] or []
            token = result["NextToken"]
            if not token:
                return orders

    def test_pages_hold_every_order_once_and_match_the_totals(self):
        orders = self.orders(SPAN)
        self.assertGreater(len(orders), 500)
        self.assertEqual(len({order["OrderID"] for order in orders}), len(orders))
        self.assertEqual({order["Status"] for order in orders}, set(STATUSES))
        self.assertEqual({order["OrderType"] for order in orders}, set(TYPES))
        totals = self.cloud.control("GET", f"orders?access_key_id={KEY}"
                                    "&start=2026-10-20T00:00:00Z&end=2026-11-15T04:00:00Z")
        self.assertEqual(sum(group["orders"] for group in totals["orders"]), len(orders))
        for group in totals["orders"]:
            mine = [order for order in orders if STATUSES[order["Status"]] == group["order_status"]
                    and TYPES[order["OrderType"]] == group["order_type"]]
            self.assertEqual((group["service_type"], group["orders"]), ("", len(mine)))
            self.assertEqual(Decimal(group["amount"]),
                             sum(Decimal(order["PayableAmount"]) for order in mine))
        oldest = min(order["CreateTime"] for order in orders
                     if STATUSES[order["Status"]] == "unpaid")
        self.assertEqual(time.mktime(time.strptime(oldest[:19], "%Y-%m-%dT%H:%M:%S"))
                         - time.timezone - 8 * 3600, totals["oldest_unpaid_timestamp"])

    def test_spans(self):
        last_hour = self.cloud.call("ListOrders", {"MaxResults": 100}).json["Result"]["OrderInfos"]
        self.assertLessEqual(len(last_hour or []), 2)
        self.assertEqual(len(self.cloud.call("ListOrders", {
            **SPAN, "MaxResults": 10}).json["Result"]["OrderInfos"]), 10)
        whole = self.orders(SPAN)
        middle = "2026-11-01T00:00:00+08:00"
        self.assertEqual(self.orders({**SPAN, "CreateTimeStart": middle})
                         + self.orders({**SPAN, "CreateTimeEnd": middle}), whole)
        for more in ({"CreateTimeStart": "2026-10-15T03:59:59Z"}, {"CreateTimeEnd": ""},
                     {"CreateTimeStart": "2026-11-16T00:00:00Z"}, {"MaxResults": 101},
                     {"NextToken": "nt-1-5"}):
            self.assert_refused(self.cloud.call("ListOrders", {**SPAN, **more}), 400,
                                "InvalidParam")

    def test_a_token_can_repeat_itself(self):
        first = self.cloud.call("ListOrders", SPAN).json["Result"]["NextToken"]
        self.cloud.fault("repeated_token")
        answer = self.cloud.call("ListOrders", {**SPAN, "NextToken": first}).json["Result"]
        self.assertEqual(answer["NextToken"], first)


class Lists(WithCloud):
    flags = ("--rows=20", f"--now={NOW}", "--rate=0", "--coupons=250", "--packages=100", "--budgets=30",
             "--resources=250")

    def by_offset(self, action, name, limit, more=None):
        entries, total = [], None
        while total is None or len(entries) < total:
            result = self.cloud.call(action, {"Limit": limit, "Offset": len(entries), **(more or {})}).json["Result"]
            self.assertEqual((result["Limit"], result["Offset"]), (limit, len(entries)))
            entries += result[name]
            total = result["Total"]
        return entries

    def packages(self, kind, size="20", more=None):
        entries, token = [], None
        while True:
            body = {"MaxResults": size, "ResourceType": kind, **(more or {}), **({"NextToken": token} if token else {})}
            result = self.cloud.call("ListResourcePackages", body).json["Result"]
            entries += result["List"]
            token = result["NextToken"]
            if not token:
                return entries

    def control(self, what):
        return self.cloud.control("GET", f"{what}?access_key_id={KEY}")

    def test_coupons_match_their_totals(self):
        coupons = self.by_offset("ListCoupons", "List", 100)
        self.assertEqual(len({coupon["CouponID"] for coupon in coupons}), 250)
        self.assertEqual({coupon["Status"] for coupon in coupons}, {1, 2, 4})
        effective = self.by_offset("ListCoupons", "List", 7, {"Status": "2"})
        self.assertEqual(effective, [coupon for coupon in coupons if coupon["Status"] == 2])
        left = [coupon for coupon in effective if coupon["RemainingAmount"] > 0]
        self.assertLess(len(left), len(effective))
        told = self.control("coupons")
        self.assertEqual(told["count"], len(left))
        self.assertEqual(Decimal(told["balance"]), sum(Decimal(str(coupon["RemainingAmount"])) for coupon in left))
        self.assertRegex(left[0]["ExpiredTime"], r"^2026-12-05T23:59:59[+]08:00$")

    def test_packages_match_their_totals(self):
        told = self.control("packages")
        sums = {}
        for kind in ("Package", "RI", "RSC"):
            every = self.packages(kind)
            self.assertGreater(len(every), 5)
            self.assertEqual(self.packages(kind, "1"), every)
            effective = self.packages(kind, more={"Status": "Effective"})
            self.assertEqual(effective, [package for package in every if package["Status"] == "Effective"])
            for package in effective:
                if package["TotalAmount"] != "-":
                    sum_of = sums.setdefault((package["Product"], package["Unit"]), [Decimal(0), Decimal(0)])
                    sum_of[0] += Decimal(package["TotalAmount"])
                    sum_of[1] += Decimal(package["AvailableAmount"])
        self.assertEqual({(group["service_type"], group["unit"]): [Decimal(group["total"]), Decimal(group["available"])]
                          for group in told["packages"]}, sums)
        self.assertIn("ECS", told["next_expiry"])

    def test_budgets_match_their_totals(self):
        sums = {}
        for budget in self.by_offset("ListBudget", "BudgetList", 20):
            key = budget["BudgetName"], budget.get("CurrencySettlement", "CNY")
            sum_of = sums.setdefault(key, [Decimal(0), Decimal(0)])
            sum_of[0] += Decimal(budget["BudgetAmount"])
            sum_of[1] += Decimal(budget["ActualAmount"])
        self.assertEqual({(budget["budget"], budget["currency"]): [Decimal(budget["amount"]), Decimal(budget["used"])]
                          for budget in self.control("budgets")["budgets"]}, sums)
        self.assertLess(len(sums), 30)

    def instances(self, size=100, more=None):
        entries, token = [], None
        while True:
            body = {"MaxResults": size, **(more or {}), **({"NextToken": token} if token else {})}
            result = self.cloud.call("ListAvailableInstances", body).json["Result"]
            entries += result["InstanceList"]
            token = result["NextToken"]
            if not token:
                return entries

    def test_instances_match_their_totals(self):
        every = self.instances()
        self.assertEqual(len({instance["InstanceID"] for instance in every}), 250)
        self.assertEqual({instance["RenewType"] for instance in every}, {"AutoRenewal", "ManualRenewal", "NonRenewal"})
        window = {"ExpiredTimeStart": "2026-11-15T04:00:00Z", "ExpiredTimeEnd": "2027-02-13T04:00:00Z"}
        soon = self.instances(7, window)
        self.assertEqual(soon, [instance for instance in every if window["ExpiredTimeStart"] <= instance["ExpiredTime"]
                                <= window["ExpiredTimeEnd"]])
        told = self.control("renewals")
        self.assertEqual(sum(item["resources"] for item in told["expiring"] if item["within"] == "90d"), len(soon))
        for item in told["expiring"]:
            last = {"7d": "2026-11-22T04:00:00Z", "30d": "2026-12-15T04:00:00Z", "90d": window["ExpiredTimeEnd"]}[item["within"]]
            self.assertEqual((item["region_id"], item["resources"]), ("", sum(
                instance["ExpiredTime"] <= last and instance["Product"] == item["service_type"]
                and (instance["RenewType"] == "AutoRenewal") == item["auto_renew"] for instance in soon)))

    def test_bad_parameters_are_refused(self):
        package = {"MaxResults": "20", "ResourceType": "Package"}
        for action, body in (("ListCoupons", {"Limit": 101}), ("ListCoupons", {"Limit": "10"}), ("ListBudget", {"Limit": 0}),
                             ("ListResourcePackages", {**package, "MaxResults": 20}),
                             ("ListResourcePackages", {**package, "MaxResults": "21"}),
                             ("ListResourcePackages", {**package, "ResourceType": "Other"}),
                             ("ListResourcePackages", {**package, "NextToken": "nt-1"}),
                             ("ListAvailableInstances", {"MaxResults": "20"}), ("ListAvailableInstances", {"MaxResults": 101}),
                             ("ListAvailableInstances", {"MaxResults": 20, "ExpiredTimeEnd": "2026-11-22"})):
            with self.subTest(action=action, body=body):
                self.assert_refused(self.cloud.call(action, body), 400, "InvalidParam")


class Rate(unittest.TestCase):
    def test_five_in_a_second_are_admitted(self):
        cloud = Cloud("--rows=20")
        try:
            answers = [cloud.call("QueryBalanceAcct") for _ in range(12)]
            statuses = [answer.status for answer in answers]
            self.assertEqual(statuses[:5], [200] * 5)
            self.assertIn(400, statuses[5:])
            refused = answers[statuses.index(400)].json["ResponseMetadata"]["Error"]["Code"]
            self.assertEqual(refused, "AccountFlowLimitExceeded")
            for _ in range(12):  # the other cloud's limit is higher
                answer = Simulator.call(cloud, "POST", "/v1/finance/cash/balance", body=b"{}")
                self.assertEqual(answer.status, 200)
        finally:
            self.assertEqual(cloud.stop(), 0)


class Demo(unittest.TestCase):
    def test_the_providers_total_of_one_account_holds_more_than_its_rows(self):
        cloud = Cloud("--demo", "--rate=0", "--now=2026-11-20T12:00:00+08:00")
        for month in ("2026-10", "2026-11"):
            for key, more in (("demo-ak-volc-global", 96), ("demo-ak-volc-prod", 0)):
                answer = cloud.call("ListBillOverviewByProd", {"BillPeriod": month, "Limit": 300, "Offset": 0}, key=key)
                own = sum(Decimal(item["PayableAmount"]) for item in answer.json["Result"]["List"]
                          if item["Currency"] == "CNY")
                self.assertEqual(own, Decimal(cloud.totals(key, month)["total"]["billed_cost"]) + more)
        self.assertEqual(cloud.stop(), 0)

    def test_the_company_has_two_accounts_that_grow_through_the_month(self):
        billed = []
        for day in ("2026-11-03", "2026-11-20"):
            cloud = Cloud("--demo", "--rate=0", f"--now={day}T12:00:00+08:00")
            rows = cloud.rows(key="demo-ak-volc-prod", month="2026-11")
            totals = cloud.totals("demo-ak-volc-prod", "2026-11")["total"]
            self.assertEqual(Decimal(totals["billed_cost"]), add_measures(rows)["billed_cost"])
            billed.append((Decimal(totals["billed_cost"]), totals["rows"]))
            self.assertEqual(cloud.page(key="demo-ak-volc-ai").status, 401)
            self.assertEqual(cloud.page(key="demo-ak-volc-ai",
                                        token="demo-session-token-volc-ai").status, 200)
            for key in ("demo-ak-volc-prod", "demo-ak-prod"):
                groups = cloud.control("GET", f"orders?access_key_id={key}"
                                       f"&start=2026-10-10T00:00:00Z&end={day}T00:00:00Z")["orders"]
                self.assertGreater(len(groups), 5)
            self.assertEqual(cloud.stop(), 0)
        self.assertGreater(billed[1][0], billed[0][0])
        self.assertGreater(billed[1][1], billed[0][1])


if __name__ == "__main__":
    simulator_test.PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
