"""vCards (2.1, 3.0, 4.0; several in a file) as a table: one row a card, one column a property.

RFC 6350, RFC 2426 and the vCard 2.1 specification of 1996. What a phone or a mail programme wrote
is read leniently: a line that makes no sense is passed over, a card without an end ends with the
file. Photos are put beside the row file.
"""

import quopri
import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from .encoding import text_encoding
from .limits import Limits
from .numbers import Cell
from .photos import MOST_CHARS, OURS, photo_cell
from .refusal import Refusal
from .tables import Row, SheetInfo, fitting
from .text import clean_text

HEADINGS = (
    "Kind", "Name Prefix", "Full Name", "Given Name", "Family Name", "Nickname", "Company",
    "Job Title", "Mobile", "Office phone", "Other phone", "Email Address", "Website", "Skype ID",
    "Facebook", "LinkedIn", "Twitter", "Instagram", "YouTube", "WhatsApp", "Street", "Street 2",
    "City", "State", "Zip Code", "Country", "Birthday", "Anniversary", "Date of Death", "Sex",
    "Tags", "Notes", "Photo of the card",
)  # fmt: skip
PLACES = {heading: place for place, heading in enumerate(HEADINGS)}
SIMPLE = {
    "fn": "Full Name", "title": "Job Title", "email": "Email Address", "url": "Website",
    "nickname": "Nickname", "bday": "Birthday", "anniversary": "Anniversary",
    "x-anniversary": "Anniversary", "deathdate": "Date of Death", "note": "Notes",
    "x-skype": "Skype ID", "x-skype-username": "Skype ID", "x-gtalk": "", "x-whatsapp": "WhatsApp",
}  # fmt: skip
NETWORKS = {"facebook": "Facebook", "linkedin": "LinkedIn", "twitter": "Twitter", "x": "Twitter",
            "instagram": "Instagram", "youtube": "YouTube", "whatsapp": "WhatsApp",
            "skype": "Skype ID"}  # fmt: skip
LISTS = {"Nickname", "Mobile", "Office phone", "Other phone", "Email Address", "Website", "Tags",
         "Notes", "Skype ID", "Facebook", "LinkedIn", "Twitter", "Instagram", "YouTube",
         "WhatsApp"}  # fmt: skip
SEXES = {"m": "Male", "f": "Female", "o": "Other"}
HEAD = 1_000
ESCAPES = re.compile(r"\\(.)", re.DOTALL)
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?")
NO_YEAR = re.compile(r"--(\d\d)-?(\d\d)")
PARAMETER = re.compile(r';((?:[^";:]|"[^"]*")*)')


class Line(NamedTuple):
    name: str
    params: dict[str, str]
    types: set[str]
    value: str


class VcardReader:
    def __init__(
        self, path: Path, limits: Limits, pulse: Callable[[], None], photos: Path | None = None
    ) -> None:
        """`photos`: the folder for what the cards have of them; None keeps none."""
        self.photos = photos
        self.path, self.limits, self.pulse = path, limits, pulse
        self.found = text_encoding(path, pulse)
        self.encoding = self.found.encoding

    def sheets(self) -> list[SheetInfo]:
        return [SheetInfo(self.path.stem)]

    def rows(self, _sheet: int = 0) -> Iterator[Row]:
        yield 1, list(HEADINGS)
        number, anything = 1, False
        for card in self.cards():
            number += 1
            texts = cells_of(card)
            texts[PLACES["Photo of the card"]] = photo_of(card, self.photos)
            cells = [clean_text(text[: self.limits.cell_chars]) for text in texts]
            if filled := fitting(list[Cell](cells), number, self.limits.columns):
                anything = True
                yield number, filled
        if not anything:
            raise Refusal("empty")

    def cards(self) -> Iterator[list[Line]]:
        """The lines of each card; a card within a card (AGENT) is passed over."""
        open_cards: list[list[Line]] = []
        for line in filter(None, map(parsed, self.unfolded())):
            word = f"{line.name} {line.value.strip().lower()}"
            if word == "begin vcard" and open_cards and ended(open_cards[0]):
                yield open_cards[0]  # It has no end of its own.
                open_cards = [[]]
            elif word == "begin vcard":
                open_cards.append([])
            elif word == "end vcard":
                card = open_cards.pop() if open_cards else []
                if card and not open_cards:
                    yield card
            elif open_cards:
                open_cards[-1].append(line)
        if open_cards and open_cards[0]:
            yield open_cards[0]

    def unfolded(self) -> Iterator[str]:
        """Whole lines: a line that begins with a space goes on with the one before, and so does
        quoted-printable text after a line that ends with '='."""
        whole, soft = "", False
        for line in self.lines():
            if soft:
                whole = whole[:-1] + line.lstrip(" \t")
            elif line[:1] in (" ", "\t") and whole:
                whole += line[1:]
            else:
                if whole:
                    yield whole
                whole = line
            head = whole[:HEAD].partition(":")[0].lower()
            whole = whole[: MOST_CHARS if is_photo(head) else self.limits.cell_chars * 4]
            soft = "quoted-printable" in head and whole.endswith("=")
        if whole:
            yield whole

    def lines(self) -> Iterator[str]:
        with self.path.open("rb") as file:
            file.seek(self.found.skip)
            text = (raw.decode(self.encoding, "replace") for raw in file) if (
                "16" not in self.encoding and "32" not in self.encoding
            ) else iter(file.read().decode(self.encoding, "replace").splitlines())  # fmt: skip
            for number, line in enumerate(text):
                if not number % 4096:
                    self.pulse()
                yield line.rstrip("\r\n\0")


