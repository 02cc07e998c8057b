"""The chart renders what it promises for every file in values/, and refuses every file in invalid/.

With --update the golden files and the READMEs' tables are written anew instead of being compared.
"""

import json
import pathlib
import re
import shutil
import sys
import tarfile
import tempfile
import unittest

from chart import (CHART, DASHBOARDS, REPOSITORY, RULES, TESTS, all_objects, all_texts, find_all, find_helm_3,
                   find_exporter, find_hooks, find_one, find_workload, read_manifests, render, run_helm,
                   values_files, without_shared_files)
from values_table import (CHINESE_README, README, readme_with_table, undocumented_values,
                          untranslated_values)

UPDATE = "--update" in sys.argv


def blocks_of(document, language=r"\w*"):
    return re.findall(rf"^```{language}\n(.*?)^```$", document, re.M | re.S)


def names_of_schema(node, definitions, path=""):
    """Every name that the schema has for a value; those of `config` and of what all charts share have other rules."""
    if "$ref" in node:
        node = definitions[node["$ref"].rpartition("/")[2]]
    for key, child in node.get("properties", {}).items():
        yield f"{path}.{key}"
        if f"{path}.{key}" not in (".config", ".global"):
            yield from names_of_schema(child, definitions, f"{path}.{key}")
    if "items" in node:
        yield from names_of_schema(node["items"], definitions, f"{path}[]")


def names_of_table(node, path=""):
    if isinstance(node, dict):
        for key, child in node.items():
            yield f"{path}.{key}"
            yield from names_of_table(child, f"{path}.{key}")
    elif isinstance(node, list):
        yield from names_of_table(node[0], f"{path}[]")


