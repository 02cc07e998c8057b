"""Corporate networks: a proxy that asks, refuses, is silent or tunnels; portals; own authorities.

The cloud's name is resolved nowhere: only through the proxy is it reached.
"""

import json
import signal
import socket

from certificates import Certificates
from harness import EndToEndTest, main, make_account, make_config, wait_until
from loopback_proxy import LoopbackProxy, TlsFront
from providers import PROVIDER

HOST = "bills.example"
LOGIN = ("sesame-user", "sesame/pass@word")
LOGIN_IN_URL = "sesame-user:sesame%2Fpass%40word"
PROXY_VARIABLES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
                   "http_proxy", "HTTP_PROXY")


class ProxyTest(EndToEndTest):
    def proxy(self, *arguments, **more):
        proxy = LoopbackProxy(*arguments, **more)
        self.addCleanup(proxy.close)
        return proxy

    def account(self, **more):
        return {"name": "account-1", "provider": PROVIDER.name, "access_key_id": "ak",
                "secret_access_key": "c2VjcmV0LWtleQ", "endpoint": f"https://{HOST}", "collectors": ["balance"],
                **more}

    def environment(self, **variables):
        return {**dict.fromkeys(PROXY_VARIABLES, ""), **variables}

    def run_once(self, variables, status=1, timeout="30s", account=None, **more):
        config = make_config([account or self.account()],
                             http={"timeout": timeout, "max_retries": 0, **more})
        run = self.run_exporter(f"--config.file={self.write_config(config)}", "--once",
                                "--log.level=debug", "--log.format=json",
                                environment=self.environment(**variables))
        self.assertEqual(run.status, status, run.err)
        self.assertNotIn("sesame", run.out + run.err)
        return run

    def error_of(self, run):
        [failure] = [json.loads(line) for line in run.err.splitlines() if "poll failed" in line]
        self.assertEqual(failure["reason"], "transport", failure)
        return failure["error"]


