"""The chart's objects as a real API server takes them, if its programs are on PATH (kube-apiserver, etcd)."""

import contextlib
import json
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from chart import all_objects, find_workload

PROGRAMS = ("etcd", "kube-apiserver")
# What the server has without definitions of others.
PATHS = {
    "ConfigMap": "api/v1", "Pod": "api/v1", "Secret": "api/v1", "Service": "api/v1", "ServiceAccount": "api/v1",
    "StatefulSet": "apis/apps/v1", "Ingress": "apis/networking.k8s.io/v1", "NetworkPolicy": "apis/networking.k8s.io/v1",
    "PodDisruptionBudget": "apis/policy/v1"
}
PLURALS = {"Ingress": "ingresses", "NetworkPolicy": "networkpolicies"}
START_SECONDS = 120


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class ApiServer:
    """Use as a context manager. Listens on loopback, and keeps everything in a directory of its own."""

    def __init__(self):
        self.port = free_port()
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        with self.stack:
            directory = pathlib.Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
            subprocess.run(["openssl", "genrsa", "-out", directory / "accounts.key", "2048"], capture_output=True, check=True)
            (directory / "tokens.csv").write_text("test,admin,1,system:masters\n", "utf-8")
            etcd = f"http://127.0.0.1:{free_port()}"
            peer = f"http://127.0.0.1:{free_port()}"
            self.start(directory / "etcd.log", "etcd", f"--data-dir={directory}/etcd", f"--listen-client-urls={etcd}",
                       f"--advertise-client-urls={etcd}", f"--listen-peer-urls={peer}",
                       f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=default={peer}")
            self.start(directory / "api.log", "kube-apiserver", f"--etcd-servers={etcd}", "--bind-address=127.0.0.1",
                       f"--secure-port={self.port}", f"--cert-dir={directory}/certificates",
                       f"--token-auth-file={directory}/tokens.csv", "--authorization-mode=RBAC",
                       "--service-account-issuer=https://kubernetes.default.svc",
                       f"--service-account-key-file={directory}/accounts.key",
                       f"--service-account-signing-key-file={directory}/accounts.key",
                       "--service-cluster-ip-range=10.96.0.0/16,fd00:96::/112", "--advertise-address=127.0.0.1",
                       "--endpoint-reconciler-type=none", "--disable-admission-plugins=ServiceAccount")
            self.wait_until_ready(directory / "api.log")
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def start(self, log, *command):
        output = self.stack.enter_context(log.open("wb"))
        process = self.stack.enter_context(subprocess.Popen(command, stdout=output, stderr=output))
        self.stack.callback(process.kill)

    def wait_until_ready(self, log):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if self.ask("GET", "readyz")[0] == 200:
                    return
            time.sleep(0.2)
        raise AssertionError(f"kube-apiserver is not ready: {log.read_text('utf-8', 'replace')[-2000:]}")

    def ask(self, method, path, content=None):
        """Status and answer."""
        request = urllib.request.Request(f"https://127.0.0.1:{self.port}/{path}", method=method,
                                         data=content and json.dumps(content).encode(),
                                         headers={"Authorization": "Bearer test", "Content-Type": "application/json"})
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        try:
            with opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def create(self, found, query=""):
        kind, namespace = found["kind"], found["metadata"]["namespace"]
        plural = PLURALS.get(kind, kind.lower() + "s")
        return self.ask("POST", f"{PATHS[kind]}/namespaces/{namespace}/{plural}?fieldValidation=Strict{query}", found)


@unittest.skipUnless(all(map(shutil.which, PROGRAMS)), f"not on PATH: {' or '.join(PROGRAMS)}")
class ARealApiServer(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(ApiServer())
        namespaces = {found["metadata"].get("namespace") for objects in all_objects().values() for found in objects}
        for name in namespaces - {None}:
            cls.server.ask("POST", "api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
        for name, fields in (("finance-high", {"value": 1000}),):
            cls.server.ask("POST", "apis/scheduling.k8s.io/v1/priorityclasses",
                           {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "metadata": {"name": name}} | fields)
        cls.server.ask("POST", "apis/node.k8s.io/v1/runtimeclasses",
                       {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "gvisor"}, "handler": "runsc"})

    def test_takes_every_object(self):
        for name, objects in all_objects().items():
            for found in objects:
                if found["kind"] in PATHS and "namespace" in found["metadata"]:
                    with self.subTest(values=name, kind=found["kind"], name=found["metadata"]["name"]):
                        status, answer = self.server.create(found, "&dryRun=All")
                        self.assertEqual(status, 201, answer)

    def test_forbids_to_change_the_claims_as_the_chart_says(self):
        workload = json.loads(json.dumps(find_workload(all_objects()["shards"])))
        self.assertEqual(self.server.create(workload)[0], 201)
        workload["spec"]["volumeClaimTemplates"][0]["spec"]["resources"]["requests"]["storage"] = "2Gi"
        place = f"apis/apps/v1/namespaces/billing/statefulsets/{workload['metadata']['name']}"
        status, answer = self.server.ask("PUT", place, workload)
        self.assertEqual(status, 422)
        self.assertIn("updates to statefulset spec", answer)


if __name__ == "__main__":
    unittest.main()
