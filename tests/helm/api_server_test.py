"""The chart's objects as a real API server takes them, and Helm's installations and upgrades in it.

Skipped if its programs are not on PATH; `PATH="$(scripts/fetch-api-server):$PATH"` brings them.
"""

import itertools
import json
import pathlib
import tempfile
import unittest

from api_server import PATHS, ApiServer, find_missing_programs
from chart import CHART, TESTS, all_objects, find_hooks, find_workload, is_hook, run_helm

# Here everything has to be as Pod Security's strictest level demands. The containers that values/escape-hatches.yaml
# adds, in its own namespace, are the user's own.
NAMESPACES = {"billing": "restricted", "monitoring": "restricted", "finance": "baseline"}


def copy(found):
    return json.loads(json.dumps(found))


def pod_of(workload):
    """The first pod that a StatefulSet would have."""
    template = copy(workload["spec"]["template"])
    name = f"{workload['metadata']['name']}-0"
    template["spec"].setdefault("volumes", []).extend(
        {"name": claim["metadata"]["name"], "persistentVolumeClaim": {"claimName": f"{claim['metadata']['name']}-{name}"}}
        for claim in workload["spec"].get("volumeClaimTemplates", []))
    return {"apiVersion": "v1", "kind": "Pod", "spec": template["spec"],
            "metadata": template["metadata"] | {"name": name, "namespace": workload["metadata"]["namespace"]}}