class EveryValuesFile(unittest.TestCase):
    def test_passes_the_linter(self):
        for path in [None, *values_files()]:
            with self.subTest(values=path and path.stem):
                answer = run_helm("lint", "--strict", str(CHART),
                                  *([f"--values={path}"] if path else []))
                self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_renders_what_the_golden_file_says(self):
        golden = TESTS / "golden"
        for name, text in all_texts().items():
            with self.subTest(values=name):
                path = golden / f"{name}.yaml"
                text = without_shared_files(text)
                if UPDATE:
                    path.write_text(text, "utf-8")
                self.assertTrue(path.exists(), f"{path} is missing; run chart_test.py --update")
                self.assertEqual(text, path.read_text("utf-8"))
        self.assertEqual({path.stem for path in golden.iterdir()}, set(all_texts()))

    def test_gives_notes_that_name_the_release(self):
        for path in values_files():
            with self.subTest(values=path.stem):
                answer = run_helm("install", "release", str(CHART), "--namespace=billing",
                                  f"--values={path}", "--dry-run=client")
                self.assertEqual(answer.returncode, 0, answer.stderr)
                notes = answer.stdout.partition("NOTES:")[2]
                self.assertIn(find_workload(all_objects()[path.stem])["metadata"]["name"], notes)
                self.assertNotIn("<no value>", answer.stdout)
                self.assertRegex(notes, " 采集 .*账号")

    def test_never_has_a_key_in_anything_but_a_secret(self):
        for name, manifests in all_objects().items():
            for manifest in manifests:
                with self.subTest(values=name, kind=manifest["kind"]):
                    text = json.dumps(manifest)
                    self.assertNotIn("example-access-key-id", text)
                    self.assertNotIn("example-secret-access-key", text)
        made = find_one(all_objects()["chart-made-files"], "Secret")
        self.assertEqual(made["data"]["baidu-sk"], "ZXhhbXBsZS1zZWNyZXQtYWNjZXNzLWtleQ==")

    def test_runs_hardened_and_without_a_token(self):
        for name, manifests in all_objects().items():
            for pod in [
                    find_workload(manifests)["spec"]["template"]["spec"],
                    *(pod["spec"] for pod in find_hooks(manifests, "Pod"))
            ]:
                with self.subTest(values=name):
                    self.assertIs(pod["automountServiceAccountToken"], False)
                    self.assertIs(pod["securityContext"]["runAsNonRoot"], True)
                    if name != "openshift":  # the cluster chooses
                        self.assertGreater(pod["securityContext"]["runAsUser"], 0)
                    self.assertEqual(pod["securityContext"]["seccompProfile"],
                                     {"type": "RuntimeDefault"})
                    for container in pod["containers"]:
                        if container["name"] not in ("exporter", "healthy", "ready", "access", "check"):
                            continue  # the user's own
                        self.assertEqual(
                            container["securityContext"], {
                                "allowPrivilegeEscalation": False,
                                "readOnlyRootFilesystem": True,
                                "capabilities": {
                                    "drop": ["ALL"]
                                }
                            })
            for account in find_all(manifests, "ServiceAccount"):
                self.assertIs(account["automountServiceAccountToken"], False)

    def test_leaves_users_and_groups_to_the_cluster_where_told(self):
        manifests = all_objects()["openshift"]
        for pod in [
                find_workload(manifests)["spec"]["template"]["spec"],
                *(pod["spec"] for pod in find_hooks(manifests, "Pod"))
        ]:
            self.assertFalse({"runAsUser", "runAsGroup", "fsGroup"} & set(pod["securityContext"]))

    def test_never_runs_two_pollers_of_a_shard_at_once(self):
        for name, manifests in all_objects().items():
            with self.subTest(values=name):
                workload = find_workload(manifests)  # a StatefulSet, which has no two pods of one number
                arguments = find_exporter(manifests)["args"]
                if workload["spec"]["replicas"] > 1:
                    self.assertIn(f"--shard.count={workload['spec']['replicas']}", arguments)
                    self.assertIn("--shard.index=pod", arguments)
                else:
                    self.assertFalse([argument for argument in arguments if "shard" in argument])

    def test_has_a_claim_for_each_pod_if_told(self):
        for name, size, policy in (("chart-made-files", "256Mi", None),
                                   ("shards", "1Gi", {"whenDeleted": "Delete", "whenScaled": "Delete"})):
            with self.subTest(values=name):
                spec = find_workload(all_objects()[name])["spec"]
                claim, = spec["volumeClaimTemplates"]
                self.assertEqual(claim["spec"]["resources"]["requests"]["storage"], size)
                self.assertEqual(spec.get("persistentVolumeClaimRetentionPolicy"), policy)
        for name in ("minimal", "csi-files"):
            with self.subTest(values=name):
                self.assertNotIn("volumeClaimTemplates", find_workload(all_objects()[name])["spec"])
        self.assertIn({"name": "state", "persistentVolumeClaim": {"claimName": "bills-state"}},
                      find_workload(all_objects()["csi-files"])["spec"]["template"]["spec"]["volumes"])

    def test_selects_exactly_the_pods_that_it_makes(self):
        for name, manifests in all_objects().items():
            workload = find_workload(manifests)
            labels = workload["spec"]["template"]["metadata"]["labels"]
            selectors = [
                workload["spec"]["selector"]["matchLabels"],
                find_one(manifests, "Service")["spec"]["selector"]
            ]
            selectors += [
                found["spec"]["selector"]["matchLabels"]
                for found in find_all(manifests, "PodDisruptionBudget")
            ]
            selectors += [
                found["spec"]["podSelector"]["matchLabels"]
                for found in find_all(manifests, "NetworkPolicy")
            ]
            with self.subTest(values=name):
                for selector in selectors:
                    self.assertLessEqual(selector.items(), labels.items())
                for pod in find_hooks(manifests, "Pod"):
                    self.assertFalse(selectors[0].items() <= pod["metadata"]["labels"].items())
                for monitor in find_all(manifests, "ServiceMonitor"):
                    service = find_one(manifests, "Service")
                    self.assertLessEqual(monitor["spec"]["selector"]["matchLabels"].items(),
                                         service["metadata"]["labels"].items())
                    self.assertEqual(monitor["spec"]["namespaceSelector"]["matchNames"],
                                     [service["metadata"]["namespace"]])

    def test_mounts_every_volume_and_no_other(self):
        for name, manifests in all_objects().items():
            with self.subTest(values=name):
                workload = find_workload(manifests)["spec"]
                volumes = {volume["name"] for volume in workload["template"]["spec"]["volumes"]}
                volumes |= {
                    claim["metadata"]["name"] for claim in workload.get("volumeClaimTemplates", [])
                }
                self.assertEqual(
                    {mount["name"] for mount in find_exporter(manifests)["volumeMounts"]}, volumes)


