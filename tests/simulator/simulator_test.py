"""Drives the cloud_simulator program over loopback, with a client and a signature of its own."""

import gzip
import hashlib
import hmac
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse
from decimal import Decimal

PROGRAM = None
MONTH = "2026-10"
NOW = "2026-11-15T12:00:00+08:00"
MEASURE_PARTS = {
    "billed_cost": ["financePrice"],
    "list_cost": ["originPrice"],
    "discount_amount": ["discountPrice"],
    "coupon_amount": ["couponPrice", "discountCouponPrice", "cashEquivalentCouponPrice",
                      "voucherPrice", "discountvoucherPrice"],
    "paid_amount": ["cash", "rebate", "creditCost", "creditRefund"],
    "unpaid_amount": ["debt"],
}


def encode(text):
    return urllib.parse.quote(text, safe="-._~")


def sign(method, path, query, headers, access_key, secret, timestamp, signed="host;x-bce-date",
         expire=1800):
    prefix = f"bce-auth-v1/{access_key}/{timestamp}/{expire}"
    key = hmac.new(secret.encode(), prefix.encode(), hashlib.sha256).hexdigest()
    items = sorted(f"{encode(name)}={encode(value)}" for name, value in query)
    names = signed.split(";") if signed else [
        name.lower() for name in headers
        if name.lower() in ("host", "content-length", "content-type", "content-md5")
        or name.lower().startswith("x-bce-")]
    lines = sorted(f"{encode(name.lower())}:{encode(value.strip())}"
                   for name, value in headers.items() if name.lower() in names)
    canonical = "\n".join([method, path, "&".join(items), "\n".join(lines)])
    signature = hmac.new(key.encode(), canonical.encode(), hashlib.sha256).hexdigest()
    return f"{prefix}/{signed}/{signature}"


def utc_now(offset=0):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + offset))


def utc_text(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def amount(value):
    """The exact value of one spelling of an amount; a placeholder is 0."""
    return Decimal(0) if value in (None, "", "/") else Decimal(str(value))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body, parse_float=Decimal)


class Simulator:
    """One running cloud_simulator."""

    def __init__(self, *flags):
        self.process = subprocess.Popen([PROGRAM, "--listen=127.0.0.1:0", *flags],
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on 127.0.0.1:"), line
        self.port = int(line.rsplit(":", 1)[1])
        self.host = f"127.0.0.1:{self.port}"

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        return status

    def exchange(self, method, target, headers, body=None, timeout=20):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            self.latest_status = None
            response = connection.getresponse()
            self.latest_status = response.status  # known although the body may not come
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def control(self, method, target, body=None):
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Host": self.host}
        if data is not None:
            headers["Content-Length"] = str(len(data))
        answer = self.exchange(method, "/_simulator/" + target, headers, data)
        if answer.status != 200:
            raise AssertionError(answer.body)
        return answer.json

    def call(self, method, path, query=(), body=None, key="simulated-ak-1", secret=None, token=None,
             timestamp=None, signed="host;x-bce-date", extra=None, expire=1800, timeout=20):
        if secret is None:
            secret = key.replace("-ak-", "-sk-")
        timestamp = timestamp or utc_now()
        headers = {"Host": self.host, "x-bce-date": timestamp}
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
            headers["Content-Length"] = str(len(body))
        if token is not None:
            headers["x-bce-security-token"] = token
            signed = "host;x-bce-date;x-bce-security-token" if signed else signed
        headers.update(extra or {})
        headers["Authorization"] = sign(method, path, query, headers, key, secret, timestamp,
                                        signed, expire)
        target = path + ("?" + "&".join(f"{encode(n)}={encode(v)}" for n, v in query)
                         if query else "")
        return self.exchange(method, target, headers, body, timeout)

    def page(self, number=1, size=100, product="postpay", month=MONTH, days=None, more=(), **options):
        when = [("beginTime", days[0]), ("endTime", days[1])] if days else [("month", month)]
        query = when + [("productType", product), ("pageNo", str(number)),
                        ("pageSize", str(size)), *more]
        return self.call("GET", "/v1/bill/resource/month", query, **options)

    def rows(self, **options):
        """All rows of both product types."""
        rows = []
        for product in ("prepay", "postpay"):
            number, total = 1, None
            got = []
            while total is None or len(got) < total:
                answer = self.page(number, product=product, **options)
                assert answer.status == 200, answer.body
                total = answer.json["totalCount"]
                got += answer.json["bills"]
                number += 1
            rows += got
        return rows

    def summary(self, query, **options):
        return self.call("GET", "/v1/bill/month/summary", query, **options)

    def balance(self, **options):
        return self.call("POST", "/v1/finance/cash/balance", body=b"{}", **options)

    def quota(self, ids, **options):
        return self.call("POST", "/v1/finance/supervisor/credit/quota",
                         body=json.dumps({"accountIds": ids}).encode(), **options)

    def members_cash(self, ids, **options):
        return self.call("POST", "/v1/finance/supervisor/cash/balance",
                         body=json.dumps({"accountIds": ids}).encode(), **options)

    def totals(self, key="simulated-ak-1", month=MONTH, more=""):
        return self.control("GET", f"totals?access_key_id={key}&month={month}{more}")

    def fault(self, kind, **what):
        self.control("POST", "fault", {"kind": kind, **what})


def add_measures(rows):
    return {measure: sum((amount(row.get(part)) for row in rows for part in parts), Decimal(0))
            for measure, parts in MEASURE_PARTS.items()}


class WithSimulator(unittest.TestCase):
    flags = ("--rows=250", f"--now={NOW}", "--rate=0", "--accounts=3", "--sub-accounts=2")

    @classmethod
    def setUpClass(cls):
        cls.cloud = Simulator(*cls.flags)

    @classmethod
    def tearDownClass(cls):
        status = cls.cloud.stop()
        assert status == 0, status

    def setUp(self):
        self.cloud.control("DELETE", "fault")
        self.cloud.control("DELETE", "requests")

    def assert_refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.json["code"]), (status, code))
        self.assertIn("message", answer.json)
        self.assertEqual(answer.json["requestId"], answer.headers["x-bce-request-id"])

    def assert_totals(self, expected, rows):
        for measure, value in add_measures(rows).items():
            self.assertEqual(Decimal(expected[measure]), value, measure)


