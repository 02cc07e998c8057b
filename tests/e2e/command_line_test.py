"""Flags, exit statuses, and the runs that end by themselves."""

import json
import os
import signal
import socket
import stat
import subprocess

from harness import (EXPORTER, EndToEndTest, Exposition, Program, ask, main, make_account,
                     make_config, wait_until)
from providers import PROVIDER

NOBODY = "http://127.0.0.1:1"  # never asked


class Cloudless:
    url = NOBODY


class Flags(EndToEndTest):
    def test_help_and_version_are_printed(self):
        for flag, expected in (("--help", "--web.listen-address"), ("-h", "--web.listen-address"),
                               ("--version", "version")):
            run = self.run_exporter(flag)
            self.assertEqual((run.status, run.err), (0, ""))
            self.assertIn(expected, run.out)

    def test_mistakes_on_the_command_line_exit_2_and_are_named(self):
        for flags, named in (
                (["--web.listen-adress=:0"], "--web.listen-adress"), (["-x"], "-x"),
                (["--log.level=loud"], "loud"), (["--log.format", "xml"], "xml"),
                (["--web.listen-address=nowhere"], "nowhere"),
                (["--web.listen-address=:99999"], "99999"),
                (["--web.telemetry-path=/"], "--web.telemetry-path"),
                (["--web.telemetry-path=/-/x"], "/-/x"), (["--config.file"], "--config.file"),
                (["stray"], "stray")):
            with self.subTest(flags=flags):
                run = self.run_exporter(*flags)
                self.assertEqual((run.status, run.out), (2, ""))
                self.assertIn(named, run.err)

    def test_what_cannot_be_written_is_a_failure(self):
        path = self.write_config(make_config([make_account(Cloudless)]))
        once = (f"--config.file={path}", "--once")
        for arguments in (["--help"], ["-h"], ["--version"],
                          [f"--config.file={path}", "--check-config"], once):
            for how in ("full", "closed"):
                with self.subTest(arguments=arguments, output=how):
                    status, err = self.run_without_output(arguments, how)
                    self.assertEqual(status, 1)
                    self.assertIn("cannot write to the standard output: "
                                  + {"full": "No space left on device",
                                     "closed": "Bad file descriptor"}[how], err)

    def run_without_output(self, arguments, how):
        with open("/dev/full", "wb") as full:
            run = subprocess.run(
                [EXPORTER, *arguments], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                check=False, timeout=60, stdout=full if how == "full" else subprocess.DEVNULL,
                preexec_fn=(lambda: os.close(1)) if how == "closed" else None)
        return run.returncode, run.stderr

    def test_an_exporter_without_standard_streams_writes_its_log_into_nothing_else(self):
        """What is opened next would get their numbers: a state file, a connection, the port."""
        cloud = self.start_simulator("--rows=20")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        path = self.write_config(make_config([make_account(cloud)]))
        state = self.directory / "state"
        process = subprocess.Popen(
            [EXPORTER, f"--config.file={path}", f"--web.listen-address=127.0.0.1:{port}",
             f"--state.dir={state}", "--log.level=debug"],
            preexec_fn=lambda: [os.close(number) for number in (0, 1, 2)])
        self.addCleanup(process.kill)

        def is_ready():
            try:
                return ask(port, "/-/ready").status == 200
            except ConnectionRefusedError:
                return False

        wait_until(is_ready, "ready")
        shown = Exposition(ask(port, "/metrics").body.decode())
        self.assertGreater(shown.count("log_lines_dropped_total"), 0)
        self.assertEqual(shown.value("collector_up", collector="bills"), "1")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(timeout=30), 0)
        for written in state.iterdir():
            self.assertNotIn(b"level=", written.read_bytes())

    def test_errors_at_the_start_are_objects_of_the_log_where_it_is_json(self):
        account = make_account(Cloudless, acces_key_id="x", budget="much")
        path = self.write_config(make_config([account]))
        bad = [f"--config.file={path}", "--log.format=json"]
        for arguments, status, expected in (
                (bad, 1, ["acces_key_id", "budget"]),
                ([*bad, "--check-config"], 1, ["acces_key_id", "budget"]),
                ([*bad, "--once"], 1, ["acces_key_id", "budget"]),
                (["--config.file=/nowhere", "--log.format=json"], 1, ["/nowhere"]),
                (["--log.format=json", "--log.level=loud"], 2, ["loud"]),
                (["--no-such-flag", "--log.format=json"], 2, ["--no-such-flag"]),
                (["--probe", "--web.listen-address=127.0.0.1:1", "--log.format=json"], 1,
                 ["127.0.0.1:1"])):
            with self.subTest(arguments=arguments):
                run = self.run_exporter(*arguments)
                self.assertEqual((run.status, run.out), (status, ""))
                lines = [json.loads(line) for line in run.err.splitlines()]
                self.assertEqual(len(lines), len(expected))
                for line, word in zip(lines, expected):
                    self.assertEqual(line["level"], "error")
                    self.assertIn(word, line["error"])
                    self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT")

    def test_every_problem_of_a_bad_configuration_is_reported_at_start_and_on_check(self):
        account = make_account(Cloudless, acces_key_id="x", budget="much")
        del account["access_key_id"]
        path = self.write_config(make_config([account], polling={"bills": {"interval": "0s"}}))
        for mode in ([], ["--check-config"], ["--once"]):
            with self.subTest(mode=mode):
                run = self.run_exporter(f"--config.file={path}", *mode)
                self.assertEqual((run.status, run.out), (1, ""))
                for part in ("acces_key_id: unknown key, did you mean", "much", "interval"):
                    self.assertIn(part, run.err)
                self.assertTrue(all(line.startswith(f"{path}:") for line in run.err.splitlines()))

    def test_a_missing_configuration_exits_1_and_is_named(self):
        run = self.run_exporter("--config.file=/nowhere/config.yml")
        self.assertEqual(run.status, 1)
        self.assertIn("/nowhere/config.yml", run.err)

    def test_check_config_prints_a_line_per_account(self):
        accounts = [make_account(Cloudless, 1, budget=500), make_account(Cloudless, 2)]
        run = self.run_exporter(f"--config.file={self.write_config(make_config(accounts))}",
                                "--check-config")
        self.assertEqual((run.status, run.err), (0, ""))
        lines = run.out.splitlines()
        self.assertEqual(len(lines), 2)
        for line, account in zip(lines, accounts):
            self.assertIn(account["name"], line)
            self.assertNotIn(account["secret_access_key"], line)

    def test_check_config_finds_a_secret_file_that_cannot_be_read(self):
        account = make_account(Cloudless, secret_access_key_file=str(self.directory / "absent"))
        del account["secret_access_key"]
        path = self.write_config(make_config([account]))
        run = self.run_exporter(f"--config.file={path}", "--check-config")
        self.assertEqual(run.status, 1)
        self.assertIn("secret_access_key_file", run.err)
        self.assertIn(str(self.directory / "absent"), run.err)

    def test_check_config_reports_unreadable_secrets_among_the_other_problems(self):
        path = self.write_config(
            "accounts:\n"
            "  - name: a\n"
            f"    provider: {PROVIDER.name}\n"
            "    access_key_id_file: absent-ak\n"
            "    budget: much\n"
            "    secret_access_key_file: absent-sk\n"
            "  - name: a\n"
            f"    provider: {PROVIDER.name}\n"
            "    access_key_id: x\n"
            "    session_token_file: absent-token\n")
        run = self.run_exporter(f"--config.file={path}", "--check-config")
        self.assertEqual((run.status, run.out), (1, ""))
        folder = self.directory
        for line, (place, what) in zip(run.err.splitlines(), (
                ("4:25", f"accounts[0].access_key_id_file: cannot read the secret in "
                         f"{folder}/absent-ak: No such file"),
                ("5:13", 'accounts[0].budget: "much"'),
                ("6:29", f"{folder}/absent-sk"),
                ("7:5", "accounts[1].secret_access_key: missing key"),
                ("7:11", "accounts[0] has the same name"),
                ("10:25", f"{folder}/absent-token")), strict=True):
            self.assertTrue(line.startswith(f"{path}:{place}: "), line)
            self.assertIn(what, line)

    def test_secret_files_are_named_from_the_configurations_folder(self):
        folder = self.directory / "etc"
        folder.mkdir()
        (folder / "sk").write_text("a-secret\n")
        account = make_account(Cloudless, secret_access_key_file="sk")
        del account["secret_access_key"]
        (folder / "config.yml").write_text(json.dumps(make_config([account])))
        for config in (folder / "config.yml", os.path.relpath(folder / "config.yml")):
            run = self.run_exporter(f"--config.file={config}", "--check-config")
            self.assertEqual((run.status, run.err), (0, ""))

    def test_budgets_without_billed_cost_are_warned_of(self):
        account = make_account(Cloudless, budget=500)
        for measures, warned in ((["list_cost"], True), (["list_cost", "billed_cost"], False)):
            path = self.write_config(make_config([account], aggregation={"measures": measures}))
            run = self.run_exporter(f"--config.file={path}", "--check-config")
            self.assertEqual(run.status, 0)
            self.assertEqual("aggregation.measures" in run.err, warned)

    def test_variables_come_from_the_environment(self):
        account = make_account(Cloudless, budget="${BUDGET}", name="${NAME:-unnamed}")
        path = self.write_config(make_config([account]))
        run = self.run_exporter(f"--config.file={path}", "--check-config",
                                environment={"BUDGET": "1234.5"})
        self.assertEqual(run.status, 0, run.err)
        self.assertIn("unnamed", run.out)
        self.assertIn("1234.5", run.out)

    def test_a_port_in_use_exits_1_and_is_named(self):
        path = self.write_config(make_config([make_account(Cloudless)]))
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            run = self.run_exporter(f"--config.file={path}", f"--web.listen-address={address}")
        self.assertEqual(run.status, 1)
        self.assertIn(address, run.err)

    def test_probe_tells_whether_the_exporter_is_healthy(self):
        exporter = self.start_exporter(make_config([make_account(Cloudless)]))
        address = f"--web.listen-address=127.0.0.1:{exporter.port}"
        self.assertEqual(self.run_exporter("--probe", address).status, 0)
        self.assertEqual(exporter.stop(), 0)
        run = self.run_exporter("--probe", address)
        self.assertEqual(run.status, 1)
        self.assertNotEqual(run.err, "")


