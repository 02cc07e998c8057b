"""What befalls machines: disks that are full, fail or become read-only, no descriptors left, clocks that
jump, a process or a laptop that sleeps, a kill at any moment. Nothing is torn, nothing is lost that was said to
be kept, and a clear line says what is the matter."""

import datetime
import os
import pathlib
import random
import re
import signal
import time

from harness import (EXPORTER, LONGEST_TEST, EndToEndTest, Exporter, Program, billing_months, main, make_account,
                     make_config, wait_until)
from providers import CHINA

LIBRARY = os.environ["FAULTY_MACHINE_LIBRARY"]
LONG = os.environ.get("CLOUD_BILLING_LONG") == "1"
KILLS = 200 if LONG else 6
HOUR = 3600
OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}
PREVIOUS = f"--focus.month={billing_months()['previous']}"

# What befalls which call below the directory, and the words for it.
DISK_FAULTS = [
    ("write", "ENOSPC", "No space left on device"),
    ("write", "EIO", "Input/output error"),
    ("write", "NOTHING", "Input/output error"),
    ("fsync", "EIO", "Input/output error"),
    ("rename", "EIO", "Input/output error"),
    ("open", "EMFILE", "Too many open files"),
    ("open", "EROFS", "Read-only file system"),
]


class Machine:
    """What programs run on, below whose directory calls can fail, and whose clock can jump."""

    def __init__(self, control, directory):
        self._control = control
        control.write_bytes(bytes(48))
        directory.mkdir(exist_ok=True)
        self.directory = directory
        self.environment = {"LD_PRELOAD": LIBRARY, "ASAN_OPTIONS": "verify_asan_link_order=0",
                            "FAULTY_MACHINE": str(control), "FAULTY_DIRECTORY": str(directory)}

    def _write(self, field, text):
        with open(self._control, "r+b") as control:
            control.seek(16 * field)
            control.write(text.encode().ljust(16, b"\0"))

    def fail(self, call, fault):
        self._write(1, fault)
        self._write(0, call)

    def heal(self):
        self._write(0, "")

    def set_clock(self, seconds_ahead):
        self._write(2, str(seconds_ahead))

    def files(self, pattern="*"):
        """Name to content."""
        return {path.name: path.read_bytes() for path in sorted(self.directory.glob(pattern)) if path.is_file()}


