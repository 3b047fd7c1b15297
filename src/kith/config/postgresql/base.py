from typing import Any

from django.db.backends.postgresql import base

from kith.core.meanwhile import commit_after_all


class DatabaseWrapper(base.DatabaseWrapper):
    def known_cursor(self) -> Any:
        """For a query whose words never change, only its values: PostgreSQL plans it once for each
        connection, where planning takes longer than most answers."""
        self.ensure_connection()
        raw = self.connection
        usual, raw.cursor_factory = raw.cursor_factory, base.ServerBindingCursor
        try:
            return self.cursor()
        finally:
            raw.cursor_factory = usual

    def limit(self, seconds: float) -> None:
        """So long each statement may take, 0 for as long as it likes: until another limit is set,
        or until somebody writes, who may have to wait for others that do."""
        self.ensure_connection()
        if getattr(self.connection, "limit", 0.0) != seconds:
            with self.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{seconds}s"])
            self.connection.limit = seconds

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 (Django calls it so)
        if not autocommit:
            self.limit(0.0)
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # Untyped.

    def commit(self) -> None:
        commit_after_all(super().commit)
