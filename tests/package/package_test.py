"""The Debian package's life on a Debian that runs systemd: installed, configured, scraped, reloaded,
upgraded from a lower version, removed and purged. The steps follow each other."""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

from machine import REPOSITORY, Machine

sys.path.insert(0, str(REPOSITORY / "tests"))
from required_tools import require  # noqa: E402

require("debootstrap", "systemd-nspawn", "nsenter", "cpack", "dpkg-shlibdeps")
sys.path.insert(0, str(REPOSITORY / "tests/e2e"))
from harness import Simulator, ask, wait_until, Exposition  # noqa: E402

BUILD = pathlib.Path(os.environ["CLOUD_BILLING_BUILD"])
UNIT = "cloud-billing-exporter.service"
CONFIG = """polling:
  balance: {{interval: 1h}}
accounts:
  - name: first
    provider: baidu
    access_key_id: ${{BAIDU_AK}}
    secret_access_key_file: ${{CREDENTIALS_DIRECTORY}}/keys_baidu-sk
    endpoint: {endpoint}
    collectors: [balance]
    budget: {budget}
"""
HIGHEST_EXPOSURE = 2.0  # of systemd-analyze's 10
LOWER_VERSION = "0.0.9"  # of the package that is upgraded from; the program in it is the same


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def build_package(directory, *settings):
    subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-B", directory,
                    *(word for setting in settings for word in ("-D", setting))], check=True,
                   stdout=subprocess.DEVNULL)
    return next(pathlib.Path(directory).glob("*.deb"))