class MachineFaults(EndToEndTest):
    def make_machine(self, name="machine"):
        return Machine(self.directory / f"{name}.control", self.directory / name)

    def start_on(self, machine, config, *flags):
        return self.start_exporter(config, f"--state.dir={machine.directory}", *flags, environment=machine.environment)

    # ---- the state directory ----

    def test_a_state_that_cannot_be_saved_is_told_once_and_the_old_one_stays_whole(self):
        cloud = self.start_simulator("--rows=5")
        config = make_config([make_account(cloud, collectors=["balance"])], polling=OFTEN)
        machines = [self.make_machine(f"{call}-{fault}") for call, fault, _ in DISK_FAULTS]
        path = self.write_config(config)
        exporters = [self._own(Exporter(self.directory, path, f"--state.dir={machine.directory}",
                                        environment=machine.environment)).wait_ready() for machine in machines]
        for machine in machines:
            wait_until(lambda: machine.files("*.state"), "the state is saved")
        for machine, (call, fault, _) in zip(machines, DISK_FAULTS):
            machine.fail(call, fault)
        before = []
        for machine, exporter in zip(machines, exporters):
            exporter.find_in(exporter.err_path, r"(the state is not saved)")
            before.append(machine.files("*.state"))

        for machine, exporter, (call, fault, words) in zip(machines, exporters, DISK_FAULTS):
            with self.subTest(call=call, fault=fault):
                line, = re.findall(r".*the state is not saved.*", exporter.err)
                self.assertIn(words, line)
                self.assertIn(str(machine.directory), line)
                self.assertIn("account-1", line)
                self.assertEqual(len(before[0]), 1)
                shown = exporter.metrics()
                self.assertEqual(shown.value("collector_up", collector="balance"), "1")
                self.assertTrue(exporter.is_ready())

        # Those that end meanwhile say what is lost; those that are killed have nothing to say. Either
        # way the next one serves what was saved.
        for number, (machine, exporter) in enumerate(zip(machines, exporters)):
            with self.subTest(DISK_FAULTS[number]):
                if number % 4 == 0:
                    exporter.kill()
                elif number % 4 == 1:
                    self.assertEqual(exporter.stop(), 0)
                    self.assertIn("state is lost", exporter.err)
                else:
                    machine.heal()
                    exporter.find_in(exporter.err_path, r"(the state is saved again)")
                    self.assertEqual(len(re.findall("the state is not saved", exporter.err)), 1)
                    self.assertEqual(exporter.stop(), 0)
                    self.assertNotIn("state is lost", exporter.err)
                if number % 4 < 2:
                    self.assertEqual(machine.files("*.state"), before[number])
                machine.heal()
        cloud.kill()
        for number, machine in enumerate(machines):
            with self.subTest(DISK_FAULTS[number]):
                exporter = self.start_on(machine, path)
                self.assertTrue(exporter.is_ready())
                self.assertIsNotNone(exporter.metrics().value("cash_balance", account="account-1"))
                self.assertEqual(exporter.stop(), 0)
                self.assertEqual(machine.files("*.tmp*"), {})
                self.assertEqual(machine.files("*.bad-*"), {})

    def test_a_state_that_cannot_be_read_is_left_alone(self):
        cloud = self.start_simulator("--rows=5")
        config = make_config([make_account(cloud, collectors=["balance"])], polling=OFTEN)
        machine = self.make_machine()
        exporter = self.start_on(machine, config).wait_ready()
        wait_until(lambda: machine.files("*.state"), "the state is saved")
        self.assertEqual(exporter.stop(), 0)
        before = machine.files("*.state")
        machine.fail("read", "EIO")
        exporter = self.start_on(machine, config).wait_ready()
        exporter.find_in(exporter.err_path, r"(it is not replaced)")
        self.assertRegex(exporter.err, r"cannot be read and is left as it is.*Input/output error")
        self.assertEqual(machine.files("*.state"), before)
        machine.heal()
        exporter.find_in(exporter.err_path, r"(the state is saved again)")
        self.assertNotEqual(machine.files("*.state"), before)

    def test_a_disk_that_takes_and_gives_little_at_a_time_loses_nothing(self):
        cloud = self.start_simulator("--rows=120")
        config = make_config([make_account(cloud)])
        machine = self.make_machine()
        machine.fail("write", "SHORT")
        exporter = self.start_on(machine, config).wait_ready().wait_for_days()
        before = exporter.metrics().data_lines("account-1")
        self.assertEqual(exporter.stop(), 0)
        cloud.kill()
        machine.fail("read", "SHORT")
        exporter = self.start_on(machine, config)
        self.assertEqual(exporter.metrics().data_lines("account-1"), before)
        self.assertEqual(machine.files("*.bad-*"), {})

    # ---- FOCUS files ----

    def export(self, machine, config, status=0):
        run = self.run_exporter(f"--config.file={config}", f"--focus.output={machine.directory}/focus.csv",
                                PREVIOUS, environment=machine.environment)
        self.assertEqual(run.status, status, run.err)
        return run

    def test_a_focus_file_that_cannot_be_written_leaves_the_old_one(self):
        cloud = self.start_simulator("--rows=60")
        config = self.write_config(make_config([make_account(cloud)]))
        machine = self.make_machine()
        self.export(machine, config)
        before = machine.files()
        self.assertIn("focus.csv", before)
        for call, fault, words in [*DISK_FAULTS, ("read", "EIO", "Input/output error"),
                                   ("read", "NOTHING", "Input/output error")]:
            with self.subTest(call=call, fault=fault):
                machine.fail(call, fault)
                run = self.export(machine, config, status=1)
                machine.heal()
                lines = [line for line in run.err.splitlines() if words in line]
                self.assertEqual(len(lines), 1, run.err)
                self.assertIn(str(machine.directory), lines[0])
                self.assertEqual(machine.files(), before)

    def test_a_focus_file_on_a_disk_that_takes_little_at_a_time_is_the_same(self):
        cloud = self.start_simulator("--rows=60")
        config = self.write_config(make_config([make_account(cloud)]))
        machine = self.make_machine()
        self.export(machine, config)
        before = machine.files()["focus.csv"]
        for call in ("write", "read"):
            machine.fail(call, "SHORT")
            self.export(machine, config)
            self.assertEqual(machine.files()["focus.csv"], before)

    def test_an_export_that_is_killed_leaves_the_old_file_or_none(self):
        cloud = self.start_simulator("--rows=60")
        config = self.write_config(make_config([make_account(cloud)]))
        machine = self.make_machine()
        began = time.monotonic()
        self.export(machine, config)
        length = time.monotonic() - began
        whole = machine.files()["focus.csv"]
        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        moments = random.Random(seed)
        for kill in range(KILLS):
            output = machine.directory / "focus.csv"
            if kill % 2 == 0:
                output.unlink(missing_ok=True)
            old = output.read_bytes() if output.exists() else None
            run = self._own(Program(self.directory, "run", [
                EXPORTER, f"--config.file={config}", f"--focus.output={output}", PREVIOUS]))
            time.sleep(moments.uniform(0, 1.2 * length))  # not for anything: any moment is good
            run.kill()
            self.assertIn(output.read_bytes() if output.exists() else None, (old, whole), f"kill {kill}")
        self.export(machine, config)
        self.assertEqual(machine.files()["focus.csv"], whole)

    # ---- the clock, and sleep ----

    def start_on_one_clock(self, *flags):
        """A cloud and an exporter whose clocks jump together."""
        machine = self.make_machine()
        cloud = self.start_simulator(*flags, environment=machine.environment)
        path = self.write_config(make_config([make_account(cloud)], polling=OFTEN))
        return machine, path, self.start_on(machine, path).wait_ready()

    def bill_lines(self, shown):
        """Of the months' bills, by what they are about and not by which month it is."""
        return {line for line in shown.data_lines("account-1")
                if line.startswith("cloud_billing_billed_cost{") and 'period="previous"' in line}

    def wait_for_polls(self, exporter):
        """Until two polls of each collector have ended from now on."""
        before = polls_of(exporter.metrics())
        return exporter.wait_for(lambda shown: all(
            now >= then + 2 for now, then in zip(polls_of(shown), before)), "two polls of each")

    def test_a_clock_that_jumps_both_ways_changes_what_is_current_and_loses_nothing(self):
        machine, path, exporter = self.start_on_one_clock("--rows=30")
        before = self.bill_lines(self.wait_for_polls(exporter))
        self.assertTrue(before)
        machine.set_clock(40 * 24 * HOUR)
        later = wait_until(lambda: self.bill_lines(exporter.metrics()) - before, "another month is the previous one")
        self.assertTrue(later)
        self.assertEqual(self.wait_for_polls(exporter).value("collector_up", collector="bills"), "1")
        machine.set_clock(0)
        wait_until(lambda: self.bill_lines(exporter.metrics()) == before, "the months are as they were")
        shown = self.wait_for_polls(exporter)
        for collector in ("balance", "bills"):
            self.assertEqual(shown.value("collector_up", collector=collector), "1")
        # What is saved is not of the future.
        self.assertEqual(exporter.stop(), 0)
        exporter = self.start_on(machine, path)
        self.assertEqual(self.bill_lines(exporter.metrics()), before)

    def test_a_clock_that_is_wrong_is_named_and_nothing_is_forgotten(self):
        cloud = self.start_simulator("--rows=30")
        machine = self.make_machine()
        exporter = self.start_on(machine, make_config([make_account(cloud)], polling=OFTEN)).wait_ready()
        before = self.wait_for_polls(exporter)
        self.assertTrue(self.bill_lines(before))
        for jump in jumps_within_the_month():
            with self.subTest(jump=jump):
                said = len(exporter.err)
                machine.set_clock(jump)
                exporter.wait_for(lambda shown: shown.value("collector_up", collector="bills") == "0", "refused")
                wait_until(lambda: "check this host's clock" in exporter.err[said:], "the clock is named")
                self.assertEqual(self.bill_lines(exporter.metrics()), self.bill_lines(before))
                machine.set_clock(0)
                exporter.wait_for(lambda shown: shown.value("collector_up", collector="bills") == "1", "admitted")
                self.assertEqual(self.bill_lines(exporter.metrics()), self.bill_lines(before))

    def test_after_a_sleep_it_goes_on_where_it_was(self):
        machine, _, exporter = self.start_on_one_clock("--rows=30")
        before = self.wait_for_polls(exporter)
        # A stopped process; then a laptop that slept for eight hours.
        for slept in (0, 8 * HOUR):
            with self.subTest(slept=slept):
                exporter.process.send_signal(signal.SIGSTOP)
                wait_until(lambda: is_stopped(exporter), "it is stopped")
                machine.set_clock(slept)
                time.sleep(2)  # in which polls come due
                exporter.process.send_signal(signal.SIGCONT)
                shown = self.wait_for_polls(exporter)
                for collector in ("balance", "bills"):
                    self.assertEqual(shown.value("collector_up", collector=collector), "1")
                self.assertGreater(polls_of(shown), polls_of(before))
                self.assertIsNotNone(shown.value("cash_balance", account="account-1"))
                self.assertEqual(machine.files("*.bad-*"), {})


def polls_of(shown):
    return [shown.count("collector_polls_total", collector=collector) for collector in ("balance", "bills")]


def jumps_within_the_month():
    """Further than clouds admit, and one of them at least: what is the previous month stays it."""
    month = billing_months()["current"]
    return [jump for jump in (2 * HOUR, -2 * HOUR)
            if month == month_after(jump - LONGEST_TEST) == month_after(jump + LONGEST_TEST)]


def month_after(seconds):
    return f"{datetime.datetime.now(CHINA) + datetime.timedelta(seconds=seconds):%Y-%m}"


def is_stopped(program):
    return pathlib.Path(f"/proc/{program.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"


if __name__ == "__main__":
    main()
