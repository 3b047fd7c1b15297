"""Sessions in the database, as Django keeps them; each request reads one by a prepared query."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from kith.core import clock
from kith.core.prepared import MOMENT, TEXT, Prepared, slot

HELD = Prepared(
    lambda: Session.objects.filter(
        session_key=slot("key", TEXT), expire_date__gt=slot("now", MOMENT)
    )
)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        found = HELD.first(key=self.session_key, now=clock.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session