class ThePackage(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp(prefix="package-", dir=BUILD.parent))
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.cloud = Simulator(cls.directory)
        cls.addClassCleanup(cls.cloud.kill)
        cls.port = free_port()
        cls.machine = Machine(cls.directory)
        for name, settings in (("before", [f"CPACK_PACKAGE_VERSION={LOWER_VERSION}"]), ("new", [])):
            shutil.copy(build_package(cls.directory / f"packed-{name}", *settings),
                        cls.machine.root / f"root/exporter-{name}.deb")
        cls.addClassCleanup(cls.machine.stop)
        cls.machine.start()

    def install(self, name):
        self.machine.run("apt-get", "-qq", "--no-install-recommends", "install", "--yes",
                         f"/root/exporter-{name}.deb")

    def installed_version(self):
        return self.machine.ask("dpkg-query", "-Wf", "${Version}", "cloud-billing-exporter").partition("-")[0]

    def read(self, path):
        return (self.machine.root / path.lstrip("/")).read_text("utf-8")

    def state(self):
        return self.machine.ask("systemctl", "show", "-P", "ActiveState", UNIT)

    def main_pid(self):
        return self.machine.ask("systemctl", "show", "-P", "MainPID", UNIT)

    def write_config(self, budget):
        self.machine.write("/etc/cloud-billing-exporter/config.yml",
                           CONFIG.format(endpoint=self.cloud.url, budget=budget))

    def metrics(self):
        return Exposition(ask(self.port, "/metrics").body.decode())

    def wait_ready(self):
        def is_ready():
            try:
                return ask(self.port, "/-/ready").status == 200
            except ConnectionRefusedError:
                return False
        wait_until(is_ready, "ready")

    def test_1_is_installed_and_waits_for_a_configuration(self):
        self.machine.run("apt-get", "-qq", "update")
        self.install("before")
        self.assertEqual(self.installed_version(), LOWER_VERSION)
        self.assertEqual(self.state(), "inactive")
        self.assertEqual(self.machine.ask("systemctl", "is-enabled", UNIT), "enabled")
        self.assertEqual(self.machine.ask("systemctl", "is-failed", UNIT), "inactive")
        version = self.machine.run("cloud_billing_exporter", "--version").stdout
        self.assertIn("version 0.", version)
        for path in ("/usr/share/man/man1/cloud_billing_exporter.1.gz",
                     "/usr/share/bash-completion/completions/cloud_billing_exporter",
                     "/usr/share/zsh/vendor-completions/_cloud_billing_exporter",
                     "/usr/share/fish/vendor_completions.d/cloud_billing_exporter.fish",
                     "/usr/share/doc/cloud-billing-exporter/examples/config.example.yml",
                     "/usr/share/doc/cloud-billing-exporter/docs/runbook.md",
                     "/usr/share/doc/cloud-billing-exporter/config/prometheus/rules.yml",
                     "/usr/share/doc/cloud-billing-exporter/copyright"):
            self.assertTrue((self.machine.root / path[1:]).is_file(), path)

    def test_2_starts_with_a_key_of_root_and_is_scraped(self):
        self.machine.write("/etc/cloud-billing-exporter/keys/baidu-sk", "simulated-sk-1\n", 0o600)
        self.machine.write("/etc/default/cloud-billing-exporter",
                           f'ARGS="--web.listen-address=127.0.0.1:{self.port} --log.format=json"\n'
                           "BAIDU_AK=simulated-ak-1\n", 0o600)
        self.write_config(1000)
        self.machine.run("systemctl", "start", UNIT)
        self.wait_ready()
        shown = self.metrics()
        self.assertEqual(shown.value("collector_up", account="first"), "1")
        self.assertIsNotNone(shown.value("cash_balance", account="first"))
        self.assertEqual(shown.value("budget", account="first"), "1000")
        self.assertGreater(float(shown.samples["process_start_time_seconds"][()]), 0)
        user = self.machine.ask("stat", "-c", "%u", f"/proc/{self.main_pid()}")
        self.assertNotEqual(user, "0")

    def test_3_takes_up_a_new_configuration(self):
        before = self.main_pid()
        self.write_config(2000)
        self.machine.run("systemctl", "reload", UNIT)
        wait_until(lambda: self.metrics().value("budget", account="first") == "2000",
                   "the new budget")
        self.assertEqual(self.main_pid(), before)
        self.write_config("much")
        refused = self.machine.run("systemctl", "reload", UNIT, check=False)
        self.assertNotEqual(refused.returncode, 0)
        self.assertEqual(self.state(), "active")
        self.assertEqual(self.main_pid(), before)
        self.assertIn("accounts[0].budget", self.machine.run(
            "journalctl", "--no-pager", "-u", UNIT).stdout)
        shown = self.metrics()
        self.assertEqual(shown.value("config_last_reload_successful"), "1")  # it was never asked to
        self.assertEqual(shown.value("budget", account="first"), "2000")
        self.write_config(2000)
        self.machine.run("systemctl", "reload", UNIT)

    def test_4_is_upgraded_from_a_lower_version_and_goes_on(self):
        before = self.main_pid()
        asked = self.cloud.count_requests("simulated-ak-1", "cash_balance")
        balance = self.metrics().value("cash_balance", account="first")
        written = ("/etc/cloud-billing-exporter/config.yml", "/etc/cloud-billing-exporter/keys/baidu-sk",
                   "/etc/default/cloud-billing-exporter")
        kept = [self.read(path) for path in written]
        self.install("new")
        program = self.machine.run("cloud_billing_exporter", "--version").stdout
        self.assertNotEqual(self.installed_version(), LOWER_VERSION)
        self.assertIn(f"version {self.installed_version()} ", program)
        self.wait_ready()
        # Another process of the new files, with what the user wrote, which knows what the old one knew.
        self.assertNotEqual(self.main_pid(), before)
        self.assertEqual([self.read(path) for path in written], kept)
        shown = self.metrics()
        self.assertEqual(shown.value("budget", account="first"), "2000")
        self.assertEqual(shown.value("cash_balance", account="first"), balance)
        self.assertGreater(asked, 0)
        self.assertEqual(self.cloud.count_requests("simulated-ak-1", "cash_balance"), asked)

    def test_5_the_unit_is_sound_and_gives_little_away(self):
        verdict = self.machine.run("systemd-analyze", "verify", "--man=no", UNIT)
        self.assertEqual(verdict.stdout + verdict.stderr, "")
        text = self.machine.run("systemd-analyze", "security", "--no-pager", UNIT).stdout
        exposure = float(re.search(r"exposure level for \S+: ([0-9.]+)", text)[1])
        print(f"exposure {exposure}")
        self.assertLess(exposure, HIGHEST_EXPOSURE, text)

    def test_6_a_service_that_was_disabled_stays_so(self):
        self.machine.run("systemctl", "disable", "--now", UNIT)
        self.machine.run("dpkg", "--install", "/root/exporter-new.deb")
        self.assertEqual(self.machine.ask("systemctl", "is-enabled", UNIT), "disabled")
        self.machine.run("systemctl", "enable", "--now", UNIT)
        self.wait_ready()

    def test_7_is_removed_and_keeps_what_the_user_wrote(self):
        self.machine.run("apt-get", "-qq", "remove", "--yes", "cloud-billing-exporter")
        self.assertEqual(self.state(), "inactive")
        with self.assertRaises(ConnectionRefusedError):
            ask(self.port, "/-/healthy")
        self.assertTrue((self.machine.root / "etc/cloud-billing-exporter/config.yml").exists())
        self.assertTrue((self.machine.root / "etc/default/cloud-billing-exporter").exists())
        self.assertFalse((self.machine.root / "usr/bin/cloud_billing_exporter").exists())

    def test_8_is_purged_and_leaves_nothing(self):
        self.machine.run("apt-get", "-qq", "purge", "--yes", "cloud-billing-exporter")
        left = self.machine.ask("find", "/etc", "/usr", "/var", "/run", "-iname", "*cloud?billing*")
        self.assertEqual(left, "")
        self.assertNotIn(UNIT, self.machine.ask("systemctl", "list-units", "--all"))


if __name__ == "__main__":
    unittest.main(failfast=True)