class Bills(WithSimulator):
    def test_pages_add_up_to_the_totals_exactly(self):
        for key in ("simulated-ak-1", "simulated-ak-3"):  # the latter with the older coupon names
            rows = self.cloud.rows(key=key)
            totals = self.cloud.totals(key)
            self.assertEqual(len(rows), 250)
            self.assertEqual(totals["total"]["rows"], 250)
            self.assert_totals(totals["total"], rows)
            for mode, product in (("prepaid", "prepay"), ("postpaid", "postpay")):
                of_mode = [row for row in rows if row["productType"] == product]
                self.assert_totals(totals["by_billing_mode"][mode], of_mode)
            self.assertNotEqual(Decimal(totals["total"]["coupon_amount"]), 0)
            self.assertNotEqual(Decimal(totals["total"]["unpaid_amount"]), 0)

    def test_groups_and_tags_of_the_totals_are_those_of_the_rows(self):
        rows = self.cloud.rows()
        totals = self.cloud.totals(more="&group_by=service_type,tag:env")
        for group in totals["by_group"]:
            mine = [row for row in rows if row["serviceType"] == group["service_type"]
                    and self.tags(row).get("env", "") == group["tag:env"]]
            self.assertEqual(len(mine), group["rows"])
            self.assert_totals(group, mine)
        for key in ("env", "team", "项目", "endpoint"):
            groups = [item for item in totals["by_tag"] if item["tag_key"] == key]
            self.assertEqual(sum(group["rows"] for group in groups), 250)
            for group in groups:
                mine = [row for row in rows if row["serviceType"] == group["service_type"]
                        and self.tags(row).get(key, "") == group["tag_value"]]
                self.assert_totals(group, mine)

    @staticmethod
    def tags(row):
        text = row.get("tag")
        if text in (None, "", "/"):
            return {}
        return dict(piece.split(":", 1) for piece in text.replace("\n", ";").split(";"))

    def test_regions_of_the_totals_are_those_of_the_rows(self):
        rows = self.cloud.rows()
        for group in self.cloud.totals()["by_group"]:
            mine = [row for row in rows if row["serviceType"] == group["service_type"]
                    and row["region"].replace("/", "global") == group["region_id"]
                    and row["productType"] == group["billing_mode"].replace("paid", "pay")]
            self.assertEqual(len(mine), group["rows"])
            self.assert_totals(group, mine)

    def test_numbers_come_in_many_spellings(self):
        raw = b"".join(self.cloud.page(number).body for number in (1, 2))
        for pattern in (rb'Price":-?\d+[,}]', rb'Price":-?\d+\.\d{8}[,}]', rb'Price":-?\d+E-\d+[,}]',
                        rb'Price":0E-8', rb'Price":"-?\d', rb'":"/"', rb'":null', rb'Price":-\d'):
            self.assertRegex(raw, pattern)

    def test_parts_of_a_row_obey_the_documented_formulas(self):
        for row in self.cloud.rows():
            total = {name: amount(row.get(name)) for name in
                     ("originPrice", "financePrice", "noPaidPrice", "cash", "rebate", "creditCost",
                      "creditRefund", "debt")}
            self.assertEqual(total["financePrice"], total["cash"] + total["rebate"]
                             + total["creditCost"] + total["creditRefund"] + total["debt"])
            self.assertEqual(total["originPrice"], total["financePrice"] + total["noPaidPrice"])

    def test_the_same_page_has_the_same_bytes(self):
        self.assertEqual(self.cloud.page(2).body, self.cloud.page(2).body)

    def test_page_size_is_20_by_default_and_100_at_most(self):
        answer = self.cloud.call("GET", "/v1/bill/resource/month",
                                 [("month", MONTH), ("productType", "postpay")]).json
        self.assertEqual((answer["pageNo"], answer["pageSize"], len(answer["bills"])), (1, 20, 20))
        answer = self.cloud.page(size=1000).json
        self.assertEqual((answer["pageSize"], len(answer["bills"])), (100, 100))
        self.assertEqual(self.cloud.page(number=99).json["bills"], [])

    def test_days_add_up_to_the_month(self):
        by_day = self.cloud.page(product="postpay", more=[("granularity", "day")]).json
        self.assertEqual(by_day["totalCount"], 200 * 31)
        rows = []
        for day in range(1, 32):
            date = f"{MONTH}-{day:02}"
            rows += self.cloud.rows(days=(date, date))
        self.assert_totals(self.cloud.totals()["total"], rows)

    def test_days_come_before_month(self):
        answer = self.cloud.page(days=("2026-10-05", "2026-10-06"), more=[("month", "2026-09")]).json
        self.assertEqual(answer["billMonth"], "2026-10")
        row = answer["bills"][0]
        self.assertEqual(row["startTime"], "2026-10-04T16:00:00.000Z")
        self.assertEqual(row["endTime"], "2026-10-06T15:59:59.000Z")

    def test_the_current_month_reaches_to_yesterday(self):
        self.assertEqual(self.cloud.totals(month="2026-11")["covered_days"], [1, 14])
        rows = self.cloud.rows(month="2026-11")
        self.assertEqual(rows[-1]["endTime"], "2026-11-14T15:59:59.000Z")
        self.assertEqual(self.cloud.page(month="2026-12").json["totalCount"], 0)

    def test_bad_parameters_are_refused(self):
        for query in ([("month", MONTH)], [("productType", "postpay")],
                      [("month", "2026-13"), ("productType", "postpay")],
                      [("month", MONTH), ("productType", "all")],
                      [("month", MONTH), ("productType", "prepay"), ("pageNo", "0")],
                      [("productType", "prepay"), ("beginTime", "2026-10-01")],
                      [("productType", "prepay"), ("beginTime", "2026-09-30"),
                       ("endTime", "2026-10-01")],
                      [("productType", "prepay"), ("beginTime", "2026-11-01"),
                       ("endTime", "2026-11-15")]):
            answer = self.cloud.call("GET", "/v1/bill/resource/month", query)
            self.assert_refused(answer, 400, "InvalidHTTPRequest")

    def test_a_master_reads_its_members_and_nobody_else(self):
        ids = {item["access_key_id"]: item["account_id"] for item in self.cloud.control("GET", "accounts")}
        member = ids["simulated-ak-1-2"]
        answer = self.cloud.page(more=[("queryAccountId", member)]).json
        self.assertEqual((answer["accountId"], answer["subAccountId"]),
                         (ids["simulated-ak-1"], member))
        self.assertEqual(answer["ouName"], "事业部2")
        rows = self.cloud.rows(more=[("queryAccountId", member)])
        totals = self.cloud.totals(more="&sub_accounts=" + member)
        self.assert_totals(totals["total"], rows + self.cloud.rows())
        for other in (ids["simulated-ak-1"], ids["simulated-ak-2"], ids["simulated-ak-2-1"], "nobody"):
            self.assert_refused(self.cloud.page(more=[("queryAccountId", other)]), 403, "AccessDenied")

    def test_a_member_that_asks_itself_sees_masked_amounts(self):
        rows = self.cloud.rows(key="simulated-ak-1-1")
        sums = add_measures(rows)
        self.assertEqual(len(rows), 250)
        self.assertEqual({name: sums[name] for name in ("billed_cost", "list_cost", "paid_amount")},
                         {"billed_cost": 0, "list_cost": 0, "paid_amount": 0})
        self.assertNotEqual(sums["coupon_amount"], 0)
        self.assertEqual(self.cloud.page(key="simulated-ak-1-1").json["subLoginName"],
                         "simulated-1-1")

    def test_filters(self):
        rows = [row for row in self.cloud.rows() if row["serviceType"] == "BCC"]
        self.assertGreater(len(rows), 5)
        self.assertEqual(self.cloud.rows(more=[("serviceType", "BCC")]), rows)
        self.assertIn(rows[0], self.cloud.rows(more=[("instanceId", rows[0]["instanceId"])]))


