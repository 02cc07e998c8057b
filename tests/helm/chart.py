"""Renders the Helm chart as a user would, and reads what comes out.

Helm and the check of Kubernetes's types are built on first use, in build/go (scripts/fetch-helm).
"""

import functools
import json
import os
import pathlib
import re
import shutil
import subprocess

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
TESTS = REPOSITORY / "tests/helm"
CHART = REPOSITORY / "helm/cloud-billing-exporter"
RULES = REPOSITORY / "config/prometheus"
DASHBOARDS = REPOSITORY / "dashboards"
BUILD = REPOSITORY / "build/go"


def values_files():
    return sorted((TESTS / "values").glob("*.yaml"))


def script_output(name):
    answer = subprocess.run([REPOSITORY / "scripts" / name],
                            stdout=subprocess.PIPE,
                            text=True,
                            check=True)
    return answer.stdout.strip()


@functools.cache
def find_helm():
    return script_output("fetch-helm")


@functools.cache
def build_strict_types():
    """A program that holds manifests to Kubernetes's types, of the modules that go.sum records."""
    program = BUILD / "bin/strict_types"
    environment = dict(os.environ,
                       GOPATH=str(BUILD),
                       GOMODCACHE=str(BUILD / "mod"),
                       GOCACHE=str(BUILD / "cache"),
                       GOFLAGS="-modcacherw -trimpath -mod=readonly -gcflags=all=-l",  # as Helm
                       GOTOOLCHAIN="local",
                       CGO_ENABLED="0")
    subprocess.run([script_output("fetch-go"), "build", "-ldflags", "-s -w", "-o", program, "."],
                   cwd=TESTS / "strict_types",
                   env=environment,
                   check=True)
    return program


def find_helm_3():
    """A Helm 3 of the machine's, or None."""
    for name in ("helm3", "helm"):
        path = shutil.which(name)
        if path and run_helm("version", "--short", program=path).stdout.startswith("v3."):
            return path
    return None


def run_helm(*arguments, program=None, **options):
    """Helm 4, or `program`, with an empty home: no plugin, repository or cluster of the user's takes part."""
    home = BUILD / "helm-home"
    environment = dict(os.environ,
                       HELM_CACHE_HOME=str(home),
                       HELM_CONFIG_HOME=str(home),
                       HELM_DATA_HOME=str(home),
                       KUBECONFIG=os.devnull,
                       GOGC="off")  # it ends before memory counts: a third less work
    return subprocess.run([program or find_helm(), *arguments],
                          capture_output=True,
                          text=True,
                          env=environment | options.pop("environment", {}),
                          **options)


def render(values, *arguments, chart=CHART, release="release"):
    """The manifests as one text."""
    answer = run_helm("template", release, str(chart), "--namespace=billing",
                      f"--values={values}", *arguments)
    if answer.returncode != 0:
        raise AssertionError(f"{values.name}: {answer.stderr}")
    return answer.stdout


def read_manifests(text):
    """The objects of a text of manifests, each strictly of its Kubernetes type."""
    answer = subprocess.run([build_strict_types()], input=text, capture_output=True, text=True)
    if answer.returncode != 0:
        raise AssertionError(answer.stderr)
    return json.loads(answer.stdout)


@functools.cache
def all_texts():
    """The manifests of every file in values/, by its name."""
    return {path.stem: render(path) for path in values_files()}


@functools.cache
def all_objects():
    return {name: read_manifests(text) for name, text in all_texts().items()}


def is_hook(found):
    return "helm.sh/hook" in found["metadata"].get("annotations", {})


def find_all(objects, kind):
    """Those that stay: hooks are there for a moment."""
    return [found for found in objects if found["kind"] == kind and not is_hook(found)]


def find_hooks(objects, kind, event=None):
    return [found for found in objects if found["kind"] == kind and is_hook(found)
            and event in (None, found["metadata"]["annotations"]["helm.sh/hook"])]


def find_one(objects, kind):
    found = find_all(objects, kind)
    assert len(found) == 1, f"{len(found)} objects of kind {kind}"
    return found[0]


def find_workload(objects):
    assert not find_all(objects, "Deployment")
    return find_one(objects, "StatefulSet")


def find_exporter(objects):
    containers = find_workload(objects)["spec"]["template"]["spec"]["containers"]
    return next(container for container in containers if container["name"] == "exporter")


def source_rules(name="rules.yml"):
    """The groups of config/prometheus/rules.yml, or of the file beside it in Chinese."""
    text = "".join("  " + line for line in (RULES / name).read_text("utf-8").splitlines(keepends=True))
    head = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n"
    return read_manifests(head + text)[0]["spec"]["groups"]


def without_shared_files(text):
    """Manifests with rules and dashboards left out: golden files are about the chart."""
    documents = re.split(r"(?m)^---\n", text)
    for index, document in enumerate(documents):
        if "\nkind: PrometheusRule\n" in document:
            documents[index] = re.sub(r"(?ms)^  groups:\n.*\Z", "  groups: (rules)\n", document)
        elif "/templates/dashboards.yaml" in document:
            documents[index] = re.sub(r"(?ms)^(  \S*\.json: )\|\n.*\Z", r"\1(dashboard)\n",
                                      document)
    return "---\n".join(documents)
