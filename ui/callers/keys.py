"""Tells integrators apart by their keys; without keys configured nobody needs one and any is accepted."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr
from starlette.types import Scope


class BadKeys(ValueError):
    """The setting cannot be read; the message never repeats it."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Hashes of the keys by the name of their integrator, so that the keys themselves stay in the settings only."""

    hashes: Mapping[str, bytes]

    def name_of(self, key: str) -> str | None:
        """Compares with every key in constant time, so that the time taken tells nothing about them."""
        digest = _hash(key)
        found = None
        for name, known in self.hashes.items():
            if hmac.compare_digest(digest, known):
                found = name
        return found


def read_keys(setting: SecretStr) -> Keyring:
    """From `name:key,name2:key2`; a header holds nothing but ASCII, so a key does too."""
    hashes: dict[str, bytes] = {}
    for entry in filter(None, map(str.strip, setting.get_secret_value().split(","))):
        name, _, key = (piece.strip() for piece in entry.partition(":"))
        if not name or not key or not key.isascii() or name in hashes:
            raise BadKeys("应当是 名称:密钥，多个用逗号隔开，名称不能重复，密钥只用英文字母、数字和符号")
        hashes[name] = _hash(key)
    return Keyring(hashes)


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()


def find_integrator(scope: Scope) -> str | None:
    """The name whose key the request carries, None for anybody else; set by `KeyCheck`, which stands before."""
    name: str | None = scope.get("state", {}).get("integrator")
    return name
