"""Official numbers: one table, and nothing of the database."""

import pytest

from kith.core.identifiers import read_identifier
from kith.core.identifiers.gstin import category_of, pan_of, state_of
from kith.core.kinds import Identifier, Invalid
from kith.core.tests.books import india

GOOD = [
    ("gst", "27AAPFU0939F1ZV", "", "27AAPFU0939F1ZV"),
    ("gst", " 29 aaach7409r1zx ", "", "29AAACH7409R1ZX"),
    ("gst", "9917IRL29003OSG", "", "9917IRL29003OSG"),
    ("gst", "27PNEA06819B1DE", "", "27PNEA06819B1DE"),
    ("gst", "38AAACH7409R1ZY", "", "38AAACH7409R1ZY"),
    ("gst", "97AAACH7409R1ZU", "", "97AAACH7409R1ZU"),
    ("gst", "29AAACH7409R1C8", "", "29AAACH7409R1C8"),
    ("gst", "29AAACH7409R1D6", "", "29AAACH7409R1D6"),
    ("gst", "AA0707160000012", "", "AA0707160000012"),
    ("pan", "aapfu 0939 f", "", "AAPFU0939F"),
    ("aadhaar", "2341 2341 2346", "", "234123412346"),
    ("tan", "PNEA06819B", "", "PNEA06819B"),
    ("cin", "U72200GJ2009PTC057442", "", "U72200GJ2009PTC057442"),
    ("llpin", "aab1234", "", "AAB-1234"),
    ("transporter", "27AAPFU0939F1ZV", "", "27AAPFU0939F1ZV"),
    ("transporter", "88AAPFU0939F1ZX", "", "88AAPFU0939F1ZX"),
    ("transporter", "24AAPFU0939F000", "", "24AAPFU0939F000"),
    ("ifsc", "hdfc0000001", "", "HDFC0000001"),
    ("iban", "DE89 3704 0044 0532 0130 00", "", "DE89370400440532013000"),
    ("bic", "deutdeff", "", "DEUTDEFF"),
    ("vat", "DE 136 695 976", "", "DE136695976"),
    ("vat", "136695976", "DE", "DE136695976"),
    ("vat", "980 7806 84", "GB", "GB980780684"),
    ("vat", "EL 094259216", "", "EL094259216"),
    ("vat", "094259216", "GR", "EL094259216"),
    ("vat", "NO 974 760 673 MVA", "", "NO974760673MVA"),
    ("vat", "0100233488", "VN", "0100233488"),
    ("register", "974 760 673", "NO", "974760673"),
    ("register", "0100233488", "VN", "0100233488"),
]
BAD = [
    ("gst", "27AAPFU0939F1ZA", "", "wrong-check-digit"),
    ("gst", "27AAPFU0939F1Z", "", "wrong-length"),
    ("gst", "GSTIN12345ABCD", "", "wrong-length"),
    ("gst", "45AAPFU0939F1ZV", "", "unknown-state-code"),
    ("gst", "27A1PFU0939F1ZV", "", "wrong-format"),
    ("pan", "APN12345509", "", "wrong-length"),
    ("pan", "AAPXU0939F", "", "unknown-holder"),
    ("aadhaar", "234123412347", "", "wrong-check-digit"),
    ("aadhaar", "222222222222", "", "wrong-format"),
    ("aadhaar", "1234 5678 9012", "", "wrong-format"),
    ("vid", "1234567890123456", "", "wrong-check-digit"),
    ("tan", "TAN12345A", "", "wrong-length"),
    ("cin", "X72200GJ2009PTC057442", "", "wrong-format"),
    ("cin", "U72200XX2009PTC057442", "", "unknown-state-code"),
    ("cin", "U72200GJ1849PTC057442", "", "impossible-year"),
    ("cin", "U72200GJ2099PTC057442", "", "impossible-year"),
    ("cin", "U72200GJ2009PTX057442", "", "unknown-company-kind"),
    ("gst", "AA0713160000012", "", "wrong-format"),
    ("iban", "DE88370400440532013000", "", "wrong-check-digit"),
    ("iban", "DE8937040044053201300", "", "wrong-length"),
    ("iban", "XX89370400440532013000", "", "unknown-country-code"),
    ("account", "abc", "", "wrong-format"),
    ("account", "1" * 35, "", "wrong-format"),
    ("bic", "DEUTXXFF", "", "unknown-country-code"),
    ("vat", "DE136695975", "", "wrong-check-digit"),
    ("vat", "NO974760670MVA", "", "wrong-check-digit"),
    ("register", "974760674", "NO", "wrong-check-digit"),
    ("register", "12", "NO", "wrong-length"),
]


def test_good_numbers_in_their_normal_form() -> None:
    found = {(s, text): read_identifier(s, text, country) for s, text, country, _ in GOOD}
    said = {key: (read.value, read.verified) for key, read in found.items()}
    assert said == {(s, text): (normal, True) for s, text, _, normal in GOOD}


def test_bad_numbers_keep_their_text_and_say_what_is_wrong() -> None:
    for scheme, text, country, code in BAD:
        read = read_identifier(scheme, text, country)
        assert read.flaw and (text, read.flaw.code, read.value) == (text, code, text)
        assert str(read.flaw.message)


def test_numbers_of_which_nothing_is_known_are_text() -> None:
    for scheme, country in (("text", ""), ("vat", "IN"), ("vat", ""), ("register", "US")):
        assert read_identifier(scheme, "VAT123456789", country).verified is None


def test_what_a_gstin_says() -> None:
    assert (pan_of("27AAPFU0939F1ZV"), state_of("27AAPFU0939F1ZV")) == ("AAPFU0939F", "Maharashtra")
    assert (pan_of("27PNEA06819B1DE"), state_of("97AAACH7409R1ZU")) == ("", "")
    named = {
        "27AAPFU0939F1ZV": "normal", "29AAACH7409R1C8": "collector",
        "27PNEA06819B1DE": "deductor", "9917IRL29003OSG": "online",
        "0717USA00015UNO": "un-body", "0717USA00015NRO": "non-resident",
        "27PNEA06819B1Z5": "government",
    }  # fmt: skip
    assert {value: category_of(value) for value in named} == named


def test_the_kind_keeps_a_doubtful_number_and_warns() -> None:
    kind, context = Identifier("pan"), india()
    assert kind.clean("aapfu0939f", context) == {"value": "AAPFU0939F", "verified": True}
    assert not context.cautions
    doubtful = kind.clean("APN12345509", context)
    assert doubtful == {"value": "APN12345509", "verified": False}
    assert [each.code for each in context.cautions] == ["wrong-length"]
    assert kind.clean(doubtful, context) == doubtful
    assert kind.accept(doubtful)["verified"] is None
    assert kind.clean("  ", context) is None
    for bad in ("-", "x" * 61):
        with pytest.raises(Invalid):
            kind.clean(bad, context)
