"""--web.config.file: TLS, client certificates, passwords and headers, as in exporter-toolkit."""

import base64
import http.client
import json
import os
import ssl

from certificates import Certificates
from harness import EndToEndTest, Exporter, main, make_account, make_config, wait_until
from prometheus_test import Prometheus

# Published test vectors of OpenBSD's and jBCrypt's bcrypt, cost 6.
HASH_OF_A = "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"
HASH_OF_ABC = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"

SECRET = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg"  # a key where its file belongs


def basic(user, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


class SecureExporter(Exporter):
    """Asked over TLS, as a client with or without a certificate."""

    def context(self, certificates, client=None):
        context = certificates.strict_context()
        if client is not None:
            context.load_cert_chain(certificates.path(f"{client}.pem"),
                                    certificates.path(f"{client}.key"))
        return context

    def ask_over_tls(self, context, path="/metrics", headers=None, method="GET"):
        connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30,
                                                 context=context)
        try:
            connection.request(method, path, headers=headers or {})
            response = connection.getresponse()
            return response.status, dict(response.headers), response.read()
        finally:
            connection.close()

    def is_refused(self, context):
        """Whether the handshake fails; with TLS 1.3 a client learns so with the answer."""
        try:
            self.ask_over_tls(context)
        except (ssl.SSLError, ConnectionError, http.client.RemoteDisconnected):
            return True
        return False


