"""What differs between the clouds, so that one test speaks of every one of them.

CMake runs a test once for each provider, whose name is in CLOUD_PROVIDER.
"""

import dataclasses
import datetime
import os

CHINA = datetime.timezone(datetime.timedelta(hours=8))


@dataclasses.dataclass(frozen=True)
class Provider:
    name: str
    prefix: str  # of the simulator's generated keys, secrets and tokens
    highest_rate: int  # requests a second
    page_size: int
    bill: str  # the operations
    summary: str
    balance: str
    orders: str
    shares: str  # of the amortised bill
    bill_month: str  # the bill's parameters
    bill_page: str
    counts_rows: bool  # pages are asked for by their first row, not by their number
    bill_listing: dict  # of the listing that has the most rows
    company: tuple  # the simulator's flags for bills of some pages, so that each fault fits
    company_page: int  # rows of a page of theirs
    small_company: tuple  # where many accounts have such a bill
    currency: str = "CNY"
    zone: datetime.timezone = CHINA  # of its months and days
    # Faults of the simulator that only this provider's wire can have, and what they count as.
    own_bill_faults: dict = dataclasses.field(default_factory=dict)
    own_balance_faults: dict = dataclasses.field(default_factory=dict)

    def page_of(self, month, number):
        """What the request for the n-th page of a month's bill holds."""
        page = (number - 1) * self.company_page if self.counts_rows else number
        whole = {"GroupPeriod": 0} if self.counts_rows else {}  # not of one of its days
        return {self.bill_month: month, self.bill_page: page, **whole, **self.bill_listing}

    def key(self, number):
        return f"{self.prefix}ak-{number}"

    def secret(self, number):
        return f"{self.prefix}sk-{number}"

    def token(self, number):
        return f"{self.prefix}token-{number}"


BAIDU = Provider(
    name="baidu", prefix="simulated-", highest_rate=20, page_size=100,
    bill="resource_month_bill", summary="month_summary", balance="cash_balance",
    orders="order_list", shares="share_bill", bill_month="month", bill_page="pageNo",
    counts_rows=False, bill_listing={"productType": "postpay"}, company=("--rows=50", "--page-cap=20"),
    company_page=20, small_company=("--rows=50", "--page-cap=20"),
    own_bill_faults={"masked": "permission", "changing_total": "inconsistent"})

VOLCENGINE = Provider(
    name="volcengine", prefix="simulated-volc-", highest_rate=5, page_size=300,
    bill="ListBillDetail", summary="ListBillOverviewByProd", balance="QueryBalanceAcct",
    orders="ListOrders", shares="ListAmortizedCostBillMonthly", bill_month="BillPeriod",
    bill_page="Offset", counts_rows=True, bill_listing={}, company=("--rows=620",), company_page=300,
    small_company=("--rows=320",),
    own_bill_faults={"throttled_400": "throttled", "gateway_json": "server",
                     "shrinking_total": "inconsistent"},
    own_balance_faults={"throttled_400": "throttled", "gateway_json": "server"})

# The same API on another site.
BYTEPLUS = dataclasses.replace(VOLCENGINE, name="byteplus", prefix="simulated-bp-", currency="USD",
                               zone=datetime.timezone.utc)

PROVIDER = {p.name: p for p in (BAIDU, VOLCENGINE)}[os.environ.get("CLOUD_PROVIDER", "baidu")]


def is_month_empty(cloud, provider=PROVIDER):
    """Whether the current month's bill of the first account has no row, as in the month's first hours: what befalls rows
    does not befall it, and it adds up."""
    month = datetime.datetime.now(provider.zone).strftime("%Y-%m")
    return cloud.totals(provider.key(1), month)["total"]["rows"] == 0
