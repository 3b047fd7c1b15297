"""What the stages of an import share: who acts, with what values are read, how a stage ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.accounts.actors import SYSTEM
from kith.accounts.permissions import Permission
from kith.accounts.queries import Audiences, Users
from kith.core.collecting import few_collections
from kith.core.errors import KithError, Refused
from kith.core.kinds.kind import Context
from kith.core.text import fold
from kith.history.models import ChangeSet
from kith.jobs.progress import Cancelled
from kith.reference.company import company
from kith.reference.queries import Options
from kith.transfer.foreseeing import Foresight
from kith.transfer.models import Import, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.photos import Photos
from kith.transfer.queries import type_of

Report: TypeAlias = Callable[[int, int | None], None]
"""Told (rows done, rows in all or None); called in the transaction of each portion. What it
raises stops the stage."""


class Elsewhere(Refused):
    """Another worker goes on with this import: that this one ends is no failure of it."""

    code = "elsewhere"
    default_message = gettext_lazy("This import goes on elsewhere.")


def still_ours(importing: Import) -> None:
    """Inside the transaction of each step. Two workers may believe that an import is theirs; the
    one that comes second ends.

    Nor does one go on with what somebody takes back meanwhile: it could not be undone. The lock on
    the change set lets no step of an undo pass before this step is written.

    Raises Elsewhere, or Refused for what is taken back."""
    sets = ChangeSet.objects.select_for_update().filter(pk=importing.change_set_id or 0)
    if any(each.is_undone for each in sets):
        raise Refused(_("This import is being taken back."), code="undone")
    current = Import.objects.select_for_update().get(pk=importing.pk)
    if (current.state, current.place) != (importing.state, importing.place):
        raise Elsewhere


def no_report(done: int, total: int | None) -> None:
    """For callers that nobody watches."""


def actor_of(importing: Import) -> Any:
    return importing.user or SYSTEM


def context_of(importing: Import) -> Context:
    """What the cells of the sheet are read with."""
    options, book = options_of(importing), type_of(importing).book
    users, actor = Users(), actor_of(importing)
    return Context(
        default_country=options.default_country or company().country,
        date_order=options.date_order,
        growing=growing_for(actor),
        options=Options(),
        users=users,
        audiences=Audiences(users),
        reader=importing.user_id,
        beside=options.added,
        handed_on=("manager",) if options.share or options.values.get("manager") else (),
        shuts=options.shuts,
        spelt={
            name: {fold(text): option for text, option in meant.items()}
            for name, meant in options.spelt.items()
        },
        records=book(actor) if book else None,
        pictures=Photos(importing),
        from_sheet=True,
    )


def growing_for(actor: Any) -> dict[str, bool]:
    """Of the lists that the firm has spoken of: whether the actor may add to them."""
    keeps = actor.may(Permission.REFERENCE_MANAGE)
    return {name: everybody or keeps for name, everybody in company().growing.items()}


def options_of(importing: Import) -> ImportOptions:
    return ImportOptions.from_json(importing.options)


def foresight_of(importing: Import) -> Foresight:
    return Foresight(
        record_type=type_of(importing), options=options_of(importing), actor=actor_of(importing)
    )


@contextmanager
def stage(importing: Import) -> Iterator[None]:
    """Remembers why a stage broke off. A killed one, or one whose worker shuts down, stays as
    it is: its job goes on."""
    try:
        with few_collections(), unmapped():
            yield
    except Cancelled:
        _pause(importing)
        raise
    except Elsewhere:
        raise
    except KithError as error:
        _fail(importing, str(error))
        raise
    except Exception:
        _fail(importing, _("Something went wrong that should not have; nothing was lost."))
        raise


@contextmanager
def unmapped() -> Iterator[None]:
    """SQLite's file is read as memory elsewhere. Here nearly all of it would be read in time, and
    count as memory of this process: the more, the longer the import."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        mapped = cursor.execute("PRAGMA mmap_size").fetchone()[0]
        cursor.execute("PRAGMA mmap_size=0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA mmap_size={mapped}")


def _pause(importing: Import) -> None:
    """What somebody stopped can go on, once it has begun to import."""
    current = Import.objects.get(pk=importing.pk)
    if current.state in (Stage.RUNNING, Stage.LINKING):
        Import.objects.filter(pk=importing.pk).update(failed_in=current.state, state=Stage.PAUSED)
        importing.refresh_from_db()
    else:
        _fail(importing, _("Stopped before the end."))


def _fail(importing: Import, message: str) -> None:
    current = Import.objects.get(pk=importing.pk)
    Import.objects.filter(pk=importing.pk).update(
        failed_in=current.state, state=Stage.FAILED, error=message
    )
    importing.refresh_from_db()