class Summary(WithSimulator):
    def test_the_root_is_the_sum_of_its_leaves_and_of_the_rows(self):
        answer = self.cloud.summary([("billMonth", MONTH)])
        self.assertEqual(answer.headers["Content-Type"], "application/json;charset=UTF-8")
        data = answer.json["data"]
        leaves = [leaf for service in data["items"] for leaf in service["items"]]
        for part in ("financePrice", "originPrice", "debt"):
            self.assertEqual(data[part], sum(leaf[part] for leaf in leaves))
        self.assertEqual(data["financePrice"], Decimal(self.cloud.totals()["total"]["billed_cost"]))

    def test_days_of_the_current_month_match_the_rows_of_the_same_days(self):
        data = self.cloud.summary([("startDay", "2026-11-01"), ("endDay", "2026-11-14")]).json["data"]
        expected = self.cloud.totals(month="2026-11")["total"]["billed_cost"]
        self.assertEqual(data["financePrice"], Decimal(expected))
        with_today = self.cloud.summary([("billMonth", "2026-11")]).json["data"]
        self.assertGreater(with_today["financePrice"], data["financePrice"])

    def test_products_can_be_asked_for_alone(self):
        data = self.cloud.summary([("billMonth", MONTH), ("productType", "prepay")]).json["data"]
        expected = self.cloud.totals()["by_billing_mode"]["prepaid"]["billed_cost"]
        self.assertEqual(data["financePrice"], Decimal(expected))

    def test_bad_parameters_are_refused(self):
        for query in ([], [("billMonth", "2026-12")], [("startDay", "2026-11-01")],
                      [("startDay", "2026-11-01"), ("endDay", "2026-11-16")],
                      [("startDay", "2026-10-31"), ("endDay", "2026-11-01")],
                      [("billMonth", "2026-09"), ("startDay", "2026-10-01"), ("endDay", "2026-10-02")]):
            self.assert_refused(self.cloud.summary(query), 400, "InvalidHTTPRequest")
        self.assert_refused(self.cloud.summary([("billMonth", MONTH), ("queryAccountId", "x")]), 403,
                            "AccessDenied")


