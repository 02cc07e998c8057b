"""A secret in the wrong place of the values is refused without being shown: Helm's output ends in the logs of CI."""

import json
import pathlib
import secrets
import tempfile
import unittest

from chart import CHART, run_helm

# Both clouds' secrets look like one of these.
SHAPES = {"hex": lambda: secrets.token_hex(16), "base64": lambda: secrets.token_urlsafe(33).replace("_", "/") + "=="}


def account(**more):
    return {"name": "a", "provider": "baidu", "access_key_id_file": "/k", "secret_access_key_file": "/s", **more}


def without_file(key, **more):
    entry = account(**more)
    del entry[f"{key}_file"]
    return entry


def accounts(entry):
    return {"config": {"accounts": [entry]}}


# What is refused, by the path that the refusal has to name. `s` is the secret.
SLIPS = {
    "config.accounts[0].secret_access_key": [
        lambda s: accounts(without_file("secret_access_key", secret_access_key=s)),
        lambda s: accounts(without_file("secret_access_key", secret_access_key=f"${{SK:-{s}}}")),
        lambda s: accounts(without_file("secret_access_key", secret_access_key=f"${{{s}=}}")),
        lambda s: accounts(without_file("secret_access_key", secret_access_key=f"${s}")),
        lambda s: accounts(without_file("secret_access_key", secret_access_key=f"{s}\n")),
        lambda s: accounts(without_file("secret_access_key", secret_access_key=[s])),
        lambda s: accounts(without_file("secret_access_key", secret_access_key={s: s})),
        lambda s: accounts(without_file("secret_access_key", **{f"secret_access_key:{s}": None})),
        # Without the blank behind the colon, the key is all of it.
        lambda s: accounts(account(**{f"secret_access_key:{s}": None})),
        lambda s: accounts(account(**{f"secret_access_key={s}": None})),
        lambda s: accounts(account(**{f"secret_access_key：{s}": None})),
    ],
    "config.accounts[0].access_key_id": [
        lambda s: accounts(without_file("access_key_id", access_key_id=s)),
    ],
    "config.accounts[0].session_token": [
        lambda s: accounts(account(session_token=s)),
        lambda s: accounts(account(session_token=f"${{TOKEN:-{s}}}")),
    ],
    "config.accounts[0].secret_access_key_file": [
        lambda s: accounts(account(secret_access_key_file=f"x{s}")),
        lambda s: accounts(account(secret_access_key_file=f"/run/{s}\n")),
    ],
    "config.accounts[0].(a key that is no name)": [
        lambda s: accounts(account(**{s: "x"})),
        lambda s: accounts(account(**{f"{s}{s}": "x"})),
    ],
    "config.accounts[0].secret": [
        lambda s: accounts(account(secret=s)),
    ],
    "config.accounts[0].endpoint": [
        lambda s: accounts(account(endpoint=f"https://user:{s}@billing.baidubce.com")),
        lambda s: accounts(account(endpoint=f"https://billing.baidubce.com/?sk={s}")),
    ],
    # Pasted where something else belongs.
    "config.accounts[0].budget": [lambda s: accounts(account(budget=s))],
    "config.accounts[0].provider": [lambda s: accounts(account(provider=s))],
    "config.accounts[0].collectors[0]": [lambda s: accounts(account(collectors=[s]))],
    "config.accounts[0].region": [lambda s: accounts(account(provider="volcengine", region=f"{s}_"))],
    "config.accounts[0].intervals": [lambda s: accounts(account(intervals=s))],
    "config.http.timeout": [lambda s: {"config": {"accounts": [account()], "http": {"timeout": s}}}],
    "log.level": [lambda s: {**accounts(account()), "log": {"level": s}}],
    "config.secret_access_key": [
        lambda s: {"config": {"accounts": [account()], f"secret_access_key:{s}": None, "secret_access_key": s}},
    ],
    "config.account_defaults.secret_access_key": [
        lambda s: {"config": {"accounts": [account()], "account_defaults": {f"secret_access_key:{s}": "x"}}},
        lambda s: {"config": {"accounts": [account()], "account_defaults": {"secret_access_key": s}}},
    ],
    "config.account_defaults.endpoint": [
        lambda s: {"config": {"accounts": [account()], "account_defaults": {"endpoint": f"https://u:{s}@x.example"}}},
    ],
    "credentials.existingSecret": [
        lambda s: {**accounts(account()), "credentials": {"existingSecret": f"X{s}"}},
    ],
    "credentials.data": [
        lambda s: {**accounts(account()), "credentials": {"data": {f"baidu-sk:{s}": "x"}}},
    ],
    "/credentials/data/sk": [
        lambda s: {**accounts(account()), "credentials": {"data": {"sk": [s]}}},
    ],
    "credentials.sk": [
        lambda s: {**accounts(account()), "credentials": {"sk": s}},
    ],
    "(a key that is no name)": [
        lambda s: {**accounts(account()), s: "x"},
        lambda s: {**accounts(account()), f"{s}{s}": {"a": "b"}},
    ],
    "serviceMonitor.interval": [
        lambda s: {**accounts(account()), "serviceMonitor": {f"interval:{s}": "x"}},
    ],
    "caBundleFrom.secret.(a key that is no name)": [
        lambda s: {**accounts(account()), "caBundleFrom": {"secret": {"name": "ca", s: "x"}}},
    ],
    "web.configFile.existingSecret": [
        lambda s: {**accounts(account()), "web": {"configFile": {"existingSecret": f"X{s}"}}},
    ],
    "web.configFile.certificateSecret": [
        lambda s: {**accounts(account()), "web": {"configFile": {"existingSecret": "web", "certificateSecret": f"X{s}"}}},
    ],
    "extraArgs[0]": [
        lambda s: {**accounts(account()), "extraArgs": [f"{s}x"]},
    ],
}


class ASecretInTheWrongPlace(unittest.TestCase):
    def test_is_refused_and_not_shown(self):
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "values.yaml"
            for place, slips in SLIPS.items():
                for number, slip in enumerate(slips):
                    for shape, make in SHAPES.items():
                        with self.subTest(place=place, slip=number, shape=shape):
                            secret = make()
                            path.write_text(json.dumps(slip(secret)), "utf-8")
                            answer = run_helm("template", "release", str(CHART), f"--values={path}")
                            self.assertNotEqual(answer.returncode, 0)
                            text = answer.stdout + answer.stderr
                            self.assertNotIn(secret, text)
                            self.assertIn(place, text)

    def test_is_not_shown_by_the_linter_nor_at_an_installation(self):
        secret = SHAPES["base64"]()
        with tempfile.TemporaryDirectory() as directory:
            path = pathlib.Path(directory) / "values.yaml"
            for slips in SLIPS.values():
                path.write_text(json.dumps(slips[0](secret)), "utf-8")
                # The linter takes a refusal by a template for information.
                for command, refuses in ((["lint", str(CHART)], False),
                                         (["install", "release", str(CHART), "--dry-run=client"], True)):
                    answer = run_helm(*command, f"--values={path}")
                    if refuses:
                        self.assertNotEqual(answer.returncode, 0)
                    self.assertNotIn(secret, answer.stdout + answer.stderr)


if __name__ == "__main__":
    unittest.main()
