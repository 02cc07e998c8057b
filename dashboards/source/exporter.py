"""The exporter's own health."""

from source import queries as q
from source import shared, variables
from source.explanation import explain_health
from source.layout import make_dashboard, row
from source.panels import (AGE_UNIT, BLUE, GREEN, MINUTE_UNIT, RED, YELLOW, bars, count, curves, fixed, query, stat, steps,
                           table, values)
from source.shared import ACCOUNT, COLLECTOR, PROVIDER
from source.text import Text

PROCESS = "job=~`${job:regex}`,instance=~`${instance:regex}`"
COLLECTOR_OWNER = "provider, account, collector"
YES = values((1, Text("yes", "是"), GREEN), (0, Text("no", "否"), RED))


def own(metric, by="instance"):
    """Of each process once, whoever scrapes it."""
    return f"max by ({by}) ({metric}{{{PROCESS}}})"


def headline():
    up = q.once("collector_up", q.ACCOUNT)
    ages = f"max by (collector) ({q.age('collector_last_success_timestamp_seconds', by=COLLECTOR_OWNER)})"
    shards = own("cloud_billing_shards")
    return row(Text("Now", "当前"), [
        count(Text("Not answering", "无应答实例"),
              Text("Exporters that do not answer, of those that did in the time shown.",
                   "所选时间内应答过、现在无应答的 Exporter 数。"), 4,
              f"count({own('up')}) - sum({own('up')})"),
        stat(Text("Accounts", "账号"), Text("In the configuration, and polled by all shards together.",
                                          "配置中的账号数，与所有分片合计采集的账号数。"), 3,
             [query(f"max({own('cloud_billing_configured_accounts')})", Text("configured", "配置")),
              query(f"sum({own('cloud_billing_polled_accounts')})", Text("polled", "采集"))],
             unit="none", color=fixed(BLUE)),
        count(Text("Failing collectors", "失败的采集器"),
              Text("Their numbers are the last good ones.", "其数字是上次的正确值。"), 4,
              q.count_collectors(f"{up} == 0")),
        stat(Text("Oldest data", "最旧的数据"),
             Text("The longest time since a good poll, for each collector, in days and hours:minutes:seconds; "
                  "coloured as the alerts judge it.", "各采集器距上次成功采集最久的时间（天、时:分:秒）；颜色与告警的判断一致。"),
             6, [query(ages, "{{collector}}")], unit=AGE_UNIT, decimals=0, **shared.ages_by_collector()),
        stat(Text("Configuration", "配置"),
             Text("Refused where the latest reload was and the configuration before it stayed.",
                  "若最近一次重新加载被拒绝并保留了之前的配置，则为“被拒绝”。"), 3,
             [query(f"min({own('cloud_billing_config_last_reload_successful')})")], unit="none",
             mappings=values((1, Text("accepted", "已接受"), GREEN), (0, Text("refused", "被拒绝"), RED))),
        count(Text("Missing shards", "缺失的分片"),
              Text("Shards without a process. Each index must be served by exactly one.",
                   "没有进程的分片数。每个序号必须恰好由一个进程承担。"), 4,
              f"max({shards}) - count(count by (shard) (count_values by (instance) "
              f"(\"shard\", {own('cloud_billing_shard_index')})))"),
    ])