def parsed(text: str) -> Line | None:
    head, colon, value = split_head(text)
    if not colon:
        return None
    name, _semicolon, _rest = head.partition(";")
    params: dict[str, str] = {}
    types: set[str] = set()
    for given in PARAMETER.findall(head[len(name) :]):
        key, equals, content = given.partition("=")
        key, content = key.strip().lower(), content.strip().strip('"')
        if not equals:  # As vCard 2.1 writes types.
            types.add(key)
        elif key == "type":
            types |= {each.strip().lower() for each in content.replace('"', "").split(",")}
        else:
            params[key] = content
    encoding = params.get("encoding", "").lower()
    if encoding == "quoted-printable" or "quoted-printable" in types:
        raw = quopri.decodestring(value.encode("utf-8", "replace"))
        value = decoded(raw, params.get("charset", "utf-8"))
    elif is_encoded(params, types) and not is_photo(head.lower()):
        value = ""
    return Line(name.rpartition(".")[2].strip().lower(), params, types, value)


def is_encoded(params: dict[str, str], types: set[str]) -> bool:
    return params.get("encoding", "").lower() in ("b", "base64") or "base64" in types


def is_photo(head: str) -> bool:
    return head.partition(";")[0].rpartition(".")[2].strip() == "photo"


def photo_of(card: list[Line], folder: Path | None) -> str:
    """The first one that is not empty."""
    for line in sorted(card, key=lambda each: not preferred(each)):
        if line.name == "photo" and line.value.strip():
            encoded = is_encoded(line.params, line.types)
            value = line.value.strip() if encoded else plain(line.value)
            return photo_cell(value, line.params.get(OURS, ""), folder, encoded=encoded)
    return ""


def split_head(text: str) -> tuple[str, str, str]:
    """At the first colon outside of quotation marks."""
    quoted = False
    for place, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return text[:place], ":", text[place + 1 :]
    return text.partition(":") if quoted else (text, "", "")


def decoded(raw: bytes, charset: str) -> str:
    for name in (charset, "utf-8", "cp1252"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeError):
            continue
    return raw.decode("latin-1")


def cells_of(card: list[Line]) -> list[str]:
    found: dict[str, list[str]] = {}
    lines = sorted(card, key=lambda each: not preferred(each))
    address, *further = addresses_of(lines) or [{}]
    for heading, text in chain.from_iterable(map(told, lines)):
        values = found.setdefault(heading, [])
        if text and text not in values and (heading in LISTS or not values):
            values.append(text)
    for each in further:
        text = ", ".join(each.values()).replace("\n", ", ")
        found.setdefault("Notes", []).append(f"Address: {text}")
    row = [""] * len(HEADINGS)
    for heading, values in found.items():
        if heading:
            row[PLACES[heading]] = (", " if heading in ("Tags", "Nickname") else "\n").join(values)
    for heading, text in address.items():
        row[PLACES[heading]] = text
    return as_company(row)


def addresses_of(lines: list[Line]) -> list[dict[str, str]]:
    """Different ones, of which the first becomes the contact's, and a note is left of the rest."""
    found: list[dict[str, str]] = []
    for line in lines:
        parts = {k: v for k, v in address_of(line).items() if v} if line.name == "adr" else {}
        if parts and parts not in found:
            found.append(parts)
    return found


def as_company(row: list[str]) -> list[str]:
    """A card that only names an organisation is that organisation; a title that stands apart
    need not stand in the name as well."""
    title = row[PLACES["Name Prefix"]]
    if title and row[PLACES["Full Name"]].startswith(f"{title} "):
        row[PLACES["Full Name"]] = row[PLACES["Full Name"]][len(title) :].strip()
    named = row[PLACES["Given Name"]] or row[PLACES["Family Name"]]
    firm, name = row[PLACES["Company"]], row[PLACES["Full Name"]]
    if row[PLACES["Kind"]] == "Company" or (firm and not named and name in ("", firm)):
        row[PLACES["Kind"]] = "Company"
        row[PLACES["Full Name"]] = name or firm
        row[PLACES["Given Name"]] = row[PLACES["Family Name"]] = row[PLACES["Company"]] = ""
    return row