class ThePublishedPage(unittest.TestCase):
    PATHS = ["/", "/accounts.csv", "/services.csv"]

    def test_is_the_page_and_its_files_and_nothing_else(self):
        objects = all_objects()["published-page"]
        service = find_one(objects, "Service")
        name, port = service["metadata"]["name"], service["spec"]["ports"][0]
        rules = find_one(objects, "Ingress")["spec"]["rules"]
        self.assertEqual([rule["host"] for rule in rules], ["bills.example.com", "costs.example.com"])
        for rule in rules:
            self.assertEqual([(path["path"], path["pathType"]) for path in rule["http"]["paths"]],
                             [(path, "Exact") for path in self.PATHS])
            for path in rule["http"]["paths"]:
                self.assertEqual(path["backend"]["service"], {"name": name, "port": {"name": port["name"]}})
        rule, = find_one(objects, "HTTPRoute")["spec"]["rules"]
        self.assertEqual([match["path"] for match in rule["matches"]],
                         [{"type": "Exact", "value": path} for path in self.PATHS])
        self.assertEqual(rule["backendRefs"], [{"name": name, "port": port["port"]}])

    def test_is_not_published_unless_told(self):
        self.assertEqual(find_all(all_objects()["minimal"], "Ingress") + find_all(all_objects()["minimal"], "HTTPRoute"), [])

    def test_comes_from_a_service_with_the_fields_of_the_values(self):
        for name, fields in (("published-page", {"type": "LoadBalancer", "loadBalancerClass": "example.com/internal",
                                                 "loadBalancerIP": "10.1.2.3", "loadBalancerSourceRanges": ["10.0.0.0/8"]}),
                             ("escape-hatches", {"clusterIP": "10.96.7.7", "externalIPs": ["192.0.2.7"],
                                                 "externalTrafficPolicy": "Local", "internalTrafficPolicy": "Cluster",
                                                 "ipFamilies": ["IPv4", "IPv6"], "sessionAffinity": "None"})):
            with self.subTest(values=name):
                self.assertLessEqual(fields.items(), find_one(all_objects()[name], "Service")["spec"].items())


class TheImage(unittest.TestCase):

    def test_comes_from_the_registry_of_the_installation(self):
        for found in [find_workload(all_objects()["published-page"])["spec"]["template"],
                      *find_hooks(all_objects()["published-page"], "Pod")]:
            for container in found["spec"]["containers"]:
                self.assertTrue(container["image"].startswith("registry.example.com/cloud-billing-exporter:"))
            self.assertEqual(found["spec"]["imagePullSecrets"], [{"name": "registry-login"}, {"name": "other-login"}])

    def test_is_the_one_of_the_digest_if_there_is_one(self):
        self.assertRegex(find_exporter(all_objects()["escape-hatches"])["image"],
                         r"^registry.example.com:5000/finance/cloud-billing-exporter@sha256:[0-9a-f]{64}$")


