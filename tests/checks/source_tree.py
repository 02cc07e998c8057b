"""The files of this project, for the checks beside it."""

import re
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


# The rooms of clouds: the rows of the one table of them.
CLOUDS = re.findall(r"&(\w+)::provider\(\)",
                    (ROOT / "exporter/app/providers.cc").read_text("utf-8"))


def list_files(*suffixes):
    """Committed and new files, paths relative to ROOT, ignored ones left out."""
    git = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True)
    if git.returncode == 0:
        paths = {pathlib.PurePath(name) for name in git.stdout.split("\0") if name}
    else:  # a source archive without .git
        paths = {path.relative_to(ROOT) for path in ROOT.rglob("*")}
        paths = {path for path in paths if path.parts[0] not in ("build", ".git")}
    return sorted(path for path in paths
                  if (not suffixes or path.suffix in suffixes) and (ROOT / path).is_file())


def report(problems, checked):
    """Prints the problems, or what was checked; returns the exit status."""
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else f"ok: {checked}")
    return 1 if problems else 0
