"""The chart renders what it promises, for every file in values/, and refuses every file in invalid/.

With --update the golden files are written anew instead of being compared.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from chart import (CHART, DASHBOARDS, REPOSITORY, RULES, TESTS, build_strict_types, find_all, find_exporter, find_helm,
                   find_one, find_workload, read_manifests, render, run_helm, source_rules, values_files,
                   without_shared_files)
from cluster import Cluster
from values_table import README, readme_with_table, undocumented_values

sys.path.insert(0, str(REPOSITORY / "tests/checks"))
import check_docs  # noqa: E402

EXPORTER = os.environ["CLOUD_BILLING_EXPORTER"]
UPDATE = "--update" in sys.argv

objects = {}  # of every values file, by its name
texts = {}


def setUpModule():
    find_helm()
    build_strict_types()
    for path in values_files():
        texts[path.stem] = render(path)
        objects[path.stem] = read_manifests(texts[path.stem])


class EveryValuesFile(unittest.TestCase):

    def test_passes_the_linter(self):
        for path in [None, *values_files()]:
            with self.subTest(values=path and path.stem):
                answer = run_helm("lint", "--strict", str(CHART), *([f"--values={path}"] if path else []))
                self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_renders_what_the_golden_file_says(self):
        golden = TESTS / "golden"
        for name, text in texts.items():
            with self.subTest(values=name):
                path = golden / f"{name}.yaml"
                text = without_shared_files(text)
                if UPDATE:
                    path.write_text(text, "utf-8")
                self.assertTrue(path.exists(), f"{path} is missing; run chart_test.py --update")
                self.assertEqual(text, path.read_text("utf-8"))
        self.assertEqual({path.stem for path in golden.iterdir()}, set(texts))

    def test_gives_notes_that_name_the_release(self):
        for path in values_files():
            with self.subTest(values=path.stem):
                answer = run_helm("install", "release", str(CHART), "--namespace=billing", f"--values={path}",
                                  "--dry-run=client")
                self.assertEqual(answer.returncode, 0, answer.stderr)
                notes = answer.stdout.partition("NOTES:")[2]
                self.assertIn(find_workload(objects[path.stem])["metadata"]["name"], notes)
                self.assertNotIn("<no value>", answer.stdout)

    def test_never_has_a_key_in_anything_but_a_secret(self):
        for name, manifests in objects.items():
            for manifest in manifests:
                with self.subTest(values=name, kind=manifest["kind"]):
                    text = json.dumps(manifest)
                    self.assertNotIn("example-access-key-id", text)
                    self.assertNotIn("example-secret-access-key", text)
        made = find_one(objects["chart-made-files"], "Secret")
        self.assertEqual(made["data"]["baidu-sk"], "ZXhhbXBsZS1zZWNyZXQtYWNjZXNzLWtleQ==")

    def test_runs_hardened_and_without_a_token(self):
        for name, manifests in objects.items():
            for pod in [find_workload(manifests)["spec"]["template"]["spec"],
                        *(pod["spec"] for pod in find_all(manifests, "Pod"))]:
                with self.subTest(values=name):
                    self.assertIs(pod["automountServiceAccountToken"], False)
                    self.assertIs(pod["securityContext"]["runAsNonRoot"], True)
                    self.assertGreater(pod["securityContext"]["runAsUser"], 0)
                    self.assertEqual(pod["securityContext"]["seccompProfile"], {"type": "RuntimeDefault"})
                    for container in pod["containers"]:
                        if container["name"] not in ("exporter", "probe"):
                            continue  # the user's own
                        self.assertEqual(container["securityContext"], {
                            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                            "capabilities": {"drop": ["ALL"]}})
            for account in find_all(manifests, "ServiceAccount"):
                self.assertIs(account["automountServiceAccountToken"], False)

    def test_never_runs_two_pollers_of_a_shard_at_once(self):
        for name, manifests in objects.items():
            with self.subTest(values=name):
                workload = find_workload(manifests)
                if workload["kind"] == "Deployment":
                    self.assertEqual(workload["spec"]["replicas"], 1)
                    self.assertEqual(workload["spec"]["strategy"], {"type": "Recreate"})
                else:
                    arguments = find_exporter(manifests)["args"]
                    self.assertIn(f"--shard.count={workload['spec']['replicas']}", arguments)
                    self.assertIn("--shard.index=pod", arguments)

    def test_selects_exactly_the_pods_that_it_makes(self):
        for name, manifests in objects.items():
            workload = find_workload(manifests)
            labels = workload["spec"]["template"]["metadata"]["labels"]
            selectors = [workload["spec"]["selector"]["matchLabels"], find_one(manifests, "Service")["spec"]["selector"]]
            selectors += [found["spec"]["selector"]["matchLabels"] for found in find_all(manifests, "PodDisruptionBudget")]
            selectors += [found["spec"]["podSelector"]["matchLabels"] for found in find_all(manifests, "NetworkPolicy")]
            with self.subTest(values=name):
                for selector in selectors:
                    self.assertLessEqual(selector.items(), labels.items())
                for pod in find_all(manifests, "Pod"):
                    self.assertFalse(selectors[0].items() <= pod["metadata"]["labels"].items())
                for monitor in find_all(manifests, "ServiceMonitor"):
                    service = find_one(manifests, "Service")
                    self.assertLessEqual(monitor["spec"]["selector"]["matchLabels"].items(),
                                         service["metadata"]["labels"].items())
                    self.assertEqual(monitor["spec"]["namespaceSelector"]["matchNames"],
                                     [service["metadata"]["namespace"]])

    def test_mounts_every_volume_and_no_other(self):
        for name, manifests in objects.items():
            with self.subTest(values=name):
                workload = find_workload(manifests)["spec"]
                volumes = {volume["name"] for volume in workload["template"]["spec"]["volumes"]}
                volumes |= {claim["metadata"]["name"] for claim in workload.get("volumeClaimTemplates", [])}
                self.assertEqual({mount["name"] for mount in find_exporter(manifests)["volumeMounts"]}, volumes)


class Monitoring(unittest.TestCase):

    def endpoint(self, name):
        endpoint, = find_one(objects[name], "ServiceMonitor")["spec"]["endpoints"]
        return endpoint

    def test_instance_is_the_release_and_pod_is_dropped(self):
        relabelings = self.endpoint("monitoring")["relabelings"]
        self.assertIn({"action": "replace", "targetLabel": "instance", "replacement": "bills"}, relabelings)
        self.assertIn({"action": "labeldrop", "regex": "pod"}, relabelings)

    def test_instance_of_a_shard_is_the_name_of_its_pod(self):
        relabelings = self.endpoint("shards")["relabelings"]
        self.assertIn({"action": "replace", "targetLabel": "instance", "sourceLabels": ["__meta_kubernetes_pod_name"]},
                      relabelings)
        self.assertIn({"action": "labeldrop", "regex": "pod"}, relabelings)
        service = find_one(objects["shards"], "Service")
        self.assertEqual(service["spec"]["clusterIP"], "None")
        self.assertEqual(find_workload(objects["shards"])["spec"]["serviceName"], service["metadata"]["name"])

    def test_rules_are_those_of_the_project(self):
        rules = find_one(objects["monitoring"], "PrometheusRule")["spec"]["groups"]
        self.assertEqual(rules, source_rules())
        self.assertGreater(len(rules), 0)

    def test_rules_pass_promtool(self):
        for name in ("monitoring", "chinese-dashboards"):
            with self.subTest(values=name), tempfile.TemporaryDirectory() as directory:
                path = pathlib.Path(directory) / "rules.yml"
                path.write_text(json.dumps(find_one(objects[name], "PrometheusRule")["spec"]), "utf-8")
                answer = subprocess.run(["promtool", "check", "rules", path], capture_output=True, text=True)
                self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_alerts_can_be_labelled_and_left_out(self):
        alert = next(rule["alert"] for group in source_rules() for rule in group["rules"] if "alert" in rule)
        manifests = read_manifests(render(TESTS / "values/chinese-dashboards.yaml",
                                          f"--set=prometheusRule.disabledAlerts={{{alert}}}"))
        groups = find_one(manifests, "PrometheusRule")["spec"]["groups"]
        alerts = [rule for group in groups for rule in group["rules"] if "alert" in rule]
        self.assertNotIn(alert, {rule["alert"] for rule in alerts})
        self.assertEqual({rule["labels"]["team"] for rule in alerts} or {"finops"}, {"finops"})
        self.assertEqual(groups[-1]["name"], "own")

    def test_dashboards_are_those_of_the_project_in_the_chosen_language(self):
        for name, is_chosen in (("monitoring", lambda path: not path.stem.endswith(".zh")),
                                ("chinese-dashboards", lambda path: path.stem.endswith(".zh"))):
            with self.subTest(values=name):
                shown = {}
                for found in find_all(objects[name], "ConfigMap"):
                    if found["metadata"]["labels"].get("grafana_dashboard") == "1":
                        shown |= {key: json.loads(text) for key, text in found["data"].items()}
                wanted = {path.name: json.loads(path.read_text("utf-8"))
                          for path in DASHBOARDS.glob("*.json") if is_chosen(path)}
                self.assertEqual(shown, wanted)
                self.assertGreaterEqual(len(shown), 3)

    def test_a_probe_only_connects_where_client_certificates_are_required(self):
        for name, kind, scheme in (("client-certificates", "tcpSocket", None), ("tls-and-password", "httpGet", "HTTPS"),
                                   ("password-without-tls", "httpGet", "HTTP")):
            container = find_exporter(objects[name])
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                with self.subTest(values=name, probe=probe):
                    self.assertIn(kind, container[probe])
                    self.assertEqual(container[probe][kind].get("scheme"), scheme)


class TheExporter(unittest.TestCase):
    """What is rendered, given to the program itself."""

    def test_is_given_amounts_as_they_are_written(self):
        self.assertIn('budget: "12345678.9"', self.config_of("shards"))
        self.assertIn('budget: "1000000"', self.config_of("monitoring"))

    def config_of(self, name):
        for found in find_all(objects[name], "ConfigMap"):
            if "config.yml" in found.get("data", {}):
                return found["data"]["config.yml"]
        return None

    def check(self, text, arguments, environment):
        with tempfile.TemporaryDirectory() as directory:
            keys = pathlib.Path(directory)
            for path in re.findall(r"_file: (\S+)", text):
                (keys / pathlib.Path(path).name).write_text("example", "utf-8")
            text = re.sub(r"(_file: )\S+/", rf"\g<1>{directory}/", text)
            (keys / "config.yml").write_text(text, "utf-8")
            return subprocess.run([EXPORTER, f"--config.file={directory}/config.yml", "--check-config", *arguments],
                                  capture_output=True, text=True, env=dict(os.environ, **environment))

    def test_accepts_the_configuration_and_the_flags(self):
        for name in objects:
            with self.subTest(values=name):
                text = self.config_of(name)
                if text is None:  # the ConfigMap is not the chart's
                    text = self.config_of("minimal")
                arguments = [argument for argument in find_exporter(objects[name])["args"]
                             if not argument.startswith(("--config.file=", "--web.config.file=", "--shard.index="))]
                environment = {variable: "12345" for variable in re.findall(r"\$\{(\w+)\}", text)}
                answer = self.check(text, arguments, environment)
                self.assertEqual(answer.returncode, 0, answer.stderr)
                for account in re.findall(r"(?m)^  name: (\S+)", text):
                    self.assertIn(account, answer.stdout)

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
        self.assertEqual(found, check_docs.find_config_keys())

    def test_has_the_version_that_the_chart_installs(self):
        version = re.search(r'(?m)^appVersion: "(.*)"', (CHART / "Chart.yaml").read_text("utf-8")).group(1)
        shown = subprocess.run([EXPORTER, "--version"], capture_output=True, text=True, check=True).stdout
        self.assertIn(version, shown)


class WrongValues(unittest.TestCase):

    def test_are_refused_with_the_reason(self):
        for path in sorted((TESTS / "invalid").glob("*.yaml")):
            with self.subTest(values=path.stem):
                expected = path.read_text("utf-8").splitlines()[0].removeprefix("# expect: ")
                answer = run_helm("template", "release", str(CHART), f"--values={path}")
                self.assertNotEqual(answer.returncode, 0)
                self.assertIn(expected, answer.stderr)
                self.assertNotIn("nil pointer", answer.stderr)


class AnotherNumberOfShards(unittest.TestCase):
    """Pods of the old and of the new number would poll some accounts twice."""

    def upgrade(self, running, values, replicas):
        workload = json.loads(json.dumps(find_workload(objects[running])))
        workload["spec"]["replicas"] = replicas
        workload["metadata"]["annotations"] = {"meta.helm.sh/release-name": "release",
                                               "meta.helm.sh/release-namespace": "billing"}
        with Cluster(workload) as cluster, tempfile.TemporaryDirectory() as directory:
            kubeconfig = pathlib.Path(directory) / "kubeconfig"
            kubeconfig.write_text(cluster.kubeconfig, "utf-8")
            return run_helm("template", "release", str(CHART), "--namespace=billing", "--dry-run=server",
                            "--disable-openapi-validation",
                            f"--values={TESTS / 'values' / values}.yaml", environment={"KUBECONFIG": str(kubeconfig)})

    def test_is_refused_while_the_old_ones_run(self):
        for running, values, replicas, what in (("shards", "shards-without-persistence", 3, "statefulset"),
                                                ("shards", "minimal", 3, "statefulset"),
                                                ("minimal", "shards", 1, "deployment")):
            with self.subTest(running=running, values=values):
                answer = self.upgrade(running, values, replicas)
                self.assertNotEqual(answer.returncode, 0)
                self.assertIn(f"kubectl --namespace billing scale {what}/release-cloud-billing-exporter --replicas=0",
                              answer.stderr)

    def test_is_taken_when_they_have_ended(self):
        for running, values in (("shards", "shards-without-persistence"), ("shards", "minimal"), ("minimal", "shards")):
            with self.subTest(running=running, values=values):
                answer = self.upgrade(running, values, 0)
                self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_any_other_update_needs_no_such_step(self):
        for name in ("minimal", "shards", "shards-without-persistence"):
            with self.subTest(values=name):
                answer = self.upgrade(name, name, find_workload(objects[name])["spec"]["replicas"])
                self.assertEqual(answer.returncode, 0, answer.stderr)


class TheReadme(unittest.TestCase):

    def test_lists_every_value_with_its_default_and_meaning(self):
        readme = README.read_text("utf-8")
        if UPDATE:
            README.write_text(readme_with_table(readme), "utf-8")
            readme = README.read_text("utf-8")
        self.assertEqual(readme, readme_with_table(readme))
        self.assertEqual(undocumented_values(), [])

    def test_shows_values_that_render(self):
        block = re.search(r"```yaml\n(image:.*?)```", README.read_text("utf-8"), re.S).group(1)
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "values.yaml"
            path.write_text(block, "utf-8")
            self.assertGreater(len(read_manifests(render(path))), 5)


class ThePackage(unittest.TestCase):

    def test_without_rules_or_dashboards_is_refused(self):
        """As from a checkout that makes text files of symbolic links."""
        with tempfile.TemporaryDirectory() as directory:
            chart = pathlib.Path(directory) / "cloud-billing-exporter"
            shutil.copytree(CHART, chart, ignore=shutil.ignore_patterns("files"))
            (chart / "files").mkdir()
            for name, link in (("rules.yml", RULES), ("dashboards", DASHBOARDS)):
                (chart / "files" / name).write_text(f"../../../{link.relative_to(REPOSITORY)}", "utf-8")
            for value, expected in (("prometheusRule.enabled", "files/rules.yml holds no rules"),
                                    ("dashboards.enabled", "files/dashboards holds no dashboards")):
                with self.subTest(value=value):
                    answer = run_helm("template", "release", str(chart), f"--set={value}=true",
                                      f"--values={TESTS / 'values/minimal.yaml'}")
                    self.assertNotEqual(answer.returncode, 0)
                    self.assertIn(expected, answer.stderr)

    def test_is_whole_without_the_repository(self):
        values = TESTS / "values/monitoring.yaml"
        with tempfile.TemporaryDirectory() as directory:
            answer = run_helm("package", str(CHART), f"--destination={directory}")
            self.assertEqual(answer.returncode, 0, answer.stderr)
            package, = pathlib.Path(directory).glob("*.tgz")
            self.assertEqual(render(values, chart=package), texts["monitoring"])


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--update"])