class TheCheckBeforeAnUpgrade(unittest.TestCase):

    def test_has_what_the_exporter_will_have(self):
        for name, manifests in all_objects().items():
            pod, = find_hooks(manifests, "Pod", "pre-upgrade")
            with self.subTest(values=name):
                check, = pod["spec"]["containers"]
                exporter = find_exporter(manifests)
                for field in ("image", "imagePullPolicy", "env", "securityContext", "resources"):
                    self.assertEqual(check.get(field), exporter.get(field))
                self.assertEqual(check["volumeMounts"],
                                 [mount for mount in exporter["volumeMounts"] if mount["name"] != "state"])
                self.assertEqual({mount["name"] for mount in check["volumeMounts"]},
                                 {volume["name"] for volume in pod["spec"]["volumes"]})
                self.assertLessEqual({argument for argument in check["args"] if "config.file" in argument},
                                     set(exporter["args"]))
                self.assertEqual(pod["spec"]["restartPolicy"], "Never")

    def test_sees_the_new_configuration_and_keys_not_those_that_are_installed(self):
        manifests = all_objects()["chart-made-files"]
        pod, = find_hooks(manifests, "Pod", "pre-upgrade")
        for kind, volume in (("ConfigMap", "configMap"), ("Secret", "secret")):
            with self.subTest(kind=kind):
                installed, (new,) = find_one(manifests, kind), find_hooks(manifests, kind)
                self.assertEqual(new["data"], installed["data"])
                self.assertNotEqual(new["metadata"]["name"], installed["metadata"]["name"])
                names = [found[volume].get("name") or found[volume].get("secretName")
                         for found in pod["spec"]["volumes"] if volume in found]
                self.assertEqual(names, [new["metadata"]["name"]])
                weights = [int(found["metadata"]["annotations"]["helm.sh/hook-weight"]) for found in (new, pod)]
                self.assertLess(*weights)
                self.assertIn("hook-succeeded", new["metadata"]["annotations"]["helm.sh/hook-delete-policy"])

    def test_shows_what_the_exporter_says(self):
        pod, = find_hooks(all_objects()["minimal"], "Pod", "pre-upgrade")
        annotations = pod["metadata"]["annotations"]
        self.assertEqual(annotations["helm.sh/hook-output-log-policy"], "hook-failed")
        self.assertNotIn("hook-failed", annotations["helm.sh/hook-delete-policy"])  # kubectl logs
        self.assertEqual(pod["spec"]["containers"][0]["terminationMessagePolicy"], "FallbackToLogsOnError")

    def test_depends_on_no_object_that_the_upgrade_may_bring(self):
        """Argo CD and the like run it before an installation too."""
        for name, account in (("minimal", "default"), ("escape-hatches", "default"), ("openshift", "default"),
                              ("csi-files", "keys")):
            with self.subTest(values=name):
                pod, = find_hooks(all_objects()[name], "Pod", "pre-upgrade")
                self.assertEqual(pod["spec"]["serviceAccountName"], account)

    def test_can_be_left_out(self):
        manifests = read_manifests(render(TESTS / "values/chart-made-files.yaml", "--set=configCheck.enabled=false"))
        self.assertEqual([found["metadata"]["name"] for found in manifests
                          if "pre-upgrade" in json.dumps(found["metadata"])], [])


class TheTestOfARelease(unittest.TestCase):

    def test_asks_whether_the_exporter_works_and_is_ready_for_up_to_a_minute(self):
        for name in ("minimal", "shards", "tls-and-password", "escape-hatches"):
            objects = all_objects()[name]
            pod, = find_hooks(objects, "Pod", "test")
            service, (ready,) = find_one(objects, "Service"), find_hooks(objects, "Service", "test")
            with self.subTest(values=name):
                self.assertEqual(pod["spec"]["restartPolicy"], "OnFailure")
                self.assertEqual(pod["spec"]["activeDeadlineSeconds"], 60)
                asked = {container["name"]: [argument for argument in container["args"] if "address" in argument]
                         for container in pod["spec"]["containers"]}
                namespace, port = service["metadata"]["namespace"], service["spec"]["ports"][0]["port"]
                self.assertEqual(asked, {kind: [f"--web.listen-address={found['metadata']['name']}.{namespace}.svc:{port}"]
                                         for kind, found in (("healthy", service), ("ready", ready))})
                # To this one only pods belong whose /-/ready was answered.
                self.assertNotIn("publishNotReadyAddresses", ready["spec"])
                self.assertEqual(ready["spec"]["selector"], service["spec"]["selector"])
                self.assertEqual(find_exporter(objects)["readinessProbe"]["httpGet"]["path"], "/-/ready")
                for monitor in find_all(objects, "ServiceMonitor"):
                    self.assertFalse(monitor["spec"]["selector"]["matchLabels"].items() <=
                                     ready["metadata"]["labels"].items())

    def test_asks_the_clouds_if_told(self):
        objects = all_objects()["chart-made-secret"]
        access, = (pod for pod in find_hooks(objects, "Pod", "test") if pod["metadata"]["name"].endswith("-access"))
        container, = access["spec"]["containers"]
        self.assertIn("--check-access", container["args"])
        exporter = find_exporter(objects)
        self.assertEqual(container["envFrom"], exporter["envFrom"])
        self.assertEqual(container["volumeMounts"], exporter["volumeMounts"])
        self.assertEqual(len(find_hooks(all_objects()["minimal"], "Pod", "test")), 1)


