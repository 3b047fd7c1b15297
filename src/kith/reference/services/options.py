"""What administrators do to single options. Each act is a change set, and so can be undone."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core.errors import NotFound, Problem, Refused, Rejected
from kith.core.holding import hold
from kith.core.kinds.kind import Context, Invalid
from kith.core.record_types import registry
from kith.core.text import plain
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked
from kith.records.door import Changes, change_set
from kith.reference.lists import ListInfo, list_info
from kith.reference.models import Option, folded_name
from kith.reference.queries import Options, last_positions
from kith.reference.usage import usage

LONGEST = 100
MOST_LINES = 5000


def act(actor: Any, work: Callable[[Changes], Any], note: str = "") -> ChangeSet | None:
    """Do it in a change set of its own; None when nothing had to be changed."""
    with change_set(actor=actor, door=Door.SETTINGS, note=note) as changes:
        hold("options")
        work(changes)
    return changes.record if changes.changed_anything else None


def save(changes: Changes, options: Mapping[int, Mapping[str, Any]]) -> None:
    """Set columns of options, by id."""
    drafts = [Checked(dict(values), id=pk) for pk, values in options.items()]
    changes.save_many(registry.get("option"), drafts)


def option_save(
    *,
    actor: Any,
    list_name: str,
    name: str,
    attributes: Mapping[str, Any],
    option: Option | None = None,
    version: int | None = None,
) -> ChangeSet | None:
    """Make or change one option. Raises Rejected, also when the list has that name already.

    A new name is the name everywhere; the former one is still understood in sheets.
    """
    info = list_info(list_name)
    name, found = _checked(info, name, attributes)
    if info.codes and option and name != option.name:
        raise Rejected([Problem("name", "fixed", _("A code keeps its name; add another one."))])

    def work(changes: Changes) -> None:
        there = _of_name(list_name, name)
        if there and there.pk != (option.pk if option else None):
            _give_way(changes, there, option)
        if option:
            _change(changes, option, name, {**option.attributes, **found}, version)
        else:
            _put(changes, there, list_name, name, found)

    return act(actor, work, note=name)


def _put(
    changes: Changes,
    there: Option | None,
    list_name: str,
    name: str,
    attributes: Mapping[str, Any],
) -> None:
    """A new one, or the one that had the name and was put away, or meant another."""
    if there:
        again = {"name": name, "archived": False, "same_as": None, "attributes": attributes}
        save(changes, {there.pk: again})
    else:
        _make(changes, list_name, [name], attributes)


def _checked(info: ListInfo, name: str, raw: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    problems, found = [], {}
    context = Context(options=Options())
    try:
        name = _name(info, name)
    except Invalid as error:
        problems.append(Problem("name", error.code, error.message, error.value))
    for each in info.attributes:
        try:
            found[each.name] = each.kind.clean(raw.get(each.name), context)
        except Invalid as error:
            problems.append(Problem(each.name, error.code, error.message, error.value))
        else:
            if each.required and found[each.name] in (None, ""):
                missing = _("%(field)s is needed.") % {"field": each.label}
                problems.append(Problem(each.name, "required", missing))
    if problems:
        raise Rejected(problems)
    return name, found


def _name(info: ListInfo, raw: str) -> str:
    """As the list keeps it. Raises Invalid."""
    name = plain(raw)
    if not name:
        raise Invalid("required", _("Give it a name."))
    if len(name) > LONGEST:
        raise Invalid("too-long", _("At most %(most)d characters.") % {"most": LONGEST}, name)
    return info.codes.clean(name, Context()) or "" if info.codes else name


def _of_name(list_name: str, name: str) -> Option | None:
    return Option.objects.filter(list_name=list_name, folded=folded_name(name)).first()


def _give_way(changes: Changes, there: Option, option: Option | None) -> None:
    """Whoever has the name already may keep it, unless it is a former name or out of use."""
    back = there.archived and option is None
    former = there.same_as_id is not None and not usage(there.list_name, [there.pk])
    if not back and not former:
        message = _("“%(name)s” is in this list already.") % {"name": there.name}
        raise Rejected([Problem("name", "taken", message, there.pk)])
    if option is not None:
        changes.remove_many(registry.get("option"), [there.pk])


def _make(
    changes: Changes, list_name: str, names: Iterable[str], attributes: Mapping[str, Any]
) -> None:
    end = last_positions([list_name])[list_name]
    drafts = [
        Checked(
            {
                "list_name": list_name,
                "name": name,
                "attributes": dict(attributes),
                "position": end + step if end else 0,
            }
        )
        for step, name in enumerate(names)
    ]
    changes.save_many(registry.get("option"), drafts)


def _change(
    changes: Changes, option: Option, name: str, attributes: dict[str, Any], version: int | None
) -> None:
    record = registry.get("option")
    values = {"name": name, "attributes": attributes}
    changes.save(record, Checked(values, id=option.pk, version=version))
    if folded_name(name) != option.folded:
        former = {"list_name": option.list_name, "name": option.name}
        changes.save(record, Checked({**former, "archived": True, "same_as": option.pk}))


def options_paste(
    *, actor: Any, list_name: str, lines: Sequence[str]
) -> tuple[int, int, ChangeSet | None]:
    """Add the names that are not there yet; gives how many were added, and how many were there.

    Raises Rejected for lines that are too long or too many.
    """
    info = list_info(list_name)
    names = {folded_name(name): name for line in reversed(lines) if (name := _pasted(info, line))}
    _check_lines(names.values())
    added = 0

    def work(changes: Changes) -> None:
        nonlocal added
        added = _add(changes, list_name, names)

    record = act(actor, work, note=str(info.label))
    return added, len(names) - added, record


def _check_lines(names: Collection[str]) -> None:
    if len(names) > MOST_LINES:
        message = _("At most %(most)d lines at a time.") % {"most": MOST_LINES}
        raise Rejected([Problem("lines", "too-many", message)])
    long = next((name for name in names if len(name) > LONGEST), None)
    if long:
        message = _("“%(name)s…” has more than %(most)d characters.")
        said = message % {"name": long[:40], "most": LONGEST}
        raise Rejected([Problem("lines", "too-long", said)])


def _add(changes: Changes, list_name: str, names: dict[str, str]) -> int:
    """By folded name. One that was archived is in use again; returns how many were added."""
    rows = Option.objects.filter(list_name=list_name).values_list("folded", "pk", "archived")
    there = {folded: (pk, archived) for folded, pk, archived in rows}
    fresh = [name for key, name in reversed(names.items()) if key not in there]
    back = [there[key][0] for key in names if key in there and there[key][1]]
    save(changes, {pk: {"archived": False, "same_as": None} for pk in back})
    if fresh:
        _make(changes, list_name, fresh, {})
    return len(fresh) + len(back)


def _pasted(info: ListInfo, line: str) -> str:
    """The name in a line; of a list of codes, the code. Raises Rejected."""
    try:
        return (info.codes.clean(line, Context()) or "") if info.codes else plain(line)
    except Invalid as error:
        said = f"“{plain(line)[:40]}”: {error.message}"
        raise Rejected([Problem("lines", error.code, said)]) from None


def options_archive(
    *, actor: Any, list_name: str, ids: Sequence[int], archived: bool
) -> ChangeSet | None:
    """Archived ones stay where they are held, and are offered no more."""
    standing = _standing(list_name, ids)
    return act(
        actor, lambda changes: save(changes, {pk: {"archived": archived} for pk in standing})
    )


def _standing(list_name: str, ids: Sequence[int]) -> list[int]:
    rows = Option.objects.filter(list_name=list_name, pk__in=ids, same_as=None)
    return list(rows.order_by("position", "folded").values_list("pk", flat=True))


def options_delete(*, actor: Any, list_name: str, ids: Sequence[int]) -> ChangeSet | None:
    """Take away options that nothing holds, with their former names. Raises Refused."""

    def work(changes: Changes) -> None:
        standing = _standing(list_name, ids)
        former = Option.objects.filter(same_as__in=standing).values_list("pk", flat=True)
        _check_unused(list_name, standing, [*standing, *former])
        record = registry.get("option")
        changes.remove_many(record, list(former))
        changes.remove_many(record, standing)

    return act(actor, work)


def _check_unused(list_name: str, standing: Sequence[int], ids: Sequence[int]) -> None:
    held = usage(list_name, ids)
    if held:
        message = ngettext(
            "Nothing was deleted: %(n)d of these is in use. Archive it, or merge it into another.",
            "Nothing was deleted: %(n)d of these are in use. Archive them, or merge them.",
            len(held),
        )
        raise Refused(message % {"n": len(held)}, code="in-use")
    if not standing:
        raise NotFound


def option_move(*, actor: Any, option: Option, step: int) -> ChangeSet | None:
    """Up (-1) or down (1) in the list's own order; archived ones do not count."""

    def work(changes: Changes) -> None:
        rows = Option.objects.filter(list_name=option.list_name, archived=False, same_as=None)
        ids = list(rows.order_by("position", "folded").values_list("pk", flat=True))
        if option.pk not in ids:
            raise NotFound
        here = ids.index(option.pk)
        there = min(max(here + step, 0), len(ids) - 1)
        ids.insert(there, ids.pop(here))
        save(changes, {pk: {"position": place} for place, pk in enumerate(ids, 1)})

    return act(actor, work, note=option.name)


def options_sort(*, actor: Any, list_name: str) -> ChangeSet | None:
    """By the alphabet from now on, new ones too."""
    moved = Option.objects.filter(list_name=list_name).exclude(position=0)
    ids = list(moved.values_list("pk", flat=True))
    return act(actor, lambda changes: save(changes, {pk: {"position": 0} for pk in ids}))
