"""What every test may ask for: users by role, and clients signed in as them."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.accounts.roles import BuiltIn
from kith.accounts.services import built_in_ensure
from kith.core.shapes import shapes
from kith.reference import company

_numbers = count(1)


@pytest.fixture(autouse=True)
def fields_as_declared() -> Iterator[None]:
    """What one test made of the fields is none of the next one's business."""
    shapes.forget()
    yield
    shapes.forget()


@pytest.fixture(autouse=True)
def built_in_rows(request: pytest.FixtureRequest) -> None:
    """Emptying the tables after a test takes along what the migrations put there."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        built_in_ensure()


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    """make_user("agent", name=..., email=...)"""

    def make(role: str = BuiltIn.AGENT, **fields: str) -> User:
        built_in_ensure()
        number = next(_numbers)
        fields.setdefault("email", f"{role}{number}@example.com")
        fields.setdefault("name", f"{role.capitalize()} {number}")
        return User.objects.create(role_id=role, **fields)

    return make


@pytest.fixture
def administrator(make_user: Callable[..., User]) -> User:
    return make_user(BuiltIn.ADMINISTRATOR)


@pytest.fixture
def manager(make_user: Callable[..., User]) -> User:
    return make_user(BuiltIn.MANAGER)


@pytest.fixture
def agent(make_user: Callable[..., User]) -> User:
    return make_user(BuiltIn.AGENT)


@pytest.fixture
def readonly(make_user: Callable[..., User]) -> User:
    return make_user(BuiltIn.READONLY)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """signed_in(user) is a test client with that user's session."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _nothing_said_of_the_firm() -> None:
    """Each test begins with the company settings of a new installation, without asking for them."""
    company.suppose(company.filled(company.CompanySettings()))
