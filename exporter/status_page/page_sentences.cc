#include "status_page/page_sentences.h"

namespace cloud_billing {

constexpr PageSentences kEnglishPage{
    .language = "English",
    .title = "Cloud bills of {0}",
    .heading = "Cloud bills",
    .skip_to_accounts = "Skip to the accounts",
    .as_of = "{0}.",
    .nothing_read = "No bill has been read yet.",
    .read_ago =
        "Bills were read {0}; amounts change when an account is polled, not when this page "
        "is opened.",
    .read_between =
        "Bills were read {0} to {1}; amounts change when an account is polled, not when "
        "this page is opened.",
    .find_accounts = "Find accounts",
    .search_hint = "name, label or service",
    .search = "Search",
    .show_all = "show all",
    .accounts = {"{0} account", "{0} accounts"},
    .some_of = "{0} of {1}",
    .found_for = "{0} of {1} for “{2}”",
    .no_match = "No account matches.",
    .no_accounts = "This process polls no account.",
    .pages = "Pages",
    .page_of = "Page {0} of {1}",
    .previous_page = "Previous",
    .next_page = "Next",
    .view = "View",
    .every_digit = "Show every digit",
    .two_decimals = "Round to two decimals",
    .reload_every_minute = "Reload every minute",
    .reloads_every = "This page reloads every {0}.",
    .stop_reloading = "Stop reloading",
    .accounts_csv = "Accounts as CSV",
    .services_csv = "Services as CSV",
    .help = "Help",
    .help_heading = "What the numbers mean",
    .help_costs =
        "Costs are what the cloud bills after discounts ({0}), added up exactly and per "
        "currency, from 00:00 on the 1st of the month in the cloud’s own billing zone on. A "
        "cloud delivers them hours to days late, and may correct an open month.",
    .help_amounts =
        "Amounts are rounded to two decimals. “Show every digit” shows them exactly; "
        "so do the CSV files.",
    .help_trend =
        "The forecast is the month’s cost up to the newest complete day, what was bought "
        "prepaid since, and for each day after it the postpaid mean of the last 7 "
        "complete days. Days left are the available balance at that mean.",
    .help_balance =
        "The available balance is what can be spent now, credit included if the key "
        "may read it. When a poll fails, the last good values stay until they are too "
        "old.",
    .help_times =
        "All times are China Standard Time, UTC+8. This page never asks a cloud: reload "
        "it to see what later polls have brought.",
    .endpoints = "Endpoints",
    .metrics = "Metrics",
    .health = "Health",
    .readiness = "Readiness",
    .program = "Cloud Billing Exporter {0} ({1}) · configuration loaded {2}",
    .later_refused = ", a later one refused",
    .shard = " · shard {0} of {1} polls {2} of {3}",
};

constexpr PageSentences kChinesePage{
    .language = "中文",
    .title = "{0}云账单",
    .heading = "云账单",
    .skip_to_accounts = "跳到账号列表",
    .as_of = "{0}。",
    .nothing_read = "尚未采集到账单。",
    .read_ago = "账单采集于 {0}；金额随每次采集更新，刷新本页不会触发采集。",
    .read_between = "账单采集于 {1}至 {0}；金额随每次采集更新，刷新本页不会触发采集。",
    .find_accounts = "查找账号",
    .search_hint = "名称、标签或产品",
    .search = "查询",
    .show_all = "显示全部",
    .accounts = "{0} 个账号",
    .some_of = "{1}中的 {0} 个",
    .found_for = "“{2}”：{1}中有 {0} 个符合",
    .no_match = "没有符合条件的账号。",
    .no_accounts = "本进程没有要采集的账号。",
    .pages = "分页",
    .page_of = "第 {0} 页，共 {1} 页",
    .previous_page = "上一页",
    .next_page = "下一页",
    .view = "显示方式",
    .every_digit = "显示全部小数位",
    .two_decimals = "保留两位小数",
    .reload_every_minute = "每分钟自动刷新",
    .reloads_every = "本页每 {0}自动刷新。",
    .stop_reloading = "停止自动刷新",
    .accounts_csv = "下载账号明细（CSV）",
    .services_csv = "下载产品明细（CSV）",
    .help = "说明",
    .help_heading = "数字的含义",
    .help_costs =
        "费用是折后应付金额（{0}），自账期 1 日 00:00（云厂商账单所用的时区）起按币种精确累加。"
        "云厂商出账会晚几小时到几天，当前账期的账单还可能调整。",
    .help_amounts = "金额四舍五入到两位小数；点“显示全部小数位”或下载 CSV 可看到精确值。",
    .help_trend =
        "预计费用 = 截至最新完整账单日的费用 + 此后已发生的预付费 + "
        "最近 7 个完整账单日的后付费日均 × 剩余天数。可用天数 = 可用余额 ÷ 该日均。",
    .help_balance =
        "可用余额是当前可以花的钱；密钥有权读取信用额度时，额度也计算在内。"
        "采集失败时继续显示上次的数值，直到过时为止。",
    .help_times =
        "时间均为北京时间（UTC+8）。本页不会向云厂商发起请求，刷新即可看到最新的采集结果。",
    .endpoints = "接口",
    .metrics = "指标",
    .health = "存活检查",
    .readiness = "就绪检查",
    .program = "Cloud Billing Exporter {0}（{1}） · 配置加载于 {2}",
    .later_refused = "，之后的一次修改被拒绝",
    .shard = " · 分片 {0}/{1}：采集 {3}中的 {2} 个",
};

}  // namespace cloud_billing
