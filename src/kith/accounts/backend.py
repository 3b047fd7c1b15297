"""Reads the user of a request together with all that says what they may do and see."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from . import audiences
from .models import User


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        users = User.objects.select_related("role").annotate(
            audience_text=audiences.with_user(user_id)
        )
        user = users.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
