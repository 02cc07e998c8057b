"""What the chart renders, given to the exporter itself."""

import functools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from chart import (CHART, REPOSITORY, TESTS, all_objects, find_all, find_exporter, find_hooks, find_one,
                   read_manifests, render,
                   run_helm)

sys.path.insert(0, str(REPOSITORY / "tests/checks"))
import check_docs  # noqa: E402

EXPORTER = os.environ["CLOUD_BILLING_EXPORTER"]
CONFIGURATIONS = REPOSITORY / "tests/testdata/config"

# Mistakes that the chart lets pass: it does not know the variables, and does not compare labels.
ONLY_THE_EXPORTER_SEES = {
    "invalid-endpoint-ipv4-bad", "invalid-group-by-label-repeated",
    "invalid-unset-variable", "invalid-unset-variables", "invalid-variable-not-utf8",
    "invalid-variable-value-hidden"
}

# Mistakes that the chart refuses in other words: it quotes less, has read numbers already, or sees another one first.
OTHER_WORDS = {
    "invalid-account-defaults-of-another", "invalid-budget-overflow", "invalid-budget-too-precise",
    "invalid-duration-overflow", "invalid-extension-below", "invalid-group-by-tag-name", "invalid-label-name",
    "invalid-label-of-group-by", "invalid-name-control-character", "invalid-name-long", "invalid-name-repeated",
    "invalid-rate-tiny", "invalid-secret-as-value", "invalid-secret-behind-key", "invalid-secret-empty",
    "invalid-slip-full-width-colons", "invalid-slip-label", "invalid-slip-missing-blanks", "invalid-unclosed-variable",
    "invalid-unknown-key-odd", "invalid-variable-in-key", "invalid-yaml-tag",
    # Of a provider's name the exporter knows a better one.
    "invalid-provider-capital", "invalid-provider-unknown", "invalid-provider-unknown-far", "invalid-slip-curly-quote",
}


def as_values(configuration):
    """Values with the configuration, its keys from variables, since the chart takes no others."""
    value = r"""(?:"[^"\n]*"|\$\{[^}\n]*\}|[^,}\n]+)"""
    text = re.sub(rf"\b(access_key_id|secret_access_key|session_token): *{value}",
                  r'\1: "${EXAMPLE_KEY}"', configuration.read_text("utf-8", "surrogateescape"))
    return "config:\n" + "".join(f"  {line}\n" for line in text.splitlines())


@functools.cache
def render_configuration(configuration):
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "values.yaml"
        path.write_text(as_values(configuration), "utf-8", "surrogateescape")
        return run_helm("template", "release", str(CHART), f"--values={path}")


