import pytest

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.accounts.permissions import Permission, UnknownPermission
from kith.accounts.roles import PERMISSIONS, BuiltIn


@pytest.mark.parametrize("role", list(BuiltIn))
def test_a_role_allows_what_its_set_says_and_nothing_else(role: BuiltIn) -> None:
    user = User(role_id=role)
    assert {name for name in Permission if user.may(name)} == set(PERMISSIONS[role])


def test_an_unknown_name_raises_for_everybody() -> None:
    for actor in (User(role_id="agent"), User(role_id="administrator"), SYSTEM):
        with pytest.raises(UnknownPermission):
            actor.may("contacts:contact:teleport")


def test_who_may_not_sign_in_may_nothing() -> None:
    assert not User(role_id="administrator", is_active=False).may(Permission.CONTACT_SEE)


def test_kith_itself_may_everything() -> None:
    assert all(SYSTEM.may(name) for name in Permission)
