#!/usr/bin/env python3
"""Writes rules.yml and rules.zh.yml, the same rules with texts in English and in Chinese, from source/.

usage: generate.py [--runbook URL] [DIRECTORY]

URL is the folder in which runbook.md and zh/runbook.md are published: every alert's runbook_url leads there.
DIRECTORY is where the files go, by default this one. tests/checks/check_rules.py fails where the committed
files are not what this writes.
"""

import argparse
import pathlib
import sys

from source import exporter, money

FOLDER = pathlib.Path(__file__).resolve().parent
# Where docs/ is published. The project has no public home yet: .invalid leads nowhere, on purpose.
RUNBOOK = "https://cloud-billing-exporter.invalid/docs"
GROUPS = (money.GROUP, exporter.GROUP)
FILES = (("rules.yml", "runbook.md"), ("rules.zh.yml", "zh/runbook.md"))

HEADERS = ("""\
Alerts for Prometheus, written by generate.py beside this file: prometheus.yml loads it, docs/runbook.md says
what each alert means and what to do. Load this file or rules.zh.yml, the same in Chinese, never both. Nothing
needs to be edited; the thresholds that belong to an account are its `budget` and `low_balance` in the
exporter's configuration.

How they are written:

- Every alert compares what the exporter says now: burn, forecast and runway are its own metrics. They hold on
  the first day, and after a gap of Prometheus.
- An account's condition is looked at in each copy of its series and then told once, whatever scraped it:
  the labels of scraping, servers and installations are taken away (`without`), with the worst of the copies
  kept. Labels are never chosen: an account's own (`labels: {team: infra}`) reach the alerts. If your servers
  write other labels, add them to SERVER in source/alert.py and run generate.py; do not give accounts labels of
  these names. Accounts with one name in two exporters count as one.
- An account raises one alert per cause: where a graver one holds, `unless` and ranges silence the others.
- `currency` stays everywhere, and nothing is added or compared across currencies.
- Billing months and days are as the exporter tells them.
""", """\
Prometheus 告警规则，由本目录的 generate.py 生成：prometheus.yml 展示如何加载，docs/zh/runbook.md 说明每条告警的含义和
处理办法。本文件与英文版 rules.yml 只有文字不同，只能加载其中一个。无需修改；各账号的阈值就是 Exporter 配置中的
`budget` 和 `low_balance`。

编写原则：

- 每条告警只比较 Exporter 当前输出的数值：日均消耗、预测和可用天数都是 Exporter 自己的指标，因此安装第一天、
  Prometheus 中断之后都同样有效。
- 先在每一份序列中判断账号的条件，再合并成一条：抓取、服务器和部署产生的标签都会去掉（`without`），多份之中以最严重的
  为准。标签从不逐一列举，账号自己的标签（`labels: {team: infra}`）会出现在告警中。若您的服务器还有其他标签，请加入
  source/alert.py 的 SERVER 并运行 generate.py；账号的标签请勿与这些重名。两个 Exporter 中同名的账号视为同一个。
- 同一账号同一原因只告警一次：更严重的告警成立时，其余的由 `unless` 和取值区间静默。
- `currency` 始终保留，不同币种从不相加或比较。
- 账期和账单日以 Exporter 输出的为准。
""")


def comment(text, width):
    return "".join(f"{' ' * width}# {line}".rstrip() + "\n" for line in text.splitlines())


def quote(text):
    """As a YAML scalar."""
    return "'" + text.replace("'", "''") + "'"


def wrap(text):
    """Lines of a comment; Chinese ones stay whole."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > 95 and text.isascii():
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def write_alert(alert, language, runbook):
    text = comment(wrap(alert.comment[language]), 6) if alert.comment[language] else ""
    text += f"      - alert: {alert.name}\n        expr: |\n"
    text += "".join(f"          {line}\n" for line in alert.expression.splitlines())
    if alert.hold:
        text += f"        for: {alert.hold}\n"
    text += f"        labels: {{severity: {alert.severity}}}\n        annotations:\n"
    for name, value in (("summary", alert.summary[language]),
                        ("description", alert.description[language]),
                        ("runbook_url", f"{runbook}#{alert.name.lower()}")):
        text += f"          {name}: {quote(value)}\n"
    return text


def generate(home=RUNBOOK):
    """File name to its text."""
    files = {}
    for language, (name, runbook) in enumerate(FILES):
        text = comment(HEADERS[language], 0) + "\ngroups:\n"
        for group in GROUPS:
            text += f"  - name: {group.name}\n    rules:\n"
            text += "\n".join(write_alert(alert, language, f"{home.rstrip('/')}/{runbook}")
                              for alert in group.alerts) + "\n"
        files[name] = text.rstrip("\n") + "\n"
    return files


def main():
    parser = argparse.ArgumentParser(description="Writes rules.yml and rules.zh.yml.")
    parser.add_argument("--runbook", metavar="URL", default=RUNBOOK,
                        help="the folder in which runbook.md and zh/runbook.md are published")
    parser.add_argument("directory", nargs="?", type=pathlib.Path, default=FOLDER)
    arguments = parser.parse_args()
    for name, text in generate(arguments.runbook).items():
        (arguments.directory / name).write_text(text, "utf-8")
        print(arguments.directory / name)


if __name__ == "__main__":
    sys.exit(main())
