"""Slips of a secret: wherever a person writes it by mistake, nothing that the program ever writes holds it.

Ten secrets are made anew in every run. After each test everything is looked through for each of them: what was printed
and logged at debug in both formats, page, metrics, answers to reloads, names and contents of state files.
"""

import itertools
import json
import random
import string

from harness import EndToEndTest, main, make_account, make_config
from providers import PROVIDER

# SECRET stands for it. --check-config refuses every slip but one that may be no mistake.
TAKEN = " (may be taken)"

# Lines of an account, after its name, provider and key id.
CONFIGURATION = {
    "no blank behind the colon": "secret_access_key:SECRET",
    "no blank, and another key below": "secret_access_key:SECRET\n    budget: 5",
    "a quoted key without a blank": '"secret_access_key:SECRET": x',
    "an equals sign": "secret_access_key=SECRET",
    "an equals sign in a map": "{secret_access_key=SECRET: x}",
    "a full-width colon": "secret_access_key：SECRET",
    "a full-width colon, and another key below": "secret_access_key：SECRET\n    budget: 5",
    "a no-break space": "secret_access_key:\u00a0SECRET",
    "no colon": "secret_access_key SECRET",
    "the secret as a key": "SECRET: secret_access_key",
    "a misspelt key": "secret_acces_key: SECRET",
    "a synonym of the key": "sk: SECRET",
    "the key twice": "secret_access_key: SECRET\n    secret_access_key: SECRET",
    "the secret and a file with it": "secret_access_key: SECRET\n    secret_access_key_file: SECRET",
    "the name of a variable": "secret_access_key: ${SECRET}",
    "a variable that is not closed": "secret_access_key: ${SECRET",
    "a default that is not closed": "secret_access_key: ${SK:-SECRET",
    "a default of another key": "secret_access_key: x\n    budget: ${NOT_SET:-SECRET}",
    "a lone dollar" + TAKEN: "secret_access_key: $SECRET",
    "a dollar and a name" + TAKEN: "secret_access_key: $KSECRET",
    "angle brackets": "secret_access_key: <SECRET>",
    "curly quotes": "secret_access_key: “SECRET”",
    "a quote that is not closed": 'secret_access_key: "SECRET',
    "a blank in it": "secret_access_key: SECRET SECRET",
    "a line's end in it": 'secret_access_key: "SECRET\\nSECRET"',
    "a list": "secret_access_key: [SECRET]",
    "a map": "secret_access_key: {SECRET: SECRET}",
    "an alias": "secret_access_key: *SECRET",
    "an anchor": "secret_access_key: &SECRET",
    "a tag": "secret_access_key: !SECRET",
    "a tag before a value": "secret_access_key: !SECRET x",
    "a file's name": "secret_access_key_file: SECRET",
    "a file at the root": "secret_access_key_file: /SECRET",
    "a file in a folder": "secret_access_key_file: /run/secrets/SECRET",
    "a session token and a file with it": "secret_access_key: x\n    session_token: SECRET\n    session_token_file: SECRET",
    "the provider": "secret_access_key: x\n    provider: SECRET",
    "the currency": "secret_access_key: x\n    currency: SECRET",
    "a collector": "secret_access_key: x\n    collectors: [SECRET]",
    "a label's name": "secret_access_key: x\n    labels: {SECRET: a, job: b}",
    "the endpoint's user": "secret_access_key: x\n    endpoint: https://SECRET@127.0.0.1:1",
    "the endpoint's password": "secret_access_key: x\n    endpoint: https://user:SECRET@127.0.0.1:1",
    "where it belongs" + TAKEN: "secret_access_key: SECRET",
}

# Lines of an account for which the variable SK holds the secret.
ENVIRONMENT = {
    "where it belongs" + TAKEN: "secret_access_key: ${SK}",
    "a session token with a line's end": 'secret_access_key: x\n    session_token: "${SK}\\n"',
    "the budget": "secret_access_key: ${SK}\n    budget: ${SK}",
    "a collector": "secret_access_key: ${SK}\n    collectors: [\"${SK}\"]",
    "a file's name": "secret_access_key_file: ${SK}",
    "the endpoint's password": "secret_access_key: x\n    endpoint: https://u:${SK}@127.0.0.1",
}

