"""Why a user sees a contact, or does not: each step in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.accounts.models import User
from kith.accounts.permissions import Permission
from kith.accounts.queries import Audiences, Users
from kith.contacts.models import Contact
from kith.contacts.queries import visible_to
from kith.core.kinds.audience import EVERYONE

NAMED = 8


@dataclass(frozen=True)
class Step:
    """`passes`: this one does not stand in the way."""

    passes: bool
    text: str


@dataclass(frozen=True)
class Verdict:
    """`sees` is what the read door itself says; the steps are its reasons."""

    sees: bool
    edits: bool
    steps: Sequence[Step]


def _yes(text: str) -> Step:
    return Step(passes=True, text=text)


def _no(text: str) -> Step:
    return Step(passes=False, text=text)


def explain(user: User, contact: Contact) -> Verdict:
    steps = [_active(user), _role(user), _trash(contact), _prospect(contact), _reach(user, contact)]
    fresh = User.objects.get(pk=user.pk)
    in_list = visible_to(fresh).filter(pk=contact.pk).exists()
    sees = in_list and fresh.may(Permission.CONTACT_SEE)
    return Verdict(sees, sees and fresh.may(Permission.CONTACT_EDIT), steps)


def who_sees(contact: Contact) -> str:
    """Everybody, or by name the users, teams and divisions it is for."""
    if contact.reach_id == EVERYONE:
        return _("All users whose role lets them see contacts.")
    book = Audiences(Users())
    members = sorted(book.members(contact.reach_id or EVERYONE) or ())
    return _("Only %(who)s.") % {"who": _named(book, members)}


def _active(user: User) -> Step:
    if user.is_active:
        return _yes(_("%(name)s may sign in.") % {"name": user.name})
    return _no(_("%(name)s is deactivated and can't sign in.") % {"name": user.name})


def _role(user: User) -> Step:
    words = {"role": user.role.name}
    if Permission.CONTACT_SEE not in user.role.allowed:
        return _no(_("The role “%(role)s” does not allow to see contacts.") % words)
    if Permission.CONTACT_EDIT in user.role.allowed:
        return _yes(_("The role “%(role)s” allows to see and to change contacts.") % words)
    return _yes(_("The role “%(role)s” allows to see contacts, not to change them.") % words)


def _trash(contact: Contact) -> Step:
    if contact.trashed_at is None:
        return _yes(_("The contact is not in the trash."))
    return _no(_("The contact is in the trash; only there it is still shown."))


def _prospect(contact: Contact) -> Step:
    if contact.is_prospect:
        return _no(_("It is a prospect, which stands in the list of prospects only."))
    return _yes(_("It is a contact, not a prospect."))


def _reach(user: User, contact: Contact) -> Step:
    if contact.reach_id == EVERYONE:
        return _yes(_("The contact is for all users."))
    book = Audiences(Users())
    members = set(book.members(contact.reach_id or EVERYONE) or ())
    through = sorted(members & book.of_user(user.pk))
    words = {"name": user.name, "who": _named(book, sorted(members))}
    if not through:
        text = _("The contact is for %(who)s only; %(name)s is not among them.")
        return _no(text % words)
    if f"user:{user.pk}" in through:
        return _yes(_("The contact is for %(who)s; %(name)s is named.") % words)
    words["through"] = _named(book, through)
    text = _("The contact is for %(who)s; %(name)s belongs to %(through)s.")
    return _yes(text % words)


def _named(book: Audiences, tokens: Sequence[str]) -> str:
    names = [_one(book, each) for each in tokens[:NAMED]]
    more = len(tokens) - len(names)
    if more:
        names.append(_("%(count)d more") % {"count": more})
    return ", ".join(names) or _("nobody")


def _one(book: Audiences, token: str) -> str:
    kind, name = token.partition(":")[0], book.label(token)
    if kind == "team":
        return _("the team %(name)s") % {"name": name}
    return _("the division %(name)s") % {"name": name} if kind == "division" else name
