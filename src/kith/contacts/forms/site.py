"""The form of a site beside the main one."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.contacts.context import reading_context
from kith.contacts.display import words
from kith.contacts.forms.control import Control, ControlForm
from kith.contacts.forms.controls import control_for, editable
from kith.contacts.models import Site
from kith.contacts.record import SITE
from kith.core.countries import find_country
from kith.core.errors import Clash
from kith.records.checking import Checked, Draft, check
from kith.records.tables import load_states


class SiteForm(ControlForm):
    """A new site (begun with the firm's country), or one that is stored."""

    def __init__(self, *, site: Site | None = None) -> None:
        self.context = reading_context()
        self.site = site
        state = load_states(SITE, [site.pk], SITE.fields)[site.pk] if site else {}
        self.version: int | None = state.get("version")
        self.controls: dict[str, Control] = {
            each.name: control_for(each, self.context, state.get(each.name))
            for each in SITE.fields
            if editable(each)
        }
        self.controls["site_name"].required = True
        self.non_field_errors: list[str] = []

    def read(self, data: QueryDict) -> Checked:
        """What was typed, checked; what is wrong stands in `errors` afterwards."""
        raw = {each.name: each.read(data) for each in self if each.named_in(data)}
        self.context.country = find_country(str(raw.get("country") or "")[:100]) or ""
        checked = check(SITE, Draft(raw, id=self.site.pk if self.site else None), self.context)
        version = data.get("version", "")
        if self.site is not None and version.isdecimal():
            checked.version = self.version = int(version[:9])
        for control in self:
            if control.name in raw:
                control.value, control.typed = raw[control.name], True
        self.complain(checked.problems)
        return checked

    def clash(self, clash: Clash) -> None:
        """Somebody saved first: say what the site holds now; saving again is meant."""
        self.version = clash.version
        told = [
            f"{control.field.label}: {words(control.field, clash.now.get(name), self.context)}"
            for name, control in self.controls.items()
            if clash.now.get(name) not in (None, "") and clash.now.get(name) != control.value
        ]
        message = _("Somebody else changed this site in the meantime. It holds now: %(values)s. "
                    "Save again to put what you typed in its place.")  # fmt: skip
        self.non_field_errors.append(message % {"values": "; ".join(told) or "–"})