# What the variables of a proxy hold; the configuration is a good one, and no poll succeeds.
PROXY = {
    "the password": "http://svc:SECRET@127.0.0.1:1",
    "the user": "http://SECRET@127.0.0.1:1",
    "no scheme": "svc:SECRET@127.0.0.1:1",
    "no host": "http://svc:SECRET@",
    "no port": "svc:SECRET@127.0.0.1:port",
    "a slash in the password": "http://svc:x/SECRET@127.0.0.1:3128",
    "an unknown scheme": "socks9://svc:SECRET@127.0.0.1:1",
}

# What the file holds that secret_access_key_file names.
SECRET_FILE = {
    "a line of a shell": "BAIDU_SK=SECRET\n",
    "a line of YAML": "key: SECRET",
    "two lines": "SECRET\nSECRET\n",
    "a blank in it": "SECRET SECRET\n",
    "a no-break space in it": "SECRET\u00a0x",
    "a byte order mark and a full-width letter": "\ufeffSECRET ｘ",
    "curly quotes": "“SECRET”",
    "a variable" + TAKEN: "$KSECRET",
    "angle brackets": "<SECRET>",
    "a control character": "SECRET\x07",
    "JSON": '{"secret": "SECRET"}\n',
    "a byte order mark" + TAKEN: "\ufeffSECRET\r\n",
    "quotes" + TAKEN: '"SECRET"\n',
    "where it belongs" + TAKEN: "SECRET\n",
}

# The web configuration. A hash of bcrypt is no secret.
WEB_CONFIGURATION = {
    "a password that is not hashed": "basic_auth_users: {admin: SECRET}",
    "a password without a blank": "basic_auth_users: {admin:SECRET}",
    "a section without a blank": "basic_auth_users:SECRET",
    "files": "tls_server_config: {cert_file: SECRET, key_file: SECRET}",
    "an unknown key": "tls_server_config: {key: SECRET}",
    "the secret as a key": "tls_server_config: {SECRET: x}",
    "a variable": "basic_auth_users: {admin: ${SECRET}}",
}

FLAGS = {
    "a flag that is none": ["--secret_access_key=SECRET"],
    "a flag that is none, and its value": ["--secret_access_key", "SECRET"],
    "a colon": ["--sk:SECRET"],
    "neither": ["--secret_access_key-SECRET"],
    "the flag of another program": ["--web.config.file.password=SECRET"],
    "an argument": ["SECRET"],
    "an argument behind a flag": ["--check-config", "SECRET"],
    "an argument behind two dashes": ["--", "SECRET"],
    "an argument where a value belongs": ["--config.file", "--", "SECRET"],
    "an argument that begins with a dash": ["-SECRET"],
    "an argument that begins with two": ["--SECRET"],
    "an assignment": ["BAIDU_SK=SECRET"],
    "a value before which one is missing": ["--config.file", "--SECRET"],
    "a flag without values": ["--once=SECRET"],
    "a level": ["--log.level=SECRET"],
    "a format": ["--log.format", "SECRET"],
    "an address": ["--web.listen-address=SECRET"],
    "a host": ["--web.listen-address=svc:SECRET@:1"],
    "a path": ["--web.telemetry-path=SECRET"],
    "an interval": ["--config.auto-reload-interval=SECRET"],
    "a shard": ["--shard.index=SECRET"],
    "shards": ["--shard.count=SECRET"],
}

FORMATS = [f"--log.format={name}" for name in ("logfmt", "json")]