class EarlySignals(EndToEndTest):
    """Signals that come while the configuration is still read."""

    def start_reading(self):
        """An exporter that reads its configuration from a pipe, and the pipe's other end."""
        path = self.directory / "config.yml"
        os.mkfifo(path)
        program = self._own(Program(self.directory, "exporter", [
            EXPORTER, f"--config.file={path}", "--web.listen-address=127.0.0.1:0"]))
        return program, open(path, "w"), path  # waits for the reader

    def test_a_reload_is_done_as_soon_as_it_serves(self):
        program, pipe, path = self.start_reading()
        config = make_config([make_account(Cloudless)])
        (self.directory / "new.yml").write_text(json.dumps(config))
        os.replace(self.directory / "new.yml", path)
        program.process.send_signal(signal.SIGHUP)
        with pipe:
            pipe.write(json.dumps(config))
        program.find_in(program.err_path, "(configuration reloaded)")
        self.assertEqual(program.stop(), 0)

    def test_an_end_is_no_failure(self):
        for end in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=end):
                program, pipe, path = self.start_reading()
                program.process.send_signal(end)
                with pipe:
                    pipe.write(json.dumps(make_config([make_account(Cloudless)])))
                self.assertEqual(program.wait(), 0)
                path.unlink()


class Once(EndToEndTest):
    def test_once_leaves_out_the_process_and_histograms(self):
        cloud = self.start_simulator("--rows=20")
        run = self.poll_once(make_config([make_account(cloud)]))
        names = set(run.metrics.samples)
        self.assertIn("cloud_billing_account_billed_cost", names)
        self.assertIn("cloud_billing_api_requests_total", names)
        self.assertEqual([n for n in names if n.startswith("process_") or "_bucket" in n], [])
        self.assertNotIn("histogram", run.out)

    def test_once_prints_what_succeeded_although_another_failed(self):
        cloud = self.start_simulator("--accounts=2", "--rows=20")
        accounts = [make_account(cloud, 1), make_account(cloud, 2, secret_access_key="wrong")]
        shown = self.poll_once(make_config(accounts), status=1).metrics
        self.assertNotEqual(shown.select("account_billed_cost", account="account-1"), {})
        self.assertEqual(shown.amount_names("account-2"), [])
        for collector in ("balance", "bills"):
            self.assertEqual(shown.value("collector_up", account="account-1",
                                         collector=collector), "1")
            self.assertEqual(shown.value("collector_up", account="account-2",
                                         collector=collector), "0")
            self.assertEqual(shown.value("collector_failures_total", account="account-2",
                                         collector=collector), "1")
            self.assertEqual(shown.value("collector_failing", account="account-2",
                                         collector=collector, reason="auth"), "1")

    def test_once_writes_a_file_for_the_textfile_collector(self):
        cloud = self.start_simulator("--rows=20")
        folder = self.directory / "textfile"
        folder.mkdir()
        output = folder / "billing.prom"
        output.write_text("old\n")
        before = output.stat().st_ino
        run = self.poll_once(make_config([make_account(cloud)]), f"--once.output={output}")
        self.assertEqual(run.out, "")
        shown = Exposition(output.read_text())
        self.assertEqual(shown.value("collector_up", collector="bills"), "1")
        self.assertNotEqual(output.stat().st_ino, before)  # renamed into place
        self.assertEqual(os.listdir(folder), ["billing.prom"])
        self.assertTrue(output.stat().st_mode & stat.S_IRUSR)

    def test_a_file_for_the_textfile_collector_can_be_read_by_it_and_stays_whose_it_is(self):
        cloud = self.start_simulator("--rows=20")
        config = make_config([make_account(cloud)])
        output = self.directory / "billing.prom"
        before = os.umask(0o077)
        self.addCleanup(os.umask, before)
        self.poll_once(config, f"--once.output={output}")
        self.assertEqual(stat.S_IMODE(output.stat().st_mode), 0o644)
        output.chmod(0o640)
        owner = (12345, 54321) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
        os.chown(output, *owner)
        self.poll_once(config, f"--once.output={output}")
        status = output.stat()
        self.assertEqual((stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid),
                         (0o640, *owner))

    def test_an_output_that_cannot_be_written_exits_1_and_leaves_everything_as_it_was(self):
        cloud = self.start_simulator("--rows=20")
        folder = self.directory / "textfile"
        folder.mkdir()
        (folder / "billing.prom").mkdir()  # a directory is in the way of the rename
        (folder / "billing.prom" / "kept").write_text("old\n")
        config = make_config([make_account(cloud)])
        run = self.poll_once(config, f"--once.output={folder / 'billing.prom'}", status=1)
        self.assertIn("billing.prom", run.err)
        self.assertEqual(os.listdir(folder), ["billing.prom"])
        self.assertEqual((folder / "billing.prom" / "kept").read_text(), "old\n")
        run = self.poll_once(config, f"--once.output={self.directory / 'absent' / 'x'}", status=1)
        self.assertIn("absent", run.err)

    def test_once_writes_into_a_redirected_standard_output_and_leaves_its_name_alone(self):
        """As `--once.output=/dev/stdout >>file`; the name is one of the test's own."""
        cloud = self.start_simulator("--rows=20")
        path = self.write_config(make_config([make_account(cloud)]))
        name = self.directory / "stdout"
        name.symlink_to("/proc/self/fd/1")
        run = self.run_exporter(f"--config.file={path}", "--once", f"--once.output={name}")
        self.assertEqual(run.status, 0, run.err)
        self.assertEqual([line for line in run.err.splitlines()
                          if "first poll succeeded" not in line], [])
        self.assertIn("cloud_billing_account_billed_cost{", run.out)
        self.assertEqual(os.readlink(name), "/proc/self/fd/1")

    def test_once_opens_no_port(self):
        cloud = self.start_simulator("--rows=20")
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.poll_once(make_config([make_account(cloud)]),
                           f"--web.listen-address=127.0.0.1:{taken.getsockname()[1]}")


if __name__ == "__main__":
    main()