class WebConfigTest(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.cloud = self.start_simulator("--rows=20")
        self.web_path = self.directory / "web.yml"

    def write_web_config(self, config):
        aside = self.directory / "web.yml.new"
        aside.write_text(config if isinstance(config, str) else json.dumps(config))
        os.replace(aside, self.web_path)

    def start_secure(self, config, *flags, environment=None):
        self.write_web_config(config)
        path = self.write_config(make_config([make_account(self.cloud)]))
        exporter = self._own(SecureExporter(self.directory, path,
                                            f"--web.config.file={self.web_path}", *flags,
                                            environment=environment))
        self.addCleanup(lambda: self.assertEqual(exporter.stop(), 0))
        return exporter


class Tls(WebConfigTest):
    def setUp(self):
        super().setUp()
        self.certificates = Certificates(self.directory)
        self.certificates.issue("server", "IP:127.0.0.1,DNS:localhost")
        # Paths are from the folder of the file on.
        self.tls = {"cert_file": "server.pem", "key_file": "server.key"}

    def shown_by(self, exporter):
        """The certificate that the server shows now."""
        return ssl.get_server_certificate(("127.0.0.1", exporter.port))

    def test_it_speaks_tls_1_2_and_1_3_only(self):
        exporter = self.start_secure({"tls_server_config": self.tls})
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = exporter.context(self.certificates)
            context.minimum_version = context.maximum_version = version
            status, _, body = exporter.ask_over_tls(context)
            self.assertEqual(status, 200)
            self.assertIn(b"cloud_billing_build_info", body)
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            context = exporter.context(self.certificates)
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = version
            self.assertTrue(exporter.is_refused(context), version)
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            exporter.ask("/metrics")  # in plain HTTP

    def test_versions_and_ciphers_can_be_chosen(self):
        chosen = {**self.tls, "min_version": "TLS12", "max_version": "TLS12",
                  "cipher_suites": ["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"],
                  "curve_preferences": ["CurveP384"]}
        exporter = self.start_secure({"tls_server_config": chosen,
                                      "http_server_config": {"http2": True}})
        context = exporter.context(self.certificates)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.assertTrue(exporter.is_refused(context))
        context = exporter.context(self.certificates)
        context.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256")
        self.assertTrue(exporter.is_refused(context))
        context = exporter.context(self.certificates)
        context.set_ciphers("ECDHE-ECDSA-AES256-GCM-SHA384")
        self.assertEqual(exporter.ask_over_tls(context)[0], 200)

    def test_who_may_connect(self):
        self.certificates.authority("stranger-ca")
        self.certificates.issue("client", "DNS:prometheus.internal")
        self.certificates.issue("stranger", "DNS:prometheus.internal", ca="stranger-ca")
        ca = {"client_ca_file": "ca.pem"}
        #             type, CA                            nobody, client, stranger
        admissions = [("RequestClientCert", {}, (True, True, True)),
                      ("RequireAnyClientCert", {}, (False, True, True)),
                      ("VerifyClientCertIfGiven", {}, (True, False, False)),
                      ("VerifyClientCertIfGiven", ca, (True, True, False)),
                      ("RequireAndVerifyClientCert", {}, (False, False, False)),
                      ("RequireAndVerifyClientCert", ca, (False, True, False))]
        exporter = None
        for kind, authority, admitted in admissions:
            config = {"tls_server_config": {**self.tls, **authority, "client_auth_type": kind}}
            if exporter is None:
                exporter = self.start_secure(config)
            else:  # it changes while it serves
                before = exporter.err.count("web configuration reloaded")
                self.write_web_config(config)
                wait_until(lambda: exporter.err.count("web configuration reloaded") > before,
                           "the web configuration is reloaded")
            for client, good in zip((None, "client", "stranger"), admitted):
                with self.subTest(type=kind, client=client):
                    context = exporter.context(self.certificates, client)
                    self.assertEqual(exporter.is_refused(context), not good)

    def test_clients_without_an_authority_named_go_by_the_systems(self):
        self.certificates.authority("stranger-ca")
        self.certificates.issue("client", "DNS:prometheus.internal")
        self.certificates.issue("stranger", "DNS:prometheus.internal", ca="stranger-ca")
        for kind, admitted in (("VerifyClientCertIfGiven", (True, True, False)),
                               ("RequireAndVerifyClientCert", (False, True, False))):
            exporter = self.start_secure(
                {"tls_server_config": {**self.tls, "client_auth_type": kind}},
                environment={"SSL_CERT_FILE": self.certificates.path("ca.pem")})
            for client, good in zip((None, "client", "stranger"), admitted):
                with self.subTest(type=kind, client=client):
                    context = exporter.context(self.certificates, client)
                    self.assertEqual(exporter.is_refused(context), not good)

    def test_only_named_clients_may_connect(self):
        self.certificates.issue("named", "DNS:other,IP:10.1.2.3")
        self.certificates.issue("unnamed", "DNS:named.example")
        self.certificates.authority("stranger-ca")
        self.certificates.issue("stranger", "DNS:prometheus", ca="stranger-ca")
        names = {"client_allowed_sans": ["prometheus", "10.1.2.3"]}
        #              type, CA                                                      stranger
        for more, stranger_refused in (
                ({"client_auth_type": "RequireAndVerifyClientCert", "client_ca_file": "ca.pem"},
                 True),
                ({"client_auth_type": "RequireAnyClientCert"}, False),
                ({"client_auth_type": "RequireAnyClientCert", "client_ca_file": "ca.pem"}, False)):
            exporter = self.start_secure({"tls_server_config": {**self.tls, **names, **more}})
            for client, refused in ((None, True), ("named", False), ("unnamed", True),
                                    ("stranger", stranger_refused)):
                with self.subTest(client=client, **more):
                    self.assertEqual(
                        exporter.is_refused(exporter.context(self.certificates, client)), refused)

    def test_a_new_certificate_is_shown_without_a_restart_and_a_bad_one_is_not(self):
        exporter = self.start_secure({"tls_server_config": self.tls})
        first = self.shown_by(exporter)
        (self.directory / "server.pem").write_text("no certificate\n")
        wait_until(lambda: "server.pem: no certificate in PEM form" in exporter.err, "a complaint")
        self.assertEqual(self.shown_by(exporter), first)
        self.certificates.issue("server", "IP:127.0.0.1")
        wait_until(lambda: self.shown_by(exporter) != first, "the new certificate")
        context = exporter.context(self.certificates)
        self.assertEqual(exporter.ask_over_tls(context)[0], 200)

    def test_the_probe_asks_over_tls(self):
        self.certificates.issue("client", "DNS:prometheus.internal")
        required = {"client_ca_file": "ca.pem", "client_auth_type": "RequireAndVerifyClientCert"}
        for more in ({}, required):
            exporter = self.start_secure({"tls_server_config": {**self.tls, **more}})
            flags = (f"--web.listen-address=127.0.0.1:{exporter.port}",
                     f"--web.config.file={self.web_path}", "--probe")
            self.assertEqual(self.run_exporter(*flags).status, 0)
            self.assertEqual(exporter.stop(), 0)
            self.assertEqual(self.run_exporter(*flags).status, 1)

    def test_prometheus_scrapes_with_a_certificate_and_a_password(self):
        self.certificates.issue("client", "DNS:prometheus.internal")
        exporter = self.start_secure({
            "tls_server_config": {**self.tls, "client_ca_file": "ca.pem",
                                  "client_auth_type": "RequireAndVerifyClientCert"},
            "basic_auth_users": {"prometheus": HASH_OF_ABC}})
        prometheus = self._own(Prometheus(
            self.directory, exporter.port, scheme="https",
            basic_auth={"username": "prometheus", "password": "abc"},
            tls_config={"ca_file": self.certificates.path("ca.pem"),
                        "cert_file": self.certificates.path("client.pem"),
                        "key_file": self.certificates.path("client.key")}))
        wait_until(lambda: prometheus.query('up == 1 and on() cloud_billing_collector_up == 1'),
                   "Prometheus has scraped")


class Passwords(WebConfigTest):
    def test_without_the_password_there_is_nothing_but_health(self):
        exporter = self.start_secure({"basic_auth_users": {"alice": HASH_OF_A, "bob": HASH_OF_ABC}},
                                     "--web.enable-lifecycle")
        for headers in ({}, basic("alice", "abc"), basic("alice", ""), basic("carol", "a"),
                        basic("alice", "a\0b"), {"Authorization": "Basic !"},
                        {"Authorization": "Bearer YTph"}, {"Authorization": "Basic"}):
            for path, method in (("/metrics", "GET"), ("/", "GET"), ("/accounts.csv", "GET"),
                                 ("/services.csv", "GET"), ("/no-such-path", "GET"),
                                 ("/-/reload", "POST")):
                with self.subTest(path=path, headers=headers):
                    answer = exporter.ask(path, method, headers=headers)
                    self.assertEqual(answer.status, 401)
                    self.assertTrue(answer.headers["WWW-Authenticate"].startswith("Basic"))
                    self.assertNotIn(b"cloud_billing", answer.body)
        for path in ("/-/healthy", "/-/ready"):
            self.assertIn(exporter.ask(path).status, (200, 503))
        for headers in (basic("alice", "a"), basic("bob", "abc")):
            self.assertEqual(exporter.ask("/metrics", headers=headers).status, 200)
            self.assertEqual(exporter.ask("/-/reload", "POST", headers=headers).status, 200)
        for secret in ("abc", base64.b64encode(b"alice:a").decode(), HASH_OF_A):
            self.assertNotIn(secret, exporter.err)

    def test_users_change_without_a_restart_and_a_bad_file_changes_nothing(self):
        exporter = self.start_secure({"basic_auth_users": {"alice": HASH_OF_A}})
        self.assertEqual(exporter.ask("/metrics", headers=basic("alice", "a")).status, 200)
        self.write_web_config({"basic_auth_users": {"alice": "a"}})
        wait_until(lambda: "expected a bcrypt hash" in exporter.err, "a complaint")
        self.assertEqual(exporter.ask("/metrics", headers=basic("alice", "a")).status, 200)
        self.write_web_config({"basic_auth_users": {"alice": HASH_OF_ABC}})
        wait_until(lambda: exporter.ask("/metrics", headers=basic("alice", "abc")).status == 200,
                   "the new password")
        self.assertEqual(exporter.ask("/metrics", headers=basic("alice", "a")).status, 401)

    def test_a_file_that_loses_its_users_opens_nothing(self):
        exporter = self.start_secure({"basic_auth_users": {"alice": HASH_OF_A}})
        self.write_web_config("")
        wait_until(lambda: "doing without basic_auth_users needs a restart" in exporter.err,
                   "a complaint")
        self.assertEqual(exporter.ask("/metrics").status, 401)
        self.assertEqual(exporter.ask("/metrics", headers=basic("alice", "a")).status, 200)

    def test_a_reload_takes_in_the_users_too(self):
        exporter = self.start_secure({"basic_auth_users": {"alice": HASH_OF_A}},
                                     "--web.enable-lifecycle")
        self.write_web_config({"basic_auth_users": {"alice": HASH_OF_ABC}})
        # 401 where the change was seen before.
        self.assertIn(exporter.ask("/-/reload", "POST", headers=basic("alice", "a")).status,
                      (200, 401))
        self.assertEqual(exporter.ask("/metrics", headers=basic("alice", "a")).status, 401)
        self.assertEqual(exporter.ask("/metrics", headers=basic("alice", "abc")).status, 200)

    def test_the_probe_needs_no_password(self):
        exporter = self.start_secure({"basic_auth_users": {"alice": HASH_OF_A}})
        probe = self.run_exporter(f"--web.listen-address=127.0.0.1:{exporter.port}", "--probe",
                                  f"--web.config.file={self.web_path}")
        self.assertEqual(probe.status, 0, probe.err)

    def test_headers_come_with_every_answer(self):
        headers = {"Strict-Transport-Security": "max-age=31536000", "X-Frame-Options": "deny",
                   "X-Content-Type-Options": "nosniff"}
        exporter = self.start_secure({"http_server_config": {"headers": headers}})
        for path in ("/metrics", "/-/healthy", "/no-such-path"):
            answer = exporter.ask(path)
            for name, value in headers.items():
                self.assertEqual(answer.headers.get_all(name), [value], path)


class Refusals(WebConfigTest):
    def check(self, config, *words):
        self.write_web_config(config)
        path = self.write_config(make_config([make_account(self.cloud)]))
        flags = (f"--config.file={path}", f"--web.config.file={self.web_path}",
                 "--web.listen-address=127.0.0.1:0")
        runs = [self.run_exporter(*flags, *more) for more in ((), ("--check-config",))]
        for run in runs:
            self.assertEqual(run.status, 1)
            for word in words:
                self.assertIn(word, run.err)
        return runs

    def test_every_mistake_is_named_with_its_place(self):
        self.check("tls_server_config:\n  cert_fil: a\n  min_version: TLS9\nrate_limit: {interval: 1s}\n"
                   "basic_auth_users:\n  alice: plain\n",
                   'web.yml:2:3: tls_server_config.cert_fil: unknown key, did you mean "cert_file"?',
                   'web.yml:3:16: tls_server_config.min_version: "TLS9": expected',
                   "web.yml:4:13: rate_limit: limiting requests is not supported",
                   "web.yml:6:10: basic_auth_users.alice: expected a bcrypt hash",
                   "tls_server_config.key_file: missing key")

    def test_files_that_are_not_there_or_do_not_fit_are_named(self):
        certificates = Certificates(self.directory)
        certificates.authority("other")
        self.check({"tls_server_config": {"cert_file": "no.pem", "key_file": "ca.key"}},
                   "no.pem", "No such file")
        self.check({"tls_server_config": {"cert_file": "ca.pem", "key_file": "other.key"}},
                   "other.key", "is not the key of")
        for key in ("cert_file", "key_file", "client_ca_file"):
            config = {"cert_file": "ca.pem", "key_file": "ca.key", "client_ca_file": "ca.pem",
                      "client_auth_type": "RequireAndVerifyClientCert", key: SECRET}
            for run in self.check({"tls_server_config": config}, "No such file"):
                self.assertNotIn(SECRET, run.err)
        (self.directory / "empty.pem").write_text("no certificate\n")
        self.check({"tls_server_config": {"cert_file": "ca.pem", "key_file": "ca.key",
                                          "client_auth_type": "RequireAndVerifyClientCert",
                                          "client_ca_file": "empty.pem"}},
                   "empty.pem: no certificate in PEM form")


if __name__ == "__main__":
    main()