class AChangedConfiguration(unittest.TestCase):

    def test_is_taken_over_without_a_restart(self):
        """The pod template stays as it is, and the exporter looks for itself."""
        values = TESTS / "values/minimal.yaml"
        templates = [find_workload(read_manifests(render(values, *arguments)))["spec"]["template"]
                     for arguments in ([], ["--set=config.http.timeout=1m"])]
        self.assertEqual(*templates)
        self.assertIn("--config.auto-reload-interval=30s", find_exporter(all_objects()["minimal"])["args"])
        self.assertIn("--config.auto-reload-interval=1m30s", find_exporter(all_objects()["shards"])["args"])

    def test_restarts_the_pod_if_it_is_a_variable(self):
        values = TESTS / "values/chart-made-secret.yaml"
        templates = [find_workload(read_manifests(render(values, *arguments)))["spec"]["template"]
                     for arguments in ([], ["--set=credentials.data.BAIDU_AK=other"])]
        self.assertNotEqual(*templates)


class WrongValues(unittest.TestCase):
    def test_are_refused_with_the_reason(self):
        for path in sorted((TESTS / "invalid").glob("*.yaml")):
            with self.subTest(values=path.stem):
                expected = path.read_text("utf-8").splitlines()[0].removeprefix("# expect: ")
                answer = run_helm("template", "release", str(CHART), f"--values={path}")
                self.assertNotEqual(answer.returncode, 0)
                self.assertIn(expected, answer.stderr)
                self.assertNotIn("plain-text-secret", answer.stdout + answer.stderr)
                for words in ("nil pointer", "does not match pattern", "failed\n", "false schema", "propertyName",
                              "additional properties"):
                    self.assertNotIn(words, answer.stderr)

    def test_are_shown_by_the_linter_too(self):
        for name in ("misspelt-value", "top-level-value-that-may-be-a-key", "interval-of-zero", "two-sources-of-keys",
                     "shards-as-text"):
            with self.subTest(values=name):
                path = TESTS / f"invalid/{name}.yaml"
                expected = path.read_text("utf-8").splitlines()[0].removeprefix("# expect: ")
                answer = run_helm("lint", str(CHART), f"--values={path}")
                self.assertNotEqual(answer.returncode, 0)
                self.assertIn("refused: " + expected, (answer.stdout + answer.stderr).replace('\\"', '"'))
                self.assertNotIn("plain-text-secret", answer.stdout + answer.stderr)


class AChartAboveThisOne(unittest.TestCase):

    def test_may_turn_it_on_and_off(self):
        """By a condition of its own, which Helm looks for in this chart's values."""
        with tempfile.TemporaryDirectory() as directory:
            parent = pathlib.Path(directory) / "portal"
            shutil.copytree(CHART, parent / "charts/cloud-billing-exporter")
            (parent / "Chart.yaml").write_text(
                "{apiVersion: v2, name: portal, version: 1.0.0, dependencies: [{name: cloud-billing-exporter, version: '*', "
                "condition: cloud-billing-exporter.enabled}]}", "utf-8")
            account = {"name": "a", "provider": "baidu", "access_key_id_file": "/k", "secret_access_key_file": "/s"}
            for enabled in (True, False):
                (parent / "values.yaml").write_text(
                    json.dumps({"cloud-billing-exporter": {"enabled": enabled, "config": {"accounts": [account]}}}), "utf-8")
                answer = run_helm("template", "release", str(parent))
                with self.subTest(enabled=enabled):
                    self.assertEqual(answer.returncode, 0, answer.stderr)
                    self.assertEqual("kind: StatefulSet" in answer.stdout, enabled)


class AValueThatIsTakenAway(unittest.TestCase):

    def test_means_the_default(self):
        """As `http:` without anything in a values file, where Helm takes the chart's own away."""
        values = TESTS / "values/minimal.yaml"
        for path in ("global", "config.http", "config.polling", "config.account_defaults", "podSecurityContext", "affinity",
                     "serviceMonitor.labels", "state.persistence.annotations"):
            with self.subTest(value=path):
                text = render(values, f"--set={path}=null")
                self.assertGreater(len(read_manifests(text)), 4)


