"""What is done at once, and what is left to a job."""

AT_ONCE = 500
"""Records that a request changes while somebody waits: well under a second of work."""


def wants_job(count: int) -> bool:
    return count > AT_ONCE
