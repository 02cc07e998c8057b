#!/usr/bin/env python3
"""Rooms keep their arrows: a folder of exporter/ is a link target, and includes what it links.

The arrows are read from each room's target_link_libraries, so there is no second table of them.
They form no circle. A library's headers have one owner, and pure rooms stay pure.
"""

import re
import sys

from source_tree import CLOUDS, ROOT, list_files, report

# No thread, clock, socket, file, environment or log.
PURE = {"core", "json", "billing", "focus", "config", "accounts", "providers", *CLOUDS, "exposition",
        "status_page"}

# What other folders may include of the project's own headers.
OUTSIDE = {
    # What the simulator checks it must not share.
    "tests/simulator": {"tests"},
}

# A library's headers, and the only files of exporter/ that include them.
OWNERS = {
    r"curl/": ["transport/curl_handles.h", "transport/curl_failure.h"],
    r"civetweb\.h$": ["web/server.cc"],
    r"openssl/": ["core/hmac.cc", "core/secret_text.cc", "transport/curl_exchange.cc",
                  "transport/trusted_authorities.h", "transport/trusted_authorities.cc",
                  "web/certificates.h", "web/certificates.cc", "web/tls_context.cc"],
    r"crypt\.h$": ["web/basic_auth.cc"],
    r"yaml-cpp/": ["config/yaml_reader.cc"],
    r"simdjson": ["json/json_reader.h", "json/json_reader.cc", "core/utf8.cc"],
    r"zlib\.h$": ["exposition/gzip.cc", "transport/response_body.cc"],
    r"prometheus/": ["publishing/self_metrics.cc"],
    r"CLI/": ["app/flags.cc"],
}

IMPURE = re.compile(
    r"(thread|mutex|shared_mutex|condition_variable|future|atomic|stop_token|semaphore|fstream|"
    r"iostream|filesystem|unistd\.h|fcntl\.h|poll\.h|netdb\.h|signal\.h|csignal|pthread\.h|sys/.*)")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
TARGET = "cloud_billing_"


def read_arrows():
    """Each room, and the rooms that it links."""
    arrows = {}
    for path in sorted((ROOT / "exporter").glob("*/CMakeLists.txt")):
        links = re.findall(r"target_link_libraries\((.*?)\)", path.read_text("utf-8"), re.S)
        names = re.findall(rf"\b{TARGET}(\w+)", " ".join(links))
        arrows[path.parent.name] = set(names) - {path.parent.name}
    return {room: links & arrows.keys() for room, links in arrows.items()}


def find_circle(arrows):
    """A room that is reached from itself, if any."""
    for start in arrows:
        met, to_visit = set(), set(arrows[start])
        while to_visit:
            room = to_visit.pop()
            met.add(room)
            to_visit |= arrows[room] - met
        if start in met:
            return start
    return None


def find_problems(path, text, arrows):
    name = path.as_posix()
    parts = name.split("/")
    room = parts[1] if parts[0] == "exporter" and len(parts) > 2 else None
    outside = next((folder for folder in OUTSIDE if name.startswith(folder + "/")), None)
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        own, system = match.groups()
        header = own or system
        first = header.split("/")[0] if "/" in header else None
        if own and room and (first in arrows or first in ("tests", "exporter")):
            if first != room and first not in arrows[room]:
                yield f'{name}:{number}: {room} does not link {first} and must not include "{own}"'
        if own and outside and (first in arrows or first in ("tests", "exporter")):
            if first not in OUTSIDE[outside]:
                yield f'{name}:{number}: {outside} must not include "{own}"'
        if system and room in PURE and IMPURE.fullmatch(system):
            yield f"{name}:{number}: {room} is pure and must not include <{system}>"
        if not name.startswith("exporter/"):
            continue
        for pattern, owners in OWNERS.items():
            if re.match(pattern, header) and name.removeprefix("exporter/") not in owners:
                yield f"{name}:{number}: {header} is included by {', '.join(owners)} only"


def main():
    paths = list_files(".h", ".cc")
    arrows = read_arrows()
    problems = [problem for path in paths
                for problem in find_problems(path, (ROOT / path).read_text("utf-8"), arrows)]
    circle = find_circle(arrows)
    if circle:
        problems.append(f"exporter/{circle}: its links lead back to it")
    count = sum(len(links) for links in arrows.values())
    return report(problems, f"includes of {len(paths)} files, {len(arrows)} rooms, {count} arrows")


if __name__ == "__main__":
    sys.exit(main())
