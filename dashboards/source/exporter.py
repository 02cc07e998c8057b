"""The exporter's own health."""

from source import queries as q
from source import variables
from source.explanation import explain_health
from source.panels import (GREEN, RED, YELLOW, bars, curves, make_dashboard, query, row, stat, steps,
                           table, values)
from source.text import Text

PROCESS = 'job=~"$job",instance=~"$instance"'
OPERATION = 'job=~"$job",provider=~"$provider"'
COLLECTOR_OWNER = "provider, account, collector"
YES = values((1, Text("yes", "是"), GREEN), (0, Text("no", "否"), RED))
PLAIN = {"mode": "fixed", "fixedColor": "blue"}
AGES = steps((6 * 3600, YELLOW), (86400, RED))


def headline():
    up = q.once("collector_up", q.ACCOUNT)
    last = q.age("collector_last_success_timestamp_seconds", by=COLLECTOR_OWNER)
    own = q.select
    return row(Text("Now", "当前"), [
        stat(Text("Exporters up", "在线的导出器"),
             Text("Exporters that answer Prometheus, of those that did in the time shown.",
                  "能应答 Prometheus 的导出器数，与所选时间内应答过的导出器数。"), 4,
             [query("sum(up{" + PROCESS + "})", Text("up", "在线")),
              query("count(up{" + PROCESS + "})", Text("known", "已知"))], unit="none", color=PLAIN),
        stat(Text("Accounts", "账号"), Text("In the configuration, and polled by all shards together.",
                                          "配置中的账号数，与所有分片合计轮询的账号数。"), 4,
             [query(f"max({own('configured_accounts', PROCESS)})", Text("configured", "配置")),
              query(f"sum({own('polled_accounts', PROCESS)})", Text("polled", "轮询"))],
             unit="none", color=PLAIN),
        stat(Text("Failing collectors", "失败的采集器"),
             Text("Their numbers are the last good ones.", "其数字是上次的正确值。"), 4,
             [query(f"count({up} == 0) or vector(0)")], unit="none", thresholds=steps((1, RED))),
        stat(Text("Oldest data", "最旧的数据"),
             Text("The longest time since a good poll, over all collectors.",
                  "所有采集器中距上次成功轮询最久的时间。"), 4, [query(f"max({last})")],
             unit="s", decimals=0, thresholds=AGES),
        stat(Text("Configuration accepted", "配置已接受"),
             Text("No where the latest reload was refused and the configuration before it stayed.",
                  "若最近一次重新加载被拒绝并保留了之前的配置，则为“否”。"), 4,
             [query(f"min({own('config_last_reload_successful', PROCESS)})")], unit="none",
             mappings=YES),
        stat(Text("Missing shards", "缺失的分片"),
             Text("Shards without a process. Each index must be served by exactly one.",
                  "没有进程的分片数。每个序号必须恰好由一个进程承担。"), 4,
             [query(f"max({own('shards', q.JOB)})\n- count(count by (shard) "
                    f"(count_values without ({q.SCRAPE}) (\"shard\", {own('shard_index', q.JOB)})))")],
             unit="none", thresholds=steps((1, RED))),
    ])


