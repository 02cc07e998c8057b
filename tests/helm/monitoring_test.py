"""What the chart gives to Prometheus, Grafana and Kubernetes's probes."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from chart import (DASHBOARDS, TESTS, all_objects, find_all, find_exporter, find_one, find_workload,
                   read_manifests, render, source_rules)


class Monitoring(unittest.TestCase):
    def endpoint(self, name):
        endpoint, = find_one(all_objects()[name], "ServiceMonitor")["spec"]["endpoints"]
        return endpoint

    def test_a_pod_monitor_scrapes_as_a_service_monitor_would(self):
        spec = find_one(all_objects()["published-page"], "PodMonitor")["spec"]
        other = find_one(read_manifests(render(TESTS / "values/published-page.yaml", "--set=podMonitor.enabled=false",
                                               "--set=serviceMonitor.enabled=true")), "ServiceMonitor")["spec"]
        self.assertEqual(spec.pop("podMetricsEndpoints"), other.pop("endpoints"))
        self.assertEqual(spec, other)
        pod = find_workload(all_objects()["published-page"])["spec"]["template"]
        self.assertLessEqual(spec["selector"]["matchLabels"].items(), pod["metadata"]["labels"].items())
        self.assertIn(spec["jobLabel"], pod["metadata"]["labels"])

    def test_limits_are_those_of_the_values(self):
        spec = find_one(all_objects()["monitoring"], "ServiceMonitor")["spec"]
        self.assertEqual({name: value for name, value in spec.items() if name.endswith("Limit")},
                         {"sampleLimit": 20000, "targetLimit": 3, "labelLimit": 40, "labelNameLengthLimit": 100,
                          "labelValueLengthLimit": 500})
        self.assertEqual((spec["targetLabels"], spec["podTargetLabels"]), (["tier"], ["zone"]))
        spec = find_one(all_objects()["shards"], "ServiceMonitor")["spec"]
        self.assertEqual([name for name in spec if name.endswith("Limit")], [])

    def test_instance_is_the_name_of_the_pod_which_stays(self):
        for name in ("monitoring", "shards"):
            with self.subTest(values=name):
                relabelings = self.endpoint(name)["relabelings"]
                self.assertIn(
                    {
                        "action": "replace",
                        "targetLabel": "instance",
                        "sourceLabels": ["__meta_kubernetes_pod_name"]
                    }, relabelings)
                self.assertIn({"action": "labeldrop", "regex": "pod"}, relabelings)
                self.assertEqual(
                    find_workload(all_objects()[name])["spec"]["serviceName"],
                    find_one(all_objects()[name], "Service")["metadata"]["name"])

    def test_job_is_the_release(self):
        """Two releases in one namespace are two jobs: shards of the one are no twins of the other's."""
        for release in ("bills", "costs"):
            with self.subTest(release=release):
                objects = read_manifests(render(TESTS / "values/shards.yaml", release=release))
                label = find_one(objects, "ServiceMonitor")["spec"]["jobLabel"]
                self.assertEqual(find_one(objects, "Service")["metadata"]["labels"][label], release)

    def test_rules_are_those_of_the_project_in_the_chosen_language(self):
        for language, name in (("en", "rules.yml"), ("zh", "rules.zh.yml")):
            with self.subTest(language=language):
                manifests = read_manifests(render(TESTS / "values/monitoring.yaml",
                                                  f"--set=prometheusRule.language={language}"))
                rules = find_one(manifests, "PrometheusRule")["spec"]["groups"]
                self.assertEqual(rules, source_rules(name))
                self.assertGreater(len(rules), 0)

    def test_rules_pass_promtool(self):
        for name in ("monitoring", "chinese-dashboards"):
            with self.subTest(values=name), tempfile.TemporaryDirectory() as directory:
                path = pathlib.Path(directory) / "rules.yml"
                path.write_text(json.dumps(find_one(all_objects()[name], "PrometheusRule")["spec"]),
                                "utf-8")
                answer = subprocess.run(["promtool", "check", "rules", path],
                                        capture_output=True,
                                        text=True)
                self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)

    def test_alerts_can_be_labelled_and_left_out(self):
        alert = next(
            rule["alert"] for group in source_rules() for rule in group["rules"] if "alert" in rule)
        manifests = read_manifests(
            render(TESTS / "values/chinese-dashboards.yaml",
                   f"--set=prometheusRule.disabledAlerts={{{alert}}}"))
        groups = find_one(manifests, "PrometheusRule")["spec"]["groups"]
        alerts = [rule for group in groups for rule in group["rules"] if "alert" in rule]
        self.assertNotIn(alert, {rule["alert"] for rule in alerts})
        self.assertEqual({rule["labels"]["team"] for rule in alerts} or {"finops"}, {"finops"})
        self.assertEqual(groups[-1]["name"], "own")

    def test_alerts_link_to_the_runbook_where_it_is_published(self):
        base = "https://wiki.example.com/billing-runbook"
        manifests = read_manifests(
            render(TESTS / "values/monitoring.yaml", f"--set=prometheusRule.runbookBase={base}"))
        groups = find_one(manifests, "PrometheusRule")["spec"]["groups"]
        alerts = [rule for group in groups for rule in group["rules"] if "alert" in rule]
        self.assertEqual({rule["alert"]: rule["annotations"]["runbook_url"]
                          for rule in alerts},
                         {rule["alert"]: f"{base}#{rule['alert'].lower()}"
                          for rule in alerts})

    def test_dashboards_are_those_of_the_project_in_the_chosen_language(self):
        for name, is_chosen in (("monitoring", lambda path: not path.stem.endswith(".zh")),
                                ("chinese-dashboards", lambda path: path.stem.endswith(".zh"))):
            with self.subTest(values=name):
                shown = {}
                for found in find_all(all_objects()[name], "ConfigMap"):
                    if found["metadata"]["labels"].get("grafana_dashboard") == "1":
                        shown |= {key: json.loads(text) for key, text in found["data"].items()}
                wanted = {
                    path.name: json.loads(path.read_text("utf-8"))
                    for path in DASHBOARDS.glob("*.json")
                    if is_chosen(path)
                }
                self.assertEqual(shown, wanted)
                self.assertGreaterEqual(len(shown), 3)

    def test_a_probe_only_connects_where_client_certificates_are_required(self):
        for name, kind, scheme in (("client-certificates", "tcpSocket", None), ("tls-and-password",
                                                                                "httpGet", "HTTPS"),
                                   ("password-without-tls", "httpGet", "HTTP")):
            container = find_exporter(all_objects()[name])
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                with self.subTest(values=name, probe=probe):
                    self.assertIn(kind, container[probe])
                    self.assertEqual(container[probe][kind].get("scheme"), scheme)

    def test_names_can_be_asked_where_the_pods_of_the_dns_service_listen(self):
        """Policies see the pod behind the Service; OpenShift's listens on 5353."""
        policy = find_one(all_objects()["escape-hatches"], "NetworkPolicy")["spec"]
        self.assertEqual([(port["port"], port["protocol"]) for port in policy["egress"][0]["ports"]],
                         [(53, "UDP"), (53, "TCP"), (5353, "UDP"), (5353, "TCP")])
        self.assertNotIn("to", policy["egress"][0])


if __name__ == "__main__":
    unittest.main()
