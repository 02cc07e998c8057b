#!/usr/bin/env python3
"""Every page in Chinese says what its English one says, as far as a program can see it.

A pair has the same levels of headings. A section has the same code blocks, but for comments, the same
rows of tables, the same number of list items and pictures, and names the same metrics and flags.
"""

import dataclasses
import itertools
import pathlib
import re
import sys

from source_tree import ROOT, list_files, report

BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
COMMENT = re.compile(r"(^|\s+)#(?![{\w-]).*$", re.M)  # "# words", not "file.md#anchor"
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
NAME = re.compile(r"\bcloud_billing_\w+|(?<![\w-])--[a-z][a-z0-9.-]*[a-z0-9]")


def chinese_of(path):
    """The page that says the same in Chinese."""
    if path.parts[0] == "docs":
        return pathlib.PurePath("docs/zh", *path.parts[1:])
    return path.with_suffix(".zh.md")


def find_pairs(paths):
    """English pages with their Chinese ones, which may be missing."""
    english = [path for path in paths
               if path.parts[0] == "docs" and path.parts[1] != "zh"
               or path.name == "README.md" and (path.parts[0] == "README.md" or chinese_of(path) in paths)]
    return [(path, chinese_of(path)) for path in english]


@dataclasses.dataclass
class Section:
    level: int
    heading: str
    blocks: list  # (language, text without comments)
    counts: dict  # of what its prose consists
    names: set


def read_block(language, text):
    lines = (COMMENT.sub("", line).rstrip() for line in text.splitlines())
    # What stands for a name of the reader's is translated.
    return language, [re.sub(r"<[^<>]*>", "<>", line) for line in lines if line.strip()]


def read_sections(text):
    blocks = []

    def keep(match):
        blocks.append(read_block(*match.groups()))
        return "\x00\n"

    text = BLOCK.sub(keep, text)
    left = iter(blocks)
    sections = []
    for part in re.split(r"^(?=#+ )", text, flags=re.M):
        heading = re.match(r"(#+) (.*)", part) or re.match(r"()()", part)
        prose = part.replace("\x00", "")
        sections.append(Section(
            len(heading[1]), heading[2], list(itertools.islice(left, part.count("\x00"))),
            {"rows of tables": len(re.findall(r"^ *\|", prose, re.M)),
             "list items": len(re.findall(r"^ *(?:-|\d+\.) ", prose, re.M)),
             "pictures": len(re.findall(r"!\[|<img ", prose))},
            {name.rstrip("_") for name in NAME.findall(prose)}))
    return sections


def compare_blocks(english, chinese):
    if len(english) != len(chinese):
        yield f"{len(chinese)} code blocks, not {len(english)}"
        return
    for (language, lines), (other_language, other_lines) in zip(english, chinese):
        if language != other_language:
            yield f"a code block is {other_language or 'plain'}, not {language or 'plain'}"
        for line, other in itertools.zip_longest(lines, other_lines, fillvalue="nothing"):
            if line != other and not (CHINESE.search(other) and language != "promql"):
                yield f"a code block has {other.strip()!r}, not {line.strip()!r}"


def compare_sections(english, chinese):
    if english.level != chinese.level:
        yield f"is of level {chinese.level}, not {english.level}"
    yield from compare_blocks(english.blocks, chinese.blocks)
    for what, count in english.counts.items():
        if chinese.counts[what] != count:
            yield f"{chinese.counts[what]} {what}, not {count}"
    for name in sorted(english.names - chinese.names):
        yield f"does not name {name}"
    for name in sorted(chinese.names - english.names):
        yield f"names {name}, the English one does not"


def find_problems(english, chinese):
    if not (ROOT / chinese).is_file():
        yield f"{chinese} is missing: {english} in Chinese"
        return
    of_english, of_chinese = (read_sections((ROOT / path).read_text("utf-8")) for path in (english, chinese))
    if len(of_english) != len(of_chinese):
        yield f"{chinese}: {len(of_chinese) - 1} headings, {english} has {len(of_english) - 1}"
    for one, other in zip(of_english, of_chinese):
        for problem in compare_sections(one, other):
            yield f"{chinese}: {other.heading!r} ({one.heading!r}): {problem}"
    if not CHINESE.search((ROOT / chinese).read_text("utf-8")):
        yield f"{chinese} is not Chinese"


def main():
    paths = list_files(".md")
    pairs = find_pairs(paths)
    problems = [problem for pair in pairs for problem in find_problems(*pair)]
    known = {path for pair in pairs for path in pair}
    problems += [f"{path} has no English page" for path in paths
                 if path not in known and path.parts[:2] == ("docs", "zh")]
    if len(pairs) < 2:
        problems.append("the check found no pages; has their place changed?")
    return report(problems, f"{len(pairs)} pages in two languages")


if __name__ == "__main__":
    sys.exit(main())
