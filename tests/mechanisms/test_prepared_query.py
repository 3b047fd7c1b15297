"""What a prepared query answers is what the query itself does."""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import CharField, DateTimeField

from kith.accounts import audiences
from kith.accounts.backend import SIGNED_IN
from kith.accounts.models import User
from kith.core import clock
from kith.core.among import among, ids_slot
from kith.core.prepared import Prepared, slot
from kith.jobs.models import Job
from kith.jobs.queries import CURRENT

Make = Callable[..., User]

NAMED = Prepared(
    lambda: (
        User.objects.filter(
            among("pk", ids_slot("ids")),
            created_at__gt=slot("since", DateTimeField()),
            name__lt=slot("before", CharField()),
        )
        .order_by("-name")
        .values_list("name", "preferences", "created_at")
    )
)


def test_rows_are_those_of_the_query(make_user: Make) -> None:
    anna, zoe = make_user(name="Anna"), make_user(name="Zoe")
    User.objects.filter(pk=anna.pk).update(preferences={"language": "en"})
    anna.refresh_from_db()
    ago = clock.now() - timedelta(days=1)
    row = [anna.name, {"language": "en"}, anna.created_at]
    for _again in range(2):
        assert [list(each) for each in NAMED.rows(ids=[anna.pk], since=ago, before="B")] == [row]
    assert NAMED.rows(ids=[zoe.pk], since=ago, before="B") == []
    assert NAMED.rows(ids=[anna.pk], since=clock.now(), before="B") == []
    both = NAMED.rows(ids=[anna.pk, zoe.pk], since=ago, before="~")
    assert [each[0] for each in both] == ["Zoe", "Anna"]


def test_records_come_with_what_belongs_to_them(make_user: Make) -> None:
    user = make_user(name="Anna")
    found = SIGNED_IN.first(user=user.pk)
    assert found == user and found.role == user.role
    assert audiences.audiences_of(found) == audiences.audiences_of(user)
    assert SIGNED_IN.first(user=user.pk + 1) is None
    job = Job.objects.create(kind="x", user=user, created_at=clock.now(), arguments={"much": 1})
    (told,) = CURRENT.objects(user=user.pk, since=clock.now())
    assert told == job and told.created_at == job.created_at
    assert told.get_deferred_fields() == {"arguments", "checkpoint"}
    assert told.arguments == {"much": 1}
