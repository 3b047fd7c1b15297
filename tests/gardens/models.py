from django.db import models

from kith.search.models import Document


class Plant(models.Model):
    """Has all that a record can have: own columns, a row beside it, lists below it."""

    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=160)
    height = models.IntegerField(null=True)
    sown_on = models.DateField(null=True)
    secret = models.TextField(blank=True)
    secret_digest = models.CharField(max_length=40, blank=True)
    trashed_at = models.DateTimeField(null=True)
    custom = models.JSONField(null=True)
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField()


class Bed(models.Model):
    plant = models.ForeignKey(Plant, on_delete=models.CASCADE, related_name="+")
    is_main = models.BooleanField(default=False)
    soil = models.CharField(max_length=80, blank=True)


class Nickname(models.Model):
    plant = models.ForeignKey(Plant, on_delete=models.CASCADE, related_name="+")
    position = models.SmallIntegerField()
    name = models.CharField(max_length=80)


class Care(models.Model):
    """A row that few plants have."""

    plant = models.OneToOneField(
        Plant, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    water = models.IntegerField(null=True)
    advice = models.CharField(max_length=80, blank=True)


class Plate(models.Model):
    """What is written on a plant, one of each kind."""

    plant = models.ForeignKey(Plant, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=80)
    key = models.CharField(max_length=80)


class PlantKey(models.Model):
    plant = models.ForeignKey(Plant, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    sole = models.CharField(max_length=250, null=True, unique=True)


class PlantDocument(Document):
    pass
