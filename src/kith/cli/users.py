"""`kith createadmin` and `kith createuser`."""

import argparse
import getpass
import os
import re
import secrets
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from kith.accounts.models import User
from kith.accounts.roles import BuiltIn
from kith.accounts.services import user_create
from kith.cli.errors import Failed, WrongUse

NOBODY_ASKED = "admin@example.com"


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    admin = subcommands.add_parser("createadmin", help="make an administrator")
    user = subcommands.add_parser("createuser", help="make a user")
    user.add_argument(
        "--role", choices=[each.value for each in BuiltIn], default=BuiltIn.AGENT.value
    )
    user.add_argument("--employee-code", default="")
    for parser in (admin, user):
        parser.add_argument("--email")
        parser.add_argument("--name", default="")
    admin.set_defaults(run=run_createadmin)
    user.set_defaults(run=run_createuser)


def run_createadmin(options: argparse.Namespace) -> None:
    administrator(email=options.email or "", name=options.name)


def run_createuser(options: argparse.Namespace) -> None:
    if not options.email:
        raise WrongUse("createuser needs --email.")
    _create(
        email=options.email,
        name=options.name or name_in(options.email),
        role=options.role,
        employee_code=options.employee_code,
        given=os.environ.get("KITH_USER_PASSWORD", ""),
    )


def first_administrator() -> None:
    if not User.objects.filter(role=BuiltIn.ADMINISTRATOR).exists():
        administrator()


def administrator(*, email: str = "", name: str = "") -> None:
    """E-mail and password: given, or in the environment, else asked, else made and shown."""
    email = email or os.environ.get("KITH_ADMIN_EMAIL", "") or _ask_email()
    given = os.environ.get("KITH_ADMIN_PASSWORD", "")
    _create(email=email, name=name or _ask_name(email), role=BuiltIn.ADMINISTRATOR, given=given)


def _create(*, email: str, name: str, role: str, given: str, employee_code: str = "") -> None:
    password = given or _ask_password()
    made = password or secrets.token_urlsafe(12)
    try:
        user = user_create(
            email=email,
            name=name,
            role=role,
            employee_code=employee_code,
            password=made,
            weak_ok=True,
        )
    except ValidationError as error:
        raise Failed(" ".join(error.messages)) from error
    print(f"Made {user.email} ({role}).", flush=True)
    _tell_about(user, made, was_given=bool(password))


def _tell_about(user: User, password: str, *, was_given: bool) -> None:
    if not was_given:
        print(f"  Password, shown only now: {password}", flush=True)
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        print(f"  The password is weak: {' '.join(error.messages)}", file=sys.stderr)


def _ask_email() -> str:
    if not sys.stdin.isatty():
        return NOBODY_ASKED
    return input(f"E-mail of the first administrator [{NOBODY_ASKED}]: ").strip() or NOBODY_ASKED


def name_in(email: str) -> str:
    """What the person may be called: meera.raval@example.com is Meera Raval."""
    words = re.split(r"[._+\-\d]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word) or email


def _ask_name(email: str) -> str:
    name = name_in(email)
    return (input(f"Name [{name}]: ").strip() or name) if sys.stdin.isatty() else name


def _ask_password() -> str:
    """Empty when nobody can be asked, or wants one made."""
    if not sys.stdin.isatty():
        return ""
    return getpass.getpass("Password (empty: one is made for you): ")
