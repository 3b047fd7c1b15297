"""Making, changing, sharing and removing views. Who may is checked before."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.accounts.audiences import Tokens, audiences_intern
from kith.core.errors import Refused
from kith.core.kinds.audience import EVERYONE
from kith.core.record_types import registry
from kith.core.text import plain
from kith.history.models import ChangeSet, Door
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.views.models import SavedView

MOST = 200
"""Views of one user."""
LONGEST = 1_000
"""Characters of a query; cut off, it would list something else."""
DENSITIES = ("", "compact", "comfortable")
WIDTHS = range(48, 1_201)


def view_create(
    *, actor: Any, of: str, name: str, members: Tokens | None, **values: Any
) -> tuple[int, ChangeSet]:
    """`members` are the tokens of who sees it; None is everybody. Raises Refused."""
    if SavedView.objects.filter(owner=actor.pk).count() >= MOST:
        raise Refused(_("You have as many views as there may be. Delete some first."), code="many")
    with transaction.atomic():
        given = _checked(actor, {"name": name, "members": members, **values})
        with change_set(actor=actor, door=Door.SCREEN) as changes:
            pk = changes.save(registry.get("view"), Draft({"of": of, **given}))
    return pk, changes.record


def view_update(*, actor: Any, view: SavedView, **values: Any) -> ChangeSet | None:
    """None where nothing changed. Raises Refused, or Conflict for an older `version`."""
    version = values.pop("version", None)
    with transaction.atomic():
        given = _checked(actor, values)
        with change_set(actor=actor, door=Door.SCREEN) as changes:
            changes.save(registry.get("view"), Draft(given, id=view.pk, version=version))
    return changes.record if changes.changed_anything else None


def view_copy(*, actor: Any, view: SavedView) -> tuple[int, ChangeSet]:
    """One's own, whoever the original belongs to."""
    name = _("%(name)s, copy") % {"name": view.name[:52]}
    return view_create(
        actor=actor,
        of=view.of,
        name=name,
        members=frozenset({f"user:{actor.pk}"}),
        query=view.query,
        columns=view.columns,
        sort=view.sort,
        density=view.density,
    )


def view_delete(*, actor: Any, view: SavedView) -> ChangeSet:
    with change_set(actor=actor, door=Door.SCREEN) as changes:
        changes.remove_many(registry.get("view"), [view.pk])
    return changes.record


def _checked(actor: Any, values: dict[str, Any]) -> dict[str, Any]:
    given = dict(values)
    if "name" in given:
        given["name"] = plain(str(given["name"]))
        if not given["name"]:
            raise Refused(_("Give the view a name."), code="name-needed")
    if given.get("density", "") not in DENSITIES:
        raise Refused(_("Choose how high the rows are."), code="density-unknown")
    if len(given.get("query", "")) > LONGEST:
        raise Refused(_("This query is too long to be kept in a view."), code="query-long")
    if "columns" in given:
        given["columns"] = [[name, _width(width)] for name, width in given["columns"]] or None
    if "members" in given:
        given["reach"] = _audience(actor, given.pop("members"))
    return given


def _audience(actor: Any, members: Tokens | None) -> int:
    if members is None:
        return EVERYONE
    if not members:
        raise Refused(_("Choose at least one user, team or division."), code="nobody")
    return audiences_intern(actor=actor, sets=[members])[members]


def _width(width: Any) -> int:
    return width if isinstance(width, int) and width in WIDTHS else 0


def with_widths(names: Sequence[str], *widths: dict[str, int]) -> list[list[Any]]:
    """The columns with the width that the first of the books has."""
    return [[name, next((w[name] for w in widths if name in w), 0)] for name in names]
