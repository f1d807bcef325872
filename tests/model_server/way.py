"""A way in which an endpoint behaves: the script that does it, and how a call must end.

Its script is made from the words of a correct reply, so that every surface can be tried with the same faults:

    for way in WAYS:
        with way.serve(correct_reply) as served:
            ... POLICY_MODEL_BASE_URL=served.url ...
"""

import contextlib
import socket
import ssl
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from assistant.model.endpoint import Fault
from tests.model_server.server import ModelServer, Script


@dataclass(frozen=True, slots=True)
class Served:
    """Where the endpoint is said to be, and the server behind it."""

    url: str
    server: ModelServer


@dataclass(frozen=True, slots=True)
class Way:
    """One behaviour: `fault` is None where the reply is whole, which is then what `reply` makes of the correct one."""

    name: str
    make: Callable[[str], Script]
    fault: Fault | None
    calls: int = 1
    """How many requests reach the server: 2 where a retry is right."""
    reply: Callable[[str], str] = str
    door: str = "http"
    has_schema: bool = False

    @contextlib.contextmanager
    def serve(self, text: str) -> Iterator[Served]:
        tls = _trusted_by_nobody() if self.door == "untrusted" else None
        with ModelServer(self.make(text), tls) as server, _open_mute_port() as mute:
            urls = {
                "refused": f"http://127.0.0.1:{find_closed_port()}/v1",
                "nowhere": "http://model.invalid/v1",
                "no tls": server.url.replace("http:", "https:"),
                "mute": f"https://127.0.0.1:{mute}/v1",
            }
            yield Served(urls.get(self.door, server.url), server)


def _trusted_by_nobody() -> ssl.SSLContext:
    """With a certificate that was signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(pem)
        file.flush()
        context.load_cert_chain(file.name)
    return context


def find_closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def _open_mute_port() -> Iterator[int]:
    """Connections are accepted by the system, and nobody ever reads them."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield int(taken.getsockname()[1])
