"""The data folder and the secret key: given, or made once and kept there."""

import os
import secrets
from pathlib import Path

from .env import WrongSetting

SHORTEST = 32


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
    path = data_dir / "secret-key"
    try:
        if not path.exists():
            _make(path)
        return _checked(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise WrongSetting(f"{path} cannot be used ({error.strerror}).") from None


def _checked(key: str) -> str:
    if len(key) < SHORTEST:
        raise WrongSetting(f"The secret key must have at least {SHORTEST} characters.")
    return key


def _make(path: Path) -> None:
    """Two processes may start at once: each writes its own file, one of them is linked."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # The other process was first; its key counts.
    finally:
        draft.unlink()
