#!/usr/bin/env python3
"""Each test that the threat model of SECURITY.md names is there, and both languages name the same."""

import re
import sys

from source_tree import ROOT, report

ROW = re.compile(r"^\|.*\|([^|]*tests/[^|]*)\|$", re.M)


def find_missing(cell):
    """In a row's last cell: files, each followed by what it holds."""
    text = None
    for name in re.findall(r"`([^`]+)`", cell):
        if name.startswith("tests/"):
            path = ROOT / name
            text = path.read_text("utf-8") if path.is_file() else None
            if text is None:
                yield f"SECURITY.md: there is no {name}"
        elif text is not None and not re.search(rf"\b{re.escape(name)}\b", text):
            yield f"SECURITY.md: no {name} in the file before it"


def main():
    document = (ROOT / "SECURITY.md").read_text("utf-8")
    english, chinese = (ROW.findall(part) for part in document.split("## 安全问题"))
    problems = [problem for cell in english for problem in find_missing(cell)]
    if english != chinese:
        problems.append("SECURITY.md: the two languages name different tests")
    if not english:
        problems.append("SECURITY.md: no row of the threat model names a test")
    return report(problems, f"{len(english)} threats, each with its test")


if __name__ == "__main__":
    sys.exit(main())
