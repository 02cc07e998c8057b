"""Secrets in wrong places: whatever slips, nothing that the program writes holds one.

Ten secrets are made anew for each run. Everything that was ever written is looked through for each of them: what was
printed and logged in both formats, the page, the metrics, the answers to reloads, the state.
"""

import itertools
import json
import secrets
import string

from harness import EndToEndTest, main, make_account, make_config
from providers import PROVIDER

LETTERS = string.ascii_letters + string.digits


def letters(count):
    """Begins and ends like a variable's name, so that the most is made of it."""
    return secrets.choice(string.ascii_letters) + "".join(secrets.choice(LETTERS) for _ in range(count - 1))


# As the clouds make them: 32 hexadecimal digits, or base64 that ends in "==".
SECRETS = [secrets.token_hex(16) for _ in range(3)] + [letters(40) for _ in range(3)] + [
    letters(18) + "/" + letters(10) + "+" + letters(10) + "==" for _ in range(4)]


def as_yaml(secret, line):
    """A configuration with one account, of which a line is as given."""
    return ("polling: {balance: {interval: 1h}, bills: {interval: 1h}}\n"
            "http: {timeout: 5s, max_retries: 0}\n"
            "accounts:\n"
            "  - name: slip\n"
            f"    provider: {PROVIDER.name}\n"
            "    endpoint: http://127.0.0.1:1\n"
            "    access_key_id: an-id\n"
            f"    {line}\n".replace("SECRET", secret))


# A line of an account where a key belongs; SECRET stands for it. Most are mistakes, some are taken as they are.
LINES = {
    "no blank behind the colon": "secret_access_key:SECRET",
    "an equals sign": "secret_access_key=SECRET",
    "an equals sign in a map": "{secret_access_key=SECRET: x}",
    "a full-width colon": "secret_access_key：SECRET",
    "a key that is the secret": "SECRET: x",
    "a quoted key": '"secret_access_key:SECRET": x',
    "a variable's name": "secret_access_key: ${SECRET}",
    "a variable's default that is not closed": "secret_access_key: ${SK:-SECRET",
    "a lone dollar": "secret_access_key: $SECRET",
    "angle brackets": "secret_access_key: <SECRET>",
    "curly quotes": "secret_access_key: “SECRET”",
    "a blank in it": "secret_access_key: SECRET SECRET",
    "a misspelt key": "secret_acces_key: SECRET",
    "a synonym": "sk: SECRET",
    "a list": "secret_access_key: [SECRET]",
    "a map": "secret_access_key: {SECRET: SECRET}",
    "a quote that is not closed": 'secret_access_key: "SECRET',
    "a file's name": "secret_access_key_file: SECRET",
    "a file's path": "secret_access_key_file: /SECRET",
    "twice": "secret_access_key: SECRET\n    secret_access_key: SECRET",
    "both forms": "secret_access_key: SECRET\n    secret_access_key_file: SECRET",
    "a session token": "secret_access_key: x\n    session_token: SECRET\n    session_token_file: SECRET",
    "a tag": "secret_access_key: !SECRET x",
    "an endpoint's password": "secret_access_key: x\n    budget: 1\n    endpoint: https://user:SECRET@127.0.0.1:1",
    "an endpoint's user": "secret_access_key: x\n    budget: 1\n    endpoint: https://SECRET@127.0.0.1:1",
    "as it belongs": "secret_access_key: SECRET",
}

# The web configuration; the hash of bcrypt is no secret.
WEB = {
    "a password that is not hashed": "basic_auth_users: {admin: SECRET}",
    "a password without a blank": "basic_auth_users: {admin:SECRET}",
    "a section without a blank": "basic_auth_users:SECRET",
    "a key file": "tls_server_config: {cert_file: SECRET, key_file: SECRET}",
    "an unknown key": "tls_server_config: {key: SECRET}",
    "a key that is the secret": "tls_server_config: {SECRET: x}",
    "a variable": "basic_auth_users: {admin: ${SECRET}}",
}

