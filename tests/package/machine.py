"""A minimal Debian of this machine's own release that boots systemd in a container of the test's."""

import pathlib
import shutil
import subprocess
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds
# A system that has no init is not a machine.
INCLUDED = "systemd,systemd-sysv,dbus,ca-certificates"


class Machine:

    def __init__(self, directory):
        self.root = directory / "root"
        self.log = directory / "console.log"
        release = dict(line.split("=", 1)
                       for line in pathlib.Path("/etc/os-release").read_text().splitlines()
                       if "=" in line)["VERSION_CODENAME"].strip('"')
        mirror = subprocess.run([REPOSITORY / "scripts/find-debian-mirror"], capture_output=True,
                                text=True, check=True).stdout.strip()
        with open(directory / "debootstrap.log", "wb") as log:
            subprocess.run(["debootstrap", "--variant=minbase", f"--include={INCLUDED}", release,
                            self.root, mirror], stdout=log, stderr=log, check=True)
        shutil.copyfile("/etc/resolv.conf", self.root / "etc/resolv.conf")
        self.container = None
        self.leader = None

    def start(self):
        with open(self.log, "wb") as log:
            # It shares the host's network.
            self.container = subprocess.Popen(
                ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--console=pipe",
                 "--resolv-conf=off", f"--directory={self.root}", "--boot"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.wait_until(self._find_leader, "a process 1")
        # Nothing can be asked before systemd listens; `starting` is an answer as well.
        self.wait_until(lambda: self.run("systemctl", "is-system-running", "--wait", check=False)
                        .stdout.strip() in ("running", "degraded"), "a machine that runs")

    def stop(self):
        if self.container is not None and self.container.poll() is None:
            self.container.terminate()
            try:
                self.container.wait(30)
            except subprocess.TimeoutExpired:
                self.container.kill()
                self.container.wait()

    def _find_leader(self):
        children = pathlib.Path(f"/proc/{self.container.pid}/task/{self.container.pid}/children")
        found = children.read_text().split()
        if not found:
            return False
        self.leader = found[0]
        return pathlib.Path(f"/proc/{self.leader}/comm").read_text().strip() == "systemd"

    def wait_until(self, condition, what):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if self.container.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{what} is missing:\n{self.log.read_text(errors='replace')}")
            time.sleep(0.1)

    def run(self, *command, check=True):
        answer = subprocess.run(
            ["nsenter", "-t", self.leader, "--mount", "--uts", "--ipc", "--pid", "--cgroup", "--root",
             "--wd", "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
             "DEBIAN_FRONTEND=noninteractive", *command],
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if check and answer.returncode != 0:
            raise AssertionError(f"{' '.join(command)}: {answer.returncode}\n{answer.stdout}"
                                 f"{answer.stderr}")
        return answer

    def ask(self, *command):
        return self.run(*command, check=False).stdout.strip()

    def write(self, path, text, mode=0o644):
        file = self.root / path.lstrip("/")
        file.write_text(text, "utf-8")
        file.chmod(mode)
