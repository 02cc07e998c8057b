"""The tables of values in the chart's README.md and README.zh.md, made from the comments of values.yaml.

Each value that is documented has a comment `# -- text` above it, and the same in Chinese below that, `#    text`.
"""

import re

from chart import CHART

README = CHART / "README.md"
CHINESE_README = CHART / "README.zh.md"
HEADS = ("| value | default | meaning |", "| 值 | 默认值 | 含义 |")
KEY = re.compile(r"^( *)([A-Za-z_]+):(?: (.*))?$")


def read_values():
    """(path, default, (English, Chinese)) of each documented value, in the order of values.yaml."""
    rows, path, text = [], [], None
    lines = (CHART / "values.yaml").read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        comment = re.match(r"^ *# -- (.*)$", line)
        if comment:
            chinese = re.match(r"^ *#    (.*[\u4e00-\u9fff].*)$", lines[number + 1])
            text = (comment.group(1), chinese.group(1) if chinese else None)
            continue
        key = KEY.match(line)
        if not key:
            continue
        depth = len(key.group(1)) // 2
        path[depth:] = [key.group(2)]
        if text is not None:
            rows.append((".".join(path), key.group(3) or
                         nested_default(lines[number + 1:], depth), text))
            text = None
    return rows


def nested_default(lines, depth):
    """A default of several lines, in one: {a: b, c: {d: e}}."""
    items = []
    for number, line in enumerate(lines):
        key = KEY.match(line)
        if not key or len(key.group(1)) // 2 <= depth:
            break
        if len(key.group(1)) // 2 == depth + 1:
            items.append(
                f"{key.group(2)}: {key.group(3) or nested_default(lines[number + 1:], depth + 1)}")
    return "{" + ", ".join(items) + "}"


def undocumented_values():
    """Keys without a comment that do not merely contain documented ones."""
    documented = [path for path, _, _ in read_values()]
    path, found = [], []
    for line in (CHART / "values.yaml").read_text("utf-8").splitlines():
        key = KEY.match(line)
        if key:
            path[len(key.group(1)) // 2:] = [key.group(2)]
            name = ".".join(path)
            if not any(name == other or name.startswith(other + ".") or other.startswith(name + ".")
                       for other in documented):
                found.append(name)
    return found


def untranslated_values():
    return [path for path, _, (_, chinese) in read_values() if chinese is None]


def make_table(language):
    rows = [HEADS[language], "|---|---|---|"]
    for path, default, texts in read_values():
        rows.append(f"| `{path}` | `{default}` | {texts[language]} |")
    return "\n".join(rows) + "\n"


def readme_with_table(readme, language):
    """`language` is 0 for English, 1 for Chinese."""
    begin = "<!-- values: made by tests/helm/chart_test.py --update -->\n"
    end = "<!-- end of values -->"
    before, _, rest = readme.partition(begin)
    return before + begin + make_table(language) + end + rest.partition(end)[2]