class Finance(WithSimulator):
    def test_balance_and_quota(self):
        ids = {item["access_key_id"]: item["account_id"] for item in self.cloud.control("GET", "accounts")}
        self.assertEqual(self.cloud.balance().body, b'{"cashBalance":1001.2500}')
        quota = self.cloud.quota([ids["simulated-ak-1"]]).json["result"]
        self.assertEqual((quota[0]["quota"], quota[0]["remainQuota"]),
                         (Decimal("50000.0000"), Decimal("12345.6789")))
        self.assert_refused(self.cloud.quota([ids["simulated-ak-2"]], key="simulated-ak-2"), 403,
                            "AccessDenied")
        self.assertEqual(
            self.cloud.quota([ids["simulated-ak-3"]], key="simulated-ak-3").json["result"], [])
        self.assert_refused(self.cloud.quota([ids["simulated-ak-3"]]), 403, "AccessDenied")
        self.assert_refused(self.cloud.quota([]), 400, "InvalidHTTPRequest")
        self.assert_refused(self.cloud.call("POST", "/v1/finance/supervisor/credit/quota", body=b"{"),
                            400, "MalformedJSON")

    def test_the_cash_of_members_is_told_to_their_master(self):
        accounts = {item["access_key_id"]: item for item in self.cloud.control("GET", "accounts")}
        members = accounts["simulated-ak-1"]["members"]
        own = accounts["simulated-ak-1"]["account_id"]
        told = self.cloud.members_cash([*members, own]).json["result"]
        self.assertEqual([(row["accountId"], row["accountType"], row["cashBalance"]) for row in told],
                         [(members[0], "SUB_ACCOUNT", Decimal("101.7500")),
                          (members[1], "SUB_ACCOUNT", Decimal("102.7500")),
                          (own, "MASTER_ACCOUNT", Decimal("1001.2500"))])
        self.assertEqual(sorted(told[0]), ["accountId", "accountType", "cashBalance", "comment",
                                           "loginName", "ouName"])
        self.cloud.fault("unreadable_amount", operation="supervisor_balance", count=1)
        told = self.cloud.members_cash(members).json["result"]
        self.assertEqual([row["cashBalance"] for row in told], ["abc", Decimal("102.7500")])

    def test_the_cash_of_members_is_refused_to_others_and_without_ids(self):
        accounts = {item["access_key_id"]: item for item in self.cloud.control("GET", "accounts")}
        members = accounts["simulated-ak-1"]["members"]
        for ids, key in ((members, "simulated-ak-2"), (members[:1], "simulated-ak-1-1"),
                         ([*members, "5b9"], "simulated-ak-1")):
            self.assert_refused(self.cloud.members_cash(ids, key=key), 403, "AccessDenied")
        self.assert_refused(self.cloud.members_cash(members, secret="wrong"), 400,
                            "SignatureDoesNotMatch")
        self.assert_refused(self.cloud.members_cash([]), 400, "InvalidHTTPRequest")
        self.assert_refused(self.cloud.call("POST", "/v1/finance/supervisor/cash/balance", body=b"{"),
                            400, "MalformedJSON")

    def test_other_paths_and_methods_are_refused(self):
        self.assert_refused(self.cloud.call("POST", "/v1/order/pay", body=b"{}"), 404, "InvalidURI")
        self.assert_refused(self.cloud.call("GET", "/v1/finance/cash/balance"), 405,
                            "MethodNotAllowed")


ORDER_STATUSES = {
    "NEED_PURCHASE": "unpaid", "NEED_CONFIRM": "unpaid", "CONFIRMED": "paid",
    "DEFERRED_CREATE": "paid", "READY_FOR_CREATE": "paid", "CREATING": "paid", "CREATED": "paid",
    "CANCELLED": "cancelled", "EXPIRED": "voided", "REFUND_SUCC": "refunded",
    "CREATE_FAILED": "failed", "REFUND_FAILED": "failed", "UNDER_REVIEW": "under_review"}
ORDER_TYPES = {
    "NEW": "purchase", "RENEW": "renewal", "DILATATION": "upgrade", "SHRINKAGE": "downgrade",
    "RESIZE": "configuration_change", "SHIFT_CHARGE": "configuration_change",
    "TO_PREPAY": "configuration_change", "TO_POSTPAY": "configuration_change",
    "TIME_EXPAND": "configuration_change", "COMPENSATE_TIME": "compensation", "REFUND": "refund",
    "TRANSFER_IN": "transfer", "GIFT": "gift"}


class Orders(WithSimulator):
    flags = ("--rows=20", f"--now={NOW}", "--rate=0", "--orders=2500", "--sub-accounts=1")
    span = {"startTime": "2026-10-16T04:00:00Z", "endTime": "2026-11-15T04:00:00Z"}

    def ask(self, **more):
        body = {**self.span, "pageNo": 1, "pageSize": 1000, **more}
        return self.cloud.call("POST", "/v1/order/list", body=json.dumps(body).encode())

    def orders(self, **more):
        pages = [self.ask(pageNo=number, **more).json for number in (1, 2, 3)]
        self.assertEqual({page["totalCount"] for page in pages},
                         {sum(len(page["orders"]) for page in pages)})
        return [order for page in pages for order in page["orders"]]

    def test_pages_hold_every_order_once_and_match_the_totals(self):
        orders = self.orders()
        self.assertAlmostEqual(len(orders), 2500, delta=2)
        self.assertEqual(len({order["uuid"] for order in orders}), len(orders))
        self.assertEqual({order["status"] for order in orders}, set(ORDER_STATUSES))
        self.assertEqual({order["type"] for order in orders}, set(ORDER_TYPES))
        self.assertIn(0, {order["price"] for order in orders})
        totals = self.cloud.control("GET", "orders?access_key_id=simulated-ak-1"
                                    f"&start={self.span['startTime']}&end={self.span['endTime']}")
        self.assertEqual(sum(group["orders"] for group in totals["orders"]), len(orders))
        for group in totals["orders"]:
            mine = [order for order in orders
                    if ORDER_STATUSES[order["status"]] == group["order_status"]
                    and ORDER_TYPES[order["type"]] == group["order_type"]
                    and order["serviceType"] == group["service_type"]]
            self.assertEqual((group["orders"], Decimal(group["amount"])),
                             (len(mine), sum(amount(order["price"]) for order in mine)))
        oldest = min(order["createTime"] for order in orders
                     if ORDER_STATUSES[order["status"]] == "unpaid")
        self.assertEqual(utc_text(totals["oldest_unpaid_timestamp"]), oldest)

    def test_a_master_reads_its_members_orders(self):
        ids = {item["access_key_id"]: item["account_id"] for item in self.cloud.control("GET", "accounts")}
        member = self.orders(queryAccountId=ids["simulated-ak-1-1"])
        self.assertEqual({order["accountId"] for order in member}, {ids["simulated-ak-1-1"]})
        self.assert_refused(self.ask(queryAccountId="nobody"), 403, "AccessDenied")

    def test_parameters(self):
        self.assertEqual(len(self.ask(pageSize=5000).json["orders"]), 1000)
        unpaid = self.ask(status="NEED_PURCHASE").json["orders"]
        self.assertEqual({order["status"] for order in unpaid}, {"NEED_PURCHASE"})
        for more in ({"pageNo": 0}, {"pageSize": "10"}, {"startTime": "2026-10-16"},
                     {"startTime": "2026-12-01T00:00:00Z"}, {"pay": True}):
            self.assert_refused(self.ask(**more), 400, "InvalidHTTPRequest")

    def test_pages_can_be_spoilt(self):
        second = self.ask(pageNo=2).json
        for kind, name, expected in (
                ("changing_total", "totalCount", second["totalCount"] + 1),
                ("shrinking_total", "totalCount", second["totalCount"] - 1),
                ("short_page", "orders", second["orders"][:-1]),
                ("repeated_page", "orders", self.ask().json["orders"])):
            self.cloud.fault(kind, count=1, operation="order_list")
            self.assertEqual(self.ask(pageNo=2).json[name], expected, kind)
        self.cloud.fault("unreadable_amount", count=1)
        self.assertEqual(self.ask().json["orders"][0]["price"], "abc")


