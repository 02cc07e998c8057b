"""compose.yaml as Compose itself reads it: which images it takes, from where, and what is mounted."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77
VARIABLES = ("DEBIAN_IMAGE", "DEBIAN_MIRROR", "REGISTRY", "PROMETHEUS_IMAGE", "GRAFANA_IMAGE",
             "EXPORTER_IMAGE", "DEMO_IMAGE")
DIGEST = "@sha256:" + "0123456789abcdef" * 4


def find_compose():
    """Compose 2 or newer, which needs no engine to read a file; its first version is no longer kept up."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) is None:
            continue
        asked = subprocess.run([*command, "version", "--short"], capture_output=True, text=True)
        version = asked.stdout.strip().removeprefix("v")
        if asked.returncode == 0 and version.split(".")[0].isdigit() and int(version.split(".")[0]) >= 2:
            return command
    print("skipped, for lack of Docker Compose 2")
    sys.exit(SKIPPED)


COMPOSE = find_compose()


def read_compose(**variables):
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    shown = subprocess.run([*COMPOSE, "--file", REPOSITORY / "compose.yaml", "config", "--format", "json"],
                           env={**environment, **variables}, capture_output=True, text=True, check=True)
    return json.loads(shown.stdout)["services"]


class ComposeTest(unittest.TestCase):

    def test_builds_its_own_images_and_takes_two_of_a_fixed_version(self):
        services = read_compose()
        self.assertEqual(set(services), {"cloud", "exporter", "prometheus", "grafana"})
        for name, target in (("cloud", "demo"), ("exporter", "exporter")):
            self.assertEqual(services[name]["build"]["target"], target)
            self.assertTrue(services[name]["image"].startswith("localhost/"))
        for name in ("prometheus", "grafana"):
            self.assertRegex(services[name]["image"], r":v?[0-9]+\.[0-9]+\.[0-9]+$")

    def test_one_variable_moves_all_that_is_pulled_to_a_mirror(self):
        services = read_compose(REGISTRY="registry.example.com:5000/mirror")
        for name in ("prometheus", "grafana"):
            self.assertTrue(services[name]["image"].startswith("registry.example.com:5000/mirror/"))

    def test_any_image_can_be_named_by_its_digest(self):
        named = {f"{name}_IMAGE": f"registry.example.com/{name.lower()}{DIGEST}"
                 for name in ("PROMETHEUS", "GRAFANA", "EXPORTER", "DEMO")}
        services = read_compose(**named, REGISTRY="elsewhere.example.com")
        self.assertEqual({service["image"] for service in services.values()}, set(named.values()))

    def test_the_images_that_are_built_begin_and_fetch_where_they_are_told(self):
        base = "registry.example.com/library/debian" + DIGEST
        services = read_compose(DEBIAN_IMAGE=base, DEBIAN_MIRROR="http://mirror.example.com")
        for name in ("cloud", "exporter"):
            self.assertEqual(services[name]["build"]["args"],
                             {"DEBIAN_IMAGE": base, "DEBIAN_MIRROR": "http://mirror.example.com"})

    def test_prometheus_and_grafana_are_provisioned(self):
        services = read_compose()
        mounted = {volume["target"]: pathlib.Path(volume["source"])
                   for name in ("exporter", "prometheus", "grafana")
                   for volume in services[name]["volumes"] if volume["type"] == "bind"}
        self.assertEqual({target for target, source in mounted.items() if not source.exists()}, set())
        self.assertTrue((mounted["/etc/prometheus"] / "rules.yml").is_file())
        self.assertTrue(list(mounted["/var/lib/grafana/dashboards"].glob("*.json")))
        for kind in ("dashboards", "datasources"):
            self.assertIn(f"/etc/grafana/provisioning/{kind}/cloud-billing.yml", mounted)

    def test_nothing_can_be_reached_from_other_machines(self):
        ports = [port for service in read_compose().values() for port in service.get("ports", [])]
        self.assertEqual(len(ports), 3)
        self.assertEqual({port["host_ip"] for port in ports}, {"127.0.0.1"})


if __name__ == "__main__":
    unittest.main()