class TheExporter(unittest.TestCase):
    def test_is_given_amounts_as_they_are_written(self):
        self.assertIn('budget: "12345678.9"', self.config_of("shards"))
        self.assertIn('budget: "1000000"', self.config_of("monitoring"))

    def config_of(self, name):
        for found in find_all(all_objects()[name], "ConfigMap"):
            if "config.yml" in found.get("data", {}):
                return found["data"]["config.yml"]
        return None

    def check(self, text, arguments, environment):
        with tempfile.TemporaryDirectory() as directory:
            keys = pathlib.Path(directory)
            for path in re.findall(r"_file: (\S+)", text):
                (keys / pathlib.Path(path).name).write_text("example", "utf-8")
            if "ca_file" in text:
                bundle = find_one(all_objects()["published-page"], "ConfigMap")["data"]["ca.crt"]
                (keys / "ca.crt").write_text(bundle, "utf-8")
            text = re.sub(r"(_file: )\S+/", rf"\g<1>{directory}/", text)
            (keys / "config.yml").write_text(text, "utf-8")
            return subprocess.run(
                [EXPORTER, f"--config.file={directory}/config.yml", *arguments],
                capture_output=True,
                text=True,
                env=dict(os.environ, **environment))

    def test_trusts_the_authorities_of_the_values(self):
        config = find_one(all_objects()["published-page"], "ConfigMap")["data"]
        self.assertIn("ca_file: /etc/cloud-billing-exporter/ca.crt\n", config["config.yml"])
        self.assertIn("timeout: 20s", config["config.yml"])
        self.assertIn("-----BEGIN CERTIFICATE-----", config["ca.crt"])

    def test_accepts_the_configuration_and_the_flags(self):
        for name in all_objects():
            with self.subTest(values=name):
                text = self.config_of(name)
                if text is None:  # the ConfigMap is not the chart's
                    text = self.config_of("minimal")
                arguments = [
                    argument for argument in find_exporter(all_objects()[name])["args"]
                    if not argument.startswith(("--config.file=", "--web.config.file=",
                                                "--shard.index="))
                ]
                environment = {variable: "12345" for variable in re.findall(r"\$\{(\w+)\}", text)}
                answer = self.check(text, ["--check-config", *arguments], environment)
                self.assertEqual(answer.returncode, 0, answer.stderr)
                for account in re.findall(r"(?m)^  name: (\S+)", text):
                    self.assertIn(account, answer.stdout)

    def test_is_asked_before_an_upgrade_and_its_words_are_shown(self):
        values = TESTS / "values/minimal.yaml"
        for change, words in (("config.http.timeout=1m", ""),
                              ("config.aggregation.group_by={tag:team=team,tag:squad=team}",
                               'aggregation.group_by[1]: "tag:squad=team": label "team" is already another')):
            manifests = read_manifests(render(values, f"--set={change}"))
            pod, = find_hooks(manifests, "Pod", "pre-upgrade")
            config, = find_hooks(manifests, "ConfigMap", "pre-upgrade")
            arguments = [argument for argument in pod["spec"]["containers"][0]["args"]
                         if not argument.startswith("--config.file=")]
            with self.subTest(change=change):
                self.assertIn("--check-config", arguments)
                answer = self.check(config["data"]["config.yml"], arguments, {})
                self.assertEqual(answer.returncode, 1 if words else 0)
                self.assertIn(words, answer.stderr)

    def test_would_refuse_nothing_else_that_the_chart_lets_pass(self):
        """A refused configuration would take down the pod that works."""
        refused = set()
        for path in sorted(CONFIGURATIONS.glob("invalid-*.yml")):
            answer = render_configuration(path)
            if answer.returncode == 0:
                # Helm has taken duplicate keys, merge keys and the like out of it.
                config = find_one(read_manifests(answer.stdout), "ConfigMap")["data"]["config.yml"]
                if self.check(config, ["--check-config"], {"EXAMPLE_KEY": "example"}).returncode != 0:
                    refused.add(path.stem)
        self.assertEqual(refused, ONLY_THE_EXPORTER_SEES)

    def test_says_the_same_of_what_the_chart_refuses(self):
        """But for addresses, whose mistakes the chart does not tell apart, and clouds that it does not know."""
        other = set()
        for path in sorted(CONFIGURATIONS.glob("invalid-*.yml")):
            expected = re.findall(r"(?m)^# expect: \d+:\d+: (.*)", path.read_text("utf-8", "surrogateescape"))
            refusal = re.search(r"templates/statefulset\.yaml:\S+ config\.(.*)", render_configuration(path).stderr)
            if refusal and not any(line.startswith(refusal.group(1)) for line in expected):
                if "endpoint" not in path.stem and "fogcloud" not in refusal.group(1):
                    other.add(path.stem)
        self.assertEqual(other, OTHER_WORDS)

    def test_is_given_everything_that_the_project_shows(self):
        for path in sorted((REPOSITORY / "config").glob("*.yml")):
            if path.name != "web.example.yml":
                with self.subTest(configuration=path.name):
                    answer = render_configuration(path)
                    self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_has_every_flag_that_the_chart_names(self):
        known = check_docs.find_flags()
        ours = re.compile(r"--(?:check|config|log|once|probe|shard|state|web)\b[a-z.-]*[a-z]")
        for path in sorted(CHART.rglob("*")):
            if path.suffix in (".md", ".tpl", ".txt", ".yaml") and "dashboards" not in path.parts:
                with self.subTest(file=path.name):
                    self.assertLessEqual(set(ours.findall(path.read_text("utf-8"))), known)

    def test_has_every_configuration_key_of_the_schema_and_no_other(self):
        schema = json.loads((CHART / "values.schema.json").read_text("utf-8"))
        found = set()

        def collect(node):
            if "$ref" in node:
                collect(schema["definitions"][node["$ref"].rpartition("/")[2]])
            for key, child in node.get("properties", {}).items():
                found.add(key)
                collect(child)
            if "items" in node:
                collect(node["items"])

        collect(schema["properties"]["config"])
        self.assertEqual(found, check_docs.find_config_keys(left_out=["web_config.cc", "tls_config_reader.cc"]))

    def test_has_the_labels_that_the_chart_takes_for_taken(self):
        source = (REPOSITORY / "exporter/config/label_name.cc").read_text("utf-8")
        taken = {
            name
            for table in re.findall(r"Labels\{(.*?)\};", source, re.S)
            for name in re.findall(r'"(\w+)"', table)
        }
        rules = (CHART / "templates/_config_rules.tpl").read_text("utf-8")
        lists = re.findall(r'define "exporter\.(?:own|foreign)Labels" -\}\}\n(.*)\n', rules)
        self.assertEqual(set(" ".join(lists).split()), taken)

    def test_has_the_version_that_the_chart_installs(self):
        version = re.search(r'(?m)^appVersion: "(.*)"',
                            (CHART / "Chart.yaml").read_text("utf-8")).group(1)
        shown = subprocess.run([EXPORTER, "--version"], capture_output=True, text=True,
                               check=True).stdout
        self.assertIn(version, shown)


if __name__ == "__main__":
    unittest.main()