class TheReadme(unittest.TestCase):
    def test_lists_every_value_with_its_default_and_meaning(self):
        self.assertEqual(undocumented_values(), [])
        self.assertEqual(untranslated_values(), [])
        for language, path in enumerate((README, CHINESE_README)):
            readme = path.read_text("utf-8")
            if UPDATE:
                path.write_text(readme_with_table(readme, language), "utf-8")
                readme = path.read_text("utf-8")
            self.assertEqual(readme, readme_with_table(readme, language))

    def test_says_the_same_in_both_languages(self):
        """Levels of headings, and blocks but for their comments."""
        shapes = []
        for path in (README, CHINESE_README):
            readme = path.read_text("utf-8")
            blocks = blocks_of(readme)
            headings = re.findall(r"^(#+) ", re.sub(r"```.*?```", "", readme, flags=re.S), re.M)
            shapes.append((headings, [re.sub(r" *#.*", "", block) for block in blocks]))
        self.assertEqual(*shapes)

    def test_shows_values_that_render(self):
        blocks = [block for block in blocks_of(README.read_text("utf-8"), "yaml")
                  if not block.startswith("scrape_configs:")]
        self.assertGreaterEqual(len(blocks), 8)
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "values.yaml"
            for block in blocks:
                with self.subTest(values=block):
                    path.write_text(block, "utf-8")
                    text = render(TESTS / "values/minimal.yaml", f"--values={path}")
                    self.assertGreater(len(read_manifests(text)), 4)


class TheDocuments(unittest.TestCase):
    def test_show_manifests_of_kubernetes_types(self):
        for path in ("docs/kubernetes.md", "docs/zh/kubernetes.md"):
            manifests, = (block for block in blocks_of((REPOSITORY / path).read_text("utf-8"), "yaml")
                          if block.startswith("apiVersion:"))
            with self.subTest(document=path):
                self.assertEqual([found["kind"] for found in read_manifests(manifests)],
                                 ["StatefulSet", "Service"])

    def test_show_values_that_render(self):
        for path in ("docs/kubernetes.md", "docs/zh/kubernetes.md"):
            values, = (block for block in blocks_of((REPOSITORY / path).read_text("utf-8"), "yaml")
                       if block.startswith("image:"))
            with self.subTest(document=path), tempfile.TemporaryDirectory() as directory:
                file = pathlib.Path(directory) / "values.yaml"
                file.write_text(values, "utf-8")
                self.assertGreater(len(read_manifests(render(file))), 5)


