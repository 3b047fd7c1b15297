import pytest

from kith.accounts.actors import SYSTEM
from kith.accounts.models import Role, User
from kith.accounts.permissions import ACTIONS, MODULES, Permission, UnknownPermission, parts
from kith.accounts.roles import PERMISSIONS, BuiltIn


@pytest.mark.parametrize("role", list(BuiltIn))
def test_a_role_allows_what_its_set_says_and_nothing_else(role: BuiltIn) -> None:
    user = User(role=Role(key=role))
    assert {name for name in Permission if user.may(name)} == set(PERMISSIONS[role])


def test_an_unknown_name_raises_for_everybody() -> None:
    for actor in (User(role=Role(key="agent")), User(role=Role(key="administrator")), SYSTEM):
        with pytest.raises(UnknownPermission):
            actor.may("contacts:contact:teleport")


def test_who_may_not_sign_in_may_nothing() -> None:
    assert not User(role=Role(key="administrator"), is_active=False).may(Permission.CONTACT_SEE)


def test_kith_itself_may_everything() -> None:
    assert all(SYSTEM.may(name) for name in Permission)


def test_a_role_of_ones_own_allows_what_it_names_and_to_see_it() -> None:
    user = User(role=Role(key="clerk", permissions=["contacts:contact:edit", "gone:by:now"]))
    allowed = {name for name in Permission if user.may(name)}
    assert allowed == {Permission.CONTACT_EDIT, Permission.CONTACT_SEE}
    changed = Role(key="agent", permissions=[])
    assert not changed.allowed
    # An administrator can't be made powerless.
    assert Role(key="administrator", permissions=[]).allowed == frozenset(Permission)


def test_every_permission_has_words_for_the_matrix() -> None:
    for name in Permission:
        module, action = parts(name)
        assert module in MODULES, name
        assert action in ACTIONS, name
