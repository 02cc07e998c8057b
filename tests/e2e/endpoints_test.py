"""However an endpoint is spelled, the signature is for the Host that is sent."""

import socket
import unittest

from harness import EndToEndTest, main, make_account, make_config
from loopback_proxy import Forwarder
from providers import PROVIDER


def has_ipv6():
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


class Spelling(EndToEndTest):
    def check(self, endpoints):
        cloud = self.start_simulator(f"--accounts={len(endpoints)}", *PROVIDER.small_company)
        accounts = [make_account(cloud, number, endpoint=endpoint.format(port=self.port_of(cloud)))
                    for number, endpoint in enumerate(endpoints, 1)]
        shown = self.poll_once(make_config(accounts)).metrics
        for account in accounts:
            for collector in ("balance", "bills"):
                self.assertEqual(shown.value("collector_up", account=account["name"],
                                             collector=collector), "1", account["endpoint"])

    def port_of(self, cloud):
        return cloud.port

    def test_names_and_ipv4(self):
        self.check(["http://LocalHost.:{port}", "HTTP://127.0.0.1.:{port}/", "http://127.0.0.1:0{port}"])


@unittest.skipUnless(has_ipv6(), "no IPv6 here")
class SpellingOfIpv6(Spelling):
    def port_of(self, cloud):
        forwarder = Forwarder("::1", cloud.port)
        self.addCleanup(forwarder.close)
        return forwarder.port

    def test_names_and_ipv4(self):
        self.check(["http://[0:0:0:0:0:0:0:1]:{port}", "http://[0000::0001]:{port}",
                    "http://[::1]:{port}"])


if __name__ == "__main__":
    main()
