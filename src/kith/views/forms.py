"""The form of a view: its name, who sees it, and how it opens."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.accounts.audiences import Tokens, members_of
from kith.accounts.queries import Audiences, Users
from kith.core.kinds.audience import EVERYONE
from kith.views.access import may_share
from kith.views.models import SavedView

ME, SOME, ALL = "me", "some", "all"


class ViewForm(forms.Form):
    """`members` says who sees it: tokens, or None for everybody."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=60, widget=forms.TextInput({"autocomplete": "off"})
    )
    who = forms.ChoiceField(label=gettext_lazy("Visible to"), widget=forms.RadioSelect)
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Users, teams and divisions"),
        required=False,
        widget=forms.SelectMultiple({"data-choice": ""}),
    )
    query = forms.CharField(
        label=gettext_lazy("What it lists"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("As in the search box: words and field:value."),
    )
    density = forms.ChoiceField(label=gettext_lazy("Rows"), required=False)
    pinned = forms.BooleanField(label=gettext_lazy("Show it as a tab"), required=False)
    first = forms.BooleanField(label=gettext_lazy("It opens first for me"), required=False)

    def __init__(self, data: Any = None, *, user: Any, view: SavedView | None = None, **more: Any):
        held = _members(view) if view else frozenset()
        more["initial"] = {**_initial(view, held), **more.get("initial", {})}
        super().__init__(data, **more)
        self.user, self.view, self.held = user, view, held
        self.fields["density"].choices = [  # type: ignore[attr-defined]
            ("", _("As in my other lists")),
            ("comfortable", _("Comfortable")),
            ("compact", _("Compact")),
        ]
        if may_share(user):
            self._offer_audiences()
        else:
            del self.fields["who"], self.fields["members"]

    def _offer_audiences(self) -> None:
        owner = self.view.owner_id if self.view else self.user.pk
        book, alone = Audiences(Users()), f"user:{owner}"
        offered = {token: name for token, name, _kind in book.choices()}
        # Who has left, and what is archived, stays until somebody takes it out.
        offered |= {token: book.label(token) for token in self.held if token not in offered}
        offered.pop(alone, None)
        choices = [(ME, _("Only me")), (SOME, _("Selected")), (ALL, _("All users"))]
        if not offered:
            del self.fields["members"]
            choices.pop(1)
        else:
            self.fields["members"].choices = list(offered.items())  # type: ignore[attr-defined]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]

    @property
    def members_given(self) -> dict[str, Tokens | None]:
        """What the service is told of who sees it; nothing, where it stays as it is."""
        mine = frozenset({f"user:{self.view.owner_id if self.view else self.user.pk}"})
        if "who" not in self.fields:
            return {} if self.view else {"members": mine}
        who = self.cleaned_data["who"]
        if who == ALL:
            return {"members": None}
        some = frozenset(self.cleaned_data.get("members", ()))
        return {"members": mine if who == ME else some}


def _members(view: SavedView) -> Tokens:
    reach = view.reach_id or EVERYONE
    return members_of([reach]).get(reach, frozenset())


def _initial(view: SavedView | None, held: Tokens) -> dict[str, Any]:
    if view is None:
        return {"who": ME, "pinned": True}
    alone = held == {f"user:{view.owner_id}"}
    return {
        "name": view.name,
        "who": ALL if view.reach_id == EVERYONE else ME if alone else SOME,
        "members": sorted(held),
        "query": view.query,
        "density": view.density,
        "pinned": view.pinned,
    }