def collectors():
    def one(metric):
        return f"max by ({COLLECTOR_OWNER}) ({q.once(metric, q.ACCOUNT)})"

    polls = f"sum by ({COLLECTOR_OWNER}) (increase({q.select('collector_polls_total', q.ACCOUNT)}[1d]))"
    failures = ("sum by (" + COLLECTOR_OWNER + ") (increase("
                + q.select("collector_failures_total", q.ACCOUNT) + "[1d]))")
    age = q.age("collector_last_success_timestamp_seconds", by=COLLECTOR_OWNER)
    failing = q.once("collector_failing", q.ACCOUNT)
    counted = {"unit": "none", "decimals": 0}
    return row(Text("Collectors", "采集器"), [
        table(Text("Collectors", "采集器"),
              Text("One line for each account and collector; counts are of the last 24 hours.",
                   "每个账号和采集器一行；次数为最近 24 小时。"), 24, 9,
              [("provider", Text("Provider", "云厂商")), ("account", Text("Account", "账号")),
               ("collector", Text("Collector", "采集器"))],
              [(one("collector_up"), Text("Works", "正常"),
                {"unit": "none", "mappings": YES, "thresholds": steps()}),
               (age, Text("Last success", "距上次成功"),
                {"unit": "s", "decimals": 0, "thresholds": AGES}),
               (one("collector_duration_seconds"), Text("Latest poll took", "最近轮询耗时"),
                {"unit": "s", "decimals": 2}),
               (polls, Text("Polls", "轮询次数"), counted),
               (failures, Text("Failures", "失败次数"),
                {**counted, "thresholds": steps((1, RED))})], sort=Text("Last success", "距上次成功")),
        curves(Text("Poll durations", "轮询耗时"),
               Text("The ten slowest of the latest polls.", "最近一次轮询中最慢的十个。"), 12, 8,
               [query(f"topk(10, {one('collector_duration_seconds')})",
                      "{{account}} {{collector}}")], unit="s"),
        curves(Text("Failing collectors, by reason", "失败的采集器（按原因）"),
               Text("Collectors whose latest poll has failed, by the reason that failed it first.",
                    "最近一次轮询失败的采集器数，取最先导致失败的原因。"), 12, 8,
               [query(f"count by (reason) ({failing})", "{{reason}}")],
               unit="none", decimals=0, lowest=0),
    ])


def requests():
    bucket = q.select("api_request_duration_seconds_bucket", OPERATION)
    latency = f"sum by (operation, le) (increase({bucket}[1h]))"
    mean = [f"sum by (operation) (increase({q.select('api_request_duration_seconds_' + part, OPERATION)}"
            "[1h]))" for part in ("sum", "count")]
    return row(Text("Requests to the clouds", "对云厂商的请求"), [
        curves(Text("Requests per hour, by operation", "每小时请求数（按操作）"),
               Text("Every attempt counts.", "每次尝试都计数。"), 12, 8,
               [query(f"sum by (operation) (increase({q.select('api_requests_total', q.ACCOUNT)}[1h]))",
                      "{{operation}}")], unit="none", decimals=0, lowest=0, stacked=True),
        curves(Text("Failed requests per hour, by reason", "每小时失败请求（按原因）"),
               Text("Of all accounts. Every failed attempt counts, though a retry may have succeeded.",
                    "所有账号合计。每次失败的尝试都计数，即使之后重试成功。"), 12, 8,
               [query("sum by (reason) (increase("
                      + q.select("api_failures_by_reason_total", OPERATION) + "[1h]))", "{{reason}}")], unit="none", decimals=0, lowest=0, stacked=True),
        curves(Text("Latency: median", "延迟：中位数"),
               Text("Over the last hour.", "最近一小时。"), 8, 8,
               [query(f"histogram_quantile(0.5, {latency})", "{{operation}}")], unit="s", lowest=0),
        curves(Text("Latency: 95 % and 99 %", "延迟：95% 与 99%"),
               Text("Over the last hour.", "最近一小时。"), 8, 8,
               [query(f"histogram_quantile(0.{share}, {latency})", f"{{{{operation}}}} {share} %")
                for share in (95, 99)], unit="s", lowest=0),
        curves(Text("Latency: mean", "延迟：平均"),
               Text("Over the last hour.", "最近一小时。"), 8, 8,
               [query(f"{mean[0]}\n/ {mean[1]}", "{{operation}}")], unit="s", lowest=0),
        table(Text("Failed requests in 24 hours", "24 小时内失败的请求"),
              Text("By account and operation; the twenty that failed most.",
                   "按账号和操作，失败最多的二十项。"), 24, 7,
              [("provider", Text("Provider", "云厂商")), ("account", Text("Account", "账号")),
               ("operation", Text("Operation", "操作"))],
              [("topk(20, sum by (provider, account, operation) (increase("
                + q.select("api_failures_total", q.ACCOUNT) + "[1d])))",
                Text("Failures", "失败次数"), {"unit": "none", "decimals": 0})],
              sort=Text("Failures", "失败次数")),
    ])


