"""What a job promises the person who started it, and the function that does it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.accounts.permissions import Permission
from kith.core.errors import NotFound, Refused
from kith.jobs import claims, process, progress, queries, recovery, registry, services, upkeep
from kith.jobs.models import Job, State
from kith.jobs.process import this_process
from kith.jobs.progress import Progress
from kith.jobs.registry import Outcome
from kith.jobs.worker import run_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def job_kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[registry.JobFunction], None]:
    def use(function: registry.JobFunction) -> None:
        monkeypatch.setitem(registry._functions, "test", function)

    return use


@pytest.fixture(autouse=True)
def _not_stopping() -> Iterator[None]:
    yield
    this_process.stopping = False


def begin(**arguments: object) -> Job:
    return services.start("test", title="A test", user=SYSTEM, **arguments)


def ended(job: Job) -> Job:
    run_waiting()
    job.refresh_from_db()
    return job


def test_a_job_runs_with_its_arguments_and_tells_its_outcome(job_kind) -> None:
    job_kind(lambda progress, word: Outcome(message=f"Said {word}.", url="/somewhere/"))
    job = ended(begin(word="hello"))
    assert (job.state, job.message, job.url) == (State.DONE, "Said hello.", "/somewhere/")
    assert job.started_at and job.finished_at


def test_what_a_quick_job_did_is_counted_and_can_be_undone(job_kind) -> None:
    def work(progress: Progress) -> None:
        progress.step(0, total=3)
        progress.step(3)

    job_kind(work)
    job = begin()
    Job.objects.filter(pk=job.pk).update(undo="/changes/1/undo/")
    job = ended(job)
    assert (job.done, job.can_undo) == (3, True)


def test_an_unknown_kind_is_refused_at_once() -> None:
    with pytest.raises(LookupError):
        services.start("no-such-kind", title="", user=SYSTEM)


def test_a_job_whose_transaction_fails_never_was(job_kind) -> None:
    job_kind(lambda progress: None)
    with pytest.raises(RuntimeError), transaction.atomic():
        begin()
        raise RuntimeError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_an_unforeseen_failure_is_told_plainly_and_logged(job_kind, caplog) -> None:
    def fail(progress: Progress) -> None:
        raise ZeroDivisionError("secret detail")

    job_kind(fail)
    job = ended(begin())
    assert job.state == State.FAILED
    assert "secret" not in job.message
    assert "secret detail" in caplog.text


def test_a_refusal_is_told_in_its_own_words(job_kind) -> None:
    def refuse(progress: Progress) -> None:
        raise Refused("The sheet is empty.")

    job_kind(refuse)
    job = ended(begin())
    assert (job.state, job.message) == (State.FAILED, "The sheet is empty.")


def test_a_waiting_job_is_cancelled_at_once(job_kind) -> None:
    job_kind(lambda progress: pytest.fail("ran"))
    job = begin()
    services.cancel(job)
    assert ended(job).state == State.CANCELLED


def test_a_running_job_is_cancelled_at_its_next_step_and_loses_that_batch(job_kind) -> None:
    def work(progress: Progress) -> None:
        with transaction.atomic():
            progress.step(1, checkpoint={"row": 1})
        services.cancel(Job.objects.get(pk=progress.job.pk))
        with transaction.atomic():
            User.objects.create(email="x@example.com", role_id="agent")
            progress.step(2, checkpoint={"row": 2})

    job_kind(work)
    job = ended(begin())
    assert (job.state, job.done, job.checkpoint) == (State.CANCELLED, 1, {"row": 1})
    assert not User.objects.filter(email="x@example.com").exists()


def test_a_job_goes_on_from_its_checkpoint_after_the_worker_was_killed(job_kind) -> None:
    seen = []

    def work(progress: Progress) -> None:
        seen.append(progress.checkpoint)
        progress.step(10, checkpoint={"row": 10})

    job_kind(work)
    job = begin()
    claimed = claims.claim(job.pk)
    work(Progress(claimed))
    DBTaskResult.objects.update(status="RUNNING")  # And here the worker is killed.
    recovery.recover(stale_after=timedelta(0))
    assert ended(job).state == State.DONE
    assert (seen, job.crashes) == ([None, {"row": 10}], 1)


def test_a_job_goes_on_when_the_worker_was_killed_before_it_began(job_kind) -> None:
    job_kind(lambda progress: None)
    job = begin()
    DBTaskResult.objects.update(status="RUNNING", started_at=job.created_at)
    recovery.recover(stale_after=timedelta(0))
    assert ended(job).state == State.DONE


def test_a_job_that_a_living_worker_has_is_left_alone(job_kind) -> None:
    job_kind(lambda progress: None)
    job = begin()
    claims.claim(job.pk)
    recovery.recover(stale_after=timedelta(seconds=15))
    assert ended(job).state == State.RUNNING


def test_a_job_that_kills_every_worker_is_given_up(job_kind) -> None:
    job_kind(lambda progress: None)
    job = begin()
    for _ in range(recovery.MOST_CRASHES + 1):
        claims.claim(job.pk)
        recovery.recover(stale_after=timedelta(0))
    assert ended(job).state == State.FAILED


def test_a_worker_that_lost_its_job_writes_no_more(job_kind) -> None:
    def work(progress: Progress) -> None:
        recovery.recover(stale_after=timedelta(0))
        Job.objects.filter(pk=progress.job.pk).update(state=State.RUNNING, worker="another")
        progress.step(1, checkpoint={"row": 1})
        pytest.fail("went on")

    job_kind(work)
    job = ended(begin())
    assert (job.state, job.worker, job.checkpoint) == (State.RUNNING, "another", None)


def test_a_stopping_worker_gives_the_job_back(job_kind) -> None:
    def work(progress: Progress) -> None:
        this_process.stopping = progress.checkpoint is None
        Job.objects.filter(pk=progress.job.pk).update(checkpoint={"row": 5})
        progress.step(6)

    job_kind(work)
    job = ended(begin())
    assert (job.state, job.crashes) == (State.QUEUED, 0)
    this_process.stopping = False
    recovery.recover(stale_after=timedelta(0))
    assert ended(job).state == State.DONE


def test_people_see_and_cancel_their_own_jobs_only(
    job_kind, agent: User, manager: User, signed_in: Callable[[User], Client]
) -> None:
    job_kind(lambda progress: None)
    job = services.start("test", title="Agent's import", user=agent)
    assert "Agent&#x27;s import" in signed_in(agent).get("/jobs/").content.decode()
    assert "Agent" not in signed_in(manager).get("/jobs/").content.decode()
    with pytest.raises(NotFound):
        queries.job_for(manager, job.pk)
    assert signed_in(agent).post(f"/jobs/{job.pk}/cancel/").status_code == 302
    assert ended(job).state == State.CANCELLED


def test_the_bell_tells_what_ended_until_it_was_seen(
    job_kind, agent: User, manager: User, signed_in: Callable[[User], Client]
) -> None:
    job_kind(lambda progress: registry.Outcome("3 created", "/imports/"))
    client, htmx = signed_in(agent), {"HX-Request": "true"}
    for _each in range(3):
        ended(services.start("test", title="My import", user=agent))
    fragment = client.get("/jobs/", headers=htmx).content.decode()
    assert "3 new" in fragment
    assert "3 created" in fragment
    assert "every 2s" not in fragment
    job = Job.objects.filter(user=agent).latest("pk")
    assert signed_in(manager).post(f"/jobs/{job.pk}/").status_code == 404
    assert client.get(f"/jobs/{job.pk}/").status_code == 405
    assert client.post(f"/jobs/{job.pk}/").url == "/imports/"
    assert "2 new" in client.get("/contacts/").content.decode()
    signed_in(manager).post("/jobs/seen/")
    assert signed_in(manager).post("/jobs/seen/", {"job": job.pk - 1}).status_code == 404
    assert "2 new" in client.get("/jobs/").content.decode()
    shown = client.post("/jobs/seen/", {"job": job.pk - 1}, headers=htmx, follow=True)
    assert "1 new" in shown.content.decode()
    client.post("/jobs/seen/")
    page = client.get("/jobs/").content.decode()
    assert "0 new" in page
    assert "My import" in page


def test_a_job_stops_when_whoever_started_it_may_no_longer(
    job_kind, monkeypatch, agent: User
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_CHECKS", 0.0)
    monkeypatch.setitem(registry._permissions, "test", Permission.CONTACT_IMPORT)
    done: list[int] = []

    def work(told: Progress, act: str) -> None:
        for number in range(3):
            told.step(number)
            done.append(number)
            if act == "deactivate":
                User.objects.filter(pk=agent.pk).update(is_active=False)
            elif act == "demote":
                User.objects.filter(pk=agent.pk).update(is_active=True, role="readonly")

    job_kind(work)
    for act in ("deactivate", "demote"):
        done.clear()
        User.objects.filter(pk=agent.pk).update(is_active=True)
        job = ended(services.start("test", title="Long", user=agent, act=act))
        assert (job.state, done) == (State.FAILED, [0])
        assert "may no longer do it" in job.message


def test_a_daily_work_that_fails_stops_no_other(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    """Nor the worker, which would do it first thing when it is started again."""
    done: list[str] = []

    def fail() -> None:
        raise DatabaseError

    works = {"one": fail, "two": [].pop, "three": lambda: done.append("three")}
    monkeypatch.setattr(upkeep, "_daily", works)
    upkeep.run_daily()
    assert done == ["three"]
    assert [record.args for record in caplog.records] == [("one",), ("two",)]


def test_long_work_takes_what_the_pages_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    monkeypatch.setattr(process.os, "setpriority", lambda *which: taken.append(which[-1]))
    monkeypatch.setattr(process.os, "getpriority", lambda *_which: 0)
    process.step_back()
    assert taken == [process.NICENESS]
