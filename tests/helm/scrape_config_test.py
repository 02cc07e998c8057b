"""What Prometheus makes of the chart's Services with the scrape configuration of the chart's README."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from chart import CHART, TESTS, find_one, find_workload, read_manifests, render

DISCOVERY = "kubernetes_sd_configs: [{role: endpoints}]"


def discovered(release, values):
    """What Kubernetes tells of a release whose pod has a sidecar with a port: a target for the
    Service's port, and one for the port that no Service has."""
    objects = read_manifests(render(TESTS / "values" / values, release=release))
    service, workload = find_one(objects, "Service"), find_workload(objects)
    labels = {
        "namespace": service["metadata"]["namespace"],
        "service_name": service["metadata"]["name"],
        "pod_name": workload["metadata"]["name"] + "-0",
    }
    for name, value in service["metadata"]["labels"].items():
        labels["service_label_" + re.sub(r"[^a-zA-Z0-9_]", "_", name)] = value
    labels = {f"__meta_kubernetes_{name}": value for name, value in labels.items()}
    port = {"__meta_kubernetes_endpoint_port_name": service["spec"]["ports"][0]["name"]}
    return [{"targets": ["10.0.0.1:10877"], "labels": labels | port},
            {"targets": ["10.0.0.1:15000"], "labels": labels}]


def scraped(groups):
    """The labels of each target that Prometheus keeps."""
    config = re.search(r"```yaml\n(scrape_configs:.*?)```", (CHART / "README.md").read_text("utf-8"),
                       re.S).group(1)
    assert DISCOVERY in config
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        (directory / "targets.json").write_text(json.dumps(groups), "utf-8")
        (directory / "prometheus.yml").write_text(
            config.replace(DISCOVERY, "file_sd_configs: [{files: [targets.json]}]"), "utf-8")
        # It always waits for the whole time.
        answer = subprocess.run(["promtool", "check", "service-discovery", "--timeout=5s",
                                 directory / "prometheus.yml", "cloud-billing-exporter"],
                                capture_output=True,
                                text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return [{name: value for name, value in target["labels"].items()
             if not name.startswith("__") or name == "__address__"}
            for target in json.loads(answer.stdout) if target.get("labels")]


class TheScrapeConfigOfTheReadme(unittest.TestCase):
    def test_tells_releases_and_shards_of_one_namespace_apart(self):
        found = scraped([
            *discovered("bills", "minimal.yaml"), *discovered("costs", "minimal.yaml"),
            *discovered("large", "shards.yaml")
        ])
        self.assertEqual(
            sorted(found, key=lambda labels: labels["instance"]),
            [{
                "__address__": "10.0.0.1:10877",
                "job": job,
                "namespace": "billing",
                "instance": instance
            } for job, instance in (("bills", "bills-cloud-billing-exporter-0"),
                                    ("costs", "costs-cloud-billing-exporter-0"),
                                    ("large", "large-cloud-billing-exporter-0"))])


if __name__ == "__main__":
    unittest.main()
