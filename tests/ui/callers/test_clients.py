"""Who counts as one client, and whose word about it is believed."""

from typing import Any

import pytest

from ui.callers.clients import ProxyTrust, client_of, group_address, parse_trust

ONE, TWO = ProxyTrust(hops=1), ProxyTrust(hops=2)
NETWORKS = parse_trust("10.0.0.0/8, 127.0.0.1, fd00::/8")


def make_scope(peer: str | None, *lines: tuple[str, str]) -> dict[str, Any]:
    headers = [(name.encode(), value.encode()) for name, value in lines]
    return {"type": "http", "client": (peer, 4711) if peer else None, "headers": headers, "state": {}}


def via(*values: str) -> tuple[tuple[str, str], ...]:
    return tuple(("x-forwarded-for", value) for value in values)


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("127.0.0.2", "127.0.0.3", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("testclient", "", False),
    ],
)
def test_which_addresses_are_one_client(first: str, second: str, is_one: bool) -> None:
    assert (group_address(first) == group_address(second)) == is_one


@pytest.mark.parametrize(
    ("trust", "peer", "headers", "client"),
    [
        (ProxyTrust(), "192.0.2.9", via("198.51.100.1"), "192.0.2.9"),
        (ProxyTrust(), None, (), "-"),
        (ONE, "10.0.0.1", (), "10.0.0.1"),
        (ONE, "10.0.0.1", via("198.51.100.1"), "198.51.100.1"),
        (ONE, "10.0.0.1", via("1.1.1.1, 2.2.2.2, 198.51.100.1"), "198.51.100.1"),
        (ONE, "10.0.0.1", via("1.1.1.1", "198.51.100.1"), "198.51.100.1"),
        (ONE, "10.0.0.1", via("198.51.100.1:4711"), "198.51.100.1"),
        (ONE, "10.0.0.1", via("[2001:db8::1]:4711"), "2001:db8::/64"),
        (ONE, "10.0.0.1", via("198.51.100.1, unknown"), "10.0.0.1"),
        (ONE, None, via("198.51.100.1"), "198.51.100.1"),
        (TWO, "10.0.0.1", via("1.1.1.1, 198.51.100.1, 10.0.0.2"), "198.51.100.1"),
        (TWO, "10.0.0.1", via("198.51.100.1"), "198.51.100.1"),
        (NETWORKS, "192.0.2.9", via("198.51.100.1"), "192.0.2.9"),
        (NETWORKS, "127.0.0.1", via("1.1.1.1, 198.51.100.1, 10.2.3.4"), "198.51.100.1"),
        (NETWORKS, "::ffff:10.0.0.1", via("198.51.100.1"), "198.51.100.1"),
        (NETWORKS, "fd00::1", via("198.51.100.1"), "198.51.100.1"),
        (NETWORKS, "10.0.0.1", via("10.0.0.3, 10.0.0.2"), "10.0.0.3"),
        (NETWORKS, "10.0.0.1", via("," * 50_000), "10.0.0.1"),
        (NETWORKS, "10.0.0.1", via(", ".join(["1.1.1.1"] * 5_000 + ["198.51.100.1"])), "198.51.100.1"),
        (ONE, "10.0.0.1", (("forwarded", "for=1.1.1.1, for=198.51.100.1;proto=https"),), "198.51.100.1"),
        (ONE, "10.0.0.1", (("forwarded", 'proto=http; For="[2001:db8::1]:4711"'),), "2001:db8::/64"),
        (ONE, "10.0.0.1", (("forwarded", "by=1.1.1.1"),), "10.0.0.1"),
        (ONE, "10.0.0.1", (*via("198.51.100.1"), ("forwarded", "for=198.51.100.1")), "198.51.100.1"),
        (ONE, "10.0.0.1", (*via("198.51.100.1"), ("forwarded", "for=1.1.1.1")), "10.0.0.1"),
    ],
)
def test_only_trusted_proxies_speak_for_a_client(
    trust: ProxyTrust, peer: str | None, headers: tuple[tuple[str, str], ...], client: str
) -> None:
    assert client_of(make_scope(peer, *headers), trust) == client


def test_the_name_of_an_integrator_replaces_the_address() -> None:
    scope = make_scope("192.0.2.9")
    scope["state"]["integrator"] = "城市服务"
    assert client_of(scope) == "key:城市服务"


@pytest.mark.parametrize("text", ["x", "10.0.0.0/40", "-1", "21", "10.0.0.1/8"])
def test_trust_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError):
        parse_trust(text)
