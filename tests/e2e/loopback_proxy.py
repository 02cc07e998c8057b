"""What stands between the exporter and a cloud: a proxy that asks for a password, refuses, stays
silent or tunnels, a front that speaks TLS, a forwarder."""

import base64
import http.client
import http.server
import socket
import ssl
import threading


class Listener:
    """Serves each connection to a free port of one address of loopback in a thread of its own."""

    def __init__(self, host):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.listener = socket.create_server((host, 0), family=family, backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return  # closed
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()


class LoopbackProxy(Listener):
    """Takes CONNECT. `requests` holds the head of each, as it came.

    mode: "tunnel" to `target` (a port of loopback) whatever host is asked for; "silent" never
    answers; else a whole response such as "HTTP/1.1 403 Forbidden". With `login`, a pair, whoever
    does not say it is asked for it.
    """

    def __init__(self, mode, target=None, login=None):
        self.mode, self.target, self.login = mode, target, login
        self.requests = []
        super().__init__("127.0.0.1")

    def _serve(self, connection):
        with connection:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            self.requests.append(head.decode(errors="replace"))
            if self.login is not None and not self._is_logged_in(head):
                connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                                   b"Proxy-Authenticate: Negotiate\r\n"
                                   b"Proxy-Authenticate: Basic realm=\"corp\"\r\n"
                                   b"Content-Length: 0\r\n\r\n")
            elif self.mode == "tunnel":
                self._tunnel(connection)
            elif self.mode == "silent":
                connection.recv(1)  # until the client leaves
            else:
                connection.sendall(f"{self.mode}\r\nContent-Length: 0\r\n\r\n".encode())

    def _is_logged_in(self, head):
        said = base64.b64encode(":".join(self.login).encode())
        return b"\r\nProxy-Authorization: Basic " + said + b"\r\n" in head

    def _tunnel(self, connection):
        with socket.create_connection(("127.0.0.1", self.target)) as target:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=copy_bytes, args=(target, connection), daemon=True)
            back.start()
            copy_bytes(connection, target)
            back.join()


def copy_bytes(source, sink):
    """Until the source has ended; then the sink is told."""
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
    except OSError:
        pass  # one of them has gone
    try:
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class TlsFront:
    """A simulated cloud over TLS: requests go on to a port of loopback with every header as it is."""

    def __init__(self, target, certificate, key):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def forward(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                cloud = http.client.HTTPConnection("127.0.0.1", target, timeout=60)
                cloud.putrequest(self.command, self.path, skip_host=True,
                                 skip_accept_encoding=True)
                for name, value in self.headers.items():
                    cloud.putheader(name, value)
                cloud.endheaders(body)
                answer = cloud.getresponse()
                content = answer.read()
                cloud.close()
                self.send_response(answer.status)
                for name in ("Content-Type", "Content-Encoding"):
                    if name in answer.headers:
                        self.send_header(name, answer.headers[name])
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = forward

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a client that does not trust it
        # The handshake belongs to the connection's own thread.
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True,
                                                 do_handshake_on_connect=False)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Forwarder(Listener):
    """Connections to one address of loopback, byte by byte, to a port of 127.0.0.1."""

    def __init__(self, host, target):
        self.target = target
        super().__init__(host)

    def _serve(self, connection):
        with connection, socket.create_connection(("127.0.0.1", self.target)) as target:
            back = threading.Thread(target=copy_bytes, args=(target, connection), daemon=True)
            back.start()
            copy_bytes(connection, target)
            back.join()
