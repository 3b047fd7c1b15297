"""How fast a job goes, and how long it will take."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core import clock
from kith.transfer.pages.steps import number


def speed(job: Any, done: int, total: int | None) -> dict[str, str]:
    """How fast it goes and how long it takes, once that can be told."""
    if job is None or job.started_at is None or not done:
        return {"rate": "", "left": ""}
    fresh = done - (job.checkpoint or {}).get("already", 0)
    if fresh <= 0:
        return {"rate": "", "left": ""}
    seconds = max((clock.now() - job.started_at).total_seconds(), 0.1)
    rate = fresh / seconds
    rate_text = _("%(rows)s rows a second") % {"rows": number(round(rate))}
    return {"rate": rate_text, "left": left((total - done) / rate) if total else ""}


def left(seconds: float) -> str:
    if seconds < 90:
        count = max(round(seconds), 1)
        return ngettext("%(n)d second left", "%(n)d seconds left", count) % {"n": count}
    count = round(seconds / 60)
    return ngettext("%(n)d minute left", "%(n)d minutes left", count) % {"n": count}
