"""After an import: the mail with its result, the list, and files that are kept for their time."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kith.contacts.models import Contact
from kith.core import clock
from kith.jobs.services import cancel
from kith.transfer.models import Import, Stage
from kith.transfer.workspace import folder_of, source_of

from .test_import_pages import ROWS, check, page, post, upload, work, workbook

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_import_is_paused_mailed_listed_and_pruned(
    agent: Any, manager: Any, signed_in: Any, settings: Any, mailoutbox: list[Any]
) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS))
    check(client, importing, mail="on", mail_to=[manager.pk], tags="Fair, VIP")
    assert importing.options["added"] == {"tags": [{"new": "Fair"}, {"new": "VIP"}]}
    post(client, importing, "run")
    importing.refresh_from_db()
    cancel(importing.job)
    assert "is paused" in page(client, importing)
    importing.refresh_from_db()
    assert (importing.state, importing.can_undo) == (Stage.PAUSED, False)
    post(client, importing, "run")
    work(importing)
    assert (importing.state, importing.counts["created"]) == (Stage.DONE, 1)
    (mail,) = mailoutbox
    assert sorted(mail.to) == sorted([agent.email, manager.email])
    assert "Created: 1" in mail.body
    assert "Valid: 1" in mail.body, "all six numbers"
    name, content, _kind = mail.attachments[0]
    assert name.endswith("-result.xlsx")
    assert load_workbook(BytesIO(content)).sheetnames == ["Imported", "Not imported"]
    listed = client.get(reverse("transfer:list")).content.decode()
    assert reverse("transfer:undo", args=[importing.pk]) in listed

    settings.IMPORT_DAYS = 1
    long_ago = clock.now() - timedelta(days=2)
    Import.objects.update(finished_at=long_ago)
    never_run = upload(client, workbook(ROWS))
    Import.objects.filter(pk=never_run.pk).update(created_at=long_ago)
    other = upload(client, workbook(ROWS))
    importing.refresh_from_db()
    assert importing.files_gone_at is not None
    assert not Import.objects.filter(pk=never_run.pk).exists()
    assert not folder_of(never_run).exists() or not any(folder_of(never_run).iterdir())
    assert importing.digest == other.digest or not source_of(importing).exists()
    assert list(folder_of(importing).iterdir()) == []
    assert "Result workbook" not in page(client, importing)
    result = client.get(reverse("transfer:result", args=[importing.pk]))
    assert result.status_code == 400
    post(client, importing, "undo", sure="yes")
    work(importing)
    assert importing.state == Stage.UNDONE
    assert not Contact.objects.exists()
    post(client, other, "discard")
