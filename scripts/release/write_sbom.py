#!/usr/bin/env python3
"""Prints what a release is made of, as SPDX 2.3 in JSON.

usage: write_sbom.py FILES PARTS VERSION REVISION SECONDS

FILES holds what is released, PARTS what list-components told of each, as NAME.components, or
NAME.ARCHITECTURE.components for a file of two architectures. Versions are those of the systems' own
packages, named by package URLs, which scanners for vulnerabilities read. SECONDS is the commit's date.
"""

import datetime
import hashlib
import json
import pathlib
import re
import sys
import urllib.parse

NAME = "cloud-billing-exporter"
SUPPLIER = "Organization: The Cloud Billing Exporter authors"
# The relations of list-components: whether the component comes first in SPDX's relationship.
RELATIONS = {"CONTAINED": ("CONTAINS", False), "LOADED": ("DYNAMIC_LINK", False),
             "COMPILED_IN": ("BUILD_DEPENDENCY_OF", True)}
NOT_RELEASED = ("SHA256SUMS", ".spdx.json")


def identify(*parts):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]+", "-", "-".join(parts))


def describe_file(path, version):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {
        "SPDXID": identify("File", path.name), "name": path.name, "packageFileName": path.name,
        "versionInfo": version, "supplier": SUPPLIER, "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": "Apache-2.0",
        "copyrightText": "NOASSERTION", "checksums": [{"algorithm": "SHA256", "checksumValue": digest}]}


def describe_component(system, name, version, architecture, source):
    """Of the system's distribution; "upstream" as an architecture: of whoever changed it since."""
    distribution = system.partition("-")[0]
    supplier = f"Organization: {distribution.capitalize()}"
    qualifiers = f"arch={architecture}&distro={system}"
    if architecture != "source" and source != name:
        qualifiers += f"&upstream={urllib.parse.quote(source)}"
    quoted = urllib.parse.quote(version, safe="")
    locator = f"pkg:deb/{distribution}/{name}@{quoted}?{qualifiers}"
    if architecture == "upstream":
        supplier, locator = "NOASSERTION", f"pkg:generic/{name}@{quoted}"
    return {
        "SPDXID": identify("Package", system, name, architecture, version),
        "name": name, "versionInfo": version,
        "supplier": supplier, "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                          "referenceLocator": locator}]}


def relate(first, kind, second):
    return {"spdxElementId": first, "relationshipType": kind, "relatedSpdxElement": second}


def read_components(path):
    """(relation, described component) of each line; the first line names the system."""
    system, *lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    for relation, name, version, architecture, source in lines:
        yield relation, describe_component(system[-1], name, version, architecture, source)


def main():
    if len(sys.argv) != 6:
        raise SystemExit(__doc__.split("\n\n")[1])
    files, parts = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    version, revision, seconds = sys.argv[3:]
    packages, relations, digests = {}, [], hashlib.sha256()
    for path in sorted(files.iterdir()):
        if path.name.endswith(NOT_RELEASED):
            continue
        file = describe_file(path, version)
        digests.update(file["checksums"][0]["checksumValue"].encode())
        packages[file["SPDXID"]] = file
        relations.append(relate("SPDXRef-DOCUMENT", "DESCRIBES", file["SPDXID"]))
        of_file = {}
        for listed in sorted(parts.glob(f"{path.name}.*components")):
            for relation, component in read_components(listed):
                packages[component["SPDXID"]] = component
                # What is shipped is no mere dependency of it.
                of_file.setdefault(component["SPDXID"], set()).add(relation)
        for component, found in sorted(of_file.items()):
            for relation in sorted(found - {"LOADED"} if "CONTAINED" in found else found):
                kind, first = RELATIONS[relation]
                ends = (component, file["SPDXID"]) if first else (file["SPDXID"], component)
                relations.append(relate(ends[0], kind, ends[1]))
    made = datetime.datetime.fromtimestamp(int(seconds), datetime.timezone.utc)
    document = {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{NAME}-{version}",
        # No address of anything; unique, because it tells what the files are.
        "documentNamespace": f"https://{NAME}.invalid/spdx/{version}-{revision}-{digests.hexdigest()[:32]}",
        "creationInfo": {"created": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         "creators": ["Tool: " + NAME + "-write_sbom", SUPPLIER]},
        "packages": [packages[key] for key in sorted(packages)],
        "relationships": relations}
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