class Renewals(WithSimulator):
    flags = ("--rows=20", f"--now={NOW}", "--rate=0", "--resources=2500", "--sub-accounts=1")

    def ask(self, service="BCC", **more):
        body = {"serviceType": service, "pageNo": 1, "pageSize": 1000, **more}
        return self.cloud.call("POST", "/v1/renew/resource/list", body=json.dumps(body).encode())

    def resources(self, service, size=1000, **more):
        first = self.ask(service, pageSize=size, **more).json
        pages = range(2, 1 + -(-first["totalCount"] // size))
        return first["resources"] + [resource for page in pages
                                     for resource in self.ask(service, pageNo=page, pageSize=size, **more).json["resources"]]

    def test_pages_hold_every_resource_once_and_match_the_totals(self):
        told = self.cloud.control("GET", "renewals?access_key_id=simulated-ak-1")
        counted = 0
        for service in ("BCC", "CDS", "EIP", "SCS", "RDS", "KAFKA"):
            soon = self.resources(service, expiredDays=90)
            self.assertEqual(self.resources(service, size=7, expiredDays=90), soon)
            self.assertLess(len(soon), len(self.resources(service)))
            self.assertEqual(len({resource["instanceId"] for resource in soon}), len(soon))
            open_ones = [resource for resource in soon if resource["expireTime"][:19] > "2026-11-15T04:00:00"]
            self.assertLess(len(open_ones), len(soon), "some have ended")
            expiring = [item for item in told["expiring"] if item["service_type"] == service]
            self.assertEqual(sum(item["resources"] for item in expiring if item["within"] == "90d"), len(open_ones))
            for item in expiring:
                counted += 1
                last = {"7d": "2026-11-22T04:00:00", "30d": "2026-12-15T04:00:00", "90d": "2027-02-13T04:00:00"}[item["within"]]
                self.assertEqual(item["resources"], sum(
                    resource["expireTime"][:19] <= last and resource["alreadyRenewSet"] == item["auto_renew"]
                    and resource["region"].replace("/", "") == item["region_id"] for resource in open_ones))
            for item in told["next_expiry"]:
                if item["service_type"] == service:
                    self.assertEqual(utc_text(item["timestamp"])[:19], min(
                        resource["expireTime"][:19] for resource in open_ones
                        if resource["alreadyRenewSet"] == item["auto_renew"]))
        self.assertEqual(counted, len(told["expiring"]))

    def test_times_and_numbers_are_written_in_their_ways(self):
        soon = self.resources("BCC")
        self.assertEqual({type(resource["renewTime"]) for resource in soon}, {int, str})
        self.assertEqual({len(resource["expireTime"]) for resource in soon}, {20, 24})
        self.assertIn("/", {resource["region"] for resource in soon})

    def test_a_master_reads_its_members(self):
        ids = {item["access_key_id"]: item["account_id"] for item in self.cloud.control("GET", "accounts")}
        member = self.resources("BCC", queryAccountId=ids["simulated-ak-1-1"])
        self.assertEqual({resource["accountId"] for resource in member}, {ids["simulated-ak-1-1"]})
        self.assert_refused(self.ask(queryAccountId="nobody"), 403, "AccessDenied")

    def test_parameters(self):
        self.assertEqual(self.ask(pageSize=5000).json["pageSize"], 1000)
        for service in ("BBC", "BOS", "nothing"):
            self.assert_refused(self.ask(service), 400, "ServiceTypeNotSupported")
        for more in ({"pageNo": 0}, {"pageSize": "10"}, {"expiredDays": 91}, {"expiredDays": -1}, {"serviceType": ""},
                     {"renew": True}):
            self.assert_refused(self.ask(**{"service": "BCC", **more} if "serviceType" not in more else {"service": ""}),
                                400, "InvalidHTTPRequest")


class NewestCompleteDay(WithSimulator):
    def test_it_is_yesterday_and_adds_up_from_its_rows(self):
        ids = {item["access_key_id"]: item["account_id"] for item in self.cloud.control("GET", "accounts")}
        member = ids["simulated-ak-1-1"]
        day = self.cloud.control("GET",
                                 f"day?access_key_id=simulated-ak-1&sub_accounts={member}")
        self.assertEqual(day["day"], "2026-11-14")
        self.assertEqual(utc_text(day["start_timestamp"]), "2026-11-13T16:00:00Z")
        days = ("2026-11-14", "2026-11-14")
        rows = self.cloud.rows(days=days) + self.cloud.rows(days=days,
                                                            more=[("queryAccountId", member)])
        for cost in day["costs"]:
            self.assertEqual(cost["currency"], "CNY")
            self.assert_totals(cost, [
                row for row in rows if row["serviceType"] == cost["service_type"]
                and row["productType"] == cost["billing_mode"].replace("paid", "pay")])
        self.assertEqual(sum(cost["rows"] for cost in day["costs"]), len(rows))


class Signatures(WithSimulator):
    flags = ("--rows=20", f"--now={NOW}", "--session-tokens", "--accounts=2", "--rate=0")
    token = "simulated-token-1"

    def assert_failure_counted(self):
        self.assertEqual(self.cloud.control("GET", "requests")["signature_failures"], 1)

    def test_explicit_and_default_sets_are_accepted(self):
        for signed in ("host;x-bce-date", ""):
            self.assertEqual(self.cloud.balance(token=self.token, signed=signed).status, 200)
        self.assertEqual(self.cloud.control("GET", "requests")["signature_failures"], 0)

    def test_a_date_header_can_replace_x_bce_date(self):
        timestamp = utc_now()
        headers = {"Host": self.cloud.host, "x-bce-security-token": self.token,
                   "Date": time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime()),
                   "Content-Length": "0"}
        headers["Authorization"] = sign("POST", "/v1/finance/cash/balance", [], headers,
                                        "simulated-ak-1", "simulated-sk-1", timestamp,
                                        "host;x-bce-security-token")
        answer = self.cloud.exchange("POST", "/v1/finance/cash/balance", headers)
        self.assertEqual(answer.status, 200)

    def test_anonymous(self):
        answer = self.cloud.exchange("GET", "/v1/bill/resource/month", {"Host": self.cloud.host})
        self.assert_refused(answer, 403, "AccessDenied")
        self.assert_failure_counted()

    def test_malformed(self):
        answer = self.cloud.exchange("GET", "/v1/bill/resource/month",
                                     {"Host": self.cloud.host, "Authorization": "Bearer x"})
        self.assert_refused(answer, 400, "InvalidHTTPAuthHeader")

    def test_unknown_key(self):
        self.assert_refused(self.cloud.balance(key="nobody", token=self.token), 403,
                            "InvalidAccessKeyId")

    def test_wrong_secret(self):
        self.assert_refused(self.cloud.balance(secret="x", token=self.token), 400,
                            "SignatureDoesNotMatch")

    def test_host_must_be_signed(self):
        timestamp = utc_now()
        headers = {"Host": self.cloud.host, "x-bce-security-token": self.token,
                   "x-bce-date": timestamp, "Content-Length": "0"}
        headers["Authorization"] = sign("POST", "/v1/finance/cash/balance", [], headers,
                                        "simulated-ak-1", "simulated-sk-1", timestamp,
                                        "x-bce-date;x-bce-security-token")
        self.assert_refused(self.cloud.exchange("POST", "/v1/finance/cash/balance", headers), 400,
                            "SignatureDoesNotMatch")

    def test_what_is_on_the_wire_counts(self):
        timestamp = utc_now()
        headers = {"Host": self.cloud.host, "x-bce-date": timestamp,
                   "x-bce-security-token": self.token}
        path = "/v1/bill/resource/month"
        query = [("month", MONTH), ("productType", "postpay")]
        headers["Authorization"] = sign("GET", path, query, headers, "simulated-ak-1",
                                        "simulated-sk-1", timestamp,
                                        "host;x-bce-date;x-bce-security-token")
        signed_target = f"{path}?month={MONTH}&productType=postpay"
        self.assertEqual(self.cloud.exchange("GET", signed_target, headers).status, 200)
        for target in (f"{path}?month={MONTH}&productType=prepay", signed_target + "&pageNo=2"):
            self.assert_refused(self.cloud.exchange("GET", target, headers), 400,
                                "SignatureDoesNotMatch")
        headers["Host"] = "localhost:1"
        self.assert_refused(self.cloud.exchange("GET", signed_target, headers), 400,
                            "SignatureDoesNotMatch")

    def test_expired(self):
        for offset, expire in ((-3600, 1800), (3600, 1800), (-60, 30)):
            self.assert_refused(
                self.cloud.balance(timestamp=utc_now(offset), expire=expire, token=self.token), 400,
                "RequestExpired")

    def test_the_session_token_is_required_and_must_be_signed(self):
        self.assert_refused(self.cloud.balance(), 403, "AccessDenied")
        self.assert_refused(self.cloud.balance(token="wrong"), 403, "AccessDenied")
        answer = self.cloud.balance(extra={"x-bce-security-token": self.token})
        self.assert_refused(answer, 403, "AccessDenied")


class Rate(unittest.TestCase):
    def test_more_than_the_rate_is_throttled_and_counted(self):
        cloud = Simulator("--rate=3", "--rows=20", "--accounts=2")
        try:
            statuses = [cloud.balance().status for _ in range(5)]
            self.assertEqual(statuses[:3], [200, 200, 200])
            self.assertIn(429, statuses[3:])
            self.assertEqual(cloud.balance(key="simulated-ak-2").status, 200)
            requests = cloud.control("GET", "requests")
            key = requests["keys"]["simulated-ak-1"]
            self.assertEqual(key["rate_violations"], statuses.count(429))
            self.assertEqual(key["requests"], 5)
            self.assertGreaterEqual(key["min_gap_ms"], 0)
            counts = {(count["operation"], count["status"]): count["count"]
                      for count in requests["counts"] if count["access_key_id"] == "simulated-ak-1"}
            self.assertEqual(counts[("cash_balance", 200)], statuses.count(200))
            self.assertEqual(counts[("cash_balance", 429)], statuses.count(429))
            self.assertEqual(requests["recent"][0]["operation"], "cash_balance")
        finally:
            self.assertEqual(cloud.stop(), 0)


class Faults(WithSimulator):
    flags = ("--rows=250", f"--now={NOW}", "--rate=0", "--accounts=2", "--latency=0")

    def test_errors(self):
        for kind, status, code in (("status_500", 500, "InternalError"),
                                   ("throttled", 429, "RequestLimitExceeded"),
                                   ("throttled_400", 400, "RequestLimitExceeded"),
                                   ("forbidden", 403, "AccessDenied"),
                                   ("bad_key", 403, "InvalidAccessKeyId"),
                                   ("bad_signature", 400, "SignatureDoesNotMatch"),
                                   ("expired", 400, "RequestExpired")):
            self.cloud.fault(kind, count=1)
            self.assert_refused(self.cloud.balance(), status, code)
            self.assertEqual(self.cloud.balance().status, 200, kind)

    def test_retry_after(self):
        self.cloud.fault("throttled", retry_after=7)
        self.assertEqual(self.cloud.balance().headers["Retry-After"], "7")

    def test_bad_gateway(self):
        self.cloud.fault("bad_gateway")
        answer = self.cloud.balance()
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (502, "text/html"))
        self.assertIn(b"<html>", answer.body)

    def test_error_in_200(self):
        self.cloud.fault("error_in_200")
        answer = self.cloud.page()
        self.assertEqual((answer.status, answer.json["code"]), (200, "InternalError"))

    def test_bodies_that_are_no_answer(self):
        self.cloud.fault("not_json", count=1)
        self.assertRaises(ValueError, lambda: self.cloud.page().json)
        self.cloud.fault("empty_body", count=1)
        answer = self.cloud.page()
        self.assertEqual((answer.status, answer.body), (200, b""))

    def test_huge_body(self):
        self.cloud.fault("huge_body")
        for answer in (self.cloud.page(), self.cloud.balance()):
            self.assertGreater(len(answer.body), 8 << 20)
            answer.json  # still well-formed

    def test_truncated_body(self):
        self.cloud.fault("truncated_body")
        with self.assertRaises(http.client.IncompleteRead):
            self.cloud.page()

    def test_reset_of_an_answer_that_has_begun(self):
        self.cloud.fault("reset")
        with self.assertRaises(ConnectionResetError):
            self.cloud.page()
        self.assertEqual(self.cloud.latest_status, 200)

    def test_hang_until_cleared(self):
        self.cloud.fault("hang")
        with self.assertRaises(socket.timeout):
            self.cloud.balance(timeout=0.3)
        results = []

        def wait_for_answer():
            # Cleared while the request arrives, it is answered; once it hangs, its connection ends.
            try:
                results.append(self.cloud.balance())
            except (ConnectionError, http.client.HTTPException) as error:
                results.append(error)

        thread = threading.Thread(target=wait_for_answer)
        thread.start()
        while self.cloud.control("GET", "requests")["total"] < 2:
            pass
        self.assertEqual(results, [])
        self.cloud.control("DELETE", "fault")
        thread.join(timeout=20)
        self.assertEqual(len(results), 1)
        self.assertEqual(self.cloud.balance().status, 200)

    def test_slow(self):
        self.cloud.fault("slow")
        self.assertEqual(self.cloud.balance().json["cashBalance"], Decimal("1001.25"))
        # The answer comes in small pieces: the first one holds no whole header.
        timestamp = utc_now()
        headers = {"Host": self.cloud.host, "x-bce-date": timestamp, "Content-Length": "0"}
        headers["Authorization"] = sign("POST", "/v1/finance/cash/balance", [], headers,
                                        "simulated-ak-1", "simulated-sk-1", timestamp)
        lines = ["POST /v1/finance/cash/balance HTTP/1.1"] + [
            f"{name}: {value}" for name, value in headers.items()]
        with socket.create_connection(("127.0.0.1", self.cloud.port), timeout=20) as connection:
            connection.sendall("\r\n".join(lines + ["", ""]).encode())
            self.assertNotIn(b"\r\n\r\n", connection.recv(65536))

    def test_changing_total(self):
        self.cloud.fault("changing_total")
        self.assertEqual([self.cloud.page(number).json["totalCount"] for number in (1, 2)], [201, 202])

    def test_shrinking_total(self):
        self.cloud.fault("shrinking_total")
        self.assertEqual([self.cloud.page(number).json["totalCount"] for number in (1, 2)], [199, 198])

    def test_short_page(self):
        good = self.cloud.page().json
        self.cloud.fault("short_page")
        bad = self.cloud.page().json
        self.assertEqual((bad["totalCount"], bad["bills"]), (200, good["bills"][:99]))

    def test_wrong_page(self):
        second = self.cloud.page(2).json
        self.cloud.fault("wrong_page")
        self.assertEqual(self.cloud.page(1).json, second)

    def test_repeated_page(self):
        first = self.cloud.page(1).json
        self.cloud.fault("repeated_page", count=1)
        self.assertEqual(self.cloud.page(1).json, first)
        repeated = self.cloud.page(2).json
        self.assertEqual((repeated["pageNo"], repeated["bills"]), (2, first["bills"]))

    def test_unreadable_amount(self):
        self.cloud.fault("unreadable_amount")
        bills = self.cloud.page().json["bills"]
        self.assertEqual([row["financePrice"] for row in bills].count("abc"), 1)
        self.assertEqual(self.cloud.balance().json["cashBalance"], "abc")
        self.assertEqual(self.cloud.summary([("billMonth", MONTH)]).json["data"]["financePrice"], "abc")

    def test_a_list_of_totals_lacks_its_last(self):
        whole = self.cloud.summary([("billMonth", MONTH)]).json["data"]
        self.cloud.fault("cut_list", count=1)
        self.cloud.balance()  # has none
        cut = self.cloud.summary([("billMonth", MONTH)]).json["data"]
        self.assertEqual(cut, {**whole, "items": whole["items"][:-1]})

    def test_missing_amount(self):
        self.cloud.fault("missing_amount")
        bills = self.cloud.page().json["bills"]
        self.assertEqual(["originPrice" in row for row in bills].count(False), 1)

    def test_bad_utf8(self):
        self.cloud.fault("bad_utf8")
        with self.assertRaises(UnicodeDecodeError):
            self.cloud.page().body.decode()

    def test_masked(self):
        self.cloud.fault("masked")
        answer = self.cloud.page().json
        self.assertNotIn(answer["subAccountId"], ("/", ""))
        self.assertEqual(add_measures(answer["bills"])["billed_cost"], 0)

    def test_deep_unknown_field(self):
        good = self.cloud.page().json["bills"]
        self.cloud.fault("deep_unknown_field", depth=200)
        bills = self.cloud.page().json["bills"]
        self.assertTrue(all("futureField" in row for row in bills))
        for row in bills:
            del row["futureField"]
        self.assertEqual(bills, good)

    def test_a_fault_can_be_narrowed(self):
        self.cloud.fault("status_500", access_key_id="simulated-ak-2", operation="cash_balance",
                         after=1, count=2)
        self.assertEqual(self.cloud.page(key="simulated-ak-2").status, 200)
        self.assertEqual(self.cloud.balance().status, 200)
        statuses = [self.cloud.balance(key="simulated-ak-2").status for _ in range(4)]
        self.assertEqual(statuses, [200, 500, 500, 200])

    def test_an_unknown_kind_is_refused(self):
        with self.assertRaisesRegex(AssertionError, "unknown kind"):
            self.cloud.fault("no_such_kind")


