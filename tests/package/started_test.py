"""What was released starts and is scraped: usage: started_test.py DIRECTORY, which holds what scripts/build-release
made, or some of it: a tarball, a package or the image at least. CLOUD_SIMULATOR names the simulator's program. Each
tarball and each image of the archive runs in a system without any other part of the project, each package is installed
by apt in a minimal system of its own kind; another machine's program runs under qemu-user."""

import json
import os
import pathlib
import platform
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests/e2e"))
SIMULATOR = os.environ.setdefault("CLOUD_SIMULATOR", str(REPOSITORY / "build/release/bin/cloud_simulator"))
os.environ.setdefault("CLOUD_BILLING_EXPORTER", "")
from harness import Exposition, Program, Simulator, ask, billing_months, print_amount, wait_until  # noqa: E402
from providers import PROVIDER  # noqa: E402

SKIPPED = 77
PATIENCE = 600  # seconds: qemu-user takes ten times as long as a processor of that kind
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
SYSTEMS = {"deb12": "bookworm", "deb13": "trixie", "ubuntu24.04": "noble"}
CONFIG = """polling: {{balance: {{interval: 1h}}, bills: {{interval: 1h}}}}
accounts:
  - name: first
    provider: {provider}
    access_key_id: {key}
    secret_access_key: {secret}
    endpoint: {endpoint}
    requests_per_second: {rate}
    collectors: [balance, bills]
"""


def emulate(architecture):
    """What runs a program of the architecture, in a system of its own: nothing on a machine of that kind."""
    machine = MACHINES[architecture]
    if machine == platform.machine():
        return None
    return shutil.which(f"qemu-{machine}-static")


def require(files):
    if not any(path.name.endswith((".tar.gz", ".deb", ".oci.tar")) for path in files):
        print("nothing to start: neither a tarball nor a package nor an archive of images", file=sys.stderr)
        sys.exit(1)
    missing = []
    if os.geteuid() != 0:
        missing.append("root's rights")
    if not pathlib.Path(SIMULATOR).exists():
        missing.append("the simulator")
    for architecture, machine in MACHINES.items():
        if machine != platform.machine() and emulate(architecture) is None:
            missing.append(f"qemu-{machine}-static")
    if missing:
        print("skipped, for lack of", ", ".join(missing))
        sys.exit(SKIPPED)


def read_version():
    return (REPOSITORY / "CMakeLists.txt").read_text("utf-8").partition(" VERSION ")[2].split()[0]


def read_machine(program):
    """Which machine a program is for, from its ELF header."""
    return {62: "amd64", 183: "arm64"}[int.from_bytes(program.read_bytes()[18:20], "little")]


class System:
    """A directory tree that is a system, in which programs of one architecture run as a user without rights."""

    def __init__(self, root, architecture):
        self.root = root
        self.emulator = emulate(architecture)
        if self.emulator:
            shutil.copy(self.emulator, root / "emulator")

    def command(self, program, *arguments):
        return ["chroot", "--userspec=65532:65532", str(self.root),
                *(["/emulator"] if self.emulator else []), program, *arguments]

    def ask(self, program, *arguments):
        return subprocess.run(self.command(program, *arguments), check=True, capture_output=True,
                              text=True, timeout=PATIENCE).stdout


