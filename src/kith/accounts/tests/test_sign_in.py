from datetime import timedelta

import pytest
from django.contrib.auth import hashers

from kith.accounts import throttling
from kith.accounts.models import SecurityEvent, User
from kith.accounts.signing_in import TooManyAttempts, WrongPassword, sign_in
from kith.core import clock

pytestmark = pytest.mark.django_db
GOOD = "correct horse battery"
HERE, THERE = "192.0.2.1", "198.51.100.7"


@pytest.fixture
def ada(make_user) -> User:
    user = make_user(email="ada@example.com")
    user.set_password(GOOD)
    user.save()
    return user


def fail(times: int, email: str = "ada@example.com", address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            sign_in(email=email, password="wrong", address=address)


def test_the_right_password_signs_in_whatever_the_case_of_the_address(ada: User) -> None:
    assert sign_in(email=" ADA@example.com ", password=GOOD, address=HERE) == ada
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user, event.address) == ("signed-in", ada, HERE)


def test_wrong_unknown_and_deactivated_are_told_the_same(ada: User, make_user) -> None:
    make_user(email="gone@example.com", is_active=False)
    said = set()
    for email in ("ada@example.com", "nobody@example.com", "gone@example.com", ""):
        with pytest.raises(WrongPassword) as error:
            sign_in(email=email, password="wrong", address=HERE)
        said.add(str(error.value))
    assert len(said) == 1


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_an_unknown_account_costs_the_same_hashing(ada: User, monkeypatch, email: str) -> None:
    hashed = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    with pytest.raises(WrongPassword):
        sign_in(email=email, password="wrong", address=HERE)
    assert hashed == ["wrong"]


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
def test_an_account_is_held_back_even_with_the_right_password(ada: User, email: str) -> None:
    fail(throttling.FAILURES_PER_ACCOUNT, email=email)
    with pytest.raises(TooManyAttempts) as error:
        sign_in(email=email, password=GOOD, address=THERE)
    assert 0 < error.value.seconds <= throttling.WINDOW.total_seconds() + 1
    assert "15" in str(error.value)
    assert SecurityEvent.objects.count() == throttling.FAILURES_PER_ACCOUNT


def test_the_wait_ends(ada: User, monkeypatch) -> None:
    fail(throttling.FAILURES_PER_ACCOUNT)
    later = clock.now() + throttling.WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert sign_in(email="ada@example.com", password=GOOD, address=HERE) == ada


def test_a_success_clears_the_count(ada: User) -> None:
    fail(throttling.FAILURES_PER_ACCOUNT - 1)
    sign_in(email="ada@example.com", password=GOOD, address=HERE)
    fail(throttling.FAILURES_PER_ACCOUNT)


def test_strangers_cannot_lock_somebody_out_of_a_known_address(ada: User) -> None:
    sign_in(email="ada@example.com", password=GOOD, address=HERE)
    fail(throttling.FAILURES_PER_ACCOUNT, address=THERE)
    with pytest.raises(TooManyAttempts):
        sign_in(email="ada@example.com", password=GOOD, address=THERE)
    assert sign_in(email="ada@example.com", password=GOOD, address=HERE) == ada


def test_an_address_is_held_back_across_accounts(ada: User) -> None:
    for number in range(throttling.FAILURES_PER_ADDRESS):
        fail(1, email=f"user{number}@example.com")
    with pytest.raises(TooManyAttempts):
        sign_in(email="ada@example.com", password=GOOD, address=HERE)
    assert sign_in(email="ada@example.com", password=GOOD, address=THERE) == ada