def ended(card: list[Line]) -> bool:
    """Whether the card must have come to its end: it has a name, and no card within it begins."""
    return bool(card) and card[-1].name != "agent" and any(line.name == "fn" for line in card)


def preferred(line: Line) -> bool:
    return "pref" in line.types or line.params.get("pref") == "1"


def told(line: Line) -> Iterator[tuple[str, str]]:
    """(heading, text) of what one line says."""
    if line.name in READ:
        yield from READ[line.name](line, plain(line.value))
    elif line.name in SIMPLE:
        yield SIMPLE[line.name], plain(line.value)


def names(line: Line, _text: str) -> Iterator[tuple[str, str]]:
    family, given, more, prefix, _suffix = parts(line.value, 5)
    yield from (("Family Name", family), ("Name Prefix", prefix))
    yield "Given Name", " ".join(filter(None, (given, more)))


def firm(line: Line, _text: str) -> Iterator[tuple[str, str]]:
    yield "Company", parts(line.value, 1)[0]


def phone(line: Line, text: str) -> Iterator[tuple[str, str]]:
    """Of a number that nobody can call, a note is left."""
    number, heading = text.removeprefix("tel:"), phone_heading(line.types)
    if heading in NOT_CALLED:
        heading, number = "Notes", number and f"{heading}: {number}"
    yield heading, number


def tags(line: Line, _text: str) -> Iterator[tuple[str, str]]:
    yield from (("Tags", tag) for tag in pieces(line.value, ","))


def nicknames(line: Line, _text: str) -> Iterator[tuple[str, str]]:
    yield from (("Nickname", each) for each in pieces(line.value, ","))


def kind(_line: Line, text: str) -> Iterator[tuple[str, str]]:
    yield "Kind", "Company" if text.lower() in ("org", "organization", "company") else ""


def sex(_line: Line, text: str) -> Iterator[tuple[str, str]]:
    yield "Sex", SEXES.get(text[:1].lower(), "")


def day(line: Line, text: str) -> Iterator[tuple[str, str]]:
    """As ISO; one without a year (some programmes write 1604) is no date of ours, and goes into
    the notes."""
    heading = SIMPLE[line.name]
    whole, part = DAY.fullmatch(text), NO_YEAR.match(text)
    if whole and whole[1] == "1604":
        yield "Notes", f"{heading}: {whole[3]}.{whole[2]}."
    elif part:
        yield "Notes", f"{heading}: {part[2]}.{part[1]}."
    else:
        yield heading, "-".join(whole.groups()) if whole else text


def social(line: Line, text: str) -> Iterator[tuple[str, str]]:
    scheme, _colon, rest = text.partition(":")
    wanted = {line.params.get("service-type", "").lower(), scheme.lower(), *line.types}
    heading = next((NETWORKS[each] for each in wanted if each in NETWORKS), "")
    yield heading, text if scheme in ("http", "https") or not rest else rest


READ: dict[str, Callable[[Line, str], Iterator[tuple[str, str]]]] = {
    "n": names, "org": firm, "tel": phone, "categories": tags, "nickname": nicknames,
    "kind": kind, "x-abshowas": kind, "gender": sex, "x-gender": sex, "impp": social,
    "x-socialprofile": social, "socialprofile": social, "bday": day, "anniversary": day,
    "x-anniversary": day, "deathdate": day,
}  # fmt: skip


NOT_CALLED = ("Fax", "Pager", "Modem")


def phone_heading(types: set[str]) -> str:
    for name, heading in zip(("fax", "pager", "modem"), NOT_CALLED, strict=True):
        if name in types:
            return heading
    if types & {"cell", "iphone", "mobile"} or not types & {"work", "home", "other", "main"}:
        return "Mobile"
    return "Office phone" if types & {"work", "main"} else "Other phone"


def address_of(line: Line) -> dict[str, str]:
    box, more, street, city, region, code, country = parts(line.value, 7)
    lines = [each for each in street.split("\n") if each]
    second = " ".join(filter(None, (*lines[1:], more, box)))
    return {
        "Street": lines[0] if lines else second,
        "Street 2": second if lines else "",
        "City": city,
        "State": region,
        "Zip Code": code,
        "Country": country,
    }


def parts(value: str, count: int) -> list[str]:
    found = pieces(value, ";")
    return [*found, *[""] * count][:count]


def pieces(value: str, mark: str) -> list[str]:
    """At the marks that no backslash stands before."""
    return [plain(each) for each in re.split(rf"(?<!\\){mark}", value)]


def plain(value: str) -> str:
    return ESCAPES.sub(lambda m: "\n" if m[1] in "nN" else m[1], value).strip()