# What a secret's file holds.
FILES = {
    "a line of a shell": "BAIDU_SK=SECRET\n",
    "two lines": "SECRET\nSECRET\n",
    "a byte order mark": "\ufeffSECRET\r\n",
    "a blank in it": "SECRET SECRET\n",
    "quotes": "\"SECRET\"\n",
    "JSON": "{\"secret\": \"SECRET\"}\n",
}

FLAGS = [["--secret_access_key=SECRET"], ["--secret_access_key", "SECRET"], ["--sk:SECRET"],
         ["--web.config.file.password=SECRET"]]

PROXIES = ["http://svc:SECRET@127.0.0.1:1", "http://SECRET@127.0.0.1:1", "svc:SECRET@127.0.0.1:1", "http://svc:SECRET@",
           "svc:SECRET@127.0.0.1:port", "socks9://svc:SECRET@127.0.0.1:1"]


class Slips(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.written = []  # (where, text)
        self.next_secret = itertools.cycle(SECRETS)

    def note(self, where, text):
        self.written.append((where, text if isinstance(text, str) else text.decode(errors="replace")))

    def assert_hidden(self):
        self.assertGreater(len(self.written), 3)
        for where, text in self.written:
            for secret in SECRETS:
                # A part of it is as bad; eight characters are no chance.
                for part in (secret, secret[:8], secret[-8:], secret[4:16]):
                    if part in text:
                        at = text.index(part)
                        self.fail(f"{where}: {text[max(0, at - 120):at + 60]!r}")

    def run_modes(self, where, path, environment=None, modes=("--check-config", "--check-access", "--once")):
        for mode in modes:
            for log_format in ("logfmt", "json"):
                run = self.run_exporter(f"--config.file={path}", mode, "--log.level=debug",
                                        f"--log.format={log_format}", environment=environment)
                self.note(f"{where}, {mode}, {log_format}: stdout", run.out)
                self.note(f"{where}, {mode}, {log_format}: stderr", run.err)

    def test_in_the_configuration(self):
        for log_format in ("logfmt", "json"):
            state = self.directory / f"state-{log_format}"
            path = self.directory / f"live-{log_format}.yml"
            path.write_text(as_yaml("", "secret_access_key: a-good-one"))
            exporter = self.start_exporter(path, "--web.enable-lifecycle", f"--state.dir={state}",
                                           "--log.level=debug", f"--log.format={log_format}").wait_ready()
            for name, line in LINES.items():
                secret = next(self.next_secret)
                path.write_text(as_yaml(secret, line))
                answer = exporter.ask("/-/reload", "POST")
                self.note(f"{name}: reload", answer.body)
                if answer.status == 200:
                    self.note(f"{name}: page", exporter.ask("/").body)
                    self.note(f"{name}: metrics", exporter.ask("/metrics").body)
            self.assertEqual(exporter.stop(), 0)
            self.note(f"serving, {log_format}: stdout", exporter.out)
            self.note(f"serving, {log_format}: stderr", exporter.err)
            for kept in state.rglob("*"):
                self.note(f"state {kept.name}", kept.name)
                if kept.is_file():
                    self.note(f"state {kept.name}", kept.read_bytes())
        self.assert_hidden()

    def test_in_runs_that_end_by_themselves(self):
        for name, line in LINES.items():
            path = self.directory / "slip.yml"
            path.write_text(as_yaml(next(self.next_secret), line))
            self.run_modes(name, path)
        self.assert_hidden()

    def test_in_the_environment(self):
        path = self.directory / "config.yml"
        for text in ("secret_access_key: ${SK}", "secret_access_key: ${SK}\n    budget: ${SK}",
                     "secret_access_key: ${SK}\n    collectors: [\"${SK}\"]",
                     "secret_access_key_file: ${SK}", "secret_access_key: x\n    endpoint: https://u:${SK}@127.0.0.1"):
            path.write_text(as_yaml("", text))
            self.run_modes(f"environment {text}", path, {"SK": next(self.next_secret)})
        for proxy in PROXIES:
            url = proxy.replace("SECRET", next(self.next_secret))
            account = {"name": "slip", "provider": PROVIDER.name, "access_key_id": "k", "secret_access_key": "s",
                       "endpoint": "https://bills.example"}
            path.write_text(json.dumps(make_config([account], http={"timeout": "2s", "max_retries": 0})))
            self.run_modes(f"proxy {proxy}", path, {"https_proxy": url, "HTTPS_PROXY": url, "no_proxy": ""},
                           ("--check-access", "--once"))
        self.assert_hidden()

    def test_in_the_page_after_a_failed_poll_through_a_proxy(self):
        secret = next(self.next_secret)
        account = {"name": "slip", "provider": PROVIDER.name, "access_key_id": "k", "secret_access_key": "s",
                   "endpoint": "https://bills.example"}
        state = self.directory / "state"
        exporter = self.start_exporter(make_config([account], http={"timeout": "2s", "max_retries": 0}),
                                       "--log.level=debug", f"--state.dir={state}",
                                       environment={"https_proxy": f"http://svc:{secret}@127.0.0.1:1", "no_proxy": ""})
        exporter.wait_ready()
        for path in ("/", "/metrics"):
            self.note(path, exporter.ask(path).body)
        self.assertEqual(exporter.stop(), 0)
        self.note("stderr", exporter.err)
        for kept in state.rglob("*"):
            if kept.is_file():
                self.note(f"state {kept.name}", kept.read_bytes())
        self.assert_hidden()

    def test_in_secret_files(self):
        cloud = self.start_simulator("--rows=20")
        secret_file = self.directory / "sk"
        account = make_account(cloud, secret_access_key_file=str(secret_file))
        del account["secret_access_key"]
        path = self.write_config(make_config([account]))
        for name, content in FILES.items():
            secret_file.write_text(content.replace("SECRET", next(self.next_secret)))
            self.run_modes(name, path)
        secret_file.write_text("SECRET\n".replace("SECRET", next(self.next_secret)))
        exporter = self.start_exporter(path, "--log.level=debug").wait_ready()
        for content in FILES.values():
            before = exporter.err.count("secret files changed")
            (self.directory / "new").write_text(content.replace("SECRET", next(self.next_secret)))
            (self.directory / "new").replace(secret_file)
            exporter.wait_for(lambda _, seen=before: exporter.err.count("secret files changed") > seen, "the new secret")
            self.note("page", exporter.ask("/").body)
        self.assertEqual(exporter.stop(), 0)
        self.note("stderr", exporter.err)
        self.assert_hidden()

    def test_in_the_web_configuration(self):
        path = self.write_config(make_config([make_account(type("Nowhere", (), {"url": "http://127.0.0.1:1"}))]))
        web = self.directory / "web.yml"
        for name, text in WEB.items():
            web.write_text(text.replace("SECRET", next(self.next_secret)) + "\n")
            for log_format in ("logfmt", "json"):
                run = self.run_exporter(f"--config.file={path}", "--web.listen-address=127.0.0.1:0",
                                        f"--web.config.file={web}", "--log.level=debug", f"--log.format={log_format}")
                self.assertEqual(run.status, 1, name)
                self.note(f"{name}, {log_format}", run.out + run.err)
        web.write_text("{}\n")
        exporter = self.start_exporter(path, f"--web.config.file={web}", "--log.level=debug").wait_ready()
        for name, text in WEB.items():
            before = exporter.err.count("web configuration")
            (self.directory / "new").write_text(text.replace("SECRET", next(self.next_secret)) + "\n")
            (self.directory / "new").replace(web)
            exporter.wait_for(lambda _, seen=before: exporter.err.count("web configuration") > seen, name)
        self.assertEqual(exporter.stop(), 0)
        self.note("stderr", exporter.err)
        self.assert_hidden()

    def test_on_the_command_line(self):
        for flags in FLAGS:
            secret = next(self.next_secret)
            run = self.run_exporter(*[flag.replace("SECRET", secret) for flag in flags])
            self.assertEqual(run.status, 2)
            self.note(str(flags), run.out + run.err)
        self.assert_hidden()


if __name__ == "__main__":
    main()
