"""Making and changing users. Every change is written down (see `audit`)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.holding import hold

from . import audit
from .actors import SYSTEM, Actor
from .audiences import audiences_ensure
from .models import Role, SecurityEvent, User
from .role_services import check_may_give, role_held
from .roles import NAMES as ROLE_NAMES
from .roles import BuiltIn

Kind = SecurityEvent.Kind
NAMES = "e-mails and codes of users"
EDITED = ("name", "email", "role_id", "employee_code")


def built_in_ensure() -> None:
    """The built-in roles and everybody's audience stand in the database; the tests ask for it."""
    audiences_ensure()
    Role.objects.bulk_create(
        [Role(key=key, name=name) for key, name in ROLE_NAMES.items()], ignore_conflicts=True
    )


@transaction.atomic
def user_create(
    *,
    email: str,
    name: str,
    password: str,
    role: str = BuiltIn.AGENT,
    employee_code: str = "",
    actor: Actor = SYSTEM,
    weak_ok: bool = False,
) -> User:
    """Raises ValidationError when the address is taken or unfit, or the password too weak.

    `weak_ok` is for the command line, whose user could read and write the database anyway.
    """
    built_in_ensure()
    hold(NAMES)
    address = _address(email)
    user = User(email=address, name=name.strip() or address, employee_code=employee_code.strip())
    _check_free(user)
    user.role = _given_by(actor, role)
    if not weak_ok:
        validate_password(password, user)
    user.set_password(password)
    user.must_change_password = actor is not SYSTEM
    user.full_clean()
    user.save()
    audit.write(Kind.USER_CREATED, user=user, actor=actor, role=role)
    return user


@transaction.atomic
def user_update(
    *, actor: Actor, user: User, name: str, email: str, role: str, employee_code: str
) -> User:
    """Raises ValidationError, also when no administrator would be left."""
    hold(NAMES)
    old = User.objects.select_related("role").get(pk=user.pk)
    check_may_give(actor, old.role.allowed)
    before = {field: getattr(old, field) for field in EDITED}
    if old.role_id == BuiltIn.ADMINISTRATOR != role and old.is_active:
        _require_another_administrator(old, field="role")
    old.email = _address(email)
    old.name = name.strip() or old.email
    old.role = _given_by(actor, role)
    old.employee_code = employee_code.strip()
    _check_free(old)
    old.full_clean(exclude=["password"])
    old.save(update_fields=EDITED)
    changed = {f: [before[f], getattr(old, f)] for f in EDITED if before[f] != getattr(old, f)}
    if changed:
        audit.write(Kind.USER_CHANGED, user=old, actor=actor, changed=changed)
    return old


@transaction.atomic
def user_deactivate(*, actor: Actor, user: User) -> None:
    """The user's sessions end at their next request. Raises ValidationError."""
    if actor.pk == user.pk:
        raise ValidationError(_("You can't deactivate yourself; another administrator can."))
    check_may_give(actor, user.role.allowed)
    if user.role_id == BuiltIn.ADMINISTRATOR:
        _require_another_administrator(user)
    _set_active(user, active=False)
    audit.write(Kind.USER_DEACTIVATED, user=user, actor=actor)


@transaction.atomic
def user_reactivate(*, actor: Actor, user: User) -> None:
    check_may_give(actor, user.role.allowed)
    _set_active(user, active=True)
    audit.write(Kind.USER_REACTIVATED, user=user, actor=actor)


@transaction.atomic
def user_set_password(*, user: User, password: str, actor: Actor = SYSTEM) -> None:
    """Raises ValidationError for a weak one. Signs the user out everywhere else.

    One that somebody else has set is to be replaced at the next sign-in.
    """
    if actor.pk != user.pk:
        check_may_give(actor, user.role.allowed)
    _set_password(user, password)
    user.must_change_password = actor is not SYSTEM and actor.pk != user.pk
    user.save(update_fields=["password", "must_change_password"])
    audit.write(Kind.PASSWORD_CHANGED, user=user, actor=actor)


@transaction.atomic
def user_set_first_password(*, user: User, password: str, actor: Actor) -> bool:
    """In place of the one they were made with; False once they have signed in, or chosen one."""
    waiting = {"must_change_password": True, "last_login": None, "is_active": True}
    stored = User.objects.select_for_update().filter(pk=user.pk, **waiting).first()
    if stored is None:
        return False
    user_set_password(user=stored, password=password, actor=actor)
    return True


@transaction.atomic
def user_sign_out_everywhere(*, actor: Actor, user: User) -> None:
    if actor.pk != user.pk:
        check_may_give(actor, user.role.allowed)
    user.sign_outs += 1
    user.save(update_fields=["sign_outs"])
    audit.write(Kind.SIGNED_OUT_EVERYWHERE, user=user, actor=actor)


@transaction.atomic
def profile_update(*, user: User, name: str, preferences: dict[str, Any]) -> None:
    """Empty preferences are forgotten, so that the installation's own hold again."""
    stored = _as_stored(user)
    kept = {**stored.preferences, **preferences}
    stored.name = name.strip() or user.email
    stored.preferences = {key: value for key, value in kept.items() if value not in ("", None)}
    stored.save(update_fields=["name", "preferences"])
    user.name, user.preferences = stored.name, stored.preferences


@transaction.atomic
def preference_change(*, user: User, name: str, change: Callable[[Any], Any]) -> None:
    """Change one preference, given what it is."""
    stored = _as_stored(user)
    stored.preferences = {**stored.preferences, name: change(stored.preferences.get(name))}
    stored.save(update_fields=["preferences"])
    user.preferences = stored.preferences


def _as_stored(user: User) -> User:
    """Ours until the transaction ends: two windows at once lose nothing of each other."""
    return User.objects.select_for_update().get(pk=user.pk)


def _given_by(actor: Actor, key: str) -> Role:
    """Raises ValidationError for a role that allows more than the actor may, or that is gone."""
    role = role_held(key)
    check_may_give(actor, role.allowed)
    return role


def _check_free(user: User) -> None:
    """Both at once, each beside its question; a constraint of the database belongs to none."""
    others, taken = User.objects.exclude(pk=user.pk), {}
    if others.filter(email=user.email).exists():
        taken["email"] = _("There is already a user with this e-mail.")
    code = user.employee_code
    if code and others.filter(employee_code__iexact=code).exists():
        taken["employee_code"] = _("Another user has this employee code.")
    if taken:
        raise ValidationError(taken)


def _address(email: str) -> str:
    address = email.strip().lower()
    validate_email(address)
    return address


def _set_password(user: User, password: str) -> None:
    validate_password(password, user)
    user.set_password(password)


def _set_active(user: User, *, active: bool) -> None:
    user.is_active = active
    user.sign_outs += 1
    user.save(update_fields=["is_active", "sign_outs"])


def _require_another_administrator(user: User, field: str = "__all__") -> None:
    """Locked, so that two administrators can't take the role from each other at once."""
    administrators = User.objects.select_for_update().filter(
        role_id=BuiltIn.ADMINISTRATOR, is_active=True
    )
    if not [found for found in administrators if found.pk != user.pk]:
        text = _("This is the last administrator. Make somebody else one first.")
        raise ValidationError({field: text})
