"""Who may see a contact is one column: the audience, instead of a word and an owner."""

import hashlib

import django.db.models.deletion
from django.db import migrations, models

AT_ONCE = 1000
EVERYONE = 1


def name_audiences(apps, schema_editor):
    """"Only me" becomes the audience of the one who said so; of nobody where that was Kith."""
    Contact = apps.get_model("contacts", "Contact")
    mine = Contact.objects.filter(accessibility="me")
    for owner in mine.order_by().values_list("owner", flat=True).distinct():
        audience = _audience(apps, owner)
        mine.filter(owner=owner).update(reach=audience)
    _settle(schema_editor)


def _audience(apps, owner):
    """Without our code: the key is made of the members."""
    Audience = apps.get_model("accounts", "Audience")
    Member = apps.get_model("accounts", "AudienceMember")
    members = f"user:{owner}" if owner else ""
    key = hashlib.sha256(members.encode()).hexdigest()
    audience, made = Audience.objects.get_or_create(key=key)
    if made and owner:
        Member.objects.create(audience=audience, user_id=owner)
    return audience.pk


def rewrite_history(apps, schema_editor):
    """What history holds is what undo puts back: ids there as well."""
    Change = apps.get_model("history", "Change")
    rows = Change.objects.filter(record_type="contact")
    audiences = {}
    last = 0
    while portion := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        told = [each for each in portion if _rewrite(apps, each, audiences)]
        Change.objects.bulk_update(told, ["values"], batch_size=AT_ONCE // 10)
        last = portion[-1].pk
    _settle(schema_editor)


def _rewrite(apps, change, audiences):
    values = change.values
    if "accessibility" not in values and "owner" not in values:
        return False
    owner = values.pop("owner", None)
    said = values.pop("accessibility", None)
    if change.action != "u":
        values["accessibility"] = _id(apps, said, owner, audiences)
    elif said:
        before, after = owner or (None, None)
        if None in (before, after):
            contact = apps.get_model("contacts", "Contact").objects
            now = contact.filter(pk=change.record_id).values_list("owner", flat=True).first()
            before, after = before or now, after or now
        values["accessibility"] = [
            _id(apps, said[0], before, audiences),
            _id(apps, said[1], after, audiences),
        ]
    return True


def _id(apps, word, owner, audiences):
    if word != "me":
        return EVERYONE
    User = apps.get_model("accounts", "User")
    if owner not in audiences:
        there = owner and User.objects.filter(pk=owner).exists()
        audiences[owner] = _audience(apps, owner if there else None)
    return audiences[owner]


LAST_IDS = {}


def remember_last_id(apps, schema_editor):
    """SQLite copies the table; the numbers of erased contacts would be given once more."""
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'contacts_contact'")
            LAST_IDS["contact"] = (cursor.fetchone() or (0,))[0]


def restore_last_id(apps, schema_editor):
    if LAST_IDS.get("contact"):
        last = LAST_IDS.pop("contact")
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'contacts_contact'")
            cursor.execute("INSERT INTO sqlite_sequence VALUES ('contacts_contact', %s)", [last])


def _settle(schema_editor):
    """PostgreSQL alters no table while it owes checks of what was just written."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_teams_and_audiences"),
        ("contacts", "0008_picture"),
        ("history", "0003_revealed"),
    ]

    operations = [
        migrations.RunPython(remember_last_id, migrations.RunPython.noop),
        migrations.RemoveIndex(
            model_name='contact',
            name='contacts_by_name',
        ),
        migrations.RemoveIndex(
            model_name='contact',
            name='contacts_by_created',
        ),
        migrations.RemoveIndex(
            model_name='contact',
            name='contacts_by_updated',
        ),
        migrations.RemoveIndex(
            model_name='contact',
            name='contacts_by_manager',
        ),
        migrations.RemoveIndex(
            model_name='contact',
            name='contacts_by_type',
        ),
        migrations.RemoveIndex(
            model_name='contact',
            name='contacts_by_kind',
        ),
        migrations.RemoveIndex(
            model_name='contact',
            name='contacts_by_reach',
        ),
        migrations.AddField(
            model_name='contact',
            name='is_prospect',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='contact',
            name='reach',
            field=models.ForeignKey(db_index=False, default=1, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.audience'),
        ),
        migrations.RunPython(name_audiences, migrations.RunPython.noop),
        migrations.RunPython(rewrite_history, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='contact',
            name='accessibility',
        ),
        migrations.RemoveField(
            model_name='contact',
            name='owner',
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', False), ('trashed_at', None)), fields=['sort_name', 'id', 'reach'], name='contacts_by_name'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', False), ('trashed_at', None)), fields=['created_at', 'id', 'reach'], name='contacts_by_created'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', False), ('trashed_at', None)), fields=['updated_at', 'id', 'reach'], name='contacts_by_updated'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', False), ('trashed_at', None)), fields=['manager', 'sort_name', 'id', 'reach'], name='contacts_by_manager'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', False), ('trashed_at', None)), fields=['contact_type', 'sort_name', 'id', 'reach'], name='contacts_by_type'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', False), ('trashed_at', None)), fields=['kind', 'sort_name', 'id', 'reach'], name='contacts_by_kind'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', False), ('trashed_at', None), ('reach__gt', 1)), fields=['reach', 'id'], name='contacts_restricted'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('is_prospect', True), ('trashed_at', None)), fields=['sort_name', 'id', 'reach'], name='contacts_prospects'),
        ),
        migrations.RunPython(restore_last_id, migrations.RunPython.noop),
    ]
