"""Users and their roles."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from . import permissions, roles


class Role(models.Model):
    """The key is the primary key, so that `user.role_id` answers without a query."""

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, related_name="+", verbose_name=_("role")
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    employee_code = models.CharField(_("employee code"), max_length=40, blank=True)
    preferences: models.JSONField[dict[str, Any]] = models.JSONField(
        _("preferences"), default=dict, blank=True
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_low"),
            models.UniqueConstraint(
                Lower("employee_code"),
                condition=~models.Q(employee_code=""),
                name="user_employee_code_once",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    def may(self, permission: str) -> bool:
        """Raises UnknownPermission for a name that is not in `Permission`."""
        return self.is_active and roles.allows(self.role_id, permissions.known(permission))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]
