"""What a database knows of its tables, made right after a large change.

PostgreSQL does that by itself, but a minute or more later; until then it takes what is common for
rare, and looks for new documents in a list that it has not sorted in yet.
"""

from django.db import connection

from kith.core.record_types import registry

MANY = 10_000
"""After so many changed records it is worth while: it takes some seconds."""


def statistics_renew(changed: int = MANY) -> None:
    """`changed`: how many records were; after fewer than MANY nothing is done."""
    if changed < MANY or connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for record_type in registry:
            if record_type.documents is not None:
                index = f"{record_type.documents._meta.db_table}_trigrams"
                cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute("ANALYZE")
