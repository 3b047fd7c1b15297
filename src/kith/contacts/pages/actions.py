"""What the palette does and opens beside the places of the navigation: by a part of its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.accounts.permissions import Permission
from kith.core.text import fold


@dataclass(frozen=True)
class Act:
    """Goes to `url`, opens the dialog `opens`, or sets the appearance `sets` to `value`."""

    label: str | Promise
    icon: str
    words: str | Promise = ""
    url_name: str = ""
    permission: str = ""
    opens: str = ""
    sets: str = ""
    value: str = ""

    @property
    def url(self) -> str:
        return reverse(self.url_name) if self.url_name else ""


ACTS: Sequence[Act] = (
    Act(_("Import contacts"), "upload", _("upload spreadsheet"), "transfer:new",
        Permission.CONTACT_IMPORT),
    Act(_("Export contacts"), "download", _("download spreadsheet"), "contacts:export",
        Permission.CONTACT_EXPORT),
    Act(_("Print labels"), "printer", _("envelopes addresses"), "contacts:labels",
        Permission.CONTACT_EXPORT),
    Act(_("Your profile"), "user-circle", _("password language"), "setup:profile"),
    Act(_("Keys"), "keyboard", _("keyboard shortcuts help"), opens="keys"),
    Act(_("Dark theme"), "moon", _("appearance mode"), sets="theme", value="dark"),
    Act(_("Light theme"), "sun", _("appearance mode"), sets="theme", value="light"),
    Act(_("Theme of the system"), "device-desktop", _("appearance mode"), sets="theme",
        value="auto"),
)  # fmt: skip


def acts_called(user: Any, text: str) -> list[Act]:
    """Those that each word begins a word of."""
    words = fold(text).split()
    return [act for act in ACTS if _fits(act, words) and _may(user, act)] if words else []


def _fits(act: Act, words: Sequence[str]) -> bool:
    said = f" {fold(f'{act.label} {act.words}')}"
    return all(f" {word}" in said for word in words)


def _may(user: Any, act: Act) -> bool:
    return not act.permission or user.may(act.permission)
