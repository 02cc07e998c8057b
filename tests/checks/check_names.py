#!/usr/bin/env python3
"""Files say what they hold, and no unfinished work is left behind in them."""

import re
import sys

from source_tree import ROOT, list_files, report

EMPTY_NAME = re.compile(r"(^|[_-])(utils?|common|helpers?|managers?|misc)($|[_.-])")
# In two parts, so that this file passes its own check.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")


def main():
    problems = []
    paths = list_files()
    for path in paths:
        for part in path.parts:
            if EMPTY_NAME.search(part):
                problems.append(f"{path}: {part} names nothing; say what it holds")
        if path.name == "LICENSE":
            continue
        try:
            text = (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            match = UNFINISHED.search(line)
            if match:
                problems.append(f"{path}:{number}: {match.group()}: finish it or open an issue")
    return report(problems, f"names and contents of {len(paths)} files")


if __name__ == "__main__":
    sys.exit(main())
