"""The record page of the gallery."""

from datetime import timedelta
from typing import Any

from django.utils.safestring import mark_safe

from kith.core import clock
from kith.web.gallery.people import LONG, PEOPLE


def facts(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": label.lower().replace(" ", "-"), "label": label, "value": value, "edit_url": "#"}
        for label, value in pairs
    ]


def sections() -> list[dict[str, Any]]:
    phone = mark_safe(
        '<a href="tel:+919327058088">+91 93270 58088</a> <span class="k-muted">· 14:22 there</span>'
    )
    return [
        {"label": "Reach", "facts": facts(("Mobile", phone), ("Office", "+91 79 2686 2513"), ("E-mail", "anjali@horustech.in"), ("LinkedIn", "in/anjalismithson"))},
        {"label": "Business card", "facts": facts(("Code", "C-000123"), ("Type", "Customer"), ("Manager", "Meera Raval"), ("Visible to", "All users"), ("Also known as", "Anju, A. Smith"), ("Site", "Head office, Satellite, Ahmedabad"))},
        {"label": "Statutory", "facts": facts(("PAN", "ACUPA7085R"), ("GSTIN", "27AAPFU0939F1ZV"))},
        {"label": "Sales and purchase", "empty": True, "facts": facts(("Credit limit", ""), ("Payment terms", ""))},
        {"label": "Settings", "empty": True, "facts": facts(("Time zone", ""), ("Language", ""))},
    ]  # fmt: skip


def events() -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {"icon": "phone-call", "who": "Meera Raval", "text": "spoke with Anjali · 6 min", "at": now - timedelta(minutes=9), "body": "Wants the revised price list for the spring range before Friday. Sample of the teak finish to the Satellite office."},
        {"icon": "checkbox", "who": "Meera Raval", "text": "added a task: Send revised price list", "at": now - timedelta(minutes=5), "danger": "Due Friday"},
        {"icon": "pencil", "who": "Arjun Kapoor", "text": "changed 2 fields", "at": now - timedelta(days=1), "changes": [{"label": "Designation", "old": "Executive", "new": "Export manager"}, {"label": "Credit limit", "old": "₹ 2,00,000", "new": "₹ 5,00,000"}], "undo_url": "#"},
        {"icon": "paperclip", "who": "Sofie Berg", "text": "added Contract 2026 signed.pdf", "at": now - timedelta(days=6), "detail": "1.2 MB"},
        {"icon": "file-import", "who": "Import", "text": "clients-october.xlsx filled 3 blank fields", "at": now - timedelta(days=20), "link": {"label": "Show", "url": "#"}, "undo_url": "#"},
    ]  # fmt: skip


def mates() -> list[dict[str, Any]]:
    menu = [{"label": "Unlink", "url": "#", "icon": "unlink"}]
    return [
        {"id": 31, "kind": "company", "name": "Horus Tech Solutions", "detail": "Export manager · Head office · primary", "url": "#", "menu": menu},
        {"id": 33, "kind": "company", "name": LONG, "detail": "Committee member · since 2021", "url": "#"},
    ]  # fmt: skip


def card() -> dict[str, Any]:
    return {
        "contact": PEOPLE[0],
        "sections": sections(),
        "events": events(),
        "tags": ["key", "export"],
        "temperature": {"code": "red", "label": "Hot"},
        "tabs": [{"label": "Timeline", "url": "#", "here": True}, {"label": "Sites", "url": "#", "count": 2}, {"label": "Files", "url": "#", "count": 4}, {"label": "History", "url": "#"}],
        "actions": [{"label": "Call", "url": "tel:1", "icon": "phone", "primary": True}, {"label": "E-mail", "url": "mailto:a@b.c", "icon": "mail"}, {"label": "Edit", "url": "/gallery/form/", "icon": "pencil", "key": "e"}],
        "menu": [{"label": "Link to a company", "url": "/gallery/quick/", "icon": "link", "dialog": True}, {"label": "Delete", "url": "/gallery/quick/", "icon": "trash", "danger": True, "dialog": True}],
        "panels": [{"title": "Companies", "items": mates(), "add_url": "/gallery/quick/", "add_label": "Link"}, {"title": "People beside her", "count": 6, "items": [{"id": 12, "kind": "person", "name": "Ishita Sawith", "detail": "Purchase officer", "url": "#"}]}, {"title": "Open", "items": [], "empty": "Nothing is waiting."}],
    }  # fmt: skip
