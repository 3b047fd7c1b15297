"""The filters of the list: the menu that adds one, and the chips of those that are on."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.contacts.listing.own import filtering
from kith.contacts.listing.periods import NAMED
from kith.contacts.listing.state import ME, NOBODY, PUBLIC, RESTRICTED, State
from kith.contacts.models import ContactKind
from kith.contacts.record import CONTACT
from kith.core.fields import Field
from kith.core.kinds.kind import Context
from kith.reference.models import List
from kith.web.lists import PAGING, Chip, Filter, with_params

FILTERS = ("kind", "type", "manager", "tag", "visible", "created")
MANY = ("choice", "choices", "user")
Choices = Sequence[tuple[str, Any]]


def filters(state: State, context: Context) -> Sequence[Filter]:
    """What 'Add filter' offers."""
    made = state.created
    return (
        Filter("kind", _("Kind"), ContactKind.choices, [state.kind], many=False),
        Filter("type", _("Type"), _options(List.CONTACT_TYPE, context), _texts(state.types)),
        Filter("manager", _("Account manager"), _managers(context), _texts(state.managers)),
        Filter("tag", _("Tag"), _options(List.TAG, context), _texts(state.tags)),
        Filter("visible", _("Visible to"), _reaches(), [state.reach], many=False),
        Filter("created", _("Created"), _periods(), [made.text if made else ""], many=False),
        *_own(state, context),
    )


def _own(state: State, context: Context) -> Iterable[Filter]:
    """By fields of one's own: ticks where there are options, else a text ("10..20")."""
    on = {each.name: each.texts for each in state.own}
    for field in filtering():
        many = field.kind.widget in MANY
        chosen = [] if many and not on.get(field.name) else list(on.get(field.name, ("",)))
        yield Filter(field.name, field.label, _offered(field, context), chosen, many=many)


def _offered(field: Field, context: Context) -> Choices:
    match field.kind.widget:
        case "choice" | "choices":
            return _options(field.kind.list_name, context)  # type: ignore[attr-defined]
        case "user":
            return _managers(context)[2:]
        case "yesno":
            return [("yes", _("Yes")), ("no", _("No"))]
        case "date":
            return _periods()
    return ()


def chips(state: State, context: Context, url: str, params: QueryDict) -> Sequence[Chip]:
    """The filters that are on. A filter has one chip, however many values it names."""
    named: tuple[tuple[str, Any, Iterable[str]], ...] = (
        ("kind", _("Kind"), [str(ContactKind(state.kind).label)] if state.kind else ()),
        ("type", _("Type"), _names(_options(List.CONTACT_TYPE, context), state.types)),
        ("manager", _("Manager"), _names(_managers(context), state.managers)),
        ("tag", _("Tag"), _names(_options(List.TAG, context), state.tags)),
        ("visible", _("Visible to"), _names(_reaches(), [state.reach] if state.reach else ())),
        ("created", _("Created"), [str(state.created)] if state.created else ()),
    )
    named += tuple((each.name, CONTACT.field(each.name).label, each.shown) for each in state.own)
    return [
        Chip(label, ", ".join(values), with_params(url, params, **{name: None}))
        for name, label, values in named
        if values
    ]


def kept(params: QueryDict) -> Sequence[tuple[str, str]]:
    """What a filter's form passes on of the present URL."""
    return [
        (name, value)
        for name, values in params.lists()
        for value in values
        if value and name not in PAGING
    ]


def clear_url(url: str, params: QueryDict) -> str:
    return with_params(url, params, **dict.fromkeys((*FILTERS, *CONTACT.by_name)))


def _options(list_name: str, context: Context) -> Choices:
    assert context.options is not None
    entries = context.options.of(list_name)  # type: ignore[attr-defined]
    return [(str(entry.id), entry.name) for entry in entries]


def _managers(context: Context) -> Choices:
    assert context.users is not None
    users = [(str(pk), name) for pk, name in context.users.choices()]  # type: ignore[attr-defined]
    return [(ME, _("Me")), (NOBODY, _("Nobody")), *users]


def _reaches() -> Choices:
    return [(PUBLIC, _("All users")), (RESTRICTED, _("Some users only"))]


def _periods() -> Choices:
    return list(NAMED.items())


def _texts(values: Iterable[Any]) -> Sequence[str]:
    return [str(value) for value in values]


def _names(choices: Choices, values: Iterable[Any]) -> Sequence[str]:
    """An archived option or a user who has left is not on offer, and still has a name."""
    names = {value: str(name) for value, name in choices}
    return [names.get(str(value), _("(no longer on offer)")) for value in values]
