"""What everybody may change about themselves."""

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kith.accounts import services, signing_in
from kith.accounts.requests import SignedInRequest
from kith.setup import queries, sessions
from kith.setup.addresses import client_address
from kith.setup.forms import OwnPassword, Profile
from kith.web.toasts import toast


class ProfilePage(View):
    def get(self, request: SignedInRequest) -> HttpResponse:
        return _draw(request, profile=_profile_form(request))

    def post(self, request: SignedInRequest) -> HttpResponse:
        form = Profile(request.POST)
        if not form.is_valid():
            return _draw(request, profile=form, status=422)
        chosen = dict(form.cleaned_data)
        services.profile_update(user=request.user, name=chosen.pop("name"), preferences=chosen)
        toast(request, _("Your profile is saved."))
        response = redirect("setup:profile")
        sessions.remember_theme(response, request, chosen["theme"])
        return response


def _profile_form(request: SignedInRequest) -> Profile:
    theme = request.COOKIES.get("theme", "")
    shown = {"theme": "" if theme == "auto" else theme}
    return Profile(initial={**request.user.preferences, **shown, "name": request.user.name})


def _draw(
    request: SignedInRequest,
    *,
    profile: Profile | None = None,
    password: OwnPassword | None = None,
    status: int = 200,
) -> HttpResponse:
    found = {
        "profile": profile or _profile_form(request),
        "password": password or OwnPassword(user=request.user),
        "events": queries.events_of(request.user),
    }
    return render(request, "setup/profile.html", found, status=status)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordPage(View):
    """Changes one's own password; all other sessions end."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        return redirect("setup:profile")

    def post(self, request: SignedInRequest) -> HttpResponse:
        form = OwnPassword(request.POST, user=request.user)
        _confirm(request, form)
        if form.is_valid():
            _change(request, form)
        if form.errors:
            return _draw(request, password=form, status=422)
        update_session_auth_hash(request, request.user)
        toast(request, _("Your password is changed. You are signed out everywhere else."))
        return redirect("setup:profile")


def _confirm(request: SignedInRequest, form: OwnPassword) -> None:
    """Whatever else is wrong: all of it is told at once."""
    form.full_clean()
    current = form.cleaned_data.get("current")
    if not current:
        return
    try:
        address = client_address(request)
        signing_in.confirm(user=request.user, password=current, address=address)
    except signing_in.WrongPassword:
        form.add_error("current", _("This is not your current password."))
    except signing_in.TooManyAttempts as wait:
        form.add_error("current", str(wait))


def _change(request: SignedInRequest, form: OwnPassword) -> None:
    user = request.user
    try:
        services.user_set_password(user=user, actor=user, password=form.cleaned_data["new"])
    except ValidationError as error:
        form.add_error("new", error)


@require_POST
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    services.user_sign_out_everywhere(actor=request.user, user=request.user)
    update_session_auth_hash(request, request.user)
    toast(request, _("You are signed out everywhere else."))
    return redirect("setup:profile")
