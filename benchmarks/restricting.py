"""A user who sees most contacts, not all: two of a hundred are hers, two somebody else's."""

from django.db import transaction

from kith.accounts.actors import SYSTEM
from kith.accounts.audiences import audiences_intern
from kith.accounts.models import User
from kith.accounts.roles import BuiltIn
from kith.contacts.models import Contact
from kith.contacts.services.bulk import Act, Do, contacts_change

EVERY = 50


def restricted_reader() -> User:
    one, other = _agent("lars.odegard@demo.example"), _agent("grace.whitfield@demo.example")
    if not Contact.objects.filter(reach__gt=1).exists():
        for number, user in enumerate((one, other)):
            _restrict(user, number)
    return one


def _agent(email: str) -> User:
    made = {"name": email.partition("@")[0], "role_id": BuiltIn.AGENT.value}
    return User.objects.get_or_create(email=email, defaults=made)[0]


def _restrict(user: User, number: int) -> None:
    tokens = frozenset({f"user:{user.pk}"})
    with transaction.atomic():
        audience = audiences_intern(actor=SYSTEM, sets=[tokens])[tokens]
    ids = list(Contact.objects.order_by("pk").values_list("pk", flat=True)[number + 3 :: EVERY])
    contacts_change(actor=SYSTEM, ids=ids, act=Act(Do.SET, "accessibility", audience))
