"""Invitations: a signed link by which somebody chooses their own password.

The link holds for a week, and once: the password that it sets is part of what was signed.
"""

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from . import audit
from .actors import Actor
from .models import SecurityEvent, User
from .role_services import check_may_give


@transaction.atomic
def user_invite(*, actor: Actor, user: User) -> tuple[str, str]:
    """The two parts of the link. What was the password is none any longer.

    Raises ValidationError for a user who may more than the actor.
    """
    check_may_give(actor, user.role.allowed)
    user.set_unusable_password()
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.write(SecurityEvent.Kind.USER_INVITED, user=user, actor=actor)
    return urlsafe_base64_encode(str(user.pk).encode()), default_token_generator.make_token(user)


def invited(name: str, token: str) -> User | None:
    """The user whom the link is for, while it holds."""
    try:
        user = User.objects.filter(pk=int(urlsafe_base64_decode(name)), is_active=True).first()
    except (ValueError, OverflowError, ValidationError):
        return None
    return user if user and default_token_generator.check_token(user, token) else None
