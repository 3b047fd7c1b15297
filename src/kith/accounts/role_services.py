"""Making and changing roles. Nobody gives more than they may themselves."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kith.core.holding import hold
from kith.core.text import fold

from . import audit
from .actors import Actor
from .models import Role, SecurityEvent, User
from .permissions import Permission
from .roles import BuiltIn, read

Kind = SecurityEvent.Kind


@transaction.atomic
def role_save(
    *, actor: Actor, name: str, permissions: Iterable[str] | None, role: Role | None = None
) -> Role:
    """`permissions` None puts a built-in role back to how it was shipped.

    Raises ValidationError for a name that is taken, for the administrators' role, for one that is
    gone, and for what the actor may not do.
    """
    hold("names of roles")
    saved = role_held(role.key) if role else Role(key=_free_key(name))
    if saved.key == BuiltIn.ADMINISTRATOR:
        raise ValidationError(_("Administrators may do everything; copy the role to allow less."))
    before = set(saved.allowed) if role else set()
    saved.name = name.strip()
    saved.permissions = None if permissions is None else sorted(read(permissions))
    saved.__dict__.pop("allowed", None)
    _check_name(saved)
    check_may_give(actor, {*saved.allowed, *before})
    saved.full_clean()
    saved.save()
    audit.write(
        Kind.ROLE_SAVED,
        actor=actor,
        name=saved.name,
        allowed=sorted(saved.allowed - before),
        forbidden=sorted(before - saved.allowed),
    )
    return saved


def check_may_give(actor: Actor, permissions: Iterable[Permission]) -> None:
    """Raises ValidationError when some of these are more than the actor has."""
    if not all(actor.may(each) for each in permissions):
        raise ValidationError(_("You can't give, or take, what you may not do yourself."))


@transaction.atomic
def role_remove(*, actor: Actor, role: Role) -> None:
    """Raises ValidationError for a built-in one, one that somebody has, and one that is gone."""
    if role.is_built_in:
        raise ValidationError(_("The built-in roles stay."))
    role = role_held(role.key)
    if User.objects.filter(role=role).exists():
        raise ValidationError(_("Somebody has this role. Give them another one first."))
    check_may_give(actor, role.allowed)
    audit.write(Kind.ROLE_REMOVED, actor=actor, name=role.name)
    role.delete()


def role_held(key: str) -> Role:
    """The role, which until the transaction ends nobody else gives or removes. Raises
    ValidationError when somebody has removed it."""
    role = Role.objects.select_for_update().filter(key=key).first()
    if role is None:
        raise ValidationError(_("This role was removed meanwhile."))
    return role


def _check_name(role: Role) -> None:
    """Two that differ in case or accents only would be one to who chooses from them."""
    others = Role.objects.exclude(key=role.key).values_list("name", flat=True)
    if fold(role.name) in map(fold, others):
        raise ValidationError({"name": _("There is already a role with this name.")})


def _free_key(name: str) -> str:
    start = slugify(name)[:30] or "role"
    taken = set(Role.objects.filter(key__startswith=start).values_list("key", flat=True))
    numbers = (f"{start}-{number}" for number in range(2, 10_000))
    return next(key for key in (start, *numbers) if key not in taken)
