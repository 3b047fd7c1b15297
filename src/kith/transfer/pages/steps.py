"""What the pages of one import share: where it stands, and what its numbers are called."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.core.habits import count_text
from kith.transfer.models import Import, Outcome, Stage
from kith.transfer.standing import counts_now

FILE, COLUMNS, REVIEW, RUN, DONE = range(5)
PLACES = {
    Stage.MAPPING: COLUMNS,
    Stage.CHECKING: REVIEW,
    Stage.REVIEW: REVIEW,
    Stage.RUNNING: RUN,
    Stage.LINKING: RUN,
    Stage.FAILED: RUN,
    Stage.PAUSED: RUN,
    Stage.DONE: DONE,
    Stage.UNDOING: DONE,
    Stage.UNDONE: DONE,
}
LEVELS = {
    Outcome.VALID: "good",
    Outcome.CREATED: "good",
    Outcome.UPDATED: "good",
    Outcome.DUPLICATE: "warn",
    Outcome.INVALID: "bad",
}


def steps(importing: Import | None, here: int | None = None) -> list[dict[str, Any]]:
    """The stepper; one may go back to the columns as long as nothing was imported."""
    labels = [_("File"), _("Columns"), _("Review"), _("Import"), _("Done")]
    here = here if here is not None else place_of(importing)
    back = importing is not None and importing.state in (Stage.MAPPING, Stage.REVIEW)
    return [
        {
            "label": label,
            "done": place < here,
            "here": place == here,
            "url": url("columns", importing) if place == COLUMNS and back else "",
        }
        for place, label in enumerate(labels)
    ]


def place_of(importing: Import | None) -> int:
    """One that stopped stands where it stopped: a check has not begun to import."""
    if importing is None:
        return FILE
    stopped = importing.failed_in if importing.state == Stage.FAILED else ""
    return PLACES[Stage(stopped or importing.state)]


def url(name: str, importing: Import | None) -> str:
    return reverse(f"transfer:{name}", args=[importing.pk]) if importing else ""


def number(count: int) -> str:
    """12,481: the way the list writes numbers."""
    return count_text(count)


def tiles(importing: Import, names: list[tuple[str, str, str]], shown: str) -> list[dict[str, Any]]:
    """Counts that filter the rows below. `names`: (count, label, what to show)."""
    counts = counts_now(importing)
    levels = {"valid": "good", "created": "good", "duplicates": "warn", "invalid": "bad"}
    base = url("show", importing)
    return [
        {
            "label": label,
            "number": number(counts.get(count, 0)),
            "level": levels.get(count, "") if counts.get(count) else "",
            "url": f"{base}?show={show}",
            "here": show == shown,
        }
        for count, label, show in names
    ]
