#!/usr/bin/env python3
"""clang-tidy on the program alone, some rooms at a time as if they were one file: what all of them include is
looked at nine times instead of 36, which was most of the work, and nothing is compiled beside it. Clang's own
warnings are findings too, what a lock guards among them. `make check` and `make test-long` look at every file by itself, the tests included,
and with the checks that are left out here.

What is found in rooms together counts if it is found in one of their files apart: names of two rooms may clash.
Without clang-tidy it is skipped (status 77).
"""

import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
BUILD = REPOSITORY / "build/tidy-program"

# About as much in each. A room that is not named here is looked at with the last ones, and the parts of a very
# large one apart.
VERY_LARGE = "status_page"
GROUPS = (
    ("volcengine", "polling", "focus_export", "state"),
    ("core", "system", "json", "config", "accounts"),
    ("billing", "publishing", "access", "web"),
    ("baidu", "focus", "providers", "transport"),
    ("exposition", "app"),
)

# A sixth of the time of all checks goes into the first two (--enable-check-profile), and Clang has the first
# as a warning. A group is files that are included.
LEFT_OUT = ("bugprone-reserved-identifier", "bugprone-stringview-nullptr", "bugprone-suspicious-include")
INSTEAD = ("-Wreserved-identifier",)
# What a local name hides may be another room's. Each compiler looks for it in files apart.
NOT_TOGETHER = ("-Wno-shadow",)


def read_parts():
    """The program's files, as CMake puts them together: name, room, source, arguments of the compiler."""
    parts = []
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        words = shlex.split(entry["command"])[1:]
        output = words.pop(words.index("-o") + 1)
        words.remove("-o")
        path = pathlib.PurePath(output).parts
        if path[0] != "exporter" or any("container_probe" in step for step in path):
            continue
        words.remove("-c")
        words.remove(entry["file"])
        room = path[1] if path[1] != "CMakeFiles" else "main"
        parts.append((output.removesuffix(".o"), room, entry["file"], words))
    return parts


def is_together(part):
    return "Unity" in part[0]


def make_groups(parts):
    groups = [[] for _ in GROUPS]
    for part in parts:
        if part[1] == VERY_LARGE and is_together(part):
            groups.append([part])
            continue
        number = next((n for n, rooms in enumerate(GROUPS) if part[1] in rooms), len(GROUPS) - 1)
        # What clashes with its room (compile_alone) goes with other rooms.
        groups[number if is_together(part) else (number + 1) % len(GROUPS)].append(part)
    return [group for group in groups if group]


def join(number, group):
    """One file that includes the group's, with what any of them is compiled with."""
    source = BUILD / f"together_{number}.cc"
    source.write_text("".join(f'#include "{part[2]}"\n' for part in group))
    words = []
    for part in group:
        one_by_one = iter(part[3])
        for word in one_by_one:
            option = (word, next(one_by_one)) if word in ("-isystem", "-include") else (word,)
            if option not in words:
                words.append(option)
    return str(source), [word for option in words for word in option]


def look_at(source, words, more=()):
    return subprocess.run(
        ["clang-tidy", "--quiet", "--warnings-as-errors=*",
         "--checks=clang-diagnostic-*," + ",".join("-" + name for name in LEFT_OUT), source,
         "--", *words, *INSTEAD, *more],
        cwd=BUILD, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def judge(number, group):
    """What clang-tidy finds in the files of the group."""
    together = look_at(*join(number, group), NOT_TOGETHER)
    if together.returncode == 0:
        return ""
    found = ""
    for part in group:
        answer = look_at(part[2], part[3])
        if answer.returncode != 0:
            found += f"{part[0]}:\n{answer.stdout}"
    if not found:
        found_together = [line for line in together.stdout.splitlines() if " error: " in line]
        print("\n".join(["only together:"] + found_together[:20]), flush=True)
    return found


def main():
    for tool in ("clang++", "clang-tidy"):
        if shutil.which(tool) is None:
            print(f"{tool} is not installed: clang-tidy not run")
            return 77
    subprocess.run(["cmake", "--preset", "tidy-program", "-Wno-dev", "--log-level=WARNING"], cwd=REPOSITORY, check=True,
                   stdout=subprocess.DEVNULL)
    groups = make_groups(read_parts())
    if len(groups) < len(GROUPS):
        print("tidy_program: CMake puts the program together in another way than this file expects")
        return 1
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as workers:
        found = [text for text in workers.map(judge, range(len(groups)), groups) if text]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
