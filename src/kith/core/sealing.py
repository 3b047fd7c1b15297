"""Encryption of sensitive values, and the digests by which equal ones are known.

Fernet tokens (AES-128-CBC with HMAC-SHA256); the first key seals, all of them open. A digest is an
HMAC under a key derived from the first one: without it nobody can try out the few numbers that,
say, an Aadhaar may be.
"""

import hmac
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kith.core.errors import KithError

DIGEST_CHARACTERS = 40
PARTS = {"sealed", "mask", "digest"}


class SealBroken(KithError):
    code = "seal-broken"
    default_message = _(
        "This value can't be opened: the key that it was sealed with is missing. Ask your "
        "administrator to run “kith doctor”."
    )


@dataclass(frozen=True)
class Ring:
    """The keys of the installation, the newest first."""

    keys: tuple[str, ...]

    @cached_property
    def _all(self) -> MultiFernet:
        return MultiFernet([Fernet(key) for key in self.keys])

    @cached_property
    def _first(self) -> Fernet:
        return Fernet(self.keys[0])

    @cached_property
    def _digesting(self) -> bytes:
        return hmac.digest(urlsafe_b64decode(self.keys[0]), b"kith: digests", "sha256")

    def seal(self, text: bytes) -> str:
        return self._first.encrypt(text).decode()

    def open(self, token: str) -> bytes:
        """Raises SealBroken."""
        try:
            return self._all.decrypt(token)
        except (InvalidToken, ValueError):
            raise SealBroken from None

    def digest(self, text: bytes) -> str:
        return hmac.new(self._digesting, text, sha256).hexdigest()[:DIGEST_CHARACTERS]

    def is_newest(self, token: str) -> bool:
        """Whether the first key sealed it."""
        try:
            self._first.decrypt(token)
        except InvalidToken:
            return False
        return True


def ring() -> Ring:
    """The present keys. The file is looked at each time: another process may have added one.

    Raises SealBroken when it is gone.
    """
    if settings.SEALING_KEYS:
        return _ring_of(tuple(settings.SEALING_KEYS))
    path: Path = settings.SEALING_KEY_FILE
    try:
        found = path.stat()
        return _ring_in(path, found.st_mtime_ns, found.st_ino)
    except OSError as error:
        raise SealBroken from error


@lru_cache(maxsize=4)
def _ring_of(keys: tuple[str, ...]) -> Ring:
    return Ring(keys)


@lru_cache(maxsize=4)
def _ring_in(path: Path, _changed: int, _inode: int) -> Ring:
    return _ring_of(tuple(path.read_text(encoding="ascii").split()))


def is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == PARTS


def resealed(value: Any, keys: Ring) -> Any:
    """The same JSON with every sealed value in it under the newest key; itself when they are."""
    if is_sealed(value):
        return _resealed(value, keys)
    if isinstance(value, dict):
        found: Any = {name: resealed(each, keys) for name, each in value.items()}
        return value if _same_items(value.values(), found.values()) else found
    if isinstance(value, list):
        found = [resealed(each, keys) for each in value]
        return value if _same_items(value, found) else found
    return value


def _same_items(one: Any, other: Any) -> bool:
    return all(mine is yours for mine, yours in zip(one, other, strict=True))


def _resealed(value: dict[str, str], keys: Ring) -> dict[str, str]:
    if keys.is_newest(value["sealed"]):
        return value
    text = keys.open(value["sealed"])
    return {**value, "sealed": keys.seal(text), "digest": keys.digest(text)}


def new_key() -> str:
    return Fernet.generate_key().decode()


def write_keys(path: Path, keys: Sequence[str]) -> None:
    """Put the file in place whole, for its owner's eyes only."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{key}\n" for key in keys), encoding="ascii")
    draft.replace(path)