class ThePackage(unittest.TestCase):
    def test_without_rules_or_dashboards_is_refused(self):
        """As from a checkout that makes text files of symbolic links."""
        with tempfile.TemporaryDirectory() as directory:
            chart = pathlib.Path(directory) / "cloud-billing-exporter"
            shutil.copytree(CHART, chart, ignore=shutil.ignore_patterns("files"))
            (chart / "files").mkdir()
            for name, link in (("rules.yml", RULES / "rules.yml"), ("rules.zh.yml", RULES / "rules.zh.yml"),
                               ("dashboards", DASHBOARDS)):
                (chart / "files" / name).write_text(f"../../../{link.relative_to(REPOSITORY)}",
                                                    "utf-8")
            for value, expected in (
                    ("prometheusRule.enabled=true", "files/rules.yml holds no rules"),
                    ("prometheusRule.enabled=true,prometheusRule.language=zh", "files/rules.zh.yml holds no rules"),
                    ("dashboards.enabled=true", "files/dashboards holds no dashboards")):
                with self.subTest(value=value):
                    answer = run_helm("template", "release", str(chart), f"--set={value}",
                                      f"--values={TESTS / 'values/minimal.yaml'}")
                    self.assertNotEqual(answer.returncode, 0)
                    self.assertIn(expected, answer.stderr)

    def test_is_whole_without_the_repository(self):
        values = TESTS / "values/monitoring.yaml"
        with tempfile.TemporaryDirectory() as directory:
            package = self.make_package(directory)
            self.assertEqual(render(values, chart=package), all_texts()["monitoring"])

    def test_holds_what_belongs_to_it_and_nothing_else(self):
        templates = {f"templates/{path.relative_to(CHART / 'templates')}"
                     for path in (CHART / "templates").rglob("*") if path.is_file()}
        dashboards = {f"files/dashboards/{path.name}" for path in DASHBOARDS.glob("*.json")}
        with tempfile.TemporaryDirectory() as directory, tarfile.open(self.make_package(directory)) as archive:
            names = {name.removeprefix(f"{CHART.name}/") for name in archive.getnames()}
            license_text = archive.extractfile(f"{CHART.name}/LICENSE").read()
        self.assertEqual(names, templates | dashboards | {
            "Chart.yaml", "LICENSE", "README.md", "README.zh.md", ".helmignore", "files/rules.yml", "files/rules.zh.yml",
            "values.schema.json", "values.yaml"})
        self.assertEqual(license_text, (REPOSITORY / "LICENSE").read_bytes())

    def test_has_no_link_that_leads_out_of_it(self):
        with tempfile.TemporaryDirectory() as directory, tarfile.open(self.make_package(directory)) as archive:
            names = {name.removeprefix(f"{CHART.name}/") for name in archive.getnames()}
            for page in ("README.md", "README.zh.md"):
                text = archive.extractfile(f"{CHART.name}/{page}").read().decode()
                links = re.findall(r"\]\(([^)]+)\)", re.sub(r"```.*?```", "", text, flags=re.S))
                self.assertGreaterEqual(len(links), 2)
                for link in links:
                    with self.subTest(page=page, link=link):
                        path, _, section = link.partition("#")
                        self.assertIn(path or page, names)
                        headings = {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
                                    for heading in re.findall(r"(?m)^#+ (.*)", text)}
                        self.assertIn(section or "values", headings | {"values"})
                # Files of the project that it names are there.
                for path in re.findall(r"`((?:docs|config)/[\w./-]+)`", text):
                    self.assertTrue((REPOSITORY / path).exists(), path)

    def test_says_whose_it_is_without_a_host_that_is_not_ours(self):
        text = (CHART / "Chart.yaml").read_text("utf-8")
        for key in ("home", "sources", "maintainers", "icon", "annotations"):
            self.assertRegex(text, rf"(?m)^{key}:")
        self.assertEqual(set(re.findall(r"(?:https?://|@)([\w.-]+)", text.replace("http://www.w3.org", ""))),
                         {"cloud-billing-exporter.invalid"})
        version = re.search(r'(?m)^appVersion: "(.*)"', text).group(1)
        self.assertIn(f"image: cloud-billing-exporter:{version}\n", text)
        page = (REPOSITORY / "exporter/status_page/page_head.cc").read_text("utf-8")
        icon = re.search(r'(?m)^icon: "(.*)"', text).group(1)
        self.assertIn(icon, re.sub(r'"\s*\n\s*"', "", page))

    def test_has_a_schema_that_takes_its_own_values(self):
        """And is one: the linter reads it, and refuses what has the wrong type. Editors offer its names, which are those
        that the templates know."""
        schema = json.loads((CHART / "values.schema.json").read_text("utf-8"))
        self.assertEqual(schema["$schema"], "http://json-schema.org/draft-07/schema#")
        top = set(re.findall(r"(?m)^([a-zA-Z]+):", (CHART / "values.yaml").read_text("utf-8")))
        self.assertEqual(top, set(schema["properties"]))
        self.assertEqual(set(names_of_schema(schema, schema["definitions"])), set(names_of_table(self.known_values())))
        defined, used = set(schema["definitions"]), set(re.findall(r"#/definitions/(\w+)", json.dumps(schema)))
        self.assertEqual(defined, used)

    def known_values(self):
        """The table of names in the templates, by a template of the user's."""
        manifest = ("{apiVersion: v1, kind: ConfigMap, metadata: {name: known}, "
                    'data: {known: {{ include "exporter.knownValues" . | fromYaml | toJson | quote }}}}')
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "values.yaml"
            path.write_text(json.dumps({"extraManifests": [manifest]}), "utf-8")
            objects = read_manifests(render(TESTS / "values/minimal.yaml", f"--values={path}"))
        table, = (found["data"]["known"] for found in objects if found["metadata"]["name"] == "known")
        return json.loads(table)

    def test_renders_the_same_with_helm_3(self):
        helm = find_helm_3()
        if not helm:
            self.skipTest("there is no Helm 3 (helm3, or helm, on PATH)")
        for path in values_files():
            texts = []
            for program in (helm, None):
                answer = run_helm("template", "release", str(CHART), "--namespace=billing", f"--values={path}",
                                  "--kube-version=1.34.0", program=program)
                texts.append((answer.returncode, answer.stdout))
            with self.subTest(values=path.stem):
                self.assertEqual(*texts)
                self.assertEqual(texts[0][0], 0)

    def make_package(self, directory):
        answer = run_helm("package", str(CHART), f"--destination={directory}")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        package, = pathlib.Path(directory).glob("*.tgz")
        return package


if __name__ == "__main__":
    unittest.main(argv=[argument for argument in sys.argv if argument != "--update"])
