"""The kinds of value that a field can have. See `kind.Kind` for what each can do."""

from kith.core.kinds.audience import EVERYONE, Audience
from kith.core.kinds.channel import Channel, Entry, values_of
from kith.core.kinds.choices import Choice, Choices, Enum, User, YesNo
from kith.core.kinds.dates import Date
from kith.core.kinds.email import Email, email_value
from kith.core.kinds.grouped import Grouped
from kith.core.kinds.groups import Groups
from kith.core.kinds.identifier import Identifier, identifier_key
from kith.core.kinds.instant import Instant
from kith.core.kinds.kind import (
    Caution,
    Cell,
    Context,
    Invalid,
    Kind,
    OptionBook,
    RecordBook,
    UserBook,
)
from kith.core.kinds.links import Url, url_value
from kith.core.kinds.locales import Coded, Currency, Language
from kith.core.kinds.numbers import Integer, Money, Number, Percent, Stars
from kith.core.kinds.phone import Phone, phone_key, phone_text
from kith.core.kinds.phone_one import OnePhone
from kith.core.kinds.places import Country, State
from kith.core.kinds.position import Position
from kith.core.kinds.records import Record
from kith.core.kinds.sealed import Sealed, digest_of
from kith.core.kinds.social import NETWORKS, Social
from kith.core.kinds.texts import Code, LongText, Name, PostalCode, Text, Texts
from kith.core.kinds.zones import TimeZone

__all__ = [
    "EVERYONE",
    "NETWORKS",
    "Audience",
    "Caution",
    "Cell",
    "Channel",
    "Choice",
    "Choices",
    "Code",
    "Coded",
    "Context",
    "Country",
    "Currency",
    "Date",
    "Email",
    "Entry",
    "Enum",
    "Grouped",
    "Groups",
    "Identifier",
    "Instant",
    "Integer",
    "Invalid",
    "Kind",
    "Language",
    "LongText",
    "Money",
    "Name",
    "Number",
    "OnePhone",
    "OptionBook",
    "Percent",
    "Phone",
    "Position",
    "PostalCode",
    "Record",
    "RecordBook",
    "Sealed",
    "Social",
    "Stars",
    "State",
    "Text",
    "Texts",
    "TimeZone",
    "Url",
    "User",
    "UserBook",
    "YesNo",
    "digest_of",
    "email_value",
    "identifier_key",
    "phone_key",
    "phone_text",
    "url_value",
    "values_of",
]
