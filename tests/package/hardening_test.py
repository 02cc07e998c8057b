"""The program came out of compiler and linker as cmake/hardening.cmake asks, and its unit gives little away: told from
the ELF file by binutils' readelf, and from the unit by systemd-analyze."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["CLOUD_BILLING_EXPORTER"])
PROGRAMS = [PROGRAM, PROGRAM.with_name("container_probe")]
UNIT = REPOSITORY / "config/systemd/cloud-billing-exporter.service"
HIGHEST_EXPOSURE = 2.0  # of systemd-analyze's 10
# Where an indirect branch may land: ENDBR64; BTI C and PACIASP. Each function that can be called indirectly begins so.
# They are counted because the linker's note of them is lost with the C library's start files of Debian 12.
LANDINGS = {"X86-64": (b"\xf3\x0f\x1e\xfa",), "AArch64": (b"\x5f\x24\x03\xd5", b"\x3f\x23\x03\xd5")}
FEWEST_LANDINGS = 1000  # those of the start files are five


def read(program, *what):
    return subprocess.run(["readelf", "--wide", *what, program], check=True, capture_output=True, text=True).stdout


def code_of(program):
    section = re.search(r" \.text\s+PROGBITS\s+\w+ (\w+) (\w+)", read(program, "--section-headers"))
    offset, size = (int(number, 16) for number in section.groups())
    return program.read_bytes()[offset:offset + size]


def functions_asked_for(program):
    """Of the shared libraries."""
    return set(re.findall(r" UND (\w+)@", read(program, "--dyn-syms")))


@unittest.skipIf(shutil.which("readelf") is None, "readelf of binutils is missing")
@unittest.skipUnless(os.environ.get("CLOUD_BILLING_HARDENED") == "1", "a build that is not what is shipped")
class Program(unittest.TestCase):
    def test_it_can_be_loaded_anywhere(self):
        for program in PROGRAMS:
            self.assertRegex(read(program, "--file-header"), r"Type:\s+DYN", program)
            self.assertRegex(read(program, "--dynamic"), r"FLAGS_1\).*\bPIE\b", program)

    def test_what_the_loader_wrote_is_read_only_before_it_starts(self):
        for program in PROGRAMS:
            self.assertIn("GNU_RELRO", read(program, "--program-headers"), program)
            self.assertTrue(re.search(r"FLAGS(_1)?\).*NOW", read(program, "--dynamic")), program)

    def test_nothing_can_be_written_and_executed(self):
        for program in PROGRAMS:
            segments = read(program, "--program-headers")
            self.assertRegex(segments, r"GNU_STACK .* RW +0x", program)
            self.assertNotIn(" RWE ", segments, program)
            self.assertNotIn("TEXTREL", read(program, "--dynamic"), program)

    def test_it_loads_libraries_from_the_systems_folders_only(self):
        for program in PROGRAMS:
            self.assertNotRegex(read(program, "--dynamic"), r"\((RPATH|RUNPATH)\)", program)

    def test_a_stack_that_overflows_ends_it(self):
        for program in PROGRAMS:
            self.assertTrue("__stack_chk_fail" in functions_asked_for(program), program)

    def test_copies_know_how_much_room_there_is(self):
        fortified = [name for name in functions_asked_for(PROGRAM) if re.fullmatch(r"__\w+_chk", name)]
        self.assertTrue(fortified, "no function that checks, such as __memcpy_chk")

    def test_branches_land_where_functions_begin(self):
        machine = next((name for name in LANDINGS if name in read(PROGRAM, "--file-header")), None)
        if machine is None:
            self.skipTest("another machine")
        code = code_of(PROGRAM)
        self.assertGreater(sum(code.count(landing) for landing in LANDINGS[machine]), FEWEST_LANDINGS)


@unittest.skipIf(shutil.which("systemd-analyze") is None, "systemd-analyze is missing")
class Unit(unittest.TestCase):
    def test_it_gives_little_away(self):
        answer = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", UNIT],
                                capture_output=True, text=True)
        exposure = re.search(r"exposure level for \S+: ([0-9.]+)", answer.stdout)
        self.assertIsNotNone(exposure, answer.stderr)
        print(f"exposure {exposure[1]}")
        self.assertLess(float(exposure[1]), HIGHEST_EXPOSURE, answer.stdout)


if __name__ == "__main__":
    unittest.main()
