"""`kith createadmin` and `kith createuser`."""

import argparse
import getpass
import os
import secrets
import sys

from django.core.exceptions import ValidationError

from kith.accounts.models import User
from kith.accounts.roles import BuiltIn
from kith.accounts.services import user_create
from kith.cli.errors import Failed, WrongUse

NOBODY_ASKED = "admin@example.com"


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    admin = subcommands.add_parser("createadmin", help="make an administrator")
    admin.add_argument("--first", action="store_true", help="only when there is none yet")
    user = subcommands.add_parser("createuser", help="make a user")
    user.add_argument("--role", choices=list(BuiltIn), default=BuiltIn.AGENT)
    user.add_argument("--employee-code", default="")
    for parser in (admin, user):
        parser.add_argument("--email")
        parser.add_argument("--name", default="")
    admin.set_defaults(run=run_createadmin)
    user.set_defaults(run=run_createuser)


def run_createadmin(options: argparse.Namespace) -> None:
    """E-mail and password: the environment, else asked, else made and shown once."""
    if options.first and User.objects.filter(role=BuiltIn.ADMINISTRATOR).exists():
        return
    email = options.email or os.environ.get("KITH_ADMIN_EMAIL") or _ask_email()
    password = os.environ.get("KITH_ADMIN_PASSWORD") or _ask_password()
    made = password or secrets.token_urlsafe(12)
    _create(email=email, name=options.name, password=made, role=BuiltIn.ADMINISTRATOR)
    if not password:
        print(f"  Password (shown only now): {made}")


def run_createuser(options: argparse.Namespace) -> None:
    if not options.email:
        raise WrongUse("createuser needs --email.")
    password = os.environ.get("KITH_USER_PASSWORD") or _ask_password()
    made = password or secrets.token_urlsafe(12)
    _create(
        email=options.email,
        name=options.name,
        password=made,
        role=options.role,
        employee_code=options.employee_code,
    )
    if not password:
        print(f"  Password (shown only now): {made}")


def _create(*, email: str, name: str, password: str, role: str, employee_code: str = "") -> None:
    try:
        user = user_create(
            email=email, name=name, password=password, role=role, employee_code=employee_code
        )
    except ValidationError as error:
        raise Failed(" ".join(error.messages)) from error
    print(f"Made {user.email} ({role}).")


def _ask_email() -> str:
    if not sys.stdin.isatty():
        return NOBODY_ASKED
    return input(f"E-mail of the first administrator [{NOBODY_ASKED}]: ").strip() or NOBODY_ASKED


def _ask_password() -> str:
    """Empty when nobody can be asked, or wants one made."""
    if not sys.stdin.isatty():
        return ""
    return getpass.getpass("Password (empty: one is made for you): ")