class Proxies(ProxyTest):
    def test_one_that_asks_for_a_password_is_named_with_what_it_asks_for(self):
        proxy = self.proxy("tunnel", login=LOGIN)
        error = self.error_of(self.run_once({"HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}"}))
        self.assertIn(f"the proxy 127.0.0.1:{proxy.port} (HTTPS_PROXY) refuses the connection to "
                      f"{HOST}: 407, it asks for a user and password (Negotiate, Basic)", error)
        self.assertIn(f"CONNECT {HOST}:443 HTTP/1.1", proxy.requests[0])

    def test_a_password_that_it_does_not_take_is_hidden(self):
        proxy = self.proxy("tunnel", login=("another", "one"))
        error = self.error_of(self.run_once(
            {"https_proxy": f"http://{LOGIN_IN_URL}@127.0.0.1:{proxy.port}"}))
        self.assertIn("does not take those of https_proxy", error)
        self.assertIn("Proxy-Authorization: Basic", proxy.requests[0])

    def test_one_that_refuses(self):
        for status, words in ((403, "its rules do not allow it"), (502, "cannot reach the host"),
                              (302, "a portal")):
            with self.subTest(status=status):
                proxy = self.proxy(f"HTTP/1.1 {status} No")
                error = self.error_of(self.run_once({"ALL_PROXY": f"127.0.0.1:{proxy.port}"}))
                self.assertIn(f"the proxy 127.0.0.1:{proxy.port} (ALL_PROXY) refuses the connection "
                              f"to {HOST}: {status}, ", error)
                self.assertIn(words, error)

    def test_one_that_is_silent_is_named(self):
        proxy = self.proxy("silent")
        run = self.run_once({"https_proxy": f"http://{LOGIN_IN_URL}@127.0.0.1:{proxy.port}"},
                            timeout="1s")
        self.assertIn(f"no connection to {HOST} through the proxy 127.0.0.1:{proxy.port} "
                      "(https_proxy) within 1 s", run.err)
        self.assertIn('"reason":"timeout"', run.err)

    def test_one_that_is_not_there_is_named(self):
        with socket.socket() as held:  # bound, so that nobody else listens there, and not listening
            held.bind(("127.0.0.1", 0))
            port = held.getsockname()[1]
            error = self.error_of(self.run_once(
                {"https_proxy": f"http://{LOGIN_IN_URL}@127.0.0.1:{port}"}))
        self.assertIn(f"cannot connect to the proxy 127.0.0.1:{port} (https_proxy) for {HOST}", error)

    def test_a_value_that_is_not_understood_names_its_variable_and_not_itself(self):
        for value in ("http://svc:sesame/q7@127.0.0.1:3128", "http://sesame:8080/q7@127.0.0.1:3128",
                      "sesame://127.0.0.1:1", "http://sesame:sesame@127.0.0.1:port"):
            for variable in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
                with self.subTest(value=value, variable=variable):
                    run = self.run_once({variable: value})
                    self.assertIn(f"the variable {variable} is not understood", self.error_of(run))
                    self.assertNotIn("q7", run.out + run.err)

    def test_the_page_says_the_same_as_the_log_and_hides_the_same(self):
        proxy = self.proxy("tunnel", login=("another", "one"))
        exporter = self.start_exporter(
            make_config([self.account()]), "--log.level=debug", environment=self.environment(
                https_proxy=f"http://{LOGIN_IN_URL}@127.0.0.1:{proxy.port}")).wait_ready()
        shown = exporter.wait_for(lambda shown: shown.value(
            "collector_up", account="account-1", collector="balance") == "0", "a failed poll")
        page = exporter.ask("/").body.decode()
        for text in (page, exporter.err):
            self.assertIn(f"the proxy 127.0.0.1:{proxy.port} (https_proxy) refuses", text)
        for text in (page, exporter.err, exporter.out, shown.text):
            self.assertNotIn("sesame", text)

    def test_loopback_is_reached_directly(self):
        cloud = self.start_simulator(*PROVIDER.small_company)
        for value in ("http://127.0.0.1:1", "http://svc:sesame/q7@127.0.0.1:3128"):
            run = self.run_once(dict.fromkeys(
                ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy"), value),
                status=0, account=make_account(cloud, collectors=["balance"]))
            self.assertIn('cloud_billing_collector_up{', run.out)


class OwnAuthorities(ProxyTest):
    """The cloud is behind TLS with a certificate that only the test's authority has signed."""

    def setUp(self):
        super().setUp()
        self.certificates = Certificates(self.directory)
        self.certificates.issue("cloud", f"DNS:{HOST}")
        self.certificates.authority("another")
        self.cloud = self.start_simulator(*PROVIDER.small_company)
        front = TlsFront(self.cloud.port, self.certificates.path("cloud.pem"),
                         self.certificates.path("cloud.key"))
        self.addCleanup(front.close)
        self.way = self.proxy("tunnel", target=front.port, login=LOGIN)
        self.variables = {"https_proxy": f"http://{LOGIN_IN_URL}@127.0.0.1:{self.way.port}"}

    def account(self, **more):
        return make_account(self.cloud, endpoint=f"https://{HOST}", **more)

    def test_without_the_authority_the_message_says_what_to_do(self):
        run = self.run_once(self.variables)
        self.assertIn(f"the TLS certificate of {HOST} through the proxy 127.0.0.1:{self.way.port} "
                      "(https_proxy) is not trusted", run.err)
        self.assertIn("http.ca_file", run.err)

    def test_a_cloud_behind_proxy_and_authority_is_read(self):
        for how in ({"ca_file": "ca.pem"}, {"SSL_CERT_FILE": self.certificates.path("ca.pem")},
                    {"SSL_CERT_DIR": str(self.directory)}):
            with self.subTest(how=how):
                more = {key: value for key, value in how.items() if key == "ca_file"}
                variables = {key: value for key, value in how.items() if key != "ca_file"}
                run = self.run_once({**self.variables, **variables}, status=0, **more)
                for collector in ("balance", "bills"):
                    self.assertIn(f'collector="{collector}",provider="{PROVIDER.name}"}} 1',
                                  run.out)
        self.assertTrue(all(request.startswith(f"CONNECT {HOST}:443 ")
                            for request in self.way.requests))

    def test_the_file_is_read_again_when_it_changes(self):
        ca = self.directory / "trusted.pem"
        good = (self.directory / "ca.pem").read_bytes()
        other = (self.directory / "another.pem").read_bytes()
        ca.write_bytes(good)
        exporter = self.start_exporter(
            make_config([self.account(collectors=["balance"], intervals={"balance": "1s"})],
                        http={"ca_file": str(ca), "max_retries": 0}),
            environment=self.environment(**self.variables))

        def wait_for_up(value):
            exporter.wait_for(lambda shown: shown.value(
                "collector_up", account="account-1", collector="balance") == value, value)

        wait_for_up("1")
        ca.write_bytes(other)
        wait_for_up("0")
        ca.write_bytes(b"no certificate")
        wait_until(lambda: "http.ca_file changed and is refused" in exporter.err, "a refusal")
        ca.write_bytes(good)
        wait_for_up("1")
        ca.write_bytes(b"no certificate")
        self.assertEqual(self.run_exporter(f"--config.file={exporter.process.args[1].split('=')[1]}",
                                           "--check-config").status, 1)

    def test_a_reload_takes_another_file_and_refuses_a_bad_one(self):
        def config(ca_file):
            return make_config([self.account(collectors=["balance"], intervals={"balance": "1s"})],
                               http={"ca_file": ca_file, "max_retries": 0})

        path = self.write_config(config("another.pem"))
        exporter = self.start_exporter(path, environment=self.environment(**self.variables))
        for ca_file, up, taken in (("another.pem", "0", "1"), ("ca.pem", "1", "1"),
                                   ("missing.pem", "1", "0")):
            path.write_text(json.dumps(config(ca_file)))
            exporter.process.send_signal(signal.SIGHUP)
            exporter.wait_for(lambda shown: shown.value(
                "collector_up", account="account-1", collector="balance") == up
                and shown.value("config_last_reload_successful") == taken, ca_file)

    def test_check_config_and_start_refuse_a_file_that_cannot_be_used(self):
        (self.directory / "empty.pem").write_text("")
        for name, words in (("missing.pem", "No such file"),
                            ("empty.pem", "no certificate in PEM form"), ("", "expected a file")):
            for flag in ("--check-config", "--once"):
                path = self.write_config(make_config([self.account()], http={"ca_file": name}))
                run = self.run_exporter(f"--config.file={path}", flag)
                self.assertEqual(run.status, 1)
                self.assertIn("http.ca_file: ", run.err)
                self.assertIn(words, run.err)


if __name__ == "__main__":
    main()
