import pytest
from django.core.exceptions import ValidationError

from kith.accounts.models import SecurityEvent, User
from kith.accounts.services import (
    preference_change,
    profile_update,
    user_create,
    user_deactivate,
    user_reactivate,
    user_set_password,
    user_sign_out_everywhere,
    user_update,
)

pytestmark = pytest.mark.django_db


def change(actor: User, user: User, **fields: str) -> User:
    now = {"name": user.name, "email": user.email, "role": user.role_id, "employee_code": ""}
    return user_update(actor=actor, user=user, **{**now, **fields})


def test_a_change_is_written_down_with_before_and_after(administrator: User, agent: User) -> None:
    before = agent.name
    change(administrator, agent, name="Ada", role="manager")
    agent.refresh_from_db()
    assert (agent.name, agent.role_id) == ("Ada", "manager")
    event = SecurityEvent.objects.get(kind="user-changed")
    assert (event.user, event.actor) == (agent, administrator)
    assert event.details["changed"] == {"name": [before, "Ada"], "role_id": ["agent", "manager"]}


def test_a_save_that_changes_nothing_is_not_written_down(administrator: User, agent: User) -> None:
    change(administrator, agent)
    assert not SecurityEvent.objects.exists()


def test_an_address_or_a_code_belongs_to_one_user(administrator: User, make_user) -> None:
    first, second = make_user(employee_code="E1"), make_user()
    for wrong in ({"email": first.email.upper()}, {"employee_code": "e1"}, {"email": "no"}):
        with pytest.raises(ValidationError):
            change(administrator, second, **wrong)


def test_the_last_administrator_stays_one(administrator: User, make_user) -> None:
    with pytest.raises(ValidationError):
        change(administrator, administrator, role="agent")
    other = make_user("administrator")
    change(administrator, administrator, role="agent")
    with pytest.raises(ValidationError):
        user_deactivate(actor=administrator, user=other)
    assert User.objects.get(pk=other.pk).is_active


def test_a_deactivated_administrator_does_not_count(administrator: User, make_user) -> None:
    other = make_user("administrator")
    user_deactivate(actor=administrator, user=other)
    with pytest.raises(ValidationError):
        change(administrator, administrator, role="manager")


def test_nobody_deactivates_themselves(administrator: User, make_user) -> None:
    make_user("administrator")
    with pytest.raises(ValidationError):
        user_deactivate(actor=administrator, user=administrator)


def test_what_ends_every_session(agent: User, administrator: User) -> None:
    proofs = {agent.get_session_auth_hash()}
    user_set_password(user=agent, password="a long new password")
    proofs.add(agent.get_session_auth_hash())
    user_sign_out_everywhere(actor=agent, user=agent)
    proofs.add(agent.get_session_auth_hash())
    user_deactivate(actor=administrator, user=agent)
    user_reactivate(actor=administrator, user=agent)
    proofs.add(agent.get_session_auth_hash())
    assert len(proofs) == 4


def test_nobody_signs_out_who_may_more_than_they_do(agent: User, administrator: User) -> None:
    with pytest.raises(ValidationError):
        user_sign_out_everywhere(actor=agent, user=administrator)
    administrator.refresh_from_db()
    assert administrator.sign_outs == 0


def test_a_new_user_is_written_down(administrator: User) -> None:
    user = user_create(
        email="x@example.com", name="X", password="correct horse battery", actor=administrator
    )
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user, event.actor) == ("user-created", user, administrator)


def test_two_windows_lose_nothing_of_each_other(agent: User) -> None:
    """Each has read the user before the other one saves."""
    profile, table = User.objects.get(pk=agent.pk), User.objects.get(pk=agent.pk)
    preference_change(user=table, name="columns", change=lambda _was: ["name"])
    profile_update(user=profile, name="Ada", preferences={"language": "en-gb", "time_zone": ""})
    preference_change(user=table, name="density", change=lambda _was: "compact")
    agent.refresh_from_db()
    assert agent.name == "Ada"
    both = {"columns": ["name"], "density": "compact"}
    assert agent.preferences == both | {"language": "en-gb"} == table.preferences
