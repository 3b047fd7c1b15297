"""Web addresses and social profiles."""

import pytest

from kith.core.kinds import Channel, Invalid, Social, Url, values_of
from kith.core.tests.books import india


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("www.example.com", ["https://www.example.com"]),
        ("HTTP://Example.com/", ["http://example.com"]),
        ("example.com/Path?q=1#x", ["https://example.com/Path?q=1#x"]),
        ("example.com:8080", ["https://example.com:8080"]),
        ("https://example.com:443/a", ["https://example.com/a"]),
        ("bücher.de/ä", ["https://xn--bcher-kva.de/%C3%A4"]),
        ("//example.com", ["https://example.com"]),
        ("a.example.com, b.example.com", ["https://a.example.com", "https://b.example.com"]),
        ("http://127.0.0.1/x", ["http://127.0.0.1/x"]),
    ],
)
def test_web_addresses_are_read(raw: str, expected: list[str]) -> None:
    assert values_of(Url().clean(raw, india())) == expected


@pytest.mark.parametrize(
    "raw",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "ftp://example.com",
     "http://user:pw@example.com", "foo", "http://", "http://[", "http://example.com:99999",
     "https://exa mple", "mailto:a@b.co", "file:///etc/passwd"],
)  # fmt: skip
def test_dangerous_or_broken_addresses_are_refused(raw: str) -> None:
    with pytest.raises(Invalid):
        Url().clean(raw, india())


@pytest.mark.parametrize(
    ("network", "raw", "expected"),
    [
        ("twitter", "@Kith", "https://x.com/kith"),
        ("twitter", "https://twitter.com/Kith/status/1", "https://x.com/kith"),
        ("instagram", "instagram.com/kith.app/", "https://www.instagram.com/kith.app"),
        ("linkedin", "anjali-rao", "https://www.linkedin.com/in/anjali-rao"),
        ("linkedin", "https://in.linkedin.com/in/anjali-rao?x=1", "https://www.linkedin.com/in/anjali-rao"),
        ("linkedin", "linkedin.com/company/acme", "https://www.linkedin.com/company/acme"),
        ("facebook", "m.facebook.com/acme", "https://www.facebook.com/acme"),
        ("facebook", "https://www.facebook.com/profile.php?id=12&x=1", "https://www.facebook.com/profile.php?id=12"),
        ("youtube", "@acme", "https://www.youtube.com/@acme"),
        ("youtube", "https://youtube.com/channel/UCabc", "https://www.youtube.com/channel/UCabc"),
        ("whatsapp", "9327058088", "https://wa.me/919327058088"),
        ("whatsapp", "https://wa.me/919327058088", "https://wa.me/919327058088"),
        ("whatsapp", "https://api.whatsapp.com/send?phone=919327058088", "https://wa.me/919327058088"),
        ("skype", "skype:Support.Horus?chat", "support.horus"),
    ],
)  # fmt: skip
def test_handles_and_links_become_the_profile(network: str, raw: str, expected: str) -> None:
    assert values_of(Social(network).clean(raw, india())) == [expected]


@pytest.mark.parametrize(
    ("network", "raw"),
    [
        ("facebook", "https://evil.example/acme"),
        ("facebook", "https://facebook.com.evil.example/acme"),
        ("facebook", "https://facebook.com/"),
        ("linkedin", "javascript:alert(1)"),
        ("twitter", "two words!"),
        ("youtube", "https://youtu.be/dQw4w9WgXcQ"),
        ("youtube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("instagram", "https://www.instagram.com/p/Cabc123/"),
        ("whatsapp", "call me"),
        ("skype", "https://example.com/x"),
    ],
)
def test_other_sites_and_nonsense_are_refused(network: str, raw: str) -> None:
    with pytest.raises(Invalid):
        Social(network).clean(raw, india())


@pytest.mark.parametrize("kind", [Url(), Social("linkedin"), Social("facebook")])
@pytest.mark.parametrize(
    "path", ["a" * 600, "é" * 90, "?q=" + "é" * 90], ids=["long", "accents", "query"]
)
def test_a_link_is_never_longer_than_its_column(kind: Channel, path: str) -> None:
    """Its normal form is what is stored."""
    for text in (f"linkedin.com/in/{path}", f"facebook.com/{path}", f"example.com/{path}"):
        try:
            [entry] = kind.clean(text, india())
        except Invalid:
            continue
        assert len(entry["value"]) <= 500


def test_a_number_for_whatsapp_is_told_what_is_wrong_with_it() -> None:
    with pytest.raises(Invalid) as told:
        Social("whatsapp").clean("12", india())
    assert told.value.code == "phone-too-short"
