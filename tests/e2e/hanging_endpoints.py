"""Clouds that never answer: a server that accepts and stays silent, a name that nobody resolves."""

import os
import socket
import threading

RESOLVER = os.environ["HANGING_RESOLVER"]  # the library that holds look-ups of *.hanging.test


class SilentServer:
    """Accepts every connection, reads nothing, says nothing."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.accepted = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                self.accepted.append(self.listener.accept()[0])
            except OSError:
                return  # closed

    def close(self):
        self.listener.close()
        for connection in self.accepted:
            connection.close()


def unresolvable_account(number):
    """Its name server never answers, in an exporter started with_hanging_resolver()."""
    return {"name": f"unresolvable-{number}", "provider": "baidu", "access_key_id": f"ak-{number}",
            "secret_access_key": "sk", "endpoint": f"https://cloud-{number}.hanging.test"}


def with_hanging_resolver():
    """The environment of an exporter that meets such a name server."""
    return {"LD_PRELOAD": RESOLVER, "ASAN_OPTIONS": "verify_asan_link_order=0"}
