"""A Kubernetes API that knows a few kinds and only the workloads it is given: enough for a chart that looks for what runs."""

import http.server
import json
import threading


KINDS = {
    "v1": ["ConfigMap", "Pod", "Service", "ServiceAccount"],
    "apps/v1": ["Deployment", "StatefulSet"],
    "monitoring.coreos.com/v1": ["ServiceMonitor"],
    "policy/v1": ["PodDisruptionBudget"],
}


def name_version(group):
    return {"groupVersion": group, "version": group.rpartition("/")[2]}


class Cluster:
    """Use as a context manager; `kubeconfig` is what Helm needs to ask it."""

    def __init__(self, *workloads):
        answers = {"/version": {"major": "1", "minor": "34", "gitVersion": "v1.34.0"},
                   "/api": {"kind": "APIVersions", "versions": ["v1"]},
                   "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": [
                       {"name": group.partition("/")[0], "versions": [name_version(group)],
                        "preferredVersion": name_version(group)} for group in KINDS if "/" in group]}}
        for group, kinds in KINDS.items():
            answers[f"/apis/{group}" if "/" in group else f"/api/{group}"] = {
                "kind": "APIResourceList", "groupVersion": group, "resources": [
                    {"name": kind.lower() + "s", "singularName": kind.lower(), "namespaced": True, "kind": kind,
                     "verbs": ["get"]} for kind in kinds]}
        for workload in workloads:
            metadata = workload["metadata"]
            path = f"/apis/apps/v1/namespaces/{metadata['namespace']}/{workload['kind'].lower()}s/{metadata['name']}"
            answers[path] = workload
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), make_handler(answers))
        self.kubeconfig = json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "test",
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
            "users": [{"name": "test", "user": {}}],
            "clusters": [{"name": "test",
                          "cluster": {"server": f"http://127.0.0.1:{self.server.server_address[1]}"}}]})

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def make_handler(answers):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            answer = answers.get(self.path.partition("?")[0])
            body = json.dumps(answer or {"kind": "Status", "apiVersion": "v1", "status": "Failure",
                                         "reason": "NotFound", "code": 404}).encode()
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
