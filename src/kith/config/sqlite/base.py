from pathlib import Path

from django.db.backends.sqlite3 import base

from kith.core.meanwhile import commit_after_all
from kith.core.turns import waiting


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        with waiting(Path(self.settings_dict["NAME"])):
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # Untyped.

    def commit(self) -> None:
        commit_after_all(super().commit)
