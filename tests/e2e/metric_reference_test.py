"""docs/metrics.md and docs/zh/metrics.md say of every metric what the exporter says of it.

With --write both are written anew; CLOUD_BILLING_EXPORTER and CLOUD_SIMULATOR name the programs. What no program says, such as the
meanings in Chinese and the queries, stands in docs/source/metric_texts.py.
"""

import re
import sys

from exact_amounts_test import demo_config
from harness import REPOSITORY, EndToEndTest, main

sys.path.insert(0, str(REPOSITORY / "docs/source"))
from metric_texts import ORIGINS, PAGE_END, PAGE_HEAD, SECTIONS  # noqa: E402

PAGES = (REPOSITORY / "docs/metrics.md", REPOSITORY / "docs/zh/metrics.md")  # English, Chinese
WRITE = "--write" in sys.argv
OF_AN_ACCOUNT = ["provider", "account", "team", "env"]
# Refused by the simulator, so that what counts failures has something to count.
FAILING_ACCOUNT = """
  - name: failing
    provider: baidu
    endpoint: http://127.0.0.1:{port}
    access_key_id: nobody
    secret_access_key: nothing
    labels: {{team: none, env: none}}
"""
# Reads an account of the demo once more, so that its bill is counted twice.
SAME_ACCOUNT = """
  - name: same
    provider: baidu
    endpoint: http://127.0.0.1:{port}
    access_key_id: demo-ak-staging
    secret_access_key: demo-sk-staging
    labels: {{team: none, env: none}}
"""
FAMILY = re.compile(r"^# (HELP|TYPE) (\S+) (.*)$")
SAMPLE = re.compile(r"^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$")
LABEL = re.compile(r'(\w+)="(?:[^"\\]|\\.)*"')

CLOUDS = {"Baidu": "百度", "Volcengine": "火山引擎", "BytePlus": "BytePlus"}
# "What it is (Baidu operation field; Volcengine and BytePlus Operation Field of that day). Refreshed by polls, ..."
HELP = re.compile(r"^(.*?)(?: \(((?:%s)\b.*)\))?\.(?: Refreshed by polls, not by scrapes\.)?"
                  r"(?: Select one period\.)?$" % "|".join(CLOUDS))
OF_ALL = [" " + text for text in ORIGINS if text.startswith("of ")]
FIELDS = re.compile(r"(?:[a-z]+_[a-z_]+|[A-Z]\w+)(?: \w+)?(?: \w+)?(?: [+-] \w+)*")
HEADINGS = (("metric", "type", "labels", "meaning"), ("指标", "类型", "标签", "含义"))


class Family:
    """What /metrics says of one metric."""

    def __init__(self, name):
        self.name, self.help, self.type, self.labels = name, "", "", []

    def sentence(self):
        return HELP.match(self.help)[1] + "."

    def origins(self):
        """Cloud to operation and fields. What is said after the last one holds for all."""
        text = HELP.match(self.help)[2] or ""
        of_all = next((ending for ending in OF_ALL if text.endswith(ending)), "")
        cloud = "|".join(CLOUDS)
        parts = re.split(rf"(?:^|[;,] )((?:{cloud})(?: and (?:{cloud}))*):? ", text.removesuffix(of_all))[1:]
        return {cloud: (origin, of_all.strip()) for clouds, origin in zip(parts[::2], parts[1::2])
                for cloud in clouds.split(" and ")}

    def shown_labels(self):
        own = [name for name in self.labels if name not in OF_AN_ACCOUNT] if "account" in self.labels \
            else self.labels
        shown = ["`...`"] if "account" in self.labels else []
        return ", ".join(shown + [f"`{name}`" for name in own])


def read_families(text):
    families = {}
    for line in text.splitlines():
        if family := FAMILY.match(line):
            kind, name, rest = family.groups()
            setattr(families.setdefault(name, Family(name)), kind.lower(), rest)
        elif sample := SAMPLE.match(line):
            name = sample[1]
            if name not in families:
                name = re.sub(r"_(bucket|sum|count)$", "", name)
            labels = families[name].labels
            labels += [label for label in LABEL.findall(sample[2] or "")
                       if label not in labels and label != "le"]
    return families


def whole_name(metric):
    return metric.name if metric.name.startswith("process_") else "cloud_billing_" + metric.name


def in_chinese(origin):
    """Operations and fields stay as they are."""
    if origin in ORIGINS or FIELDS.fullmatch(origin):
        return ORIGINS.get(origin, origin)
    raise AssertionError(f'docs/source/metric_texts.py: ORIGINS does not have "{origin}"')


def show_origin(origins, cloud, language):
    if cloud not in origins:
        return ""
    origin, of_all = origins[cloud]
    if language == 0:
        return f"{origin} {of_all}".strip()
    return in_chinese(origin) + (f"（{ORIGINS[of_all]}）" if of_all else "")


def write_section(section, families, language):
    found = [(metric, families[whole_name(metric)]) for metric in section.metrics]
    clouds = [cloud for cloud in CLOUDS if any(cloud in family.origins() for _, family in found)]
    heads = [*HEADINGS[language], *(CLOUDS[cloud] if language else cloud for cloud in clouds)]
    lines = [f"## {section.title[language]}", ""]
    if section.intro:
        lines += [section.intro[language], ""]
    lines += [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for metric, family in found:
        cells = [f"`{family.name}`", family.type, family.shown_labels(), metric.meaning[language]]
        cells += [show_origin(family.origins(), cloud, language) for cloud in clouds]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines.append("")
    if section.notes:
        lines += [*(f"- {note[language]}" for note in section.notes), ""]
    queries = [f"# {metric.question[language]}\n{metric.query}" for metric in section.metrics if metric.query]
    return "\n".join([*lines, "```promql", "\n\n".join(queries), "```", ""])


def write_page(families, language):
    parts = [PAGE_HEAD[language], *(write_section(section, families, language) for section in SECTIONS),
             PAGE_END[language]]
    return "\n".join(parts)


class MetricReference(EndToEndTest):
    def read_demo(self):
        cloud = self.start_simulator("--demo")
        config = demo_config(cloud) + (FAILING_ACCOUNT + SAME_ACCOUNT).format(port=cloud.port)
        exporter = self.start_exporter(config).wait_ready()
        shown = exporter.wait_for(lambda shown: shown.select(
            "previous_month_to_date_billed_cost") and shown.select(
                "week_earlier_day_billed_cost"), "earlier days")
        return read_families(shown.text)

    def check_texts(self, families):
        """The texts are of these metrics, and of what is said of them now."""
        texts = {whole_name(metric): metric for section in SECTIONS for metric in section.metrics}
        self.assertEqual(sorted(whole_name(metric) for section in SECTIONS for metric in section.metrics), sorted(families),
                         "docs/source/metric_texts.py has other metrics, or one twice")
        for name, metric in texts.items():
            english, chinese = metric.meaning
            self.assertEqual(english, families[name].sentence(),
                             f"docs/source/metric_texts.py: HELP of {name} has changed; does the Chinese still say the same?")
            self.assertRegex(chinese, "[\u4e00-\u9fff].*。$", name)

    def test_is_what_the_exporter_says(self):
        families = self.read_demo()
        self.check_texts(families)
        for language, path in enumerate(PAGES):
            page = write_page(families, language)
            if WRITE:
                path.write_text(page, "utf-8")
            self.assertEqual(path.read_text("utf-8").splitlines(), page.splitlines(),
                             f"write {path.name} anew: tests/e2e/metric_reference_test.py --write")


if __name__ == "__main__":
    sys.argv = sys.argv[:1]
    main()