def collectors():
    polls = q.counted(COLLECTOR_OWNER, "collector_polls_total", q.ACCOUNT, "1d")
    failures = q.counted(COLLECTOR_OWNER, "collector_failures_total", q.ACCOUNT, "1d")
    age = q.age("collector_last_success_timestamp_seconds", by=COLLECTOR_OWNER)
    up = q.once("collector_up", q.ACCOUNT)
    state = f"(2 * (({shared.too_old(COLLECTOR_OWNER)}) > bool 0 and {up} == 1)\nor {up})"
    words = values((1, Text("works", "正常"), GREEN), (0, Text("fails", "失败"), RED), (2, Text("old", "过旧"), YELLOW))
    counted = {"unit": "none", "decimals": 0}
    return row(Text("Collectors", "采集器"), [
        table(Text("Collectors", "采集器"),
              Text("One line for each account and collector; counts are of the last 24 hours. Old: the data are "
                   "older than the alerts allow.",
                   "每个账号和采集器一行；次数为最近 24 小时。过旧：数据的时间超过告警允许的范围。"), 24, 9,
              [("provider", PROVIDER), ("account", ACCOUNT), ("collector", COLLECTOR)],
              [(state, Text("State", "状态"), {"unit": "none", "mappings": words, "thresholds": steps()}),
               (age, Text("Last success", "距上次成功"), {"unit": AGE_UNIT, "decimals": 0}),
               (q.once("collector_duration_seconds", q.ACCOUNT), Text("Latest poll took", "最近采集耗时"),
                {"unit": "s", "decimals": 2}),
               (f"{polls}\nand {up}", Text("Polls", "采集次数"), counted),
               (f"{failures}\nand {up}", Text("Failures", "失败次数"),
                {**counted, "thresholds": steps((1, RED), base="text")})], sort=Text("Last success", "距上次成功")),
        curves(Text("Poll durations", "采集耗时"),
               Text("The ten slowest of the latest polls.", "最近一次采集中最慢的十个。"), 12, 9,
               [query(f"topk(10, {q.once('collector_duration_seconds', q.ACCOUNT)})",
                      "{{account}} {{collector}}")], unit="s"),
        curves(Text("Failing collectors, by reason", "失败的采集器（按原因）"),
               Text("Collectors whose latest poll has failed, by the reason that failed it first.",
                    "最近一次采集失败的采集器数，取最先导致失败的原因。"), 12, 9,
               [query(f"count by (reason) ({q.once('collector_failing', q.ACCOUNT)})", "{{reason}}")],
               unit="none", decimals=0, lowest=0,
               absent=Text("No failure is known in this time.", "这段时间内没有已知的失败。")),
        shared.firing_alerts(24, 8),
    ])


def requests():
    latency = q.counted("operation, le", "api_request_duration_seconds_bucket", q.PROVIDER, "1h")
    total, number = (q.counted("operation", f"api_request_duration_seconds_{part}", q.PROVIDER, "1h")
                     for part in ("sum", "count"))
    whole = {"unit": "none", "decimals": 0, "lowest": 0, "stacked": True}
    every_account = Text(" Of all accounts.", "所有账号合计。")
    return row(Text("Requests to the clouds", "对云厂商的请求"), [
        curves(Text("Requests per hour, by operation", "每小时请求数（按操作）"),
               Text("Every attempt counts.", "每次尝试都计数。"), 12, 9,
               [query(q.counted("operation", "api_requests_total", q.ACCOUNT, "1h"),
                      "{{operation}}")], **whole),
        curves(Text("Failed requests per hour, by reason", "每小时失败请求（按原因）"),
               Text("Every failed attempt counts, though a retry may have succeeded.",
                    "每次失败的尝试都计数，即使之后重试成功。") + every_account, 12, 9,
               [query(q.counted("reason", "api_failures_by_reason_total", q.PROVIDER, "1h"), "{{reason}}")], **whole),
        curves(Text("Latency: mean", "延迟：平均"),
               Text("Over the last hour.", "最近一小时。") + every_account, 12, 9,
               [query(f"{total}\n/ {number}", "{{operation}}")], unit="s", lowest=0),
        curves(Text("Latency: 95 %", "延迟：95%"),
               Text("Over the last hour.", "最近一小时。") + every_account, 12, 9,
               [query(f"histogram_quantile(0.95, {latency})", "{{operation}}")], unit="s", lowest=0),
        table(Text("Failed requests in 24 hours", "24 小时内失败的请求"),
              Text("By account and operation; the twenty that failed most.",
                   "按账号和操作，失败最多的二十项。"), 24, 7,
              [("provider", PROVIDER), ("account", ACCOUNT), ("operation", Text("Operation", "操作"))],
              [("topk(20, " + q.counted("provider, account, operation", "api_failures_total", q.ACCOUNT, "1d") + " > 0)",
                Text("Failures", "失败次数"), {"unit": "none", "decimals": 0})],
              sort=Text("Failures", "失败次数"),
              absent=Text("No failed request is known.", "没有已知的失败请求。")),
    ])


