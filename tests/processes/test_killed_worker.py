"""kill -9 in the middle of a job loses nothing and doubles nothing, on either database."""

import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from kith.accounts.actors import SYSTEM
from kith.accounts.models import Role
from kith.jobs import registry, services
from kith.jobs.models import Job, State

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 60

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(start_module: Callable[..., "subprocess.Popen[bytes]"]) -> Start:
    return partial(start_module, "tests.processes.counting_worker")


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setitem(registry._functions, "count", lambda progress, upto: None)
    return services.start("count", title="Counting", user=SYSTEM, total=ROWS, upto=ROWS)


def until(job: Job, condition: Callable[[Job], bool]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        job.refresh_from_db()
        if condition(job):
            return
        time.sleep(0.02)
    pytest.fail(f"The job is still {job.state} at {job.done}: {job.message}")


def written() -> list[int]:
    keys = Role.objects.filter(key__regex=r"^n[0-9]+$").values_list("key", flat=True)
    return sorted(int(key[1:]) for key in keys)


def test_a_killed_workers_job_goes_on_in_the_next(start_worker: Start, job: Job) -> None:
    first = start_worker(dawdle=str(ROWS // 3))
    until(job, lambda job: job.done >= ROWS // 3)
    first.kill()
    first.wait()
    assert 0 < len(written()) < ROWS
    start_worker()
    until(job, lambda job: not job.is_active)
    # It got further than where it broke off, so that no crash counts against it any more.
    assert (job.state, job.crashes, written()) == (State.DONE, 0, list(range(ROWS)))


def test_a_stopped_worker_leaves_the_job_to_the_next(start_worker: Start, job: Job) -> None:
    first = start_worker(dawdle=str(ROWS // 3))
    until(job, lambda job: job.done >= ROWS // 3)
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=60) == 0
    job.refresh_from_db()
    assert job.state == State.QUEUED
    start_worker()
    until(job, lambda job: not job.is_active)
    assert (job.state, job.crashes, written()) == (State.DONE, 0, list(range(ROWS)))


def test_two_workers_share_one_job_and_do_it_once(start_worker: Start, job: Job) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one worker.")
    start_worker()
    start_worker()
    until(job, lambda job: not job.is_active)
    assert (job.state, job.crashes, written()) == (State.DONE, 0, list(range(ROWS)))
