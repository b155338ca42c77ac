"""A stand-in for the world outside: a proxy that answers for every host itself, and notes which were asked for."""

from __future__ import annotations

import socketserver
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

TITLE = "Weather"
PAGE = f"<!doctype html><title>{TITLE}</title><h1>{TITLE}</h1>".encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
NAMED, HTTPS = 3, 443  # the host is given by its name; the port
NO_PASSWORD, CONNECTED = b"\x05\x00", b"\x05\x00\x00\x01" + bytes(6)
# Browsers ask their makers for news of their own, whatever page is open. They get no answer here either.
MAKERS = ("google.com", "googleapis.com", "gvt1.com", "mozilla.com", "mozilla.net", "mozilla.org", "firefox.com")


class Connection(socketserver.StreamRequestHandler):
    """A browser asks by SOCKS 5 for a host, and gets the same page from each."""

    server: Outside

    def handle(self) -> None:
        with suppress(OSError, IndexError, ValueError, struct.error):  # the browser has gone
            port = self._connect()
            if port == HTTPS:
                self._answer()

    def _connect(self) -> int:
        _version, methods = self.rfile.read(2)
        self.rfile.read(methods)
        self.wfile.write(NO_PASSWORD)
        kind = self.rfile.read(4)[3]
        host = self.rfile.read(self.rfile.read(1)[0]).decode() if kind == NAMED else "by number"
        self.server.hosts.append(host)
        (port,) = struct.unpack("!H", self.rfile.read(2))
        self.wfile.write(CONNECTED)
        return int(port)

    def _answer(self) -> None:
        with self.server.secrecy.wrap_socket(self.connection, server_side=True) as secret:
            request = secret.makefile("rb")
            while request.readline().strip():
                pass
            secret.sendall(ANSWER % (len(PAGE), PAGE))


class Outside(socketserver.ThreadingTCPServer):
    """The proxy. A browser that goes through it reaches nothing but it, and what it leaves out: this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.hosts: list[str] = []
        self.secrecy = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with TemporaryDirectory() as folder:
            certificate = Path(folder, "certificate.pem")
            certificate.write_bytes(make_certificate())
            self.secrecy.load_cert_chain(certificate)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def hosts_of_pages(self) -> set[str]:
        """The hosts that were asked for, but for those of the browsers' makers."""
        return {host for host in self.hosts if not host.endswith(MAKERS)}


@contextmanager
def serve_outside() -> Iterator[Outside]:
    """The proxy while it answers."""
    with Outside() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def make_certificate() -> bytes:
    """A key and a certificate for nobody: the browsers are told to accept any."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "outside")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
