"""A contact as a vCard: what phones and mail programmes have a place for."""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

from kith.contacts.models import ContactKind
from kith.core.kinds.kind import Context
from kith.core.record_types import RecordType, Values
from kith.core.vcard import V3, Property
from kith.files.pictures import picture_jpeg

PHONES = {"mobile": ("cell",), "office_phone": ("work", "voice"), "other_phone": ("home", "voice")}
NETWORKS = ("whatsapp", "skype", "linkedin", "instagram", "facebook", "youtube", "twitter")
SEXES = {"male": "M", "female": "F", "other": "O"}
ADDRESS = ("address2", "address1", "city", "state", "postal_code", "country")
FIELDS = (
    *("code", "kind", "salutation", "name", "given_name", "family_name", "company"),
    *("designation", *PHONES, "email", "website", *NETWORKS, *ADDRESS, "tags", "aliases"),
    *("birth_date", "anniversary", "gender", "remarks", "picture"),
)
PICTURE_SIDE = 256
"""Pixels: as large as phones show it, and a few thousand bytes."""


def vcard_of(
    record_type: RecordType, state: Values, context: Context, version: str
) -> Iterator[Property]:
    """`version` is V3 or V4 of `core.vcard`. What a property has no value for is left out, but for
    the names, without which it is no card."""

    def said(name: str) -> str:
        value = state.get(name)
        return record_type.field(name).kind.show(value, context) if value else ""

    yield Property("UID", [str(state["code"])])
    yield from _names(state, said, version)
    for label, field in (("ORG", "company"), ("TITLE", "designation"), ("NOTE", "remarks")):
        if said(field):
            yield Property(label, [said(field)])
    yield from _reach(state)
    street = [said(each) for each in ADDRESS]
    if any(street):
        yield Property("ADR", ["", *street], ("work",))
    yield from _more(state, context, version)


def _names(state: Values, said: Callable[[str], str], version: str) -> Iterator[Property]:
    company = state.get("kind") == ContactKind.COMPANY
    name = str(state.get("name") or "")
    if version != V3:
        yield Property("KIND", ["org" if company else "individual"])
    yield Property("FN", [name])
    if company:
        yield Property("N", ["", "", "", "", ""])
        yield Property("ORG", [name])
    else:
        yield Property("N", [said("family_name"), said("given_name"), "", said("salutation"), ""])


def _reach(state: Values) -> Iterator[Property]:
    for field, types in PHONES.items():
        for entry in state.get(field) or ():
            yield Property("TEL", [entry["value"]], types)
    for entry in state.get("email") or ():
        yield Property("EMAIL", [entry["value"]], ("internet",))
    for entry in state.get("website") or ():
        yield Property("URL", [entry["value"]])
    for network in NETWORKS:
        for entry in state.get(network) or ():
            yield Property("X-SOCIALPROFILE", [entry["value"]], (network,))


def _more(state: Values, context: Context, version: str) -> Iterator[Property]:
    lists: tuple[tuple[str, Any], ...] = (
        ("NICKNAME", state.get("aliases") or []),
        ("CATEGORIES", [context.options.label(tag) for tag in state.get("tags") or []]
         if context.options else []),
    )  # fmt: skip
    for name, texts in lists:
        if texts:
            yield Property(name, [texts])
    modern = version != V3
    for field, old, new in (("birth_date", "BDAY", "BDAY"),
                            ("anniversary", "X-ANNIVERSARY", "ANNIVERSARY")):  # fmt: skip
        day = state.get(field)
        if day:
            yield Property(new if modern else old, [day.replace("-", "") if modern else day])
    if state.get("picture"):
        yield from _photo(state["picture"], modern=modern)
    if state.get("gender") and modern:
        yield Property("GENDER", [SEXES.get(state["gender"], "U")])


def _photo(picture: str, *, modern: bool) -> Iterator[Property]:
    """With its name here, so that importing the card leaves the picture as it is."""
    content = picture_jpeg(picture, PICTURE_SIDE)
    if not content:
        return
    text = b64encode(content).decode()
    ours = f";X-KITH-PICTURE={picture}-{hashlib.sha256(content).hexdigest()[:16]}"
    if modern:
        yield Property("PHOTO", [], (), ours, f"data:image/jpeg;base64,{text}")
    else:
        yield Property("PHOTO", [], (), f";ENCODING=b;TYPE=JPEG{ours}", text)
