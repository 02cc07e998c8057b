"""An upgrade to another number of shards."""

import json
import pathlib
import tempfile
import unittest

from chart import CHART, TESTS, all_objects, find_workload, run_helm
from cluster import Cluster


class AnotherNumberOfShards(unittest.TestCase):
    """Pods of the old and of the new number would poll some accounts twice."""
    def upgrade(self, running, values, replicas):
        workload = json.loads(json.dumps(find_workload(all_objects()[running])))
        workload["spec"]["replicas"] = replicas
        workload["metadata"]["annotations"] = {
            "meta.helm.sh/release-name": "release",
            "meta.helm.sh/release-namespace": "billing"
        }
        with Cluster(workload) as cluster, tempfile.TemporaryDirectory() as directory:
            kubeconfig = pathlib.Path(directory) / "kubeconfig"
            kubeconfig.write_text(cluster.kubeconfig, "utf-8")
            return run_helm("template",
                            "release",
                            str(CHART),
                            "--namespace=billing",
                            "--dry-run=server",
                            "--disable-openapi-validation",
                            f"--values={TESTS / 'values' / values}.yaml",
                            environment={"KUBECONFIG": str(kubeconfig)})

    def test_is_refused_while_the_old_ones_run(self):
        for running, values, replicas, what in (("shards", "shards-without-persistence", 3,
                                                 "statefulset"), ("shards", "minimal", 3,
                                                                  "statefulset"),
                                                ("minimal", "shards", 1, "deployment")):
            with self.subTest(running=running, values=values):
                answer = self.upgrade(running, values, replicas)
                self.assertNotEqual(answer.returncode, 0)
                self.assertIn(
                    f"kubectl --namespace billing scale {what}/release-cloud-billing-exporter "
                    "--replicas=0",
                    answer.stderr)

    def test_is_taken_when_they_have_ended(self):
        for running, values in (("shards", "shards-without-persistence"), ("shards", "minimal"),
                                ("minimal", "shards")):
            with self.subTest(running=running, values=values):
                answer = self.upgrade(running, values, 0)
                self.assertEqual(answer.returncode, 0, answer.stderr)

    def test_any_other_update_needs_no_such_step(self):
        for name in ("minimal", "shards", "shards-without-persistence"):
            with self.subTest(values=name):
                answer = self.upgrade(name, name,
                                      find_workload(all_objects()[name])["spec"]["replicas"])
                self.assertEqual(answer.returncode, 0, answer.stderr)


if __name__ == "__main__":
    unittest.main()
