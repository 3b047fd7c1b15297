"""What only sites have: a position on the map, a time zone, a single phone; and postal order."""

import pytest

from kith.core import postal, time_zones
from kith.core.kinds import Context, Invalid, OnePhone, Position, TimeZone


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("23.0225, 72.5714", "23.0225,72.5714"),
        ("geo:23.0225,72.5714?z=3", "23.0225,72.5714"),
        ("https://www.google.com/maps/place/X/@23.0225,72.5714,17z", "23.0225,72.5714"),
        ("https://maps.google.com/?q=23.0225,72.5714", "23.0225,72.5714"),
        ("https://www.openstreetmap.org/#map=13/23.0225/72.5714", "23.0225,72.5714"),
        ("23°01'21\"N 72°34'17\"E", "23.0225,72.571389"),
        ("33.8688 S, 151.2093 E", "-33.8688,151.2093"),
        ("somewhere", "position-unreadable"),
        ("91, 2", "position-nowhere"),
    ],
)
def test_a_position_is_read_as_people_have_it(text: str, value: str) -> None:
    assert _position(text) == value


def _position(text: str) -> str | None:
    try:
        return Position().clean(text, Context())
    except Invalid as error:
        return error.code


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Asia/Kolkata", "Asia/Kolkata"), ("Asia/Calcutta", "Asia/Kolkata"),
        ("IST", "Asia/Kolkata"),
        ("new york", "America/New_York"), ("US/Eastern", "America/New_York"), ("utc", "UTC"),
    ],
)  # fmt: skip
def test_a_time_zone_is_found_by_any_name(text: str, zone: str) -> None:
    assert TimeZone().clean(text, Context()) == zone
    assert TimeZone().clean(TimeZone().export(zone, Context()), Context()) == zone


def test_a_country_with_one_zone_needs_none_to_be_written() -> None:
    assert time_zones.zone_of_country("IN") == "Asia/Kolkata"
    assert time_zones.zone_of_country("US") == ""
    assert time_zones.local_time("Nowhere/Land") is None


def test_one_phone_is_one_phone() -> None:
    india = Context(default_country="IN")
    assert OnePhone().clean("93270 58088", india) == "+919327058088"
    with pytest.raises(Invalid) as refused:
        OnePhone().clean("079 2686 2513 / 079 2686 2514", india)
    assert refused.value.code == "phone-several"


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        ({"country": "IN", "address1": "5, Bungalows", "area": "Satellite", "city": "Ahmedabad",
          "district": "Ahmedabad", "postal_code": "380015", "state": "IN-GJ"},
         ["5, Bungalows", "Satellite", "Ahmedabad 380015", "Gujarat"]),
        ({"country": "US", "address1": "1 Main St", "city": "Austin", "state": "US-TX",
          "postal_code": "78701"}, ["1 Main St", "Austin, TX 78701", "United States"]),
        ({"country": "NO", "address1": "Storgata 1", "city": "Oslo", "postal_code": "0155"},
         ["Storgata 1", "0155 Oslo", "Norway"]),
        ({"city": "Pune"}, ["Pune"]),
        ({}, []),
    ],
)  # fmt: skip
def test_an_address_stands_in_its_countrys_order(values: dict[str, str], lines: list[str]) -> None:
    assert postal.address_lines(values, home="IN") == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("JP-13|渋谷区||神宮前1-2-3|150-0001",
         "〒150-0001|東京都渋谷区|神宮前1-2-3|Firm|Person|Japan"),
        ("JP-13|Shibuya||1-2-3 Jingumae|150-0001",
         "Person|Firm|1-2-3 Jingumae|Shibuya, Tokyo|150-0001|Japan"),
        ("KR-11|강남구|역삼동|테헤란로 152|06236",
         "서울 강남구 역삼동|테헤란로 152|Firm|Person|06236|South Korea"),
        ("CN-BJ|北京市|朝阳区|建国门外大街1号|100004",
         "100004|北京市朝阳区|建国门外大街1号|Firm|Person|China"),
        ("TW-TPE|信義區||信義路五段7號|110", "110|台北市信義區|信義路五段7號|Firm|Person|Taiwan"),
        ("AE-DU|دبي||شارع الشيخ زايد|", "Person|Firm|شارع الشيخ زايد|دبي|United Arab Emirates"),
        ("VN-SG|Quận 1||12 Lê Lợi|70000", "Person|Firm|12 Lê Lợi|Quận 1|Hồ Chí Minh 70000|Vietnam"),
    ],
)  # fmt: skip
def test_an_address_in_local_letters_stands_as_the_country_writes_it(text: str, lines: str) -> None:
    names = ("state", "city", "area", "address1", "postal_code")
    values = dict(zip(names, text.split("|"), strict=True), country=text[:2])
    found = postal.address_lines(values, home="IN", names=("Person", "Firm"))
    assert "|".join(found) == lines
