"""A Kubernetes API that knows a few kinds, and only the objects that it is given."""

import http.server
import json
import threading

KINDS = {
    "v1": ["ConfigMap", "Pod", "Secret", "Service", "ServiceAccount"],
    "apps/v1": ["Deployment", "StatefulSet"],
    "monitoring.coreos.com/v1": ["ServiceMonitor"],
    "policy/v1": ["PodDisruptionBudget"],
}


def describe_group(group):
    version = {"groupVersion": group, "version": group.rpartition("/")[2]}
    return {"name": group.partition("/")[0], "versions": [version], "preferredVersion": version}


def describe_kind(kind):
    name = kind.lower()
    return {"name": name + "s", "singularName": name, "namespaced": True, "kind": kind,
            "verbs": ["get"]}


def make_answers(objects):
    """What the API says under each path."""
    groups = [describe_group(group) for group in KINDS if "/" in group]
    answers = {
        "/version": {"major": "1", "minor": "34", "gitVersion": "v1.34.0"},
        "/api": {"kind": "APIVersions", "versions": ["v1"]},
        "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": groups},
    }
    for group, kinds in KINDS.items():
        root = "/apis" if "/" in group else "/api"
        answers[f"{root}/{group}"] = {"kind": "APIResourceList", "groupVersion": group,
                                      "resources": [describe_kind(kind) for kind in kinds]}
    for found in objects:
        namespace, name = (found["metadata"][key] for key in ("namespace", "name"))
        root = "/apis/" if "/" in found["apiVersion"] else "/api/"
        kind = found["kind"].lower()
        answers[f"{root}{found['apiVersion']}/namespaces/{namespace}/{kind}s/{name}"] = found
    return answers


def make_handler(answers):
    missing = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound",
               "code": 404}

    class Handler(http.server.BaseHTTPRequestHandler):

        def do_GET(self):
            answer = answers.get(self.path.partition("?")[0])
            body = json.dumps(answer or missing).encode()
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


class Cluster:
    """Use as a context manager; `kubeconfig` is what Helm needs to ask it."""

    def __init__(self, *objects):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0),
                                                      make_handler(make_answers(objects)))
        address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.kubeconfig = json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "test",
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
            "clusters": [{"name": "test", "cluster": {"server": address}}],
            "users": [{"name": "test", "user": {}}],
        })

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