def processes():
    cpu = f"max by (instance) (rate(process_cpu_seconds_total{{{PROCESS}}}[$__rate_interval]))"
    return row(Text("Processes and scrapes, by instance", "进程与抓取（按实例）"), [
        curves(Text("Memory", "内存"), Text("Resident memory.", "常驻内存。"), 8, 8,
               [query(own("process_resident_memory_bytes"), "{{instance}}")], unit="bytes", lowest=0),
        curves(Text("CPU", "CPU 使用"), Text("Cores in use.", "占用的核数。"), 8, 8,
               [query(cpu, "{{instance}}")], unit="short", lowest=0),
        curves(Text("File descriptors", "文件描述符"), Text("Open, as a share of the limit.", "已打开数占上限的比例。"),
               8, 8, [query(f"{own('process_open_fds')}\n/ {own('process_max_fds')}", "{{instance}}")],
               unit="percentunit", lowest=0),
        curves(Text("Scrape duration", "抓取耗时"),
               Text("How long Prometheus waited for the metrics.", "Prometheus 等待指标的时间。"), 8, 8,
               [query(own("scrape_duration_seconds"), "{{instance}}")], unit="s", lowest=0),
        curves(Text("Samples per scrape", "每次抓取的样本数"),
               Text("Series that one scrape brings.", "一次抓取得到的序列数。"), 8, 8,
               [query(own("scrape_samples_scraped"), "{{instance}}")], unit="locale", lowest=0),
        bars(Text("Running for", "运行时长"),
             Text("Since the process started, in days and hours:minutes:seconds.", "进程启动至今（天、时:分:秒）。"), 8, 8,
             [query("time() - " + own("process_start_time_seconds"), "{{instance}}", instant=True)],
             unit=AGE_UNIT, decimals=0),
    ])


def settings():
    def of(metric):
        return own(f"cloud_billing_{metric}")

    number = {"unit": "none"}
    build = "version, revision, compiler"
    return row(Text("Shards, configuration and build", "分片、配置与版本"), [
        table(Text("Shards and configuration", "分片与配置"),
              Text("One line for each process.", "每个进程一行。"), 14, 7,
              [("instance", Text("Instance", "实例"), {"width": 150})],
              [(of("shard_index"), Text("Shard", "分片"), number),
               (of("shards"), Text("Of", "分片总数"), number),
               (of("polled_accounts"), Text("Polled", "采集账号"), number),
               (of("configured_accounts"), Text("Configured", "配置账号"), number),
               (of("config_last_reload_successful"), Text("Accepted", "已接受"),
                {"unit": "none", "mappings": YES, "thresholds": steps()}),
               (of("config_last_reload_success_timestamp_seconds") + " * 1000",
                Text("Read at", "读取时间"), {"unit": MINUTE_UNIT, "width": 110})],
              sort=Text("Shard", "分片"), descending=False),
        table(Text("Build", "版本"), Text("What is running.", "正在运行的版本。"), 10, 7,
              [("version", Text("Version", "版本号")), ("revision", Text("Revision", "修订")),
               ("compiler", Text("Compiler", "编译器"))],
              [(f"count by ({build}) ({own('cloud_billing_build_info', 'instance, ' + build)})",
                Text("Processes", "进程数"), number)], sort=Text("Version", "版本号")),
    ])


def make(language):
    return make_dashboard(
        language, "cloud-billing-exporter", Text("Cloud Billing / Exporter", "云账单 / Exporter"),
        Text("Whether the exporter works: polls, requests, scrapes, processes, shards.",
             "Exporter 是否正常：采集、请求、抓取、进程与分片。"),
        [variables.datasource(), variables.job(), variables.instance(), variables.provider(),
         variables.label(), variables.label_value(), variables.account()],
        [headline(), collectors(), requests(), processes(), settings(),
         row(Text("Help", "说明"), [explain_health()])], since="now-24h", refresh="1m")
