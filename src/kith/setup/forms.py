"""The forms of sign-in, profile and user administration."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kith.accounts.models import Division, Role, Team, User
from kith.accounts.roles import BuiltIn
from kith.core.time_zones import time_zones
from kith.reference.company import company
from kith.web.forms import LongSelect

# Longer ones would only keep the server busy hashing.
LONGEST_PASSWORD = 512
RULES = _("At least 10 characters, not a common password, and not like your name or e-mail.")
THEMES = [("", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))]


def _password(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": autocomplete, "data-reveal": ""})
    return forms.CharField(
        label=label, widget=widget, strip=False, max_length=LONGEST_PASSWORD, **options
    )


def _not_weak(password: str, user: User) -> str:
    """Empty is not judged: then one is made. Raises ValidationError."""
    if password:
        password_validation.validate_password(password, user)
    return password


def _several(label: Any) -> forms.TypedMultipleChoiceField:
    widget = forms.SelectMultiple({"data-choice": ""})
    return forms.TypedMultipleChoiceField(label=label, coerce=int, required=False, widget=widget)


def _groups(model: Any, chosen: Any) -> list[tuple[Any, Any]]:
    """Those on offer, and the archived ones that are chosen."""
    rows = model.objects.values_list("pk", "name", "archived")
    return [(pk, name) for pk, name, archived in rows if not archived or pk in chosen]


def _offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def add_problems(form: forms.Form, error: ValidationError) -> None:
    """What a service refused, beside the field that it is about."""
    found = error.error_dict if hasattr(error, "error_dict") else {"__all__": error.error_list}
    for name, errors in found.items():
        form.add_error(name if name in form.fields else None, errors)


class SignIn(forms.Form):
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(
            {"autocomplete": "username", "autofocus": True, "spellcheck": "false"}
        ),
    )
    password = _password(_("Password"), "current-password")


class Profile(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language and dates"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, widget=LongSelect())
    theme = forms.ChoiceField(
        label=_("Colours"), required=False, choices=THEMES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "language", [("", _("As the installation")), *settings.LANGUAGES])
        zone = _("As the company (%(zone)s)") % {"zone": company().time_zone}
        _offer(self, "time_zone", [("", zone), *((name, name) for name in time_zones())])


class NewPassword(forms.Form):
    """A password twice; the rules are shown before anything is typed."""

    new = _password(_("New password"), "new-password", help_text=RULES)
    again = _password(_("New password again"), "new-password")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_new(self) -> str:
        password: str = self.cleaned_data["new"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        # Also beside one that breaks the rules, which is not cleaned.
        new, again = self.data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", _("The two are not the same."))
        return self.cleaned_data


class OwnPassword(NewPassword):
    current = _password(_("Current password"), "current-password")
    field_order = ("current", "new", "again")


class UserDetails(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("Used to sign in."))
    role = forms.ChoiceField(label=_("Role"))
    employee_code = forms.CharField(
        label=_("Employee code"),
        max_length=40,
        required=False,
        help_text=_("Stands for this person in imported sheets. May stay empty."),
    )
    teams = _several(_("Teams"))
    divisions = _several(_("Divisions"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "role", list(Role.objects.values_list("key", "name")))
        for name, model in (("teams", Team), ("divisions", Division)):
            _offer(self, name, _groups(model, self.initial.get(name, ())))
        self.fields["role"].initial = BuiltIn.AGENT

    def add_problems(self, error: ValidationError) -> None:
        add_problems(self, error)


class NewUser(UserDetails):
    password = _password(
        _("Password"),
        "new-password",
        required=False,
        help_text=_("At least 10 characters. Leave it empty and one is made for you to hand over."),
    )
    invite = forms.BooleanField(
        label=_("Invite by e-mail"),
        required=False,
        help_text=_("They get a link by which they choose their own password."),
    )

    def clean_password(self) -> str:
        given = {name: self.cleaned_data.get(name, "") for name in ("name", "email")}
        return _not_weak(self.cleaned_data["password"], User(**given))


class SetPassword(forms.Form):
    """An administrator's: empty makes one."""

    password = _password(
        _("New password"),
        "new-password",
        required=False,
        help_text=_(
            "At least 10 characters. Leave it empty and one is made for you to hand over. "
            "They are signed out everywhere."
        ),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_password(self) -> str:
        return _not_weak(self.cleaned_data["password"], self.user)
