#!/usr/bin/env python3
"""Example configurations speak English and Chinese.

X.zh.yml has the settings of X.yml, those in comments too; in the other files every comment stands in both languages.
"""

import re
import sys

from source_tree import ROOT, list_files, report

FOLDERS = ("config", "config/alertmanager")
FILES = ("config/prometheus/prometheus.yml",)  # beside rules, which are made in both languages
HAN = re.compile("[\u4e00-\u9fff]")
COMMENT = re.compile(r"(?:^|\s)#.*")
COMMENTED_SETTING = re.compile(r"# ([\w-]+: [{[&/\d].*?)(?: +#|$)", re.M)


def settings_of(text):
    """Each line without its comment, and the settings that stand in one."""
    lines = [COMMENT.sub("", line).rstrip() for line in text.splitlines()]
    return [line for line in lines if line], COMMENTED_SETTING.findall(text)


def comments_of(text):
    """(number of the first line, lines) of each comment."""
    comments, last = [], -1
    for number, line in enumerate(text.splitlines(), 1):
        if not line.lstrip().startswith("#"):
            if match := re.search(r"\s#\s(.*)", line):
                comments.append((number, [match[1]]))
            continue
        if last + 1 != number:
            comments.append((number, []))
        comments[-1][1].append(line)
        last = number
    return comments


def find_problems(path, paths):
    text = (ROOT / path).read_text("utf-8")
    chinese = path.with_suffix(".zh.yml")
    if path.name.endswith(".zh.yml"):
        return [f"{path}:{number}: not in Chinese" for number, lines in comments_of(text)
                if not HAN.search("".join(lines)) and not all(COMMENTED_SETTING.search(line) for line in lines)]
    if chinese in paths:
        same = settings_of(text) == settings_of((ROOT / chinese).read_text("utf-8"))
        return [] if same else [f"{chinese}: its settings are not those of {path}"]
    return [f"{path}:{number}: a comment in one language only" for number, lines in comments_of(text)
            if len({bool(HAN.search(line)) for line in lines}) < 2]


def main():
    paths = [path for path in list_files(".yml") if path.parent.as_posix() in FOLDERS or path.as_posix() in FILES]
    problems = [problem for path in paths for problem in find_problems(path, paths)]
    if not paths:
        problems.append("no example was found; has their place changed?")
    return report(problems, f"{len(paths)} examples")


if __name__ == "__main__":
    sys.exit(main())
