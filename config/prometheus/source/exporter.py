"""Alerts about the exporter: data that gets old, polls that fail, exporters that are missing."""

from source.alert import DURATION, SERVER, TARGET, Alert, Group, once, over

# Half of the default max_age of each collector, after which its values are withdrawn.
STALE_HOURS = {"balance": 3, "orders": 12, "bills": 36, "amortization": 36, "coupons": 36, "packages": 36,
               "budgets": 36, "renewals": 36}
STALE = "\nor\n".join(
    'time() - cloud_billing_collector_last_success_timestamp_seconds{collector="%s"} > %d * 3600' % each
    for each in STALE_HOURS.items())
STALE_ACCOUNTS = once("max", STALE, "collector")

# Which collectors fail, and why: "bills (auth), orders (auth)".
FAILING = (
    '{{ range $index, $failing := query (printf "max by (collector, reason) '
    '(cloud_billing_collector_failing{provider=%q,account=%q})" $labels.provider $labels.account) '
    '| sortByLabel "collector" }}{{ if $index }}@comma{{ end }}{{ $failing.Labels.collector }} '
    '({{ $failing.Labels.reason }}){{ else }}@none{{ end }}')
FAILING_TEXT = (FAILING.replace("@comma", ", ").replace("@none", "none any more"),
                FAILING.replace("@comma", "、").replace("@none", "已恢复"))

PROCESS = (*TARGET, *SERVER)
BUILD = ("version", "revision", "compiler")
ALL_DOWN = (over("max", PROCESS, "up") + " == 0\nand\n"
            + over("max", (*PROCESS, *BUILD), "max_over_time(cloud_billing_build_info[1d])"))

GROUP = Group("cloud-billing.exporter", (
    Alert(
        "CloudBillingDataStale", "polls", "critical",
        STALE_ACCOUNTS,
        ('What is known of {{ $labels.account }} is old.',
         '{{ $labels.account }} 的数据已过时'),
        ('A collector of the {{ $labels.provider }} account {{ $labels.account }} last succeeded '
         + DURATION[0] + ' ago. What it read then is still shown, until max_age. Failing: '
         + FAILING_TEXT[0] + '.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 有采集器最近一次成功是在 '
         + DURATION[1] + '前；当时的数值继续显示，直到超过 max_age。失败的采集器：'
         + FAILING_TEXT[1] + '。'),
        comment=("Half of the default max_age of each collector, after which its values are withdrawn.",
                 "各采集器默认 max_age 的一半；超过 max_age 后数值不再输出。")),
    Alert(
        "CloudBillingCollectorDown", "polls", "warning",
        "count without (collector) (\n  "
        + once("min", "cloud_billing_collector_up").replace("\n", "\n  ") + " == 0\n)\n"
        + f"unless on (provider, account)\n{STALE_ACCOUNTS}",
        ('Polls of {{ $labels.account }} fail.',
         '{{ $labels.account }} 采集失败'),
        ('Polls of the {{ $labels.provider }} account {{ $labels.account }} have been failing for an hour: '
         + FAILING_TEXT[0] + '.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 连续采集失败已达 1 小时：'
         + FAILING_TEXT[1] + '。'),
        hold="1h",
        comment=("One for an account, whatever fails; silent where its data are stale already.",
                 "每个账号只告警一次，无论几个采集器失败；数据已过时的账号由上一条告警。")),
    Alert(
        "CloudBillingReloadRefused", "configuration", "warning",
        over("min", PROCESS, "cloud_billing_config_last_reload_successful") + " == 0",
        ('The exporter refused its configuration.',
         'Exporter 拒绝了新配置'),
        ('An exporter of the job {{ $labels.job }} could not read its configuration and goes on with the one '
         'before.',
         '任务 {{ $labels.job }} 有 Exporter 无法读取新配置，仍在使用之前的配置。'),
        hold="5m",
        comment=("min, not max: one shard that refused its configuration is enough.",
                 "用 min 而非 max：只要有一个分片拒绝配置就告警。")),
    Alert(
        "CloudBillingShardMissing", "shard missing", "critical",
        over("max", PROCESS, "cloud_billing_shards")
        + "\n-\ncount without (shard) (\n  "
        + f'count_values without ({", ".join(PROCESS)}) ("shard", cloud_billing_shard_index)\n)\n> 0',
        ('A shard of the exporter is missing.',
         'Exporter 缺少分片'),
        ('{{ $value }} of the shards that share the accounts of the job {{ $labels.job }} are not seen: nobody '
         'reads their accounts.',
         '任务 {{ $labels.job }} 有 {{ $value }} 个分片不在线：这些分片负责的账号无人采集。'),
        hold="10m"),
    Alert(
        "CloudBillingShardDoubled", "shard doubled", "warning",
        f'count_values without ({", ".join(TARGET)}) (\n'
        f'  "shard", max without ({", ".join(SERVER)}) (cloud_billing_shard_index)\n)\n> 1',
        ('Shard {{ $labels.shard }} of the exporter runs {{ $value }} times.',
         'Exporter 分片 {{ $labels.shard }} 重复运行（{{ $value }} 个）'),
        ('{{ $value }} exporters of the job {{ $labels.job }} poll the same accounts: together they may exceed '
         "the clouds' limits.",
         '任务 {{ $labels.job }} 有 {{ $value }} 个 Exporter 在采集同一批账号，合起来可能超出云厂商的限流。'),
        hold="15m",
        comment=("Longer than a replaced pod's series last beside the new one's. What two servers scrape from "
                 "one exporter is one.",
                 "时长大于 Pod 替换时新旧序列并存的时间。两台 Prometheus 抓取同一个 Exporter 只算一个。")),
    Alert(
        "CloudBillingExporterDown", "exporter", "critical",
        ALL_DOWN,
        ('The exporter does not answer.',
         'Exporter 无响应'),
        ('Prometheus cannot scrape any exporter of the job {{ $labels.job }}: there are no new figures, and no '
         'alert about money.',
         'Prometheus 抓取不到任务 {{ $labels.job }} 的任何 Exporter：没有新数据，费用类告警也不会触发。'),
        hold="5m",
        comment=("No target answers of a job in which the exporter was seen within a day. After a longer gap "
                 "CloudBillingExporterAbsent tells it.",
                 "一天内出现过 Exporter 的任务，所有目标都抓取不到。中断更久则由 CloudBillingExporterAbsent 告警。")),
    Alert(
        "CloudBillingExporterAbsent", "exporter", "critical",
        f"absent(cloud_billing_build_info)\nunless on ()\n(\n  "
        + ALL_DOWN.replace("\n", "\n  ") + "\n)",
        ('No exporter is scraped.',
         '没有抓取任何 Exporter'),
        ('Prometheus knows no series of Cloud Billing Exporter: there are no figures, and no alert about money.',
         'Prometheus 中没有 Cloud Billing Exporter 的任何序列：没有数据，费用类告警也不会触发。'),
        hold="10m",
        comment=("Nothing at all: no target, or none that was ever an exporter. Silent where the alert above "
                 "tells it.",
                 "完全没有：没有抓取目标，或目标从来不是本 Exporter。上一条已触发时不再重复告警。")),
))
