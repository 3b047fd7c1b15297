from kith.core import kinds
from kith.core.errors import Problem
from kith.core.fields import Below, Beside, BesideTable, Field, KeyTable, Own, Within
from kith.core.kinds.stored import Moment
from kith.core.record_types import RecordType, Values
from kith.core.text import fold

from .models import Plant, PlantDocument

BED = BesideTable("gardens.Bed", "plant_id", (("is_main", True),))
CARE = BesideTable("gardens.Care", "plant_id", optional=True)
KEYS = KeyTable("gardens.PlantKey", "plant_id")
NICKNAMES = Below("gardens.Nickname", "plant_id", ("name",))


def plate(kind: str) -> Below:
    folded = (("key", fold),)
    return Below(
        "gardens.Plate", "plant_id", ("text",), kind, ordered=False, single=True, also=folded
    )


def settle(before: Values, values: Values) -> tuple[Values, list[Problem]]:
    """A cactus stands in sand, whatever was said: a rule over two tables."""
    if values.get("name") == "Cactus":
        values = values | {"soil": "sand"}
    too_high = (before | values).get("height") == 1000
    return values, [Problem("height", "too-high", "Too high.")] if too_high else []


PLANT = RecordType(
    name="plant",
    label="Plant",
    label_plural="Plants",
    model=Plant,
    fields=(
        Field(
            "name",
            "Name",
            kinds.Name(80),
            storage=Own(also=(("folded", lambda name: fold(name or "")),)),
            search=5,
            required=True,
        ),
        Field("height", "Height", kinds.Integer(0, 1000)),
        Field("sown_on", "Sown", kinds.Date()),
        Field(
            "secret",
            "Secret",
            kinds.Sealed(kinds.Text(80)),
            storage=Own(also=(("secret_digest", kinds.digest_of),)),
            search=1,
        ),
        Field("soil", "Soil", kinds.Text(80), storage=Beside(BED)),
        Field("nicknames", "Nicknames", kinds.Texts(80), storage=NICKNAMES, search=1),
        Field("water", "Water", kinds.Integer(0, 9), storage=Beside(CARE)),
        Field("advice", "Advice", kinds.Text(80), storage=Beside(CARE)),
        Field("latin", "Latin name", kinds.Text(80), storage=plate("latin"), search=1),
        Field("price_tag", "Price tag", kinds.Text(80), storage=plate("price")),
        Field(
            "x_colour",
            "Colour",
            kinds.Text(80),
            storage=Within("custom", KEYS, lambda value: [fold(value)]),
            search=1,
        ),
        Field("x_sizes", "Sizes", kinds.Texts(80), storage=Within("custom")),
        Field("trashed_at", "In the trash since", Moment(), system=True),
    ),
    visible_to=lambda user: Plant.objects.filter(trashed_at=None),
    in_reach=lambda user: Plant.objects.all(),
    settle=settle,
    documents=PlantDocument,
    indexed=set,
    custom=Within("custom", KEYS),
)
