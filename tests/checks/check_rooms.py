#!/usr/bin/env python3
"""Rooms stay rooms: none grows into the whole house, no file is long without a reason, and a cloud's name
stands in its own room and in the table of clouds only (comments aside).
"""

import collections
import re
import sys

from source_tree import CLOUDS, ROOT, list_files, report

LARGEST_SHARE = 1 / 5  # of the lines of exporter/
LONGEST = 300  # lines of a file

# Files that are longer, and why they are one thing.
LONG = {}

CLOUD = re.compile("|".join(CLOUDS), re.I)
OF_CLOUDS = re.compile(rf"({'|'.join(CLOUDS)})/|app/providers\.(h|cc)$")

# Texts are kept, for a name in one counts: they are met first, so that // in them opens no comment.
TEXT_OR_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', re.S)


def without_comments(text):
    """The same lines, their comments taken away."""
    return TEXT_OR_COMMENT.sub(lambda found: found[1] or "\n" * found[0].count("\n"), text)


def find_names(name, text):
    for number, line in enumerate(without_comments(text).splitlines(), 1):
        if found := CLOUD.search(line):
            yield f"exporter/{name}:{number}: only {found[0].lower()}/ and app/providers name a cloud"


NAMESPACE = re.compile(r"^namespace ([\w:]+) \{", re.M)
TYPE = re.compile(r"^(?:class|struct|enum class) (?:\[\[nodiscard\]\] )?(\w+)(?: final)?(?: :[^;{]*)? \{", re.M)


def types_of(text):
    """The types that a header defines, with their namespace: the linker takes either of two, unasked."""
    namespace = NAMESPACE.search(text)
    return {f"{namespace[1]}::{name}" for name in TYPE.findall(text)} if namespace else set()


def main():
    problems = []
    defined = {}
    lines = collections.Counter()
    long = set()
    for path in list_files(".h", ".cc"):
        if path.parts[0] != "exporter":
            continue
        name = path.relative_to("exporter").as_posix()
        text = (ROOT / path).read_text("utf-8")
        count = text.count("\n")
        lines[name.rpartition("/")[0]] += count
        if count > LONGEST:
            long.add(name)
            if name not in LONG:
                problems.append(f"{path}: {count} lines; what second job moved in?")
        if path.suffix == ".h":
            for type_name in types_of(text):
                other = defined.setdefault(type_name, name)
                if other != name:
                    problems.append(f"{path}: {type_name} stands in exporter/{other} too")
        if not OF_CLOUDS.match(name):
            problems += find_names(name, text)
    problems += [f"exporter/{name}: needs its exception in check_rooms.py no longer"
                 for name in sorted(LONG.keys() - long)]
    whole = sum(lines.values())
    room, most = lines.most_common(1)[0]
    if most >= LARGEST_SHARE * whole:
        problems.append(f"exporter/{room}: {most} of {whole} lines; what second subject moved in?")
    return report(problems, f"{len(lines) - 1} rooms, {whole} lines, {most} of them in {room}")


if __name__ == "__main__":
    sys.exit(main())
