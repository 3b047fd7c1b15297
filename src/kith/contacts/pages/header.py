"""The head of a card: who it is, and what one does with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.accounts.permissions import Permission
from kith.contacts.card import Card
from kith.contacts.context import options_of
from kith.contacts.display import colour_of
from kith.contacts.fields.sections import REACH
from kith.contacts.linked import Mate, primary_company
from kith.contacts.record import CONTACT
from kith.core.kinds.audience import EVERYONE
from kith.web import marks

COMPANY_ID = "company_id"
TAGS = 8
NUMBERS = (("customer_number", gettext_lazy("Customer")), ("vendor_number", gettext_lazy("Vendor")))
LONGEST_MARK = 40


@dataclass(frozen=True)
class Action:
    """As web/card/actions.html draws it."""

    label: str
    url: str
    icon: str
    primary: bool = False
    dialog: bool = False
    danger: bool = False
    key: str = ""


def with_company(card: Card, mates: Sequence[Mate]) -> None:
    """Put the primary company into the values, if the reader may see it."""
    company = primary_company(mates)
    card.state["company"] = company.name if company else None
    card.state[COMPANY_ID] = company.id if company else None


def header_html(card: Card, *, swap: bool = False) -> SafeString:
    """`swap`: to be put in place of the one on the page, whatever else is being answered."""
    actions, menu = actions_of(card)
    return render_to_string(
        "contacts/card/who.html",
        {
            "contact": card.contact,
            "code": card.state.get("code"),
            "numbers": [
                (label, card.state[name]) for name, label in NUMBERS if card.state.get(name)
            ],
            "type": _shown(card, "contact_type"),
            "type_colour": colour_of(card.state.get("contact_type"), card.context),
            "prospect": card.contact.is_prospect,
            "private": _private(card),
            "what": _what(card),
            "rating": card.state.get("priority"),
            "temperature": _temperature(card),
            "tags": _tags(card),
            "picture_edit": _picture_edit(card),
            "may_edit": card.may(Permission.CONTACT_EDIT),
            "actions": actions,
            "menu": menu,
            "swap": swap,
        },
    )


def _picture_edit(card: Card) -> str:
    may = card.may(Permission.CONTACT_EDIT)
    return reverse("contacts:picture", args=[card.contact.pk]) if may else ""


def _shown(card: Card, name: str) -> str:
    return CONTACT.field(name).kind.show(card.state.get(name), card.context)


def _private(card: Card) -> str:
    """Who sees it, where not everybody does."""
    if card.state.get("accessibility") == EVERYONE:
        return ""
    shown = _shown(card, "accessibility")
    return shown if len(shown) <= LONGEST_MARK else _("Selected users")


def _tags(card: Card) -> SafeString:
    """The first few, and how many more there are; all of them stand among the facts."""
    ids = card.state.get("tags") or []
    found = (options_of(card.context).get(each) for each in ids)
    tags = [(entry.name, entry.attributes.get("colour") or "") for entry in found if entry]
    return marks.tag_row(tags, TAGS)


def _what(card: Card) -> SafeString:
    """'Export manager at Horus Tech Solutions'."""
    title, company = _shown(card, "designation"), card.state.get("company")
    if not company:
        return format_html("{}", title)
    url = reverse("contacts:card", args=[card.state[COMPANY_ID]])
    link = format_html('<a href="{}"><bdi>{}</bdi></a>', url, company)
    if not title:
        return link
    held = format_html("<bdi>{}</bdi>", title)
    return format_html(_("{title} at {company}"), title=held, company=link)


def _temperature(card: Card) -> dict[str, str] | None:
    entry = options_of(card.context).get(card.state.get("temperature"))
    if entry is None:
        return None
    return {"code": entry.attributes.get("colour") or "", "label": entry.name}


def actions_of(card: Card) -> tuple[list[Action], list[Action]]:
    """The main actions, and those in the menu."""
    pk = card.contact.pk
    actions = [*_reaching(card)]
    if card.contact.is_prospect and card.may(Permission.CONTACT_EDIT):
        convert = reverse("contacts:convert", args=[pk])
        actions.append(Action(_("Convert to contact"), convert, icon="user-check", dialog=True))
    menu: list[Action] = []
    if card.may(Permission.CONTACT_EDIT):
        edit = reverse("contacts:edit", args=[pk])
        actions.append(Action(_("Edit"), edit, icon="pencil", key="e"))
        link = reverse("contacts:links", args=[pk])
        menu.append(Action(_("Link to a contact"), link, icon="link", dialog=True))
        menu += _trading(card)
    if card.may(Permission.CONTACT_EXPORT):
        labels = f"{reverse('contacts:labels')}?id={pk}"
        menu.append(Action(_("Label or envelope"), labels, icon="printer"))
    if card.may(Permission.USER_MANAGE):
        asked = f"{reverse('setup:why')}?contact={pk}"
        menu.append(Action(_("Who sees this?"), asked, icon="eye"))
    if card.may(Permission.CONTACT_DELETE):
        delete = reverse("contacts:delete", args=[pk])
        menu.append(Action(_("Delete"), delete, icon="trash", dialog=True, danger=True))
    return actions, menu


def _trading(card: Card) -> list[Action]:
    """What gives the numbers that the contact has not got yet."""
    pk, state = card.contact.pk, card.state
    found: list[Action] = []
    if card.contact.is_prospect:  # It becomes a contact first.
        return found
    if not state.get("customer_number"):
        url = reverse("contacts:customer", args=[pk])
        found.append(Action(_("Make customer"), url, icon="shopping-cart", dialog=True))
    if not state.get("vendor_number"):
        url = reverse("contacts:vendor", args=[pk])
        found.append(Action(_("Make vendor"), url, icon="truck", dialog=True))
    return found


def _reaching(card: Card) -> list[Action]:
    """Call and e-mail, by the first phone and the first address there are."""
    found: dict[str, str] = {}
    for field in CONTACT.fields:
        entries = card.state.get(field.name)
        if field.section == REACH and entries:
            found.setdefault(field.kind.widget, entries[0]["value"])
    actions = []
    if "phone" in found:
        call = f"tel:{found['phone']}"
        actions.append(Action(_("Call"), call, icon="phone", primary=True))
    if "email" in found:
        actions.append(Action(_("E-mail"), f"mailto:{found['email']}", icon="mail"))
    return actions
