"""What tests need that start a system of their own: tools, and root's rights to mount."""

import os
import shutil
import subprocess
import sys

SKIPPED = 77  # as ctest knows it


def require(*tools):
    """Ends the test as skipped where it cannot run."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if os.geteuid() != 0:
        missing.append("root's rights")
    elif subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode != 0:
        missing.append("the right to mount")
    if missing:
        print("skipped, for lack of", ", ".join(missing))
        sys.exit(SKIPPED)
