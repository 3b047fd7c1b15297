"""What the palette does beside finding and going."""

from typing import Any


def test_the_palette_does_what_one_may(
    agent: Any, administrator: Any, readonly: Any, signed_in: Any
) -> None:
    def offered(who: Any, words: str) -> str:
        return signed_in(who).get("/palette/", {"acts": "1", "q": words}).content.decode()

    assert "/contacts/export/" in offered(administrator, "exp")
    assert "/contacts/export/" not in offered(agent, "exp")
    assert "/imports/new/" in offered(administrator, "upload")
    assert "/imports/new/" not in offered(readonly, "upload")
    assert 'data-appearance="theme" value="dark"' in offered(readonly, "dark")
    assert 'data-open="keys"' in offered(agent, "keyb")
    assert "Nobody is called" not in offered(agent, "dark")
    for words in ("", "d", "ark", "dark zebra"):
        assert "data-appearance" not in offered(agent, words)
    box = signed_in(agent).get("/palette/", {"q": "dark"}).content.decode()
    assert "data-appearance" not in box, "The search box finds people."
