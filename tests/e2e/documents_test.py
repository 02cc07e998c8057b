"""Every command, query and configuration of README.md and docs/ works as it is written, in both languages.

Commands run in a directory that holds what the documents speak of: config.yml, secrets, the repository's
files. What cannot run here is named below with the reason.
"""

import functools
import os
import re
import shlex
import signal
import subprocess
import textwrap
import time

from exact_amounts_test import demo_config
from harness import (EXPORTER, REPOSITORY, EndToEndTest, Exposition, Program, all_days_are_known, main,
                     wait_until)
from prometheus_test import Prometheus, find_tool

DOCUMENTS = sorted([*REPOSITORY.glob("README*.md"), *REPOSITORY.glob("docs/**/*.md")])
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.M | re.S)
INLINE_QUERY = re.compile(r"`([^`\n]*\bcloud_billing_[^`\n]*)`")
# What tells a query in the text from a name: a function, an operator, a selector.
OF_A_QUERY = re.compile(r"\b(?:sum|max|min|avg|count|topk|time|rate|increase|histogram_quantile)\b *(?:by|without)? *\("
                        r"|[\w}] [-+*/<>=!]+ |\{\w+=~?\"")
FIRST_HOST = "localhost:10877"
CONFIGURATION = ("accounts", "account_defaults", "polling", "aggregation", "http")
ACCOUNT = "accounts: [{name: a, provider: baidu, access_key_id: key, secret_access_key: secret}]\n"
ENDS_BY_ITSELF = ("--check-config", "--check-access", "--once", "--focus.output", "--version", "--help")
PLACES = ("config", "dashboards", "docs", "helm", "scripts")  # of the repository
# Commands that are not run, by how they begin, and why.
NOT_RUN = {
    "make ": "installs packages and compiles; CI runs them, and e2e.demo what `make demo` starts",
    "scripts/install-packages ": "installs packages",
    "scripts/fetch-civetweb": "asks a mirror of Debian",
    "cmake ": "compiles what is tested here",
    "scripts/buildah ": "needs the image, which tests/image builds",
    "clickhouse ": "needs ClickHouse",
    "docker ": "needs an engine and the network; tests/image runs the image and what compose.yaml mounts",
    "DEBIAN_IMAGE=": "as docker, with mirrors that do not exist",
    "sudo ": "changes the machine; tests/package does it in a container",
    "duckdb ": "needs DuckDB",
    "kubectl ": "needs a cluster",
    "helm ": "needs helm, and most of it a cluster; tests/helm renders the chart",
}


def name_of(path):
    return path.relative_to(REPOSITORY).as_posix()


def blocks_of(language):
    """Document and text of each code block in a language."""
    for path in DOCUMENTS:
        for found, text in BLOCK.findall(path.read_text("utf-8")):
            if found == language:
                yield name_of(path), textwrap.dedent(text)


def split_queries(block):
    """A query begins at the margin, where no parenthesis of the one before is open."""
    queries = []
    for line in block.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        last = queries[-1] if queries else ""
        if line[0] in " )" or last.count("(") > last.count(")"):
            queries[-1] += "\n" + line
        else:
            queries.append(line)
    return queries


def find_queries():
    """Document and query."""
    for name, block in blocks_of("promql"):
        for query in split_queries(block):
            yield name, query
    for path in DOCUMENTS:
        text = re.sub(r"^## (?:Upgrading|升级)\n.*?(?=^## |\Z)", "", path.read_text("utf-8"), flags=re.M | re.S)
        for query in INLINE_QUERY.findall(BLOCK.sub("", text)):
            query = query.replace('"..."', '"prod"').replace("\\|", "|")
            if OF_A_QUERY.search(query) and "..." not in query and "<measure>" not in query:
                yield name_of(path), query


def may_find_nothing(query):
    """It looks for trouble, of which the demo has not every kind."""
    return re.search(r" (?:[<>]=?|[!=]=) ", query) is not None


def find_commands():
    """Document and command; lines that end with a backslash go on."""
    for language in ("sh", "bash"):
        for name, block in blocks_of(language):
            for command in block.replace("\\\n", " ").splitlines():
                if command.strip() and not command.startswith("#"):
                    yield name, " ".join(command.split())