class Program(unittest.TestCase):
    def test_other_seeds_give_other_bills_and_the_same_seed_the_same(self):
        bodies = []
        for seed in (1, 1, 2):
            cloud = Simulator(f"--seed={seed}", f"--now={NOW}")
            bodies.append(cloud.page().body)
            self.assertEqual(cloud.stop(signal.SIGINT), 0)
        self.assertEqual(bodies[0], bodies[1])
        self.assertNotEqual(bodies[0], bodies[2])

    def test_gzip_page_cap_and_invented_services(self):
        cloud = Simulator("--gzip", "--page-cap=7", "--services=5", f"--now={NOW}")
        answer = cloud.page(extra={"Accept-Encoding": "gzip"})
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        page = json.loads(gzip.decompress(answer.body))
        self.assertEqual((page["pageSize"], len(page["bills"])), (7, 7))
        self.assertEqual(cloud.page().json, json.loads(gzip.decompress(answer.body),
                                                       parse_float=Decimal))
        self.assertTrue(all(row["serviceType"].startswith("SVC000") for row in page["bills"]))
        self.assertEqual(cloud.stop(), 0)

    def test_bad_flags_exit_2(self):
        for flag in ("--no-such-flag", "--rate=x", "--now=yesterday", "--demo-day=today"):
            for more in ([], ["--demo"]):
                done = subprocess.run([PROGRAM, flag, *more], stderr=subprocess.PIPE, text=True)
                self.assertEqual(done.returncode, 2)
                self.assertIn(flag.split("=")[0], done.stderr)

    def test_a_port_in_use_exits_1(self):
        cloud = Simulator()
        done = subprocess.run([PROGRAM, f"--listen={cloud.host}"], stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot listen", done.stderr)
        cloud.stop()

    def test_a_hanging_request_does_not_delay_the_exit(self):
        cloud = Simulator()
        cloud.fault("hang")
        with self.assertRaises(socket.timeout):
            cloud.balance(timeout=0.2)
        self.assertEqual(cloud.stop(), 0)

    def test_the_demo_company_grows_through_the_month(self):
        billed = []
        for day in ("2026-11-03", "2026-11-20"):
            cloud = Simulator("--demo", f"--now={day}T12:00:00+08:00")
            totals = cloud.totals("demo-ak-prod", "2026-11")
            rows = cloud.rows(key="demo-ak-prod", month="2026-11")
            for measure, value in add_measures(rows).items():
                self.assertEqual(Decimal(totals["total"][measure]), value)
            summary = cloud.summary([("startDay", "2026-11-01"), ("endDay", rows[-1]["endTime"][:10])],
                                    key="demo-ak-prod").json["data"]
            self.assertEqual(summary["financePrice"], Decimal(totals["total"]["billed_cost"]))
            billed.append((Decimal(totals["total"]["billed_cost"]), totals["total"]["rows"]))
            self.assertEqual(cloud.stop(), 0)
        self.assertGreater(billed[1], billed[0])
        self.assertGreater(billed[1][1], billed[0][1])

    def test_a_shared_bill_is_the_same_for_every_key(self):
        alone = Simulator(f"--now={NOW}")
        cloud = Simulator("--accounts=2", "--shared-bill", f"--now={NOW}")
        expected = alone.page().json
        for key in ("simulated-ak-1", "simulated-ak-2", "simulated-ak-2"):
            self.assertEqual(cloud.page(key=key).json, expected)
        self.assertEqual(cloud.page(key="simulated-ak-2", secret="simulated-sk-1").status, 400)
        self.assertEqual(cloud.totals("simulated-ak-2")["total"], alone.totals()["total"])
        cloud.fault("unreadable_amount", access_key_id="simulated-ak-2")
        self.assertEqual(cloud.page(key="simulated-ak-2").json["bills"][0]["financePrice"], "abc")
        self.assertEqual(cloud.page(key="simulated-ak-1").json, expected)
        self.assertEqual((alone.stop(), cloud.stop()), (0, 0))

    def test_the_demos_stories_lead_to_a_day(self):
        clouds = [Simulator("--demo", f"--demo-day={day}", f"--now={NOW}") for day in ("2026-11-15", "2026-10-30")]
        costs = [cloud.totals("demo-ak-ads", "2026-11")["total"]["billed_cost"] for cloud in clouds]
        same_day = Simulator("--demo", f"--now={NOW}")
        self.assertEqual(same_day.totals("demo-ak-ads", "2026-11")["total"]["billed_cost"], costs[0])
        self.assertGreater(Decimal(costs[1]), Decimal(costs[0]))  # the campaign began earlier
        self.assertEqual([cloud.stop() for cloud in (*clouds, same_day)], [0, 0, 0])

    def test_the_demo_company_is_like_a_real_one(self):
        cloud = Simulator("--demo", "--rate=0", f"--now={NOW}")
        self.assertEqual(cloud.page(key="demo-ak-data").status, 403)
        self.assertEqual(cloud.page(key="demo-ak-data", token="demo-session-token-data").status, 200)
        accounts = {item["access_key_id"]: item for item in cloud.control("GET", "accounts")}
        self.assertEqual(len(accounts["demo-ak-group"]["members"]), 2)
        self.assertEqual([key for key in accounts if not accounts[key]["may_read_quota"]],
                         ["demo-ak-staging"])
        groups = cloud.totals("demo-ak-prod")["by_group"]
        self.assertGreaterEqual(len({group["service_type"] for group in groups}), 12)
        self.assertEqual({group["region_id"] for group in groups},
                         {"bj", "gz", "su", "bd", "fwh", "hkg", "global"})
        self.assertEqual(cloud.stop(), 0)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
