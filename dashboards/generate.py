#!/usr/bin/env python3
"""Writes the Grafana dashboards beside this file, in English and in Chinese, from source/.

Everything that a reader sees is a pair of texts there, so that the two languages are the same
dashboards. tests/checks/check_dashboards.py fails where the committed JSON is not what this writes.
"""

import json
import pathlib
import sys

from source import account, exporter, overview
from source.text import LANGUAGES, in_language

FOLDER = pathlib.Path(__file__).resolve().parent


def match_exactly(text, variables):
    """A value stands as a regular expression where several can be chosen; where one is, as it is written
    here: account=~ would take c++ for a pattern."""
    for variable in variables:
        if not variable["multi"]:
            name = variable["name"]
            text = text.replace(f"=~`${{{name}:regex}}`", f"=`${{{name}:raw}}`")
    return text


def generate():
    """File name to its text."""
    files = {}
    for dashboard in (overview, account, exporter):
        for language in LANGUAGES:
            model = in_language(dashboard.make(language), language)
            suffix = "" if language == "en" else f".{language}"
            name = f"{model['uid'].removesuffix('-' + language)}{suffix}.json"
            text = json.dumps(model, ensure_ascii=False, indent=2) + "\n"
            files[name] = match_exactly(text, model["templating"]["list"])
    return files


def main():
    for name, text in generate().items():
        (FOLDER / name).write_text(text, "utf-8")
        print(name)


if __name__ == "__main__":
    sys.exit(main())
