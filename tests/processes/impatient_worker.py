"""A worker that looks soon for jobs whose worker died: seconds of patience would be of test."""

from datetime import timedelta

from kith.jobs import heartbeat, worker


def work() -> int:
    heartbeat.EVERY_SECONDS = 0.2
    worker.STALE_AFTER = timedelta(seconds=1)
    worker.SECONDS_BETWEEN_RECOVERIES = 0.2
    running = worker.Worker()
    running.configure_signals()
    return running.run()
