"""An upgrade of a release that runs: what Kubernetes would refuse, or what would poll an account twice."""

import base64
import json
import pathlib
import tempfile
import unittest

from chart import CHART, TESTS, all_objects, find_workload, run_helm
from cluster import Cluster

NAME = "release-cloud-billing-exporter"


def upgrade(running, values, *arguments):
    """Renders `values` beside what runs: the workload, or a Secret."""
    running = json.loads(json.dumps(running))
    running["metadata"]["annotations"] = {
        "meta.helm.sh/release-name": "release",
        "meta.helm.sh/release-namespace": "billing"
    }
    with Cluster(running) as cluster, tempfile.TemporaryDirectory() as directory:
        kubeconfig = pathlib.Path(directory) / "kubeconfig"
        kubeconfig.write_text(cluster.kubeconfig, "utf-8")
        return run_helm("template", "release", str(CHART), "--namespace=billing", "--dry-run=server",
                        "--disable-openapi-validation", f"--values={TESTS / 'values' / values}.yaml", *arguments,
                        environment={"KUBECONFIG": str(kubeconfig)})


def stateful_set(name, **spec):
    """The StatefulSet of a file in values/, with what the API server adds to its claims."""
    found = json.loads(json.dumps(find_workload(all_objects()[name])))
    found["spec"].update(spec)
    for claim in found["spec"].get("volumeClaimTemplates", []):
        claim["spec"]["volumeMode"] = "Filesystem"
        claim["status"] = {"phase": "Pending"}
    return found


class AnUpgrade(unittest.TestCase):

    def assert_refused(self, answer, reason, command):
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn(reason, answer.stderr)
        self.assertIn(f"first: kubectl --namespace billing {command}", answer.stderr)

    def test_to_another_number_of_shards_is_refused_while_the_old_ones_run(self):
        for running, values, replicas in (("shards", "shards-without-persistence", 3), ("shards", "minimal", 3),
                                          ("minimal", "shards", 1)):
            with self.subTest(running=running, values=values):
                self.assert_refused(upgrade(stateful_set(running, replicas=replicas), values),
                                    f"shards: {replicas} run", f"scale statefulset/{NAME} --replicas=0")

    def test_to_another_number_of_shards_is_taken_when_they_have_ended(self):
        for values, shards in (("minimal", "3"), ("shards-without-persistence", "1")):
            with self.subTest(values=values):
                answer = upgrade(stateful_set(values, replicas=0), values, f"--set=shards={shards}")
                self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_of_the_same_kind_needs_no_step(self):
        for name in ("minimal", "shards", "shards-without-persistence", "chart-made-files"):
            with self.subTest(values=name):
                answer = upgrade(stateful_set(name), name)
                self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_to_other_claims_is_refused_with_what_to_do(self):
        """Kubernetes says: updates to statefulset spec for fields other than ... are forbidden."""
        for name, change in (("shards", "state.persistence.size=2Gi"), ("shards", "state.persistence.enabled=false"),
                             ("shards", "state.persistence.storageClass=slow"),
                             ("shards", "state.persistence.storageClass="),
                             ("shards", "state.persistence.annotations.a=b"),
                             ("shards", "state.persistence.accessModes={ReadWriteOncePod}"),
                             ("shards", "state.enabled=false,state.persistence.enabled=false"),
                             ("minimal", "state.persistence.enabled=true")):
            with self.subTest(values=name, change=change):
                self.assert_refused(upgrade(stateful_set(name), name, f"--set={change}"), "state.persistence",
                                    f"delete statefulset/{NAME} --cascade=orphan")

    def test_to_the_same_size_in_other_words_needs_no_step(self):
        for size in ("1024Mi", "1048576Ki", "1.0Gi"):
            with self.subTest(size=size):
                answer = upgrade(stateful_set("shards"), "shards", f"--set-string=state.persistence.size={size}")
                self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_from_the_shards_of_version_0_1_is_refused_with_what_to_do(self):
        self.assert_refused(upgrade(stateful_set("shards", serviceName=f"{NAME}-shards"), "shards"),
                            "the name of its Service", f"delete statefulset/{NAME} --cascade=orphan")

    def test_to_other_labels_of_the_pods_is_refused_with_what_to_do(self):
        answer = upgrade(stateful_set("minimal"), "minimal", "--set=nameOverride=bills",
                         f"--set=fullnameOverride={NAME}")
        self.assert_refused(answer, "nameOverride", f"delete statefulset/{NAME}")

    def test_from_the_deployment_of_version_0_1_waits_for_its_end(self):
        deployment = {"apiVersion": "apps/v1", "kind": "Deployment",
                      "metadata": {"name": NAME, "namespace": "billing"}, "spec": {"replicas": 1}}
        self.assert_refused(upgrade(deployment, "minimal"), "the Deployment of version 0.1 runs",
                            f"scale deployment/{NAME} --replicas=0")
        deployment["spec"]["replicas"] = 0
        answer = upgrade(deployment, "minimal")
        self.assertEqual(answer.returncode, 0, answer.stderr)


class AWebConfiguration(unittest.TestCase):
    """The pod would stay at 0/1: its probes ask in another way than the file says."""

    def install(self, file, values, *arguments):
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "cloud-billing-web", "namespace": "billing"},
                  "data": {"web-config.yml": base64.b64encode(file.encode()).decode()}}
        return upgrade(secret, values, *arguments)

    TLS = "tls_server_config: {cert_file: tls.crt, key_file: tls.key}\n"
    CLIENTS = ("tls_server_config: {cert_file: tls.crt, key_file: tls.key, client_ca_file: ca.crt, "
               "client_auth_type: RequireAndVerifyClientCert}\n")
    PASSWORD = "basic_auth_users: {prometheus: not-shown-to-anybody}\n"

    def test_is_compared_with_what_the_values_say_of_it(self):
        for file, values, words in (
                (self.TLS, "password-without-tls", "web.configFile.tls: the file in the Secret cloud-billing-web turns on TLS: set it to true"),
                (self.PASSWORD, "client-certificates", "web.configFile.tls: the file in the Secret cloud-billing-web does not turn on TLS"),
                (self.CLIENTS + self.PASSWORD, "client-certificates --set=web.configFile.clientCertificates=false",
                 "web.configFile.clientCertificates: the file in the Secret cloud-billing-web demands client certificates"),
                (self.TLS, "password-without-tls --set=web.configFile.key=web.yml",
                 "web.configFile.key: the Secret cloud-billing-web has no key web.yml")):
            with self.subTest(words=words):
                answer = self.install(file, *values.split())
                self.assertNotEqual(answer.returncode, 0)
                self.assertIn(words, answer.stderr)
                self.assertNotIn("not-shown-to-anybody", answer.stdout + answer.stderr)

    def test_that_is_described_rightly_is_taken(self):
        for file, values in ((self.PASSWORD, "password-without-tls"), ("", "password-without-tls"),
                             ("tls_server_config: {}\n", "password-without-tls")):
            with self.subTest(file=file):
                answer = self.install(file or "{}", values, "--set=serviceMonitor.enabled=false")
                self.assertEqual(answer.returncode, 0, answer.stderr)
        answer = self.install(self.CLIENTS, "client-certificates", "--set=serviceMonitor.enabled=false")
        self.assertEqual(answer.returncode, 0, answer.stderr)


if __name__ == "__main__":
    unittest.main()
