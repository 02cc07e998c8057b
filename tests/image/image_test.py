"""The container image: what is in it, and that it runs read-only, without rights, and is healthy."""

import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from container import REPOSITORY, Container, Image

sys.path.insert(0, str(REPOSITORY / "tests"))
from required_tools import require  # noqa: E402

require("buildah", "debootstrap", "unshare", "nsenter")
from harness import Exposition, Simulator, ask, wait_until  # noqa: E402
from name_server import ADDRESS, NameServer  # noqa: E402

LARGEST = 60_000_000  # bytes, uncompressed
USER = "65532"
UNREACHED = """accounts:
  - name: far
    provider: volcengine
    access_key_id: key
    secret_access_key: secret
    endpoint: https://billing.cloud.test:{port}
    collectors: [balance]
"""


def read_version():
    text = (REPOSITORY / "CMakeLists.txt").read_text("utf-8")
    return text.partition(" VERSION ")[2].split()[0]


def read_compose_service(name):
    """The text of one service in compose.yaml."""
    text = (REPOSITORY / "compose.yaml").read_text("utf-8")
    return re.search(rf"(?ms)^  {name}:\n(.*?)(?=^(?:  )?\S|\Z)", text)[1]


class FirstBytes:
    """A port that keeps what the first client says."""

    def __init__(self):
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.said = b""
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            client, _ = self._socket.accept()
            with client:
                self.said = self.said or client.recv(4096)


class TheImage(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        subprocess.run([REPOSITORY / "scripts/build-image"], check=True, stdout=subprocess.PIPE)
        cls.kept = pathlib.Path(tempfile.mkdtemp(prefix="image-", dir=REPOSITORY / "build"))
        cls.addClassCleanup(shutil.rmtree, cls.kept)
        cls.kept.chmod(0o755)
        cls.image = Image(f"localhost/cloud-billing-exporter:{read_version()}", cls.kept)

    def setUp(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(dir=self.kept))
        self.directory.chmod(0o755)
        (self.directory / "config").mkdir()
        (self.directory / "config").chmod(0o755)

    def write_config(self, text):
        (self.directory / "config/config.yml").write_text(text, "utf-8")

    def start(self, *flags):
        container = Container(self.image, self.directory, "--web.listen-address=127.0.0.1:0", *flags)
        self.addCleanup(container.kill)
        return container

    def start_demo(self, *flags):
        cloud = Simulator(self.directory, "--demo")
        self.addCleanup(cloud.kill)
        demo = (REPOSITORY / "config/demo.yml").read_text("utf-8")
        (self.directory / "config/demo.yml").write_text(
            demo.replace("127.0.0.1:18080", f"127.0.0.1:{cloud.port}"), "utf-8")
        return self.start(*flags)

    def test_is_small_and_holds_nothing_but_the_exporter(self):
        files = self.image.files()
        size = sum(path.lstat().st_size for path in files.values())
        print(f"{size / 1e6:.1f} MB, {len(files)} files")
        self.assertLess(size, LARGEST)
        programs = {path for path in files if os.access(files[path], os.X_OK)
                    and not path.startswith(("/lib", "/usr/lib"))}
        self.assertEqual(programs, {"/usr/bin/cloud_billing_exporter", "/usr/bin/container_probe"})
        self.assertEqual([path for path in files if "test" in path or "simulator" in path], [])

    def test_has_no_rights_and_says_what_it_is(self):
        config = self.image.config
        self.assertEqual(config["User"], f"{USER}:{USER}")
        self.assertEqual(list(config["ExposedPorts"]), ["10877/tcp"])
        labels = {name.rpartition(".")[2]: value for name, value in config["Labels"].items()
                  if name.startswith("org.opencontainers.image.")}
        self.assertEqual(labels["licenses"], "Apache-2.0")
        self.assertEqual(labels["version"], read_version())
        self.assertEqual(labels["title"], "cloud-billing-exporter")
        self.assertTrue(labels["description"])
        self.assertTrue(labels["revision"])
        self.assertEqual(str(self.image.state_owner), USER)
        self.assertIn(f":x:{USER}:", (self.image.root / "etc/passwd").read_text())

    def test_knows_authorities(self):
        context = ssl.create_default_context(
            cafile=self.image.root / "etc/ssl/certs/ca-certificates.crt")
        self.assertGreater(len(context.get_ca_certs()), 50)

    def test_runs_read_only_as_compose_starts_it_and_is_scraped(self):
        command = re.search(r"command: (\[.*\])", read_compose_service("exporter"))[1]
        container = self.start_demo(*json.loads(command))
        wait_until(lambda: ask(container.port, "/-/ready").status == 200, "ready")
        shown = Exposition(ask(container.port, "/metrics").body.decode())
        self.assertEqual(set(shown.select("collector_up", collector="balance").values()), {"1"})
        accounts = (self.directory / "config/demo.yml").read_text("utf-8").count("- name: ")
        self.assertEqual(len(shown.select("collector_up", collector="balance")), accounts)
        self.assertTrue(list((self.directory / "state").glob("prod-*.state")))
        status = pathlib.Path(f"/proc/{container.main}/status").read_text()
        self.assertIn(f"Uid:\t{USER}\t{USER}\t{USER}\t{USER}\n", status)
        self.assertIn("CapEff:\t0000000000000000\n", status)
        started = time.monotonic()
        self.assertEqual(container.stop(), 0)
        self.assertLess(time.monotonic() - started, 10)  # an engine kills after ten seconds

    def test_compose_mounts_what_exists(self):
        text = (REPOSITORY / "compose.yaml").read_text("utf-8")
        paths = re.findall(r"(?m)^ +- \./([^:]+):", text)
        self.assertGreater(len(paths), 3)
        self.assertEqual([path for path in paths if not (REPOSITORY / path).exists()], [])

    def test_health_check_asks_with_the_flags_of_the_server(self):
        with socket.socket() as chosen:
            chosen.bind(("127.0.0.1", 0))
            port = chosen.getsockname()[1]
        self.write_config(UNREACHED.format(port=1))
        container = Container(self.image, self.directory, f"--web.listen-address=127.0.0.1:{port}",
                              "--web.telemetry-path", "/numbers")
        self.addCleanup(container.kill)
        wait_until(lambda: ask(port, "/-/healthy").status == 200, "healthy")
        self.assertEqual(container.check_health(), 0)
        container.send(signal.SIGSTOP)
        self.assertEqual(container.check_health(), 1)
        container.send(signal.SIGCONT)
        self.assertEqual(container.check_health(), 0)

    def test_resolves_names_with_the_name_server_it_is_given(self):
        far = FirstBytes()
        names = NameServer("billing.cloud.test", "127.0.0.1")
        (self.image.root / "etc/resolv.conf").write_text(f"nameserver {ADDRESS}\n", "utf-8")
        self.addCleanup((self.image.root / "etc/resolv.conf").unlink)
        self.write_config(UNREACHED.format(port=far.port))
        self.start()
        wait_until(lambda: far.said, "a connection")
        self.assertGreater(names.asked, 0)
        self.assertIn(b"billing.cloud.test", far.said)  # TLS names the server


if __name__ == "__main__":
    unittest.main()
