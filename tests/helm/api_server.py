"""A real Kubernetes API server on loopback, with what it stores in a directory of its own, and the kinds of other projects.

Its programs are those on PATH (scripts/fetch-api-server builds them). Nothing runs pods, so none ever starts.
"""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import typing
import urllib.error
import urllib.request

from chart import BUILD, TESTS, script_output

PROGRAMS = ("etcd", "kube-apiserver", "controller-gen")
START_SECONDS = 300

# Where each kind of the chart's is, and those that a test needs beside it.
PATHS = {
    "ConfigMap": "api/v1/{}/configmaps",
    "HTTPRoute": "apis/gateway.networking.k8s.io/v1/{}/httproutes",
    "Ingress": "apis/networking.k8s.io/v1/{}/ingresses",
    "NetworkPolicy": "apis/networking.k8s.io/v1/{}/networkpolicies",
    "Pod": "api/v1/{}/pods",
    "PodDisruptionBudget": "apis/policy/v1/{}/poddisruptionbudgets",
    "PodMonitor": "apis/monitoring.coreos.com/v1/{}/podmonitors",
    "PrometheusRule": "apis/monitoring.coreos.com/v1/{}/prometheusrules",
    "Secret": "api/v1/{}/secrets",
    "Service": "api/v1/{}/services",
    "ServiceAccount": "api/v1/{}/serviceaccounts",
    "ServiceMonitor": "apis/monitoring.coreos.com/v1/{}/servicemonitors",
    "StatefulSet": "apis/apps/v1/{}/statefulsets",
}
# Of these kinds Kubernetes knows nothing by itself: the files that define them. Those of the operator are written from its Go
# types, the other one is in its module.
DEFINITIONS = {
    "HTTPRoute": "gateway.networking.k8s.io_httproutes.yaml",
    "PodMonitor": "monitoring.coreos.com_podmonitors.yaml",
    "PrometheusRule": "monitoring.coreos.com_prometheusrules.yaml",
    "ServiceMonitor": "monitoring.coreos.com_servicemonitors.yaml",
}
OPERATOR_TYPES = "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"


class Answer(typing.NamedTuple):
    status: int
    text: str
    warnings: list[str]


def find_missing_programs():
    return [program for program in PROGRAMS if shutil.which(program) is None]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def write_definitions(directory):
    """Of the versions that the other tests hold manifests to."""
    go = script_output("fetch-go")
    environment = dict(os.environ, GOPATH=str(BUILD), GOMODCACHE=str(BUILD / "mod"), GOCACHE=str(BUILD / "cache"),
                       GOFLAGS="-modcacherw -mod=readonly", GOTOOLCHAIN="local", CGO_ENABLED="0",
                       PATH=f"{pathlib.Path(go).parent}:{os.environ['PATH']}")
    options = {"cwd": TESTS / "strict_types", "env": environment, "check": True}
    subprocess.run(["controller-gen", "crd:maxDescLen=0", f"paths={OPERATOR_TYPES}", f"output:crd:dir={directory}"], **options)
    subprocess.run([go, "mod", "download", "sigs.k8s.io/gateway-api"], **options)
    module = subprocess.run([go, "list", "-m", "-f", "{{.Dir}}", "sigs.k8s.io/gateway-api"], stdout=subprocess.PIPE, text=True,
                            **options).stdout.strip()
    shutil.copy(pathlib.Path(module) / "config/crd/standard" / DEFINITIONS["HTTPRoute"], directory)


class ApiServer:
    """Use as a context manager. `kubeconfig` is the path of what Helm needs to ask it, as somebody who may do anything."""

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
            # Without the plugin that looks for ServiceAccounts: what would make the default ones does not run.
            self.start(directory / "api.log", "kube-apiserver", f"--etcd-servers={etcd}", "--bind-address=127.0.0.1",
                       f"--secure-port={self.port}", f"--cert-dir={directory}/certificates",
                       f"--token-auth-file={directory}/tokens.csv", "--authorization-mode=RBAC",
                       "--service-account-issuer=https://kubernetes.default.svc",
                       f"--service-account-key-file={directory}/accounts.key",
                       f"--service-account-signing-key-file={directory}/accounts.key",
                       "--service-cluster-ip-range=10.96.0.0/16,fd00:96::/112", "--advertise-address=127.0.0.1",
                       "--endpoint-reconciler-type=none", "--disable-admission-plugins=ServiceAccount")
            self.wait_until(lambda: self.ask("GET", "readyz").status == 200, directory / "api.log")
            self.kubeconfig = directory / "kubeconfig"
            self.kubeconfig.write_text(json.dumps({
                "apiVersion": "v1", "kind": "Config", "current-context": "test",
                "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
                "clusters": [{"name": "test", "cluster": {"server": f"https://127.0.0.1:{self.port}",
                                                          "insecure-skip-tls-verify": True}}],
                "users": [{"name": "test", "user": {"token": "test"}}],
            }), "utf-8")
            self.define(directory / "definitions", directory / "api.log")
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    def start(self, log, *command):
        output = self.stack.enter_context(log.open("wb"))
        process = self.stack.enter_context(subprocess.Popen(command, stdout=output, stderr=output))
        self.stack.callback(process.kill)

    def wait_until(self, condition, log):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if condition():
                    return
            time.sleep(0.2)
        raise AssertionError(f"kube-apiserver is not ready: {log.read_text('utf-8', 'replace')[-2000:]}")

    def define(self, directory, log):
        write_definitions(directory)
        for kind, file in DEFINITIONS.items():
            answer = self.ask("POST", "apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                              (directory / file).read_bytes(), "application/yaml")
            assert answer.status == 201, f"{file}: {answer.text}"
            self.wait_until(lambda: self.ask("GET", PATHS[kind].format("namespaces/default")).status == 200, log)

    def ask(self, method, path, content=None, kind="application/json"):
        data = content if content is None or isinstance(content, bytes) else json.dumps(content).encode()
        request = urllib.request.Request(f"https://127.0.0.1:{self.port}/{path}", method=method, data=data,
                                         headers={"Authorization": "Bearer test", "Content-Type": kind})
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Answer(answer.status, answer.read().decode(), answer.headers.get_all("Warning") or [])

    def path_of(self, found):
        return PATHS[found["kind"]].format(f"namespaces/{found['metadata']['namespace']}")

    def create(self, found, query=""):
        return self.ask("POST", f"{self.path_of(found)}?fieldValidation=Strict{query}", found)

    def replace(self, found, query=""):
        return self.ask("PUT", f"{self.path_of(found)}/{found['metadata']['name']}?fieldValidation=Strict{query}", found)

    def read(self, kind, namespace, name):
        answer = self.ask("GET", PATHS[kind].format(f"namespaces/{namespace}") + f"/{name}")
        assert answer.status == 200, answer.text
        return json.loads(answer.text)

    def delete(self, found):
        return self.ask("DELETE", f"{self.path_of(found)}/{found['metadata']['name']}?propagationPolicy=Background")

    def add_namespace(self, name, level):
        """Pods in it are refused, and what makes pods gets a warning, if they are not as `level` of Pod Security demands."""
        labels = {f"pod-security.kubernetes.io/{mode}": level for mode in ("enforce", "warn")}
        answer = self.ask("POST", "api/v1/namespaces",
                          {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}})
        assert answer.status == 201, answer.text