class Started(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.directory = pathlib.Path(tempfile.mkdtemp(prefix="started-", dir=REPOSITORY / "build"))
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.directory.chmod(0o755)
        cls.cloud = Simulator(cls.directory)
        cls.addClassCleanup(cls.cloud.kill)

    def check(self, system, program):
        self.assertIn(f"version {read_version()} ", system.ask(program, "--version"))
        config = system.root / "tmp/started.yml"
        config.parent.mkdir(exist_ok=True)
        config.write_text(CONFIG.format(
            provider=PROVIDER.name, key=PROVIDER.key(1), secret=PROVIDER.secret(1),
            endpoint=self.cloud.url, rate=PROVIDER.highest_rate), "utf-8")
        self.addCleanup(config.unlink)
        started = Program(self.directory, "exporter", system.command(
            program, "--config.file=/tmp/started.yml", "--web.listen-address=127.0.0.1:0"))
        self.addCleanup(started.kill)
        port = int(wait_until(lambda: re.search(r"listening\W.*127\.0\.0\.1:(\d+)", started.err)
                              or self.assertTrue(started.is_running(), started.err),
                              "it listens", PATIENCE)[1])
        wait_until(lambda: ask(port, "/-/ready").status == 200, "ready", PATIENCE)
        shown = Exposition(ask(port, "/metrics").body.decode())
        self.assertEqual(shown.value("collector_up", collector="balance"), "1")
        self.assertEqual(shown.value("collector_up", collector="bills"), "1")
        month = billing_months()["previous"]
        modes = self.cloud.totals(PROVIDER.key(1), month)["by_billing_mode"]
        shown = {dict(labels)["billing_mode"]: value
                 for labels, value in shown.select("account_billed_cost", period="previous").items()}
        self.assertTrue(shown)
        self.assertEqual(shown, {mode: print_amount(modes[mode]["billed_cost"]) for mode in shown})
        self.assertEqual(started.stop(signal.SIGTERM, PATIENCE), 0)

    def unpack_tarball(self, path):
        """In the system that it was compiled in, which has the libraries that it expects of any system."""
        architecture = re.search(r"-linux-(\w+)\.tar\.gz$", path.name)[1]
        root = REPOSITORY / f"build/release-roots/bookworm-{architecture}"
        if not (root / ".complete").exists():
            self.fail(f"{root} is not there, which holds the libraries of a system: "
                      f"scripts/release/make-root bookworm {architecture} makes it")
        with tarfile.open(path) as archive:
            archive.extractall(root / "opt")
        unpacked = root / "opt" / path.name.removesuffix(".tar.gz")
        self.addCleanup(shutil.rmtree, unpacked)
        return System(root, architecture), unpacked

    def test_tarballs(self):
        for path in FILES:
            if path.name.endswith(".tar.gz"):
                with self.subTest(path.name):
                    system, unpacked = self.unpack_tarball(path)
                    inside = "/" + unpacked.relative_to(system.root).as_posix()
                    self.check(system, f"{inside}/cloud_billing_exporter")

    def test_tarballs_hold_what_differs_between_systems(self):
        for path in FILES:
            if path.name.endswith(".tar.gz"):
                with self.subTest(path.name):
                    _, unpacked = self.unpack_tarball(path)
                    libraries = sorted(library.name.partition(".so")[0] for library in unpacked.glob("lib/*"))
                    self.assertEqual(libraries, ["libcrypt", "libprometheus-cpp-core", "libsimdjson", "libyaml-cpp"])
                    self.assertEqual(len(list(unpacked.glob("licenses/*"))), len(libraries) + 1)
                    shown = subprocess.run(["readelf", "--dynamic", "--version-info", "--wide",
                                            unpacked / "cloud_billing_exporter"],
                                           check=True, capture_output=True, text=True).stdout
                    self.assertIn("[$ORIGIN/lib]", shown)
                    glibc = max(tuple(map(int, found.split("."))) for found in re.findall(r"GLIBC_([0-9.]+)", shown))
                    self.assertLessEqual(glibc, (2, 36))
                    for file in ("LICENSE", "README.md", "README.zh.md", "cloud_billing_exporter.1",
                                 "config/config.example.yml", "config/prometheus/rules.yml",
                                 "config/systemd/cloud-billing-exporter.service",
                                 "dashboards/cloud-billing-overview.json", "docs/zh/installation.md"):
                        self.assertTrue((unpacked / file).is_file(), file)

    def make_bare_system(self, name, path):
        """A copy of a system in which nothing of the project and none of its libraries was ever installed."""
        made = subprocess.run([REPOSITORY / "scripts/release/make-root", name, "bare"], check=True,
                              stdout=subprocess.PIPE, text=True)
        root = self.directory / f"system-of-{path.stem}"
        subprocess.run(["cp", "--archive", "--reflink=auto", made.stdout.strip(), root], check=True)
        self.addCleanup(shutil.rmtree, root)
        return root

    def test_packages(self):
        for path in FILES:
            if path.name.endswith(".deb"):
                with self.subTest(path.name):
                    named = re.search(rf"~({'|'.join(map(re.escape, SYSTEMS))})_(\w+)\.deb$", path.name)
                    self.assertTrue(named, "it is of no system that is known")
                    self.try_package(path, *named.groups())

    def try_package(self, path, system, architecture):
        root = self.make_bare_system(SYSTEMS[system], path)
        shutil.copy(path, root / "exporter.deb")

        def run(*command):
            ended = subprocess.run([REPOSITORY / "scripts/release/in-root", root, *command],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.assertEqual(ended.returncode, 0, ended.stdout)
            return ended.stdout

        run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", "/exporter.deb")
        installed = run("dpkg-query", "-Wf", "${Version} ${Architecture}", "cloud-billing-exporter")
        self.assertRegex(installed, rf"^{re.escape(read_version())}-[0-9]+~{re.escape(system)} {architecture}$")
        self.assertEqual(read_machine(root / "usr/bin/cloud_billing_exporter"), architecture)
        self.check(System(root, architecture), "/usr/bin/cloud_billing_exporter")
        run("apt-get", "-qq", "purge", "--yes", "cloud-billing-exporter")
        self.assertFalse((root / "usr/bin/cloud_billing_exporter").exists())
        self.assertFalse((root / "etc/cloud-billing-exporter").exists())

    def test_images(self):
        for path in FILES:
            if path.name.endswith(".oci.tar"):
                for architecture, config, root in self.unpack_images(path):
                    with self.subTest(path.name, architecture=architecture):
                        [program] = config["config"]["Entrypoint"]
                        self.assertEqual(config["config"]["User"], "65532:65532")
                        self.assertTrue(config["config"]["Healthcheck"]["Test"])
                        self.assertEqual(read_machine(root / program.lstrip("/")), architecture)
                        self.check(System(root, architecture), program)

    def unpack_images(self, path):
        with tarfile.open(path) as archive:
            def read(descriptor):
                return archive.extractfile("blobs/" + descriptor["digest"].replace(":", "/"))

            [index] = json.load(archive.extractfile("index.json"))["manifests"]
            manifests = json.load(read(index))["manifests"]
            self.assertEqual([manifest["platform"]["architecture"] for manifest in manifests], ["amd64", "arm64"])
            for manifest in manifests:
                architecture = manifest["platform"]["architecture"]
                described = json.load(read(manifest))
                root = self.directory / f"image-{architecture}"
                for layer in described["layers"]:
                    with tarfile.open(fileobj=read(layer), mode="r:gz") as files:
                        files.extractall(root)
                root.chmod(0o755)
                yield architecture, json.load(read(described["config"])), root


if __name__ == "__main__":
    DIRECTORY = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else REPOSITORY / "build/release-files")
    FILES = sorted(DIRECTORY.iterdir()) if DIRECTORY.exists() else []
    require(FILES)
    unittest.main(argv=sys.argv[:1])
