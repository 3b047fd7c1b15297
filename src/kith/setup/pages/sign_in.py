"""Signing in and out."""

from typing import Any

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from kith.accounts import audit, signing_in
from kith.accounts.models import SecurityEvent, User
from kith.accounts.requests import SignedInRequest
from kith.setup import sessions
from kith.setup.addresses import client_address
from kith.setup.forms import SignIn
from kith.web.pages import next_url

REFUSED = (signing_in.WrongPassword, signing_in.TooManyAttempts)


@method_decorator([login_not_required, never_cache], name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignInPage(View):
    @method_decorator(ensure_csrf_cookie)
    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return _inside(request, request.user) or redirect(next_url(request))
        return _draw(request, _form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _form(request, request.POST)
        if not form.is_valid():
            return _draw(request, form, status=422)
        try:
            user = signing_in.sign_in(address=client_address(request), **form.cleaned_data)
        except REFUSED as refusal:
            return _refuse(request, form, refusal)
        return _welcome(request, user)


def _welcome(request: HttpRequest, user: User) -> HttpResponse:
    sessions.begin(request, user)
    response = _inside(request, user) or redirect(next_url(request))
    if "theme" not in request.COOKIES and "theme" in user.preferences:
        sessions.remember_theme(response, request, user.preferences["theme"])
    return response


def _inside(request: HttpRequest, user: Any) -> HttpResponse | None:
    """What a page hears on which somebody signed in above it; its forms need the new token."""
    if not request.htmx:  # type: ignore[attr-defined]
        return None
    told = {"user": user.pk, "token": get_token(request)}
    return trigger_client_event(HttpResponse(status=204), "signed-in", told)


def _form(request: HttpRequest, data: Any = None) -> SignIn:
    """Above a page its fields are named apart from the page's own."""
    return SignIn(data, auto_id="again_%s" if request.htmx else "id_%s")  # type: ignore[attr-defined]


def _refuse(
    request: HttpRequest,
    form: SignIn,
    refusal: signing_in.WrongPassword | signing_in.TooManyAttempts,
) -> HttpResponse:
    form.add_error(None, str(refusal))
    # The password is emptied, so that is where one goes on.
    form.fields["email"].widget.attrs.pop("autofocus", None)
    form.fields["password"].widget.attrs["autofocus"] = True
    response = _draw(request, form, status=422 if request.htmx else refusal.status)  # type: ignore[attr-defined]
    if isinstance(refusal, signing_in.TooManyAttempts):
        response["Retry-After"] = str(refusal.seconds)
    return response


def _draw(request: HttpRequest, form: SignIn, *, status: int = 200) -> HttpResponse:
    found = {
        "form": form,
        "next": next_url(request, ""),
        "ended": "ended" in request.GET,
        "lost": "lost" in request.GET,
        "nobody": not User.objects.exists(),
    }
    above = request.htmx  # type: ignore[attr-defined]
    return render(request, f"setup/{'again' if above else 'sign_in'}.html", found, status=status)


@login_not_required
@never_cache
@require_safe
def still(request: HttpRequest) -> JsonResponse:
    """Whether one is still signed in, and the token for the forms of an old page."""
    inside = request.user.is_authenticated
    return JsonResponse({"inside": inside, "token": get_token(request) if inside else ""})


@require_POST
def sign_out(request: SignedInRequest) -> HttpResponse:
    audit.write(
        SecurityEvent.Kind.SIGNED_OUT,
        user=request.user,
        actor=request.user,
        address=client_address(request),
    )
    auth.logout(request)
    return redirect("setup:sign-in")
