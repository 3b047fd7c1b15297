import pytest
from django.core.exceptions import ValidationError

from kith.accounts.models import User
from kith.accounts.services import user_create, user_set_password

pytestmark = pytest.mark.django_db
GOOD = "correct horse battery"


def test_the_address_is_kept_in_small_letters_and_the_password_hashed() -> None:
    user = user_create(email=" Ada@Example.COM", name="Ada", password=GOOD, role="manager")
    assert (user.email, user.role.name) == ("ada@example.com", "Manager")
    assert user.check_password(GOOD)
    assert User.objects.get_by_natural_key("ADA@example.com") == user


def test_an_address_is_taken_once_whatever_its_case() -> None:
    user_create(email="ada@example.com", name="Ada", password=GOOD)
    with pytest.raises(ValidationError):
        user_create(email="ADA@EXAMPLE.COM", name="Other", password=GOOD)


@pytest.mark.parametrize("weak", ["short", "password123", "ada@example.com"])
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(ValidationError):
        user_create(email="ada@example.com", name="Ada", password=weak)


def test_a_password_can_be_changed() -> None:
    user = user_create(email="ada@example.com", name="Ada", password=GOOD)
    user_set_password(user=user, password="another long one")
    assert User.objects.get().check_password("another long one")
