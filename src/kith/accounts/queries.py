"""Reads users for forms, lists and sheets."""

from kith.accounts.models import User
from kith.core.text import fold


class Users:
    """A UserBook for one piece of work; the users of a firm are few and read in one query."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._ids: dict[str, int] = {}
        self._active: list[tuple[int, str]] = []
        self._read = False

    def find(self, text: str) -> int | None:
        """By e-mail, employee code or name, whatever the case. The inactive are not found."""
        self._load()
        return self._ids.get(fold(text))

    def label(self, user_id: int) -> str:
        """Raises LookupError for an id that no user has."""
        self._load()
        return self._names[user_id]

    def choices(self) -> list[tuple[int, str]]:
        """(id, name) of the users that something can be given to, by name."""
        self._load()
        return self._active

    def _load(self) -> None:
        if self._read:
            return
        rows = User.objects.order_by("name", "pk").values_list(
            "pk", "name", "email", "employee_code", "is_active"
        )
        for pk, name, email, code, active in rows:
            self._names[pk] = name or email
            if active:
                self._active.append((pk, name or email))
                for key in filter(None, (name, code, email)):
                    self._ids[fold(key)] = pk
        self._read = True