def processes():
    def own(metric):
        return metric + "{" + PROCESS + "}"

    return row(Text("Processes and scrapes, by instance", "进程与抓取（按实例）"), [
        curves(Text("Memory", "内存"), Text("Resident memory.", "常驻内存。"), 8, 8,
               [query(own("process_resident_memory_bytes"), "{{instance}}")], unit="bytes", lowest=0),
        curves(Text("CPU", "CPU 使用"), Text("Cores in use.", "占用的核数。"), 8, 8,
               [query(f"rate({own('process_cpu_seconds_total')}[$__rate_interval])", "{{instance}}")],
               unit="short", lowest=0, overrides=[]),
        curves(Text("File descriptors", "文件描述符"), Text("Open, and the limit.", "已打开数与上限。"),
               8, 8, [query(own("process_open_fds"), Text("{{instance}} open", "{{instance}} 已打开")),
                      query(own("process_max_fds"), Text("{{instance}} limit", "{{instance}} 上限"))],
               unit="none", lowest=0),
        curves(Text("Scrape duration", "抓取耗时"),
               Text("How long Prometheus waited for the metrics.", "Prometheus 等待指标的时间。"), 8, 8,
               [query(own("scrape_duration_seconds"), "{{instance}}")], unit="s", lowest=0),
        curves(Text("Samples per scrape", "每次抓取的样本数"),
               Text("Series that one scrape brings.", "一次抓取得到的序列数。"), 8, 8,
               [query(own("scrape_samples_scraped"), "{{instance}}")], unit="locale", lowest=0),
        bars(Text("Running for", "运行时长"), Text("Since the process started.", "进程启动至今。"), 8, 8,
             [query("time() - " + own("process_start_time_seconds"), "{{instance}}", instant=True)],
             unit="s", decimals=0),
    ])


def settings():
    def of(metric):
        return f"max by (instance) ({q.select(metric, PROCESS)})"

    number = {"unit": "none"}
    return row(Text("Shards, configuration and build", "分片、配置与版本"), [
        table(Text("Shards and configuration", "分片与配置"),
              Text("One line for each process.", "每个进程一行。"), 14, 7,
              [("instance", Text("Instance", "实例"))],
              [(of("shard_index"), Text("Shard", "分片"), number),
               (of("shards"), Text("Of", "分片总数"), number),
               (of("polled_accounts"), Text("Accounts polled", "轮询账号数"), number),
               (of("configured_accounts"), Text("Accounts configured", "配置账号数"), number),
               (of("config_last_reload_successful"), Text("Configuration accepted", "配置已接受"),
                {"unit": "none", "mappings": YES, "thresholds": steps()}),
               (of("config_last_reload_success_timestamp_seconds") + " * 1000",
                Text("Read at", "读取时间"), {"unit": "dateTimeAsLocal"})],
              sort=Text("Shard", "分片"), descending=False),
        table(Text("Build", "版本"), Text("What is running.", "正在运行的版本。"), 10, 7,
              [("version", Text("Version", "版本号")), ("revision", Text("Revision", "修订")),
               ("compiler", Text("Compiler", "编译器"))],
              [(f"count by (version, revision, compiler) ({q.select('build_info', PROCESS)})",
                Text("Processes", "进程数"), number)], sort=Text("Version", "版本号")),
    ])


def make(language):
    return make_dashboard(
        language, "cloud-billing-exporter", Text("Cloud Billing / Exporter", "云账单 / 导出器"),
        Text("Whether the exporter works: polls, requests, scrapes, processes, shards.",
             "导出器是否正常：轮询、请求、抓取、进程与分片。"),
        [variables.datasource(), variables.job(), variables.instance(), variables.provider(),
         variables.account()],
        [headline(), collectors(), requests(), processes(), settings(),
         row(Text("Help", "说明"), [explain_health()])], since="now-24h", refresh="1m")
