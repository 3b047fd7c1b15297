"""The form of a link between two contacts."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.accounts.permissions import Permission
from kith.contacts.context import options_of, reading_context
from kith.contacts.display import words
from kith.contacts.forms.control import Control, ControlForm
from kith.contacts.forms.controls import control_for
from kith.contacts.forms.relation import RelationPick, SitePick
from kith.contacts.models import Contact, ContactKind, Link, Site
from kith.contacts.places import site_names
from kith.contacts.queries import visible_to
from kith.contacts.record import LINK
from kith.contacts.services.companies import WORKS_AT
from kith.contacts.services.sheet_links import RELATED_TO
from kith.core.errors import Clash
from kith.core.record_types import Values
from kith.core.text import plain
from kith.records.checking import Draft, check
from kith.records.tables import load_states
from kith.reference.models import List

ASKED = ("job_title", "from_date", "to_date")


class LinkForm(ControlForm):
    """What the other one is to `contact`. People are linked to companies, never back; else the
    relation says which way the link reads. `new`: name and kind of one to be made for it."""

    def __init__(
        self,
        *,
        contact: Contact,
        link: Link | None = None,
        other: Contact | None = None,
        other_kind: str = "",
    ) -> None:
        self.context = reading_context()
        self.contact = contact
        self.link = link
        self.other: Contact | None = self._other_end() or other
        self.other_kind = self.other.kind if self.other else other_kind
        self.new: Values = {}
        state = load_states(LINK, [link.pk], LINK.fields)[link.pk] if link else self._begin()
        self.is_primary = bool(state.get("is_primary"))
        self.version: int | None = state.get("version")
        self.controls: dict[str, Control] = {
            name: control_for(LINK.field(name), self.context, state.get(name)) for name in ASKED
        }
        back = link.contact_id != contact.pk if link else self._company and self._may_work
        self.relation = RelationPick(
            LINK.field("relation"), self.context, state.get("relation"), back=back
        )
        self.site = SitePick(LINK.field("site"), self.context, state.get("site"))
        self.site.options = site_names(self._sited) if self._sited else []
        self.controls = {"relation": self.relation, **self.controls}
        self.non_field_errors: list[str] = []

    @property
    def rest(self) -> list[Control]:
        """What is asked whoever is chosen."""
        return [self.controls[name] for name in ASKED]

    @property
    def _company(self) -> bool:
        return self.contact.kind == ContactKind.COMPANY

    @property
    def _sited(self) -> Contact | None:
        """Whose sites are asked for: those of the contact that the link reads to."""
        if self.link is not None:
            return self.link.other
        if self._company and self.other_kind in ("", ContactKind.PERSON):
            return self.contact
        return self.other

    @property
    def asks_site(self) -> bool:
        return len(self.site.options) > 1

    @property
    def asks_primary(self) -> bool:
        """Whether a person is, or may be, linked to a company."""
        return self._one_way(self.other_kind) if self.other_kind else not self._company

    @property
    def is_first(self) -> bool:
        """Whether this becomes the person's primary company unasked, as the only one."""
        if self.link is not None or not self.asks_primary:
            return False
        person = self.other if self._company else self.contact
        return not (person and Link.objects.filter(contact=person, is_primary=True).exists())

    @property
    def _may_work(self) -> bool:
        return not self.other_kind or self._one_way(self.other_kind)

    def _other_end(self) -> Contact | None:
        if self.link is None:
            return None
        return self.link.other if self.link.contact_id == self.contact.pk else self.link.contact

    def _begin(self) -> Values:
        return {"relation": self._usual(WORKS_AT if self._may_work else RELATED_TO)}

    def _usual(self, name: str) -> Any:
        return options_of(self.context).find(List.RELATION, name) or {"new": name}

    def choose_again(self, sent: QueryDict) -> None:
        """Another one was chosen: what was set of the link stays, and what was proposed to begin
        with makes way for what is usual between these two."""
        relation = self.relation.read(sent)
        if relation not in (None, self._usual(WORKS_AT), self._usual(RELATED_TO)):
            self.relation.value = relation
        else:
            self.relation.back = self._company and self._may_work
        self.is_primary = "is_primary" in sent

    def read(self, data: QueryDict, user: Any) -> Values:
        """The values of the link; what is wrong stands in `errors` afterwards."""
        values = self._typed(data)
        if values.get("from_date") and (values.get("to_date") or "9") < values["from_date"]:
            self.controls["to_date"].errors.append(_("This lies before the beginning."))
        if self.link is None:
            return self._of_new(values, data, user)
        version = data.get("version", "")
        if version.isdecimal():
            self.version = int(version[:9])
        primary = {"is_primary": self.is_primary} if self.asks_primary else {}
        return values | primary | self._turned(values)

    def _typed(self, data: QueryDict) -> Values:
        """What the controls say; it stays in them, right or wrong."""
        raw = {each.name: each.read(data) for each in self}
        said = {k: v for k, v in raw.items() if k != "relation" or v is not None}
        checked = check(LINK, Draft(said), self.context)
        for control in self:
            control.value, control.typed = raw[control.name], True
        self.is_primary = "is_primary" in data
        self.complain(checked.problems)
        if "site" in data:
            self.site.value = checked.values["site"] = self.site.read(data)
        return checked.values

    def _of_new(self, values: Values, data: QueryDict, user: Any) -> Values:
        if not self.relation.value:
            values["relation"] = {"new": RELATED_TO}
        values |= self._ends(data, user)
        if self.site.value and self.site.value not in self._sites_of(values.get("other")):
            values["site"] = None  # Another one was chosen since the sites were drawn.
        return values

    def _sites_of(self, pk: int | None) -> set[int]:
        rows = Site.objects.filter(contact=pk or 0, is_main=False)
        return set(rows.values_list("pk", flat=True))

    def _turned(self, values: Values) -> Values:
        """The other way round, where the reverse name was chosen instead; with it goes the site."""
        assert self.link is not None
        assert self.other is not None
        if not isinstance(values.get("relation"), int) or self._one_way(self.other.kind):
            return {}
        ends = [self.contact.pk, self.other.pk]
        if self.relation.back:
            ends.reverse()
        if ends[0] == self.link.contact_id or self._alike(values["relation"]):
            return {}
        return {"contact": ends[0], "other": ends[1], "site": None, "is_primary": False}

    def _alike(self, relation: int) -> bool:
        """Spouses are each other's: such a link has no direction to be turned."""
        entry = options_of(self.context).get(relation)
        return entry is None or entry.attributes.get("reverse") in (None, "", entry.name)

    def _one_way(self, other_kind: str) -> bool:
        return {self.contact.kind, other_kind} == {ContactKind.COMPANY, ContactKind.PERSON}

    def _ends(self, data: QueryDict, user: Any) -> Values:
        """Which way the link reads; people are linked to companies."""
        chosen = data.get("other", "")
        usable = chosen.isdecimal() and len(chosen) < 19
        self.other = visible_to(user).filter(pk=int(chosen)).first() if usable else None
        kind = self.other.kind if self.other else self._new_kind(chosen, data, user)
        if not kind:
            self.non_field_errors.append(_("Choose the contact to link to."))
            return {}
        ends = [(self.contact.pk, self.contact.kind), (self.other.pk if self.other else 0, kind)]
        if self._company if self._one_way(kind) else self.relation.back:
            ends.reverse()
        found: Values = {"contact": ends[0][0], "other": ends[1][0]}
        if ends[1][1] != ContactKind.COMPANY:
            found["is_primary"] = False
        elif self.is_primary:
            found["is_primary"] = True
        return found

    def _new_kind(self, chosen: str, data: QueryDict, user: Any) -> str:
        """The kind of a contact that is to be made on the spot, under the name looked for."""
        kind, name = chosen.removeprefix("new-"), plain(data.get("q", ""))[:200]
        if not chosen.startswith("new-") or kind not in ContactKind.values:
            return ""
        if not name or not user.may(Permission.CONTACT_CREATE):
            return ""
        self.new = {"kind": kind, "name": name}
        return kind

    def clash(self, clash: Clash) -> None:
        """Somebody saved first: say what the link holds now; saving again is meant."""
        self.version = clash.version
        told = [
            f"{control.field.label}: {words(control.field, clash.now.get(name), self.context)}"
            for name, control in self.controls.items()
            if control.field.kind.alters(clash.now.get(name), control.value)
        ]
        message = _("Somebody else changed this link in the meantime. It holds now: %(values)s. "
                    "Save again to put what you typed in its place.")  # fmt: skip
        self.non_field_errors.append(message % {"values": "; ".join(told) or "–"})
