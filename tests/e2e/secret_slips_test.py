"""Secrets that stand where they do not belong are shown nowhere: twenty slips, with ten random secrets."""

import random
import string

from harness import EndToEndTest, main, make_account, make_config
from providers import PROVIDER

BASE62 = string.ascii_letters + string.digits


def make_secrets():
    """Of the shapes that the clouds' keys have, anew in every run."""
    choose = random.SystemRandom().choice
    shapes = [(string.hexdigits[:16], 32), (BASE62, 40), (BASE62 + "+/", 56), (BASE62, 24), (string.hexdigits[:16], 40)]
    return ["".join(choose(letters) for _ in range(length)) for letters, length in shapes * 2]


# In YAML's block style, since most slips are those of a line; %s is the secret.
SLIPS = {
    "no blank": "secret_access_key:%s",
    "no blank, further key": "secret_access_key:%s\n    budget: 5",
    "equals sign": "secret_access_key=%s",
    "full-width colon": "secret_access_key：%s",
    "full-width colon, further key": "secret_access_key：%s\n    budget: 5",
    "no-break space": "secret_access_key:\u00a0%s",
    "no colon": "secret_access_key %s",
    "the secret as a key": "%s: secret_access_key",
    "the secret as a variable": "secret_access_key: ${%s}",
    "the secret as a default": "secret_access_key: x\n    budget: ${NOT_SET:-%s}",
    "an open variable": "secret_access_key: ${%s",
    "a dollar": "secret_access_key: $K%s",
    "the secret as a path": "secret_access_key_file: %s",
    "the secret as a path in a folder": "secret_access_key_file: /run/secrets/%s",
    "curly quotes": "secret_access_key: “%s”",
    "a blank in it": "secret_access_key: %s x",
    "a list": "secret_access_key: [%s]",
    "a map": "secret_access_key: {%s: %s}",
    "an alias": "secret_access_key: *%s",
    "an anchor": "secret_access_key: &%s",
    "a tag": "secret_access_key: !%s",
    "an open quote": 'secret_access_key: "%s',
    "another key's value": "secret_access_key: x\n    provider: %s",
    "the currency": "secret_access_key: x\n    currency: %s",
    "a collector": "secret_access_key: x\n    collectors: [%s]",
    "a label's name": "secret_access_key: x\n    labels: {%s: a, job: b}",
    "a user of the endpoint": "secret_access_key: x\n    endpoint: https://a:%s@example.com",
}


class SecretSlips(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.secrets = make_secrets()

    def assert_hides(self, text, where):
        for secret in self.secrets:
            for part in (secret, secret[:12], secret[-12:]):
                self.assertNotIn(part, text, where)

    def write_slip(self, text):
        path = self.directory / "config.yml"
        path.write_text(text, "utf-8")
        return path

    def slips(self):
        for number, (name, lines) in enumerate(SLIPS.items()):
            secret = self.secrets[number % len(self.secrets)]
            yield name, ("accounts:\n  - name: a\n"
                         + ("" if "provider" in lines else f"    provider: {PROVIDER.name}\n")
                         + "    access_key_id: AKID\n    " + lines.replace("%s", secret) + "\n")

    def test_no_slip_shows_the_secret_when_the_file_is_checked(self):
        for name, text in self.slips():
            with self.subTest(slip=name):
                path = self.write_slip(text)
                run = self.run_exporter(f"--config.file={path}", "--check-config", "--log.level=debug")
                self.assertEqual(run.status, 1, run.err)
                self.assertIn(":", run.err)
                self.assert_hides(run.out + run.err, name)

    def test_no_slip_shows_the_secret_when_the_file_is_reloaded(self):
        cloud = self.start_simulator()
        path = self.write_config(make_config([make_account(cloud)]))
        exporter = self.start_exporter(path, "--web.enable-lifecycle", "--log.level=debug",
                                       f"--state.dir={self.directory / 'state'}").wait_ready()
        refused = 0
        for name, text in self.slips():
            with self.subTest(slip=name):
                path.write_text(text, "utf-8")
                answer = exporter.ask("/-/reload", "POST")
                refused += answer.status == 500
                self.assert_hides(answer.body.decode(), name)
                self.assert_hides(exporter.ask("/").body.decode(), name)
                self.assert_hides(exporter.ask("/metrics").body.decode(), name)
        self.assertGreater(refused, 20)
        self.assertEqual(exporter.stop(), 0)
        self.assert_hides(exporter.out + exporter.err, "the log")
        for file in (self.directory / "state").rglob("*"):
            if file.is_file():
                self.assert_hides(file.read_text("utf-8", "replace"), file.name)

    def test_no_secret_of_a_refused_file_shows(self):
        for secret, content in zip(self.secrets, ("SECRET_KEY=%s", "“%s”", "%s x", "%s\nx", "$K%s", "<%s>", "%s\x07",
                                                  "\ufeff%s ｘ", "%s\u00a0x", "key: %s")):
            with self.subTest(content=content):
                (self.directory / "sk").write_text(content.replace("%s", secret), "utf-8")
                path = self.write_slip(f"accounts:\n  - name: a\n    provider: {PROVIDER.name}\n"
                                       "    access_key_id: AKID\n    secret_access_key_file: sk\n")
                run = self.run_exporter(f"--config.file={path}", "--check-config")
                self.assertEqual(run.status, 1, content)
                self.assertIn("secret_access_key_file: cannot read the secret in", run.err)
                self.assert_hides(run.err, content)


if __name__ == "__main__":
    main()