@unittest.skipIf(find_missing_programs(), f"not on PATH: {', '.join(find_missing_programs())}")
class ARealApiServer(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ApiServer())
        for name, level in NAMESPACES.items():
            cls.server.add_namespace(name, level)
        for path, found in (
                ("scheduling.k8s.io/v1/priorityclasses",
                 {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": "finance-high"},
                  "value": 1000}),
                ("node.k8s.io/v1/runtimeclasses",
                 {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "gvisor"}, "handler": "runsc"})):
            answer = cls.server.ask("POST", f"apis/{path}", found)
            assert answer.status == 201, answer.text

    def helm(self, *arguments):
        return run_helm(*arguments, "--namespace=billing", environment={"KUBECONFIG": str(self.server.kubeconfig)})

    def assert_taken(self, answer):
        self.assertIn(answer.status, (200, 201), answer.text)
        self.assertEqual(answer.warnings, [])

    def test_takes_every_object(self):
        for name, objects in all_objects().items():
            for found in objects:
                with self.subTest(values=name, kind=found["kind"], name=found["metadata"]["name"]):
                    found = copy(found)
                    found["metadata"].setdefault("namespace", "billing")
                    self.assert_taken(self.server.create(found, "&dryRun=All"))

    def test_refuses_a_field_that_it_does_not_know(self):
        """So that what it takes says something, of each kind."""
        seen = {}
        for found in itertools.chain.from_iterable(all_objects().values()):
            seen.setdefault(found["kind"], found)
        self.assertEqual(set(seen), set(PATHS))
        for kind, found in seen.items():
            found = copy(found)
            found["metadata"].setdefault("namespace", "billing")
            (found["spec"] if "spec" in found else found)["misspelt"] = {}
            with self.subTest(kind=kind):
                answer = self.server.create(found, "&dryRun=All")
                self.assertEqual(answer.status, 400)
                self.assertIn("misspelt", answer.text)

    def test_admits_every_pod(self):
        """Pods are admitted one by one, those of a StatefulSet when its controller makes them."""
        for name, objects in all_objects().items():
            for pod in (pod_of(find_workload(objects)), *find_hooks(objects, "Pod")):
                with self.subTest(values=name, name=pod["metadata"]["name"]):
                    self.assert_taken(self.server.create(pod, "&dryRun=All"))

    def test_refuses_a_pod_with_rights(self):
        pod = pod_of(find_workload(all_objects()["minimal"]))
        pod["spec"]["containers"][0]["securityContext"]["allowPrivilegeEscalation"] = True
        answer = self.server.create(pod, "&dryRun=All")
        self.assertEqual(answer.status, 403)
        self.assertIn("violates PodSecurity", answer.text)

    def test_has_a_release_of_every_values_file_that_the_same_upgrade_leaves_alone(self):
        for name, objects in all_objects().items():
            workload = find_workload(objects)
            place = ("StatefulSet", workload["metadata"]["namespace"], workload["metadata"]["name"])
            values = f"--values={TESTS / 'values' / name}.yaml"
            with self.subTest(values=name):
                # Without hooks: pods never run here.
                answer = self.helm("install", "release", str(CHART), values, "--no-hooks")
                self.assertEqual(answer.returncode, 0, answer.stderr)
                try:
                    self.assertNotIn("Warning", answer.stderr)
                    installed = self.server.read(*place)
                    answer = self.helm("upgrade", "release", str(CHART), values, "--no-hooks")
                    self.assertEqual(answer.returncode, 0, answer.stderr)
                    self.assertEqual(self.server.read(*place)["metadata"]["generation"],
                                     installed["metadata"]["generation"])
                finally:
                    answer = self.helm("uninstall", "release", "--no-hooks")
                    self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_has_every_upgrade_that_the_chart_lets_pass(self):
        """From each values file to each other; what the server forbids, the chart has to refuse with what to do."""
        workloads = {name: find_workload(objects) for name, objects in all_objects().items()}
        forbidden = 0
        for running, workload in workloads.items():
            place = (workload["metadata"]["namespace"], workload["metadata"]["name"])
            installed = copy(workload)
            installed["metadata"]["annotations"] = workload["metadata"].get("annotations", {}) | {
                "meta.helm.sh/release-name": "release", "meta.helm.sh/release-namespace": "billing"}
            self.assert_taken(self.server.create(installed))
            try:
                for name, other in workloads.items():
                    if (other["metadata"]["namespace"], other["metadata"]["name"]) != place:
                        continue
                    with self.subTest(running=running, values=name):
                        answer = self.server.replace(other, "&dryRun=All")
                        if answer.status == 422:
                            forbidden += 1
                            self.assertIn("updates to statefulset spec", answer.text)
                            refusal = self.helm("template", "release", str(CHART), "--dry-run=server",
                                                f"--values={TESTS / 'values' / name}.yaml")
                            self.assertNotEqual(refusal.returncode, 0)
                            self.assertRegex(refusal.stderr, "first: kubectl --namespace billing (scale|delete) ")
                        else:
                            self.assert_taken(answer)
            finally:
                self.assertEqual(self.server.delete(workload).status, 200)
        self.assertGreater(forbidden, 10)

    def test_takes_other_claims_after_the_step_that_the_chart_names(self):
        """The StatefulSet alone is deleted, and the same upgrade makes it anew beside what else there is of the release."""
        values = f"--values={TESTS / 'values/chart-made-files.yaml'}"
        grown = [values, "--set=state.persistence.size=1Gi", "--no-hooks"]
        self.assertEqual(self.helm("install", "release", str(CHART), values, "--no-hooks").returncode, 0)
        try:
            refusal = self.helm("upgrade", "release", str(CHART), *grown)
            self.assertNotEqual(refusal.returncode, 0)
            self.assertIn("--cascade=orphan", refusal.stderr)
            workload = find_workload(all_objects()["chart-made-files"])
            self.assertEqual(self.server.delete(workload).status, 200)
            answer = self.helm("upgrade", "release", str(CHART), *grown)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            found = self.server.read("StatefulSet", "billing", workload["metadata"]["name"])
            claim, = found["spec"]["volumeClaimTemplates"]
            self.assertEqual(claim["spec"]["resources"]["requests"]["storage"], "1Gi")
        finally:
            self.helm("uninstall", "release", "--no-hooks")

    def test_shows_a_web_configuration_to_the_chart(self):
        """The Secret asks for TLS, and the values do not say so: the pod would never get ready."""
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "cloud-billing-web", "namespace": "billing"},
                  "stringData": {"web-config.yml": "tls_server_config: {cert_file: tls.crt, key_file: tls.key}\n"}}
        self.assert_taken(self.server.create(secret))
        try:
            answer = self.helm("install", "release", str(CHART), "--dry-run=server",
                               f"--values={TESTS / 'values/password-without-tls.yaml'}")
            self.assertNotEqual(answer.returncode, 0)
            self.assertIn("web.configFile.tls: the file in the Secret cloud-billing-web turns on TLS", answer.stderr)
        finally:
            self.assertEqual(self.server.delete(secret).status, 200)


if __name__ == "__main__":
    unittest.main()
