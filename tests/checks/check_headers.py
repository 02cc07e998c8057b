#!/usr/bin/env python3
"""Every header of exporter/ compiles alone.

A header that has a source is the first thing that its source includes, so compiling file by file (make
test-long) compiles it alone. The others are compiled here, and with --all every one. With --order nothing is
compiled: only the order of includes is looked at.
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys

from source_tree import ROOT, list_files, report

SKIPPED = 77
FIRST_INCLUDE = re.compile(r'^#\s*include\s*["<]([^">]+)', re.M)


def find_compiler():
    return shutil.which(os.environ.get("CXX", "c++"))


def compile_alone(compiler, header):
    """The first error, if any."""
    result = subprocess.run(
        [compiler, "-std=gnu++20", "-fsyntax-only", f"-I{ROOT / 'exporter'}", "-x", "c++", "-"],
        input=f'#include "{header}"\n', capture_output=True, text=True)
    errors = [line for line in result.stderr.splitlines() if "error" in line]
    return f"{header}: does not compile alone: {errors[0]}" if errors else None


def main():
    compiler = find_compiler()
    if compiler is None:
        print("no C++ compiler: headers not compiled")
        return SKIPPED
    problems, alone = [], []
    headers = [path for path in list_files(".h") if path.parts[0] == "exporter"]
    for path in headers:
        name = path.relative_to("exporter").as_posix()
        source = ROOT / path.with_suffix(".cc")
        if source.exists():
            first = FIRST_INCLUDE.search(source.read_text("utf-8"))
            if first is None or first[1] != name:
                problems.append(f'{path.with_suffix(".cc")}: include "{name}" first')
        if "--all" in sys.argv or ("--order" not in sys.argv and not source.exists()):
            alone.append(name)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        problems += filter(None, pool.map(lambda name: compile_alone(compiler, name), alone))
    return report(problems, f"{len(headers)} headers, {len(alone)} of them compiled alone")


if __name__ == "__main__":
    sys.exit(main())
