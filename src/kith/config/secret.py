"""The data folder and the keys: given, or made once and kept there."""

import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from pathlib import Path

from .env import WrongSetting

SHORTEST = 32
SEALING_KEYS = "sealing-keys"
SEALING_KEY_BYTES = 32


def make_folder(data_dir: Path) -> None:
    """For the owner's eyes only: it holds the database and the key."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"KITH_DATA_DIR: {data_dir} cannot be made ({error.strerror})."
        ) from None


def secret_key(given: str, data_dir: Path) -> str:
    if given:
        return _checked(given)
    return _checked(_kept(data_dir / "secret-key", secrets.token_urlsafe(48)))


def sealing_keys(given: list[str], data_dir: Path) -> list[str]:
    """The keys given; without any there is a file with one, and an empty list is returned: who
    needs the keys reads them there, because they change while a server runs."""
    if not given:
        new = urlsafe_b64encode(secrets.token_bytes(SEALING_KEY_BYTES)).decode()
        kept = _kept(data_dir / SEALING_KEYS, new)
        given_or_kept = kept.split() or [""]
    else:
        given_or_kept = given
    for key in given_or_kept:
        _check_sealing_key(key)
    return given


def _check_sealing_key(key: str) -> None:
    try:
        sound = len(urlsafe_b64decode(key)) == SEALING_KEY_BYTES
    except (BadBase64, ValueError):
        sound = False
    if not sound:
        raise WrongSetting("Each sealing key must be 32 random bytes as URL-safe base64.")


def _checked(key: str) -> str:
    if len(key) < SHORTEST:
        raise WrongSetting(f"The secret key must have at least {SHORTEST} characters.")
    return key


def _kept(path: Path, new: str) -> str:
    """What the file holds; `new` is put there when there is none."""
    try:
        if not path.exists():
            _make(path, new)
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not plain text"
        raise WrongSetting(f"{path} cannot be used ({reason}).") from None


def _make(path: Path, text: str) -> None:
    """Two processes may start at once: each writes its own file, one of them is linked."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # The other process was first; its key counts.
    finally:
        draft.unlink()