def make_secrets():
    """Of the shapes that the clouds' keys have: hexadecimal, letters and digits, base64."""
    choose = random.SystemRandom().choice
    letters_and_digits = string.ascii_letters + string.digits

    def letters(count):  # it begins like a variable's name, so that the most is made of it
        return choose(string.ascii_letters) + "".join(choose(letters_and_digits) for _ in range(count - 1))

    def digits(count):
        return "".join(choose("0123456789abcdef") for _ in range(count))

    return [secret for _ in range(2) for secret in (
        digits(32), digits(40), letters(40), letters(24), f"{letters(18)}/{letters(10)}+{letters(10)}==")]


class SecretSlips(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.secrets = make_secrets()
        self.turns = itertools.cycle(self.secrets)
        self.written = []  # (where, text), besides what stands in files

    def slip_in(self, text):
        return text.replace("SECRET", next(self.turns))

    def configuration(self, cloud, lines):
        provider = "" if "provider:" in lines else f"    provider: {PROVIDER.name}\n"
        return ("http: {timeout: 5s, max_retries: 0}\naccounts:\n  - name: slip\n" + provider
                + ("" if "endpoint:" in lines else f"    endpoint: {cloud.url}\n")
                + f"    requests_per_second: {PROVIDER.highest_rate}\n    access_key_id: {PROVIDER.key(1)}\n    {lines}\n")

    def run_modes(self, slip, path, write, environment=None, modes=("--check-config", "--check-access", "--once")):
        """Each run with another secret: `write` slips it in, and it is slipped into the environment, too."""
        for mode, log_format in itertools.product(modes, FORMATS):
            write()
            variables = {name: self.slip_in(text) for name, text in (environment or {}).items()}
            run = self.run_exporter(f"--config.file={path}", "--web.listen-address=127.0.0.1:0", mode,
                                    "--log.level=debug", log_format, environment=variables)
            if mode != "--check-config" or not slip.endswith(TAKEN):  # no account has the right secret
                self.assertEqual(run.status, 1, mode)
            self.written.append((f"{slip}, {mode}, {log_format}", run.out + run.err))

    def note_pages(self, exporter, slip):
        for path in ("/", "/metrics"):
            self.written.append((f"{slip}, {path}", exporter.ask(path).body.decode()))

    def stop(self, exporter):
        self.assertEqual(exporter.stop(), 0)

    def assert_hidden(self):
        self.assertGreater(len(self.written), 10)
        for pattern in ("exporter-*", "run-*"):
            self.written += [(path.name, path.read_text("utf-8", "replace")) for path in self.directory.glob(pattern)]
        for path in self.directory.glob("state*/**/*"):
            self.written.append((path.name, path.name))
            if path.is_file():
                self.written.append((path.name, path.read_text("utf-8", "replace")))
        for (where, text), secret in itertools.product(self.written, self.secrets):
            # A part of it is as bad, and ten of its characters are no chance.
            for part in (secret[:10], secret[4:16], secret[-10:]):
                if part in text:
                    at = text.index(part)
                    self.fail(f"{where}: {text[max(0, at - 120):at + 60]!r}")

    def test_in_the_configuration_of_runs_that_end(self):
        cloud = self.start_simulator("--rows=20")
        path = self.directory / "slip.yml"
        for slip, lines in CONFIGURATION.items():
            with self.subTest(slip=slip):
                self.run_modes(slip, path, lambda: path.write_text(self.slip_in(self.configuration(cloud, lines)), "utf-8"))
        self.assert_hidden()

    def test_in_a_configuration_that_is_reloaded(self):
        cloud = self.start_simulator("--rows=20")
        for log_format in FORMATS:
            path = self.directory / f"live{log_format}.yml"
            path.write_text(self.configuration(cloud, "secret_access_key: " + PROVIDER.secret(1)), "utf-8")
            exporter = self.start_exporter(path, "--web.enable-lifecycle", "--log.level=debug", log_format,
                                           f"--state.dir={self.directory / ('state' + log_format)}").wait_ready()
            refused = 0
            for slip, lines in CONFIGURATION.items():
                with self.subTest(slip=slip):
                    path.write_text(self.slip_in(self.configuration(cloud, lines)), "utf-8")
                    answer = exporter.ask("/-/reload", "POST")
                    refused += answer.status == 500
                    self.written.append((f"{slip}, reload", answer.body.decode()))
                    self.note_pages(exporter, slip)
            self.assertGreater(refused, 30)  # whose secret's file is not there is a failed poll
            self.stop(exporter)
        self.assert_hidden()

    def test_in_the_environment(self):
        cloud = self.start_simulator("--rows=20")
        path = self.directory / "slip.yml"
        for slip, lines in ENVIRONMENT.items():
            with self.subTest(slip=slip):
                self.run_modes(slip, path, lambda: path.write_text(self.configuration(cloud, lines), "utf-8"),
                               {"SK": "SECRET"})
        self.assert_hidden()

    def test_in_the_variables_of_a_proxy(self):
        account = make_account(self.start_simulator("--rows=20"), endpoint="https://bills.example")
        path = self.write_config(make_config([account], http={"timeout": "2s", "max_retries": 0}))
        for slip, url in PROXY.items():
            with self.subTest(slip=slip):
                variables = {"https_proxy": url, "HTTPS_PROXY": url, "no_proxy": ""}
                self.run_modes(slip, path, lambda: None, variables, modes=("--check-access", "--once"))
                exporter = self.start_exporter(
                    path, "--log.level=debug", f"--state.dir={self.directory / 'state'}",
                    environment={name: self.slip_in(text) for name, text in variables.items()}).wait_ready()
                self.note_pages(exporter, slip)
                self.stop(exporter)
        self.assert_hidden()

    def test_in_a_file_of_a_secret(self):
        cloud = self.start_simulator("--rows=20")
        file = self.directory / "sk"
        account = make_account(cloud, secret_access_key_file=str(file))
        del account["secret_access_key"]
        path = self.write_config(make_config([account]))
        for slip, content in SECRET_FILE.items():
            with self.subTest(slip=slip):
                def write():
                    file.write_text(self.slip_in(content), "utf-8")

                self.run_modes(slip, path, write)
                if not slip.endswith(TAKEN):
                    self.assertIn("secret_access_key_file: cannot read the secret in", self.written[-1][1])
        exporter = self.start_exporter(path, "--log.level=debug").wait_ready()
        self.replace_each(exporter, file, SECRET_FILE, "secret files changed")
        self.assert_hidden()

    def test_in_the_web_configuration(self):
        path = self.write_config(make_config([make_account(self.start_simulator("--rows=20"))]))
        web = self.directory / "web.yml"
        for slip, text in WEB_CONFIGURATION.items():
            with self.subTest(slip=slip):
                self.run_modes(slip, path, lambda: web.write_text(self.slip_in(text), "utf-8"),
                               modes=[f"--web.config.file={web}"])
        web.write_text("{}\n")
        exporter = self.start_exporter(path, f"--web.config.file={web}", "--log.level=debug").wait_ready()
        self.replace_each(exporter, web, WEB_CONFIGURATION, "web configuration")
        self.assert_hidden()

    def replace_each(self, exporter, file, slips, words):
        """As in a cluster: another file takes its place, and the log says the words when it was noticed."""
        for slip, content in slips.items():
            before = exporter.err.count(words)
            (self.directory / "new").write_text(self.slip_in(content), "utf-8")
            (self.directory / "new").replace(file)
            exporter.wait_for(lambda _, seen=before: exporter.err.count(words) > seen, slip)
            self.note_pages(exporter, slip)
        self.stop(exporter)

    def test_on_the_command_line(self):
        for slip, flags in FLAGS.items():
            for _ in range(3):
                with self.subTest(slip=slip):
                    run = self.run_exporter(*map(self.slip_in, flags))
                    self.assertEqual(run.status, 2)
                    self.written.append((slip, run.out + run.err))
        self.assert_hidden()


if __name__ == "__main__":
    main()
