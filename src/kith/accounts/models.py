"""Users and their roles."""

from collections.abc import Set as AbstractSet
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from . import permissions, roles
from .permissions import Permission


class Role(models.Model):
    """The key is the primary key, so that `user.role_id` answers without a query.

    `permissions` are the names that the role allows; None is what a built-in one was shipped
    with, so that it also gets what a later version adds.
    """

    key = models.SlugField(_("key"), max_length=40, primary_key=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    permissions: models.JSONField[list[str] | None] = models.JSONField(
        _("permissions"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def allowed(self) -> AbstractSet[Permission]:
        """An administrator may everything, whatever stands in the database."""
        if self.permissions is None or self.key == roles.BuiltIn.ADMINISTRATOR:
            return roles.PERMISSIONS.get(self.key, frozenset())
        return roles.read(self.permissions)

    @property
    def is_built_in(self) -> bool:
        return self.key in roles.PERMISSIONS


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
    # Made for them by somebody else: to be replaced at the next sign-in.
    must_change_password = models.BooleanField(_("must choose a password"), default=False)
    # Part of what every session must prove: one more ends them all.
    sign_outs = models.PositiveIntegerField(_("times signed out everywhere"), default=0)
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
                violation_error_message=_("Another user has this employee code."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    def may(self, permission: str) -> bool:
        """Raises UnknownPermission for a name that is not in `Permission`."""
        return self.is_active and permissions.known(permission) in self.role.allowed

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session lives while this stays the same (Django compares it at every request)."""
        proof = f"{self.sign_outs}:{self.password}"
        return salted_hmac("kith.accounts.session", proof, secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]


class Team(models.Model):
    """Users who work together, some of them as its supervisors."""

    name = models.CharField(_("name"), max_length=80)
    folded = models.CharField(max_length=200, unique=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("folded",)

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_supervisor = models.BooleanField(_("supervisor"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "user"], name="accounts_team_member_once"),
        )


class Division(models.Model):
    """A business division of the firm itself."""

    name = models.CharField(_("name"), max_length=80)
    folded = models.CharField(max_length=200, unique=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ("folded",)

    def __str__(self) -> str:
        return self.name


class DivisionMember(models.Model):
    division = models.ForeignKey(
        Division, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["division", "user"], name="accounts_division_member_once"
            ),
        )


class Audience(models.Model):
    """Who may see a record: a set of users, teams and divisions. Row 1 is everybody.

    A row never changes, and there is one for each set (`key` is made of it), so that a record
    names its audience by one number, and a person's audiences are few.
    """

    key = models.CharField(max_length=64, unique=True)


class AudienceMember(models.Model):
    """One of the three is set."""

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    team = models.ForeignKey(
        Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    division = models.ForeignKey(
        Division, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        # With the audience, so that those of a person are read from the indexes alone.
        indexes = (
            models.Index(fields=["user", "audience"], name="accounts_audience_user"),
            models.Index(fields=["team", "audience"], name="accounts_audience_team"),
            models.Index(fields=["division", "audience"], name="accounts_audience_division"),
        )


class SecurityEvent(models.Model):
    """Who signed in or failed to, from where, and who changed which user.

    Sign-ins are throttled by counting these rows, so that all processes see the same.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed-in", _("Signed in")
        SIGN_IN_FAILED = "sign-in-failed", _("Sign-in failed")
        SIGNED_OUT = "signed-out", _("Signed out")
        SIGNED_OUT_EVERYWHERE = "signed-out-everywhere", _("Signed out everywhere")
        PASSWORD_CHANGED = "password-changed", _("Password changed")
        USER_CREATED = "user-created", _("Account made")
        USER_CHANGED = "user-changed", _("Details changed")
        USER_DEACTIVATED = "user-deactivated", _("Deactivated")
        USER_REACTIVATED = "user-reactivated", _("Reactivated")
        USER_INVITED = "user-invited", _("Invited")
        TEAM_SAVED = "team-saved", _("Team changed")
        DIVISION_SAVED = "division-saved", _("Division changed")
        ROLE_SAVED = "role-saved", _("Role changed")
        ROLE_REMOVED = "role-removed", _("Role removed")
        CONTACTS_HANDED_OVER = "contacts-handed-over", _("Contacts handed over")

    at = models.DateTimeField(_("when"), db_index=True)
    kind = models.CharField(_("what"), max_length=30, choices=Kind.choices)
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("user")
    )
    actor = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    address = models.CharField(_("address"), max_length=64, blank=True)
    details: models.JSONField[dict[str, Any]] = models.JSONField(
        _("details"), default=dict, blank=True
    )

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("email", "at"), name="security_event_email"),
            models.Index(fields=("address", "at"), name="security_event_address"),
            models.Index(fields=("user", "at"), name="security_event_user"),
        )
