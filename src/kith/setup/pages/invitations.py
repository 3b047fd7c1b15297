"""Inviting a user by e-mail, and what the link of the invitation opens."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kith.accounts import services
from kith.accounts.access import require
from kith.accounts.invitations import invited, user_invite
from kith.accounts.models import User
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.setup import queries, sessions
from kith.setup.forms import NewPassword
from kith.setup.refusing import told_why
from kith.web.toasts import toast

log = logging.getLogger(__name__)


@require_POST
def invite(request: SignedInRequest, user_id: int) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    return send(request, queries.user_for(user_id))


def send(request: SignedInRequest, user: User) -> HttpResponse:
    """By mail; where none is set up, or it fails, the link is shown to be handed over."""
    with told_why():
        parts = user_invite(actor=request.user, user=user)
    link = request.build_absolute_uri(reverse("setup:invitation", args=parts))
    if _mailed(user, request.user, link):
        toast(request, _("An invitation was sent to %(email)s.") % {"email": user.email})
        return redirect("setup:user", user.pk)
    return render(request, "setup/user_link.html", {"person": user, "link": link})


def _mailed(user: User, by: User, link: str) -> bool:
    if not settings.MAILS:
        return False
    text = _(
        "Hello %(name)s,\n\n%(by)s invites you to Kith. Choose your password here:\n\n%(link)s\n\n"
        "The link works once, for a week."
    )
    words = {"name": user.name, "by": by.name, "link": link}
    try:
        sent = send_mail(_("Your invitation to Kith"), text % words, None, [user.email])
    except OSError:
        log.warning("The invitation of user %s could not be sent.", user.pk, exc_info=True)
        return False
    return bool(sent)


@method_decorator([login_not_required, never_cache], name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class InvitationPage(View):
    def get(self, request: HttpRequest, name: str, token: str) -> HttpResponse:
        user = invited(name, token)
        return _draw(request, user, NewPassword(user=user) if user else None)

    def post(self, request: HttpRequest, name: str, token: str) -> HttpResponse:
        user = invited(name, token)
        if user is None:
            return _draw(request, None, None)
        form = NewPassword(request.POST, user=user)
        if not form.is_valid():
            return _draw(request, user, form, status=422)
        services.user_set_password(actor=user, user=user, password=form.cleaned_data["new"])
        sessions.begin(request, user)
        return redirect("/")


def _draw(
    request: HttpRequest, user: User | None, form: NewPassword | None, *, status: int = 200
) -> HttpResponse:
    found = {"person": user, "form": form}
    return render(request, "setup/invitation.html", found, status=status if user else 404)
