#!/usr/bin/env python3
"""Includes follow the rooms of ARCHITECTURE.md, and a library's headers have one owner."""

import re
import sys

from source_tree import ROOT, list_files, report

# What files of a folder may include of the project's own headers, by the header's first folder.
ROOMS = {
    "exporter/core": {"core"},
    "exporter/providers": {"core", "providers"},
    "exporter/runtime": {"core", "providers", "runtime"},
    # What the simulator checks it must not share.
    "tests/simulator": {"tests"},
}

# A library's headers, and the only files of exporter/ that include them.
OWNERS = {
    r"curl/": ["runtime/curl_handles.h", "runtime/curl_failure.h"],
    r"civetweb\.h$": ["runtime/metrics_server.cc"],
    r"openssl/": ["providers/hmac.cc", "runtime/tls_context.cc"],
    r"crypt\.h$": ["runtime/basic_auth.cc"],
    r"yaml-cpp/": ["core/yaml_reader.cc"],
    r"simdjson": ["core/json_reader.h", "core/json_reader.cc", "core/utf8.cc"],
    r"zlib\.h$": ["core/gzip.cc"],
    r"prometheus/": ["runtime/self_metrics.cc", "runtime/registry_text.h",
                     "runtime/registry_text.cc"],
    r"CLI/": ["runtime/flags.cc"],
}

# core and providers are pure: no thread, clock, socket, file, environment or log.
IMPURE = re.compile(
    r"(thread|mutex|shared_mutex|condition_variable|future|atomic|stop_token|semaphore|fstream|"
    r"iostream|filesystem|unistd\.h|fcntl\.h|poll\.h|netdb\.h|signal\.h|csignal|pthread\.h|sys/.*)")

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def find_problems(path, text):
    name = path.as_posix()
    room = next((room for room in ROOMS if name.startswith(room + "/")), None)
    pure = room in ("exporter/core", "exporter/providers")
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        own, system = match.groups()
        header = own or system
        first = header.split("/")[0] if "/" in header else None
        if own and room and first in ("core", "providers", "runtime", "tests", "exporter"):
            if first not in ROOMS[room]:
                yield f'{name}:{number}: {room} must not include "{own}"'
        if system and pure and IMPURE.fullmatch(system):
            yield f"{name}:{number}: {room} is pure and must not include <{system}>"
        if not name.startswith("exporter/"):
            continue
        for pattern, owners in OWNERS.items():
            if re.match(pattern, header) and name.removeprefix("exporter/") not in owners:
                yield f"{name}:{number}: {header} is included by {', '.join(owners)} only"


def main():
    paths = list_files(".h", ".cc")
    problems = [problem for path in paths
                for problem in find_problems(path, (ROOT / path).read_text("utf-8"))]
    return report(problems, f"includes of {len(paths)} files")


if __name__ == "__main__":
    sys.exit(main())