class DocumentedCommands(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.cloud = self.start_simulator("--demo")
        self.place = self.directory / "place"
        secrets = self.place / "secrets"
        secrets.mkdir(parents=True)
        for name in PLACES:
            (self.place / name).symlink_to(REPOSITORY / name)
        programs = self.place / "bin"
        programs.mkdir()
        (programs / "cloud_billing_exporter").symlink_to(EXPORTER)
        built = self.place / "build/release/bin"
        built.mkdir(parents=True)
        (built / "cloud_billing_exporter").symlink_to(EXPORTER)
        self.environment = {
            "PATH": f"{programs}:{os.environ['PATH']}", "BAIDU_AK": "demo-ak-prod",
            "BYTEPLUS_AK": "simulated-bp-ak-1", "VOLC_AK": "demo-ak-volc-prod", "BAIDU_SK": "demo-sk-prod", "VOLC_SK": "demo-sk-volc-prod",
            "CREDENTIALS_DIRECTORY": str(secrets), "PYTHONDONTWRITEBYTECODE": "1"}
        for name, secret in (("baidu-sk", "demo-sk-prod"), ("byteplus-sk", "simulated-bp-sk-1"),
                             ("volc-sk", "demo-sk-volc-prod")):
            (secrets / name).write_text(secret)
        (self.place / "config.yml").write_text(f"""
account_defaults: {{endpoint: "{self.cloud.url}"}}
accounts:
  - {{name: baidu-prod, provider: baidu, access_key_id: "${{BAIDU_AK}}", secret_access_key_file: secrets/baidu-sk}}
  - {{name: volc-prod, provider: volcengine, access_key_id: "${{VOLC_AK}}", secret_access_key_file: secrets/volc-sk}}
""")

    def run_command(self, command):
        result = subprocess.run(["sh", "-ec", command], cwd=self.place, env={**os.environ, **self.environment},
                                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        self.assertEqual(result.returncode, 0, f"{command}\n{result.stdout[-2000:]}{result.stderr[-2000:]}")
        return result.stdout

    def serve(self, command):
        """A command that goes on: it gets ready, and ends well when told to."""
        program = self._own(Program(
            self.directory, "served", ["sh", "-c", f"cd {shlex.quote(str(self.place))}; exec {command} "
                                       "--web.listen-address=127.0.0.1:0"], self.environment))
        program.find_in(program.err_path, r"listening\W.*127\.0\.0\.1:(\d+)")
        self.assertEqual(program.stop(signal.SIGTERM), 0, command)

    def check_names(self, command):
        """What a command that is not run names is there."""
        words = shlex.split(command)
        if words[0] == "make":
            for target in words[1:]:
                self.assertRegex((REPOSITORY / "Makefile").read_text(), rf"(?m)^{target}:")
        for argument in re.findall(r"--build-arg (\w+)=", command):
            self.assertRegex((REPOSITORY / "Dockerfile").read_text(), rf"(?m)^ARG {argument}\b")
        for variable in re.findall(r"(?:^| )([A-Z_]+)=(?=.*docker compose)", command):
            self.assertIn("${" + variable, (REPOSITORY / "compose.yaml").read_text())
        for word in words:
            if word.split("/")[0] in PLACES and not re.search(r"[*$<:]", word):
                self.assertTrue((REPOSITORY / word).exists(), word)

    def test_every_command_runs_or_says_why_not(self):
        exporter = self.start_exporter(self.place / "config.yml", "--web.enable-lifecycle",
                                       environment=self.environment).wait_ready()
        used, ran = set(), 0
        for name, command in find_commands():
            with self.subTest(document=name, command=command):
                reason = next((start for start in NOT_RUN if (command + " ").startswith(start)), None)
                program = shlex.split(command)[0]
                if reason:
                    used.add(reason)
                    self.check_names(command)
                    continue
                ran += 1
                if program == "cloud_billing_exporter" and not any(flag in command for flag in ENDS_BY_ITSELF):
                    self.serve(command)
                elif program == "curl":
                    self.assertIn(FIRST_HOST, command)
                    self.run_command(command.replace("curl ", "curl -fsS ", 1)
                                     .replace(FIRST_HOST, f"127.0.0.1:{exporter.port}"))
                else:
                    self.run_command(command)
        self.assertGreater(ran, 20)
        self.assertEqual(used, set(NOT_RUN), "not in the documents any more")

    def check_configuration(self, block):
        if not re.search(r"^accounts:", block, re.M):
            block += ACCOUNT
        block = block.replace("/run/secrets", str(self.place / "secrets"))
        for path in re.findall(r"\b(?:access_key_id|secret_access_key|session_token)_file: ([^\s,}]+(?:\}[^\s,}]+)?)",
                               block):
            path = self.place / path.replace("${CREDENTIALS_DIRECTORY}", str(self.place / "secrets"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("a-key")
        (self.place / "documented.yml").write_text(block)
        self.run_command("cloud_billing_exporter --config.file=documented.yml --check-config")

    def test_every_configuration_is_accepted(self):
        checked = {"exporter": 0, "prometheus": 0}
        for name, block in blocks_of("yaml"):
            top = re.findall(r"^(\w+):", block, re.M)
            with self.subTest(document=name, block=block):
                if set(top) & set(CONFIGURATION):
                    self.check_configuration(block)
                    checked["exporter"] += 1
                elif "scrape_configs" in top:
                    (self.place / "prometheus.yml").write_text(block)
                    self.run_command(f"{find_tool('promtool')} check config prometheus.yml")
                    checked["prometheus"] += 1
        self.assertGreater(checked["exporter"], 3)
        self.assertGreater(checked["prometheus"], 1)


class DocumentedQueries(EndToEndTest):
    def start_demo(self):
        """The demo with an account that is read twice, and what it shows."""
        cloud = self.start_simulator("--demo")
        exporter = self.start_exporter(demo_config(cloud) + f"""
  - name: staging-again
    provider: baidu
    endpoint: {cloud.url}
    access_key_id: demo-ak-staging
    secret_access_key: demo-sk-staging
""").wait_ready()
        return exporter, exporter.wait_for(all_days_are_known, "earlier days")

    def start_prometheus(self):
        """Answers as at one time, when all that the demo shows had been scraped twice: a rate needs two samples."""
        exporter, shown = self.start_demo()
        prometheus = self._own(Prometheus(self.directory, exporter.port))
        wanted = set(shown.samples)

        def time_of_all():
            now = time.time()
            names = prometheus.query('count by (__name__) ({__name__=~".+"})', at=now)
            return now if wanted <= {sample["metric"]["__name__"] for sample in names} else None

        first = wait_until(time_of_all, "Prometheus has scraped")

        def time_of_next():
            now = time.time()
            scraped = prometheus.query("timestamp(up)", at=now)
            return now if scraped and float(scraped[0]["value"][1]) > first else None

        at = wait_until(time_of_next, "Prometheus has scraped again")
        return functools.cache(lambda query: prometheus.query(query, at=at))

    def test_every_query_has_an_answer(self):
        ask_prometheus = self.start_prometheus()
        queries = list(find_queries())
        self.assertGreater(len(queries), 60)
        for name, query in queries:
            with self.subTest(document=name, query=query):
                # On the first days of a month its bill has no rows yet.
                found = ask_prometheus(query) or ask_prometheus(query.replace('"current"', '"previous"'))
                if not may_find_nothing(query):
                    self.assertTrue(found, "the demo has nothing of it")

    def test_samples_of_the_documents_are_of_the_demo(self):
        def without_period(labels):
            return tuple((name, value) for name, value in labels if name != "period")

        _, shown = self.start_demo()
        samples = [(name, sample) for name, block in blocks_of("") if block.startswith("cloud_billing_")
                   for sample in Exposition(block).samples.items()]
        self.assertGreater(len(samples), 10)
        for name, (metric, values) in samples:
            for labels in values:
                with self.subTest(document=name, metric=metric, labels=labels):
                    self.assertIn(without_period(labels), set(map(without_period, shown.samples.get(metric, {}))))


if __name__ == "__main__":
    main()
