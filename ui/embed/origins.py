"""Which other sites may show `/embed` in a frame: plain origins, enforced by the browser through the page's policy."""

import re
from collections.abc import Sequence

_ORIGIN = re.compile(r"https?://(?P<host>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(?P<port>[1-9][0-9]{0,4}))?")
_HIGHEST_PORT = 65535


def check_origin(origin: str) -> str:
    """The origin in lower case; anything that says more or less than scheme, host and port is a ValueError.

    A pattern, a path or a quoted keyword would change what the policy means.
    """
    found = _ORIGIN.fullmatch(origin.lower())
    if found is None or ".." in found["host"] or int(found["port"] or 1) > _HIGHEST_PORT:
        raise ValueError(f"{origin!r} 不是网站来源。请写成 https://www.example.gov.cn 这样，不带路径和通配符。")
    return origin.lower()


def embed_policy(origins: Sequence[str]) -> str:
    """The content security policy of the framed page; without origins only our own pages may show it."""
    ancestors = " ".join(("'self'", *origins))
    return (
        "default-src 'self'; object-src 'none'; frame-src 'none'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {ancestors}"
    )
