"""The forms of teams and divisions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kith.accounts.models import User
from kith.setup.forms import add_problems


def _users(label: Any, **options: Any) -> forms.TypedMultipleChoiceField:
    widget = forms.SelectMultiple({"data-choice": ""})
    return forms.TypedMultipleChoiceField(
        label=label, coerce=int, required=False, widget=widget, **options
    )


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    members = _users(_("Members"))
    archived = forms.BooleanField(
        label=_("Archived"),
        required=False,
        help_text=_("No longer offered; what is shared with it stays shared."),
    )

    def __init__(self, *args: Any, group: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.initial.get("members", [])
        people = _people(chosen)
        for name in ("members", "supervisors"):
            if name in self.fields:
                self.fields[name].choices = people  # type: ignore[attr-defined]
        if group is None:
            del self.fields["archived"]

    def add_problems(self, error: ValidationError) -> None:
        add_problems(self, error)


def _people(chosen: list[int]) -> list[tuple[int, str]]:
    """Those who may sign in, and who has left and is still a member."""
    rows = User.objects.order_by("name", "pk").values_list("pk", "name", "email", "is_active")
    return [(pk, name or email) for pk, name, email, active in rows if active or pk in chosen]


class TeamForm(GroupForm):
    supervisors = _users(_("Supervisors"), help_text=_("They are members as well."))
    field_order = ("name", "supervisors", "members", "archived")


class DivisionForm(GroupForm):
    pass
