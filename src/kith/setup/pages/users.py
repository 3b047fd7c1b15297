"""Adding and changing one user."""

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kith.accounts import groups, passwords, services
from kith.accounts.access import require
from kith.accounts.models import User
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.setup import queries
from kith.setup.forms import NewUser, SetPassword, UserDetails
from kith.setup.pages import invitations
from kith.setup.refusing import told_why
from kith.web.once import PostedBefore, check_new, made_once
from kith.web.toasts import toast


@method_decorator(sensitive_post_parameters(), name="dispatch")
class NewUserPage(View):
    def get(self, request: SignedInRequest) -> HttpResponse:
        require(request.user, Permission.USER_MANAGE)
        return render(request, "setup/user_new.html", {"form": NewUser()})

    def post(self, request: SignedInRequest) -> HttpResponse:
        require(request.user, Permission.USER_MANAGE)
        form = NewUser(request.POST)
        try:
            check_new(request)
            user, made = _create(request, form) if form.is_valid() else (None, "")
        except PostedBefore as before:
            return _once_more(request, before)
        if user is None:
            return render(request, "setup/user_new.html", {"form": form}, status=422)
        if form.cleaned_data["invite"]:
            return invitations.send(request, user)
        if made:
            return _hand_over(request, user, made)
        toast(request, _("%(name)s can sign in now.") % {"name": user.name})
        return redirect("setup:users")


def _create(request: SignedInRequest, form: NewUser) -> tuple[User | None, str]:
    """The user and the password, if one was made; None with the errors in the form."""
    given = dict(form.cleaned_data)
    del given["invite"]
    made = "" if given["password"] else passwords.generate()
    given["password"] = given["password"] or made
    joining = {name: given.pop(name) for name in ("teams", "divisions")}
    try:
        with made_once(request) as making:
            user = services.user_create(actor=request.user, **given)
            groups.user_join(actor=request.user, user=user, **joining)
            making.url = reverse("setup:user", args=[user.pk])
    except ValidationError as error:
        form.add_problems(error)
        return None, ""
    return user, made


def _once_more(request: SignedInRequest, before: PostedBefore) -> HttpResponse:
    """Of a form sent twice only the second answer is seen. The password that the first one showed
    is kept nowhere, so the user gets another one, while nobody has signed in with it."""
    email, made = request.POST.get("email", "").strip().lower(), passwords.generate()
    user = User.objects.filter(email=email).first()
    if request.POST.get("password") or request.POST.get("invite") or user is None:
        raise before
    # The same form by the same actor; who has changed the address since is somebody else.
    if before.url != reverse("setup:user", args=[user.pk]):
        raise before
    with told_why():
        if not services.user_set_first_password(actor=request.user, user=user, password=made):
            raise before
    return _hand_over(request, user, made)


def _hand_over(request: SignedInRequest, user: User, password: str) -> HttpResponse:
    """Shows a made password, this once: it is kept nowhere."""
    return render(request, "setup/user_password.html", {"person": user, "password": password})


class UserPage(View):
    def get(self, request: SignedInRequest, user_id: int) -> HttpResponse:
        require(request.user, Permission.USER_MANAGE)
        return _draw(request, queries.user_for(user_id))

    def post(self, request: SignedInRequest, user_id: int) -> HttpResponse:
        require(request.user, Permission.USER_MANAGE)
        user = queries.user_for(user_id)
        form = UserDetails(request.POST, initial=queries.groups_of(user))
        if form.is_valid():
            given = dict(form.cleaned_data)
            joining = {name: given.pop(name) for name in ("teams", "divisions")}
            try:
                with transaction.atomic():
                    user = services.user_update(actor=request.user, user=user, **given)
                    groups.user_join(actor=request.user, user=user, **joining)
            except ValidationError as error:
                form.add_problems(error)
        if form.errors:
            return _draw(request, user, details=form, status=422)
        toast(request, _("Saved %(name)s.") % {"name": user.name})
        return redirect("setup:users" if user.pk != request.user.pk else "/")


def _draw(
    request: SignedInRequest,
    user: User,
    *,
    details: UserDetails | None = None,
    password: SetPassword | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {field: getattr(user, field) for field in ("name", "email", "employee_code")}
    shown |= {"role": user.role_id, **queries.groups_of(user)}
    found = {
        "person": user,
        "details": details or UserDetails(initial=shown),
        "password": password or SetPassword(user=user),
        "events": queries.events_of(user),
    }
    return render(request, "setup/user.html", found, status=status)


@require_POST
@sensitive_post_parameters()
def set_password(request: SignedInRequest, user_id: int) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    user = queries.user_for(user_id)
    form = SetPassword(request.POST, user=user)
    if not form.is_valid():
        return _draw(request, user, password=form, status=422)
    given = form.cleaned_data["password"]
    made = "" if given else passwords.generate()
    with told_why():
        services.user_set_password(actor=request.user, user=user, password=given or made)
    if user.pk == request.user.pk:
        update_session_auth_hash(request, user)
    if made:
        return _hand_over(request, user, made)
    toast(request, _("%(name)s has a new password.") % {"name": user.name})
    return redirect("setup:user", user_id)


@require_POST
def reactivate(request: SignedInRequest, user_id: int) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    user = queries.user_for(user_id)
    with told_why():
        services.user_reactivate(actor=request.user, user=user)
    toast(request, _("%(name)s can sign in again.") % {"name": user.name})
    return redirect("setup:user", user_id)


@require_POST
def end_sessions(request: SignedInRequest, user_id: int) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    user = queries.user_for(user_id)
    with told_why():
        services.user_sign_out_everywhere(actor=request.user, user=user)
    if user.pk == request.user.pk:
        update_session_auth_hash(request, user)
    toast(request, _("%(name)s is signed out everywhere.") % {"name": user.name})
    return redirect("setup:user", user_id)
