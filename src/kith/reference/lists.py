"""What the reference lists are for, and what their options know besides a name.

The pages of the settings are drawn from here. A list without an entry has names only.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core import kinds
from kith.core.errors import NotFound
from kith.core.kinds.kind import Kind
from kith.core.record_types import registry
from kith.reference.models import List

COLOURS = (
    ("red", _("Red"), ()),
    ("orange", _("Orange"), ()),
    ("yellow", _("Yellow"), ()),
    ("green", _("Green"), ()),
    ("teal", _("Teal"), ()),
    ("blue", _("Blue"), ()),
    ("purple", _("Purple"), ()),
    ("pink", _("Pink"), ()),
    ("grey", _("Grey"), ()),
)


class Colour(kinds.Enum):
    """One of the colours that are told apart in light and dark."""

    widget = "colour"

    def __init__(self) -> None:
        super().__init__(COLOURS)


@dataclass(frozen=True)
class Attribute:
    """Something that each option of a list may say; its value is in the option's `attributes`."""

    name: str
    label: Any
    kind: Kind
    help: Any = ""
    required: bool = False


@dataclass(frozen=True)
class ListInfo:
    """A list as the settings show it. `words`: what else it is found by there.

    `codes`: its options are codes that others keep, so that they have no other names."""

    name: str
    label: Any
    text: Any = ""
    attributes: tuple[Attribute, ...] = ()
    words: Any = ""
    codes: kinds.Coded | None = None

    def shown(self, option: str) -> str:
        """An option as people read it: INR Indian Rupee."""
        return self.codes.names().get(option, option) if self.codes else option

    @property
    def colour(self) -> Attribute | None:
        return next((each for each in self.attributes if isinstance(each.kind, Colour)), None)


_COLOUR = Attribute("colour", _("Colour"), Colour())
_TEXTS: dict[str, Any] = {
    "salutation": _("What stands before a name: Mr., Dr., M/S."),
    "designation": _("What people are at their company."),
    "contact_type": _("Customer, vendor, both or something else."),
    "category": _("Groups of your own; a contact may be in several."),
    "tag": _("Short labels; a contact may carry many."),
    "industry": _("What a company does."),
    "segment": _("The finer division of each industry."),
    "reference": _("How you came to know somebody."),
    "temperature": _("How near somebody is to buying."),
    "site_type": _("Head office, factory, warehouse and the like."),
    "relation": _("How two contacts belong together, read from either side."),
    "campaign": _("What led somebody to you: a campaign, a fair, an activity."),
    "price_list": _("The names of your price lists."),
    "trading_group": _("Groups of customers and vendors for billing."),
    "price_class": _("Classes like Gold and Silver, each with its prices."),
    "invoice_type": _("What a customer's invoices are made as."),
    "payment_terms": _("When an invoice is due."),
    "currency": _("Which currencies the dropdowns offer before all others."),
}
_ATTRIBUTES: dict[str, tuple[Attribute, ...]] = {
    "contact_type": (
        _COLOUR,
        Attribute("is_customer", _("Is a customer"), kinds.YesNo()),
        Attribute("is_vendor", _("Is a vendor"), kinds.YesNo()),
    ),
    "tag": (_COLOUR,),
    "category": (_COLOUR,),
    "industry": (_COLOUR,),
    "price_class": (_COLOUR,),
    "temperature": (_COLOUR,),
    "relation": (
        Attribute(
            "reverse",
            _("Seen from the other side"),
            kinds.Text(100),
            help=_("Employer, seen from the other side, is Employee."),
        ),
    ),
    "reference": (
        Attribute(
            "asks",
            _("Asks for"),
            kinds.Enum(
                (
                    ("campaign", _("A campaign or activity"), ()),
                    ("contact", _("A contact"), ()),
                    ("user", _("An employee"), ()),
                    ("text", _("A text"), ()),
                )
            ),
            help=_("The second choice that the form offers once this one is made."),
        ),
    ),
    "segment": (
        Attribute("industry", _("Industry"), kinds.Choice("industry"), required=True),
    ),
}  # fmt: skip


CODES: dict[str, kinds.Coded] = {List.CURRENCY: kinds.Currency()}


def list_info(name: str) -> ListInfo:
    """Raises NotFound for a list that there is not."""
    if name not in List.values:
        own = next((each for each in own_lists() if each.name == name), None)
        if own is None:
            raise NotFound
        return own
    return ListInfo(
        name,
        List(name).label,
        _TEXTS.get(name, ""),
        _ATTRIBUTES.get(name, ()),
        codes=CODES.get(name),
    )


def all_lists() -> list[ListInfo]:
    return [*(list_info(name) for name in List.values), *own_lists()]


def own_lists() -> list[ListInfo]:
    """The options of fields that administrators made."""
    fields = [each for known in registry if known.custom for each in known.shape.custom]
    return [
        ListInfo(
            each.kind.list_name, each.label, _("The options of a field of your own."), (_COLOUR,)
        )
        for each in fields
        if hasattr(each.kind, "list_name") and not each.hidden
    ]
