"""Who asks: the address of the peer, what trusted proxies say of it, or the name of a program that showed its key."""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import Scope

from ui.callers.keys import find_integrator

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_PREFIX_OF_A_HOUSEHOLD = 64
# Nobody stands behind more proxies; a header may name thousands.
_MOST_HOPS = 20
_FOR = re.compile(r'(?:^|;)\s*for\s*=\s*"?([^";]*)"?', re.IGNORECASE)
_WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+")
_NOBODY = "-"
_FORWARDING = frozenset({b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via"})


@dataclass(frozen=True, slots=True)
class ProxyTrust:
    """Whose word about a client counts: so many proxies in front of the service, or every proxy in these networks."""

    hops: int = 0
    networks: tuple[Network, ...] = ()

    def covers(self, address: str | None) -> bool:
        """Whether a peer with this address may be a proxy of ours."""
        if self.hops:
            return True
        parsed = _parse(address or "")
        return parsed is not None and any(parsed in n for n in self.networks)


NO_PROXY = ProxyTrust()


def parse_trust(text: str) -> ProxyTrust:
    """`1` is one proxy, `10.0.0.0/8, 127.0.0.1` are networks of proxies; raises ValueError."""
    if text.strip().isdecimal():
        hops = int(text)
        if hops > _MOST_HOPS:
            raise ValueError(f"at most {_MOST_HOPS} proxies")
        return ProxyTrust(hops)
    return ProxyTrust(0, tuple(ipaddress.ip_network(n.strip()) for n in text.split(",") if n.strip()))


def client_of(scope: Scope, trust: ProxyTrust = NO_PROXY) -> str:
    """One name for everything that one client sends."""
    return integrator_of(scope) or group_address(address_of(scope, trust))


def integrator_of(scope: Scope) -> str | None:
    """The name that stands for an address where a program showed a key of ours; whoever checks keys writes it."""
    name = find_integrator(scope)
    return f"key:{name}" if name else None


def is_forwarded(scope: Scope) -> bool:
    """Whether a proxy says that it speaks for somebody else."""
    return any(name in _FORWARDING for name, _ in scope["headers"])


def is_loopback(scope: Scope) -> bool:
    """Whether the peer is on this machine."""
    parsed = _parse(scope["client"][0]) if scope.get("client") else None
    return parsed is not None and parsed.is_loopback


def address_of(scope: Scope, trust: ProxyTrust = NO_PROXY) -> str:
    """The nearest address to us that no trusted proxy has; what stands before it in a header is anybody's claim."""
    peer: str = scope["client"][0] if scope.get("client") else _NOBODY
    if not trust.covers(peer):
        return peer
    plain, standard = _listed(scope, b"x-forwarded-for"), _listed(scope, b"forwarded")
    found = {_walk(peer, hops, trust) for hops in (plain, [_read_for(h) for h in standard]) if hops}
    # Proxies write one of the two headers; where both name somebody, the client wrote one of them.
    return found.pop() if len(found) == 1 else peer


def group_address(address: str) -> str:
    """A household holds many addresses of version 6, but one network."""
    parsed = _parse(address)
    if parsed is None:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    return str(ipaddress.ip_network((parsed, _PREFIX_OF_A_HOUSEHOLD), strict=False))


def _walk(peer: str, listed: Sequence[str], trust: ProxyTrust) -> str:
    """From the right, as far as proxies are trusted."""
    current = peer
    for passed, hop in enumerate(reversed(listed)):
        if (trust.hops and passed >= trust.hops) or not trust.covers(current):
            break
        parsed = _parse(hop)
        if parsed is None:
            break
        current = str(parsed)
    return current


def _listed(scope: Scope, wanted: bytes) -> list[str]:
    """The last entries of a header, which may come in several lines."""
    lines = [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
    return [e.strip() for e in ",".join(lines).rsplit(",", _MOST_HOPS)[-_MOST_HOPS:]] if lines else []


def _read_for(element: str) -> str:
    """`for="[2001:db8::1]:4711";proto=https` → `[2001:db8::1]:4711`."""
    found = _FOR.search(element)
    return found[1].strip() if found else ""


def _parse(address: str) -> Address | None:
    found = _WITH_PORT.fullmatch(address)
    bare = (found[1] or found[2] or "") if found else address
    try:
        parsed = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
