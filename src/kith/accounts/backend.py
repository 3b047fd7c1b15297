"""Reads the user of a request together with all that says what they may do and see."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from kith.core.prepared import Prepared, slot

from . import audiences
from .models import User

SIGNED_IN = Prepared(
    lambda: (
        User.objects.filter(pk=slot("user"))
        .select_related("role")
        .annotate(audience_text=audiences.with_user(slot("user")))
    )
)


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        user = SIGNED_IN.first(user=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
