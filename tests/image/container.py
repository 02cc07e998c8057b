"""The image as an engine would run it, without one: its files read-only, its user, and the program as
process 1. The network is the host's."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests/e2e"))
from harness import Program, wait_until  # noqa: E402

STATE = "var/lib/cloud-billing-exporter"
# Runs in namespaces of its own, so that nothing is left of the mounts.
START = """
root=$1 config=$2 state=$3 user=$4 directory=$5
shift 5
mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount --bind "$config" "$root/etc/cloud-billing-exporter"
mount --bind "$state" "$root/var/lib/cloud-billing-exporter"
mount -o remount,bind,ro "$root"
exec unshare --root="$root" --wd="$directory" --setgid "$user" --setuid "$user" "$@"
"""


def buildah(*arguments):
    return subprocess.run([REPOSITORY / "scripts/buildah", *arguments], capture_output=True,
                          text=True, check=True).stdout.strip()


class Image:
    """What the built image says of itself, and its files."""

    def __init__(self, name, directory):
        described = json.loads(buildah("inspect", "--type=image", name))
        self.config = described["Docker"]["config"]
        self.root = directory / "root"
        container = buildah("from", "--pull-never", name)
        try:
            mounted = pathlib.Path(buildah("mount", container))
            self.state_owner = (mounted / STATE).stat().st_uid
            shutil.copytree(mounted, self.root, symlinks=True)
        finally:
            buildah("rm", container)

    def files(self):
        return {"/" + path.relative_to(self.root).as_posix(): path
                for path in self.root.rglob("*") if path.is_file() or path.is_symlink()}


class Container(Program):

    def __init__(self, image, directory, *flags):
        root, state = image.root, directory / "state"
        # What an engine lays in.
        (root / "proc").mkdir(exist_ok=True)
        state.mkdir(exist_ok=True)
        self.user = image.config["User"].partition(":")[0]
        os.chown(state, int(self.user), int(self.user))
        self.directory = image.config["WorkingDir"]
        self.health_check = image.config["Healthcheck"]["Test"]
        super().__init__(directory, "container", [
            "unshare", "--mount", "--pid", "--fork", "--kill-child=SIGKILL", "sh", "-ec", START, "sh",
            root, directory / "config", state, self.user, self.directory,
            *image.config["Entrypoint"], *flags])
        self.main = wait_until(self._find_main, "the program as process 1")
        self.port = int(self.find_in(self.err_path, r"listening\W.*:(\d+) telemetry"))

    def _find_main(self):
        if not self.is_running():
            raise AssertionError(f"the container ended: {self.err}")
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for child in children.read_text().split():
            if pathlib.Path(f"/proc/{child}/comm").read_text().startswith("cloud_billing"):
                return int(child)
        return None

    def check_health(self):
        """The status of the image's HEALTHCHECK."""
        kind, *command = self.health_check
        assert kind == "CMD", self.health_check
        return subprocess.run(
            ["nsenter", "-t", str(self.main), "--mount", "--pid", f"--root=/proc/{self.main}/root",
             f"--wd=/proc/{self.main}/cwd", "--setuid", self.user, "--setgid", self.user, *command],
            stdin=subprocess.DEVNULL, capture_output=True).returncode

    def send(self, how):
        os.kill(self.main, how)

    def kill(self):
        # As another user the program no longer dies with unshare.
        if self.is_running():
            self.send(signal.SIGKILL)
        super().kill()

    def stop(self, how=signal.SIGTERM, timeout=30):
        if self.is_running():
            self.send(how)
        return self.wait(timeout)
