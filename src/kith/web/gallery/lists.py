"""The list page of the gallery."""

from django.http import HttpRequest
from django.utils.html import escape

from kith.web import marks
from kith.web.gallery.people import PEOPLE, Someone
from kith.web.lists import Action, Chip, Column, Empty, Filter, Listing, View


def name(row: Someone) -> str:
    drawn = marks.avatar(row.name, key=row.id, company=row.kind == "company")
    return f'<a href="{row.url}">{drawn}<bdi>{escape(row.name)}</bdi></a>'


def phone(row: Someone) -> str:
    number = escape(row.phone)
    return f'<a href="tel:{number.replace(" ", "")}">{number}</a>' if row.phone else ""


def email(row: Someone) -> str:
    return f'<a href="mailto:{escape(row.email)}">{escape(row.email)}</a>' if row.email else ""


COLUMNS = [
    Column("name", "Name", name, sort="name", css="c-name"),
    Column("what", "Title, company", lambda r: escape(r.what or r.city), narrow="sub"),
    Column("phone", "Phone", phone, css="soft c-phone", narrow="call"),
    Column("email", "E-mail", email, css="soft"),
    Column("city", "City", lambda r: escape(r.city), sort="city", css="c-slim"),
    Column("stars", "Priority", lambda r: marks.stars(r.stars), sort="stars"),
    Column("mood", "Temperature", lambda r: marks.temperature(r.mood), narrow="dot"),
    Column("tags", "Tags", lambda r: marks.tags([(tag, "teal") for tag in r.tags])),
]
TYPES = [("customer", "Customer"), ("vendor", "Vendor"), ("both", "Both"), ("other", "Other")]
NOTHING = Empty(
    "Nobody is called “qqq”",
    "The part that found nothing is “qqq”. Without it there are 318 contacts in Pune.",
    icon="search",
    links=[("Search similar spellings", "?q=qqq~"), ("Show all contacts", "/gallery/list/")],
)


def listing(request: HttpRequest, *, rows: list[Someone] | None = None) -> Listing:
    shown = PEOPLE if rows is None else rows
    return Listing(
        url="/gallery/list/",
        params=request.GET,
        columns=COLUMNS,
        rows=shown,
        label="Contacts",
        row_url=lambda r: r.url,
        row_name=lambda r: r.name,
        peeks=True,
        edit_url=lambda _r: "/gallery/form/",
        count="1,204",
        all_matches=True,
        range="1–50",
        sort=request.GET.get("sort", "name"),
        views=[View("All contacts", "/gallery/list/", "12,481", here=True), View("My accounts", "?v=2", "318"), View("Hot, not called for 14 days", "?v=3", "41")],
        chips=[Chip("Type", "customer, vendor", "?"), Chip("Manager", "my team", "?"), Chip("Created", "this year", "?")],
        filters=[Filter("type", "Type", TYPES, ["vendor"]), Filter("city", "City"), Filter("created", "Created after", input_type="date")],
        actions=[Action("Assign", "#", icon="user-check"), Action("Tag", "#", icon="tag"), Action("Edit", "#", icon="pencil"), Action("Delete", "#", icon="trash", hidden_label=True)],
        buttons=[Action("Import", "#", icon="upload"), Action("Export", "#", icon="download")],
        next_url="?after=x",
        empty=NOTHING,
        milliseconds="12",
    )  # fmt: skip
