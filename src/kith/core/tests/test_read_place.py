"""Countries and states by all their usual names."""

import pytest
from django.utils import translation

from kith.core import countries
from kith.core.kinds import Context, Country, Invalid, State
from kith.core.tests.books import india


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("India", "IN"), ("INDIA", "IN"), ("in", "IN"), ("IND", "IN"), ("भारत", "IN"),
        ("UK", "GB"), ("England", "GB"), ("USA", "US"), ("U.S.A.", "US"), ("America", "US"),
        ("Viet Nam", "VN"), ("Vietnam", "VN"), ("Việt Nam", "VN"), ("Türkiye", "TR"),
        ("Turkey", "TR"), ("Norge", "NO"), ("Deutschland", "DE"), ("Österreich", "AT"),
        ("The Netherlands", "NL"), ("Holland", "NL"), ("Ελλάδα", "GR"), ("日本", "JP"),
        ("Россия", "RU"), ("ישראל", "IL"), ("مصر", "EG"), ("Cote d'Ivoire", "CI"),
        ("South Korea", "KR"), ("Czech Republic", "CZ"), ("UAE", "AE"),
        ("Russian Federation", "RU"),
    ],
)  # fmt: skip
def test_countries_by_usual_names(text: str, iso: str) -> None:
    assert Country().clean(text, india()) == iso


@pytest.mark.parametrize("text", ["Atlantis", "Indya Land", "xx", "1", "??"])
def test_what_is_no_country_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        Country().clean(text, india())
    assert refused.value.code == "unknown-country"


def test_the_near_spelling_is_offered() -> None:
    with pytest.raises(Invalid) as refused:
        Country().clean("Indya Land", india())
    assert "did you mean India?" in str(refused.value.message)


def test_names_in_the_readers_and_the_home_language() -> None:
    assert Country().clean("Indien", Context(default_country="DE")) == "IN"
    with translation.override("nb"):
        assert Country().clean("Storbritannia", Context()) == "GB"


@pytest.mark.parametrize("language", ["en", "de", "hi", "ja", "ar"])
def test_every_country_is_found_by_the_name_it_is_shown_with(language: str) -> None:
    with translation.override(language):
        for iso, _name in countries.countries():
            shown = Country().show(iso, Context())
            assert Country().clean(shown, Context()) == iso
            assert Country().clean(Country().export(iso, Context()), Context()) == iso


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("IN", "GUJARAT", "IN-GJ"), ("IN", "Gujarāt", "IN-GJ"), ("IN", "GJ", "IN-GJ"),
        ("IN", "Orissa", "IN-OD"), ("IN", "Odisha", "IN-OD"), ("IN", "Uttaranchal", "IN-UK"),
        ("IN", "Pondicherry", "IN-PY"), ("IN", "Telangana", "IN-TS"), ("IN", "TG", "IN-TS"),
        ("IN", "IN-TG", "IN-TS"), ("IN", "IN-OR", "IN-OD"), ("IN", "LADAKH", "IN-LA"),
        ("IN", "Jammu & Kashmir", "IN-JK"), ("NO", "TROMS", "NO-55"), ("NO", "Oslo", "NO-03"),
        ("NO", "MORE OG ROMSDAL", "NO-15"), ("VN", "Da Nang", "VN-DN"),
        ("GB", "ENGLAND", "GB-ENG"), ("IN", "24", "IN-GJ"), ("IN", "7-Delhi", "IN-DL"),
        ("IN", "37", "IN-AP"), ("IN", "Daman", "IN-DH"), ("IN", "IN-CT", "IN-CG"),
        ("LV", "RĪGA", "LV-RIX"), ("US", "texas", "US-TX"), ("US", "TX", "US-TX"),
        ("DE", "Bavaria", "DE-BY"), ("DE", "Bayern", "DE-BY"), ("JP", "東京都", "JP-13"),
    ],
)  # fmt: skip
def test_states_by_usual_names_and_former_codes(country: str, text: str, code: str) -> None:
    assert State().clean(text, Context(country=country)) == code


def test_an_unknown_state_stays_with_a_caution() -> None:
    context = Context(country="IN")
    assert State().clean("Middle Earth", context) == "Middle Earth"
    assert [caution.code for caution in context.cautions] == ["unknown-state"]


def test_indian_states_are_shown_as_everybody_writes_them() -> None:
    assert countries.state_name("IN-GJ") == "Gujarat"
    assert countries.state_name("nowhere") == "nowhere"


def test_an_exported_state_is_found_again() -> None:
    for iso, _name in countries.countries():
        context = Context(country=iso)
        for code, _state in countries.states(iso):
            assert State().clean(State().export(code, context), context) == code
