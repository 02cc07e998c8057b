#!/usr/bin/env python3
"""Sources are formatted by clang-format 14 with .clang-format; --fix formats them.

Other versions format differently, so without version 14 the check is skipped (status 77).
"""

import re
import shutil
import subprocess
import sys

from source_tree import ROOT, list_files, report

SKIPPED = 77


def find_formatter():
    for name in ("clang-format-14", "clang-format"):
        path = shutil.which(name)
        if path and re.search(r"version 14\.", subprocess.check_output([path, "--version"], text=True)):
            return path
    return None


def main():
    formatter = find_formatter()
    if formatter is None:
        print("clang-format 14 is not installed: formatting not checked")
        return 1 if "--fix" in sys.argv else SKIPPED
    sources = [path.as_posix() for path in list_files(".h", ".cc")]
    command = [formatter, "--style=file"]
    if "--fix" in sys.argv:
        return subprocess.run([*command, "-i", *sources], cwd=ROOT).returncode
    result = subprocess.run([*command, "--dry-run", "--Werror", *sources], cwd=ROOT,
                            capture_output=True, text=True)
    # The first place of each file is enough: make format finds the others.
    first_places = dict(reversed(re.findall(r"^(.+?):(\d+):\d+: error", result.stderr, re.M)))
    problems = [f"{path}:{line}: not formatted; run make format"
                for path, line in sorted(first_places.items())]
    if result.returncode and not problems:
        problems.append(result.stderr)
    return report(problems, f"formatting of {len(sources)} files")


if __name__ == "__main__":
    sys.exit(main())
