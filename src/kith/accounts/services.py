"""Making and changing users."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from .models import Role, User
from .roles import NAMES, BuiltIn


def roles_ensure() -> None:
    """The built-in roles stand in the database; migrations and the tests call for them."""
    Role.objects.bulk_create(
        [Role(key=key, name=name) for key, name in NAMES.items()], ignore_conflicts=True
    )


@transaction.atomic
def user_create(
    *, email: str, name: str, password: str, role: str = BuiltIn.AGENT, employee_code: str = ""
) -> User:
    """Raises ValidationError when the address is taken or unfit, or the password too weak."""
    roles_ensure()
    address = email.strip().lower()
    validate_email(address)
    if User.objects.filter(email=address).exists():
        raise ValidationError({"email": _("There is already a user with this e-mail.")})
    user = User(email=address, name=name.strip() or address, employee_code=employee_code.strip())
    user.role = Role.objects.get(key=role)
    _set_password(user, password)
    user.full_clean()
    user.save()
    return user


def user_set_password(*, user: User, password: str) -> None:
    """Raises ValidationError for a weak one. Signs the user out everywhere else."""
    _set_password(user, password)
    user.save(update_fields=["password"])


def _set_password(user: User, password: str) -> None:
    validate_password(password, user)
    user.set_password(password)
