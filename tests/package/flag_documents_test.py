"""The manual page and the completions name the flags of --help, and no others."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

EXPORTER = os.environ["CLOUD_BILLING_EXPORTER"]
REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
NAME = "cloud_billing_exporter"


class FlagDocuments(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.directory = pathlib.Path(directory.name)
        subprocess.run([sys.executable, "-B", REPOSITORY / "packaging/flag_documents.py", EXPORTER,
                        cls.directory], check=True)
        text = subprocess.run([EXPORTER, "--help"], capture_output=True, text=True, check=True).stdout
        cls.flags = set(re.findall(r"(?m)^  (--[a-z.-]+)", text))

    def read(self, name):
        return (self.directory / name).read_text("utf-8")

    def complete(self, *words):
        """What bash offers for the last word."""
        script = (f"compopt() {{ :; }}; . {self.directory}/{NAME}.bash; COMP_WORDS=(\"$@\"); "
                  f"COMP_CWORD=$(($# - 1)); _{NAME}; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        answer = subprocess.run(["bash", "-c", script, "bash", NAME, *words], text=True,
                                cwd=self.directory, capture_output=True, check=True)
        return set(answer.stdout.split())

    def test_there_are_flags(self):
        self.assertGreater(len(self.flags), 10)

    def test_the_manual_page_describes_every_flag(self):
        options = self.read(f"{NAME}.1").partition(".SH OPTIONS")[2].partition(".SH SIGNALS")[0]
        named = {flag.replace("\\-", "-")
                 for flag in re.findall(r"(?m)^\.TP\n\\fB(\\-\\-[^\\]+(?:\\-[^\\]+)*)\\fR", options)}
        self.assertEqual(named, self.flags)

    def test_bash_offers_every_flag(self):
        self.assertEqual({word.rstrip("=") for word in self.complete("--")}, self.flags)

    def test_zsh_offers_every_flag(self):
        self.assertEqual(set(re.findall(r"(?m)^  '\*?(--[a-z.-]+)", self.read(f"_{NAME}"))), self.flags)

    def test_fish_offers_every_flag(self):
        self.assertEqual({"--" + name for name in re.findall(r" -l (\S+)", self.read(f"{NAME}.fish"))},
                         self.flags)

    def test_bash_offers_what_a_value_can_be(self):
        levels = {"debug", "info", "warn", "error"}
        self.assertEqual(self.complete("--log.level", ""), levels)
        self.assertEqual(self.complete("--log.level", "="), levels)
        self.assertEqual(self.complete("--log.level", "=", "wa"), {"warn"})
        self.assertEqual(self.complete("--log.format", "j"), {"json"})
        (self.directory / "bills.yml").touch()
        self.assertEqual(self.complete("--config.file", "=", "bil"), {"bills.yml"})
        (self.directory / "memory").mkdir()
        self.assertEqual(self.complete("--state.dir", ""), {"memory"})
        self.assertEqual(self.complete("--shard.count", ""), set())


if __name__ == "__main__":
    unittest.main()
