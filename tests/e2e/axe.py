"""axe-core, which finds what keeps people from using a web page, in the page that a browser shows."""

import json
import os
import subprocess

from harness import REPOSITORY

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Rows of a long table are made alike: of a hundred, it need look at the first dozen and at those that fail. All would
# take it a minute on a busy machine.
ALIKE = ".accounts tbody tr:nth-child(n+13):not(:has(.failure))"
MISSING = 77  # scripts/fetch-axe: it cannot be had here


def find_axe():
    """Its source; None, and the reason on stderr, if it cannot be had."""
    path = os.environ.get("AXE_CORE")
    if not path:
        found = subprocess.run([REPOSITORY / "scripts/fetch-axe"], stdout=subprocess.PIPE,
                               text=True, check=False)
        if found.returncode == MISSING:
            return None
        found.check_returncode()
        path = found.stdout.strip()
    with open(path, encoding="utf-8") as source:
        return source.read()


def find_violations(browser, axe):
    """Of the page that is open: the rule, what it asks for, and the elements that break it."""
    options = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
    context = {"include": [["html"]], "exclude": [[ALIKE]]}
    result = browser.run(f"(() => {{ {axe}\n; return axe.run({json.dumps(context)}, {json.dumps(options)}); }})()")
    return [(violation["id"], violation["help"],
             [(node["target"], node["failureSummary"]) for node in violation["nodes"]])
            for violation in result["violations"]]
