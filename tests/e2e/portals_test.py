"""What stands in front of a cloud and answers in its place: portals, gateways, and when to ask again."""

import collections
import email.utils
import html
import http.server
import json
import threading
import time

from harness import EndToEndTest, main, make_account, make_config
from providers import PROVIDER

PORTAL = "as from a portal in the cloud's place"


class Front:
    """Answers every request with the same status, headers and body, and counts them."""

    def __init__(self, status, headers=(), body=""):
        front = self
        self.counts = collections.Counter()  # by operation

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                front.counts[self.path.partition("&")[0]] += 1
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST = answer

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class FrontTest(EndToEndTest):
    def front(self, *arguments):
        front = Front(*arguments)
        self.addCleanup(front.close)
        return front


class Portals(FrontTest):
    CASES = {
        "page": ((200, [("Content-Type", "text/html")], "<!DOCTYPE html><p>sesame</p>"),
                 "transport", f"a web page came instead of an API's answer (HTTP 200), {PORTAL}"),
        "redirect": ((302, [("Location", "http://login.corp.example/?back=sesame")], ""),
                     "transport", "a redirect to login.corp.example came instead of an API's answer "
                                  f"(HTTP 302), {PORTAL}"),
        "redirect-with-page": ((307, [("Location", "/sesame")], "<html>sesame</html>"),
                               "transport", "a redirect came instead of an API's answer (HTTP 307)"),
        "log-in": ((511, [], "<html>sesame</html>"),
                   "transport", "a network's demand for a log-in came"),
        "gateway": ((502, [("Content-Type", "text/html")], "<html>sesame</html>"),
                    "server", "a web page came instead of an API's answer (HTTP 502)"),
        "text": ((200, [("Content-Type", "text/plain")], "sesame"),
                 "decode", "the answer is not understood"),
    }

    def test_log_page_and_metric_say_the_same(self):
        fronts = {name: self.front(*case[0]) for name, case in self.CASES.items()}
        accounts = [make_account(front, name=name, collectors=["balance"])
                    for name, front in fronts.items()]
        exporter = self.start_exporter(
            make_config(accounts, http={"timeout": "30s", "max_retries": 0}),
            "--log.level=debug", "--log.format=json").wait_ready()
        shown = exporter.wait_for(lambda shown: all(
            shown.value("collector_up", account=name, collector="balance") == "0"
            for name in fronts), "a failed poll of each account")
        for name, (_, reason, words) in self.CASES.items():
            with self.subTest(name):
                lines = [json.loads(line) for line in exporter.err.splitlines()]
                [failure] = [line for line in lines
                             if line["msg"] == "poll failed" and line["account"] == name]
                self.assertEqual(failure["reason"], reason)
                self.assertIn(words, failure["error"])
                page = html.unescape(exporter.ask("/?account=" + name).body.decode())
                self.assertIn(failure["error"], page)
                self.assertIn(f"{reason}: ", page)
                self.assertIn(f'account="{name}",collector="balance"', shown.text)
                self.assertEqual(self.reasons_shown(shown, name), {reason})
                self.assertNotIn("sesame", page + shown.text + exporter.err)

    def reasons_shown(self, shown, account):
        """Why the account's collector fails."""
        return {dict(labels)["reason"]
                for labels in shown.select("collector_failing", account=account)}

    def test_a_redirect_is_not_asked_for_again(self):
        front = self.front(302, [("Location", "http://login.corp.example/")], "")
        self.poll_once(make_config([make_account(front, collectors=["balance"])],
                                   http={"timeout": "30s", "max_retries": 4}), status=1)
        self.assertEqual(set(front.counts.values()), {1})


class AskedToWait(FrontTest):
    def test_whatever_the_form_nothing_is_sent_before(self):
        in_an_hour = email.utils.formatdate(time.time() + 3600, usegmt=True)
        forms = {"seconds": [("Retry-After", "3600")], "date": [("Retry-After", in_an_hour)],
                 "list": [("Retry-After", "3600, 3600")],
                 "lines": [("Retry-After", "3600"), ("Retry-After", "0")],
                 "huge": [("Retry-After", "99999999999999999999")]}
        fronts = {f"{name}-{status}": self.front(status, headers, "{}")
                  for name, headers in forms.items() for status in (429, 503)}
        cloud = self.start_simulator(*PROVIDER.small_company)
        accounts = [make_account(front, name=name, collectors=["balance"])
                    for name, front in fronts.items()]
        accounts.append(make_account(cloud, name="good", collectors=["balance"],
                                     intervals={"balance": "1s"}))
        exporter = self.start_exporter(make_config(
            accounts, http={"timeout": "30s", "max_retries": 4}))
        # Without waiting, five requests come within four seconds.
        exporter.wait_for(lambda shown: shown.count(
            "collector_polls_total", account="good", collector="balance") >= 6, "polls of another")
        for name, front in fronts.items():
            self.assertEqual(set(front.counts.values()), {1}, name)


if __name__ == "__main__":
    main()
