"""The list of contacts over HTTP: filters, paging, what is said, and what stays hidden."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from kith.contacts.context import reading_context
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.contacts.services.built_in import built_in_ensure
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.reference.models import Option

NAME = re.compile(r'<a href="/contacts/\d+/" title="([^"]*)">')


def save(actor: Any, *contacts: dict[str, Any]) -> list[int]:
    with change_set(actor=actor, door="screen", context=reading_context("IN")) as changes:
        return list(changes.save_many(CONTACT, [Draft(values) for values in contacts]))


def names(response: Any) -> list[str]:
    assert response.status_code == 200
    return NAME.findall(response.content.decode())


def listed(client: Any, query: str = "", **headers: str) -> list[str]:
    return names(client.get(f"/contacts/{query}", headers=headers, follow=True))


@pytest.fixture
def people(manager: Any) -> None:
    save(
        manager,
        {"name": "Anjali Smithson", "company": "Horus Tech", "tags": "key, vip", "city": "Pune",
         "designation": "Export manager", "contact_type": "Customer", "mobile": "93270 58088",
         "manager": manager.pk, "temperature": "Hot", "priority": 4, "email": "anjali@horus.in"},
        {"name": "Bhatnagar & Sons", "kind": "company", "contact_type": "Vendor", "tags": "vip",
         "office_phone": "020 2686 2513", "annual_revenue": "100000"},
        {"name": "Chloé Smyth", "mobile": "+47 99245110"},
    )  # fmt: skip


def test_a_row_shows_who_it_is_and_how_to_reach_them(
    people: None, manager: Any, signed_in: Any
) -> None:
    client = signed_in(manager)
    page = client.get("/contacts/").content.decode()
    row = page[page.index("<tbody>") :].split("</tr>")[0]
    for part in (
        "Anjali Smithson", "Export manager, Horus Tech", 'href="tel:+919327058088"',
        "093270 58088", 'href="mailto:anjali@horus.in"', "Pune", "4 stars", "Hot",
        ">key<", ">vip<", manager.name,
    ):  # fmt: skip
        assert part in row, part
    assert "Today" in row or "Yesterday" in row, "Midnight may have come in between."
    assert "+47 99 24 51 10" in page
    assert "1–4 of 4" in page
    code = Contact.objects.get(name="Chloé Smyth").code
    assert listed(client, f"?q={code.replace('-', '')}") == ["Chloé Smyth"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=company", ["Bhatnagar & Sons", "Horus Tech"]),
        ("?type=Customer", ["Anjali Smithson"]),
        ("?type=Customer&type=Vendor", ["Anjali Smithson", "Bhatnagar & Sons"]),
        ("?manager=me", ["Anjali Smithson"]),
        ("?manager=none&kind=person", ["Chloé Smyth"]),
        ("?tag=vip", ["Anjali Smithson", "Bhatnagar & Sons"]),
        ("?tag=vip&kind=company", ["Bhatnagar & Sons"]),
        ("?created=today&kind=person", ["Anjali Smithson", "Chloé Smyth"]),
        ("?created=yesterday", []),
        ("?created=2020-01-01..2020-12-31", []),
        ("?created=2020-01-01..&kind=company", ["Bhatnagar & Sons", "Horus Tech"]),
        ("?sort=-name&kind=person", ["Chloé Smyth", "Anjali Smithson"]),
        ("?q=smith", ["Anjali Smithson"]),
        ("?q=sm", ["Anjali Smithson", "Chloé Smyth"]),
        ("?q=CHLOE", ["Chloé Smyth"]),
        ("?q=y", ["Anjali Smithson", "Chloé Smyth"]),  # She is tagged key.
        ("?q=vip", ["Anjali Smithson", "Bhatnagar & Sons"]),
        ("?q=horus", ["Horus Tech", "Anjali Smithson"]),
        ("?q=annual-revenue:1,000..1,50,000", ["Bhatnagar & Sons"]),
        ("?q=annual-revenue:>=1,00,001", []),
        ("?q=priority:1,4", ["Anjali Smithson"]),
        ("?q=58088", ["Anjali Smithson"]),
        ("?q=%2B91+93270-58088", ["Anjali Smithson"]),
        ("?q=anjali+%2B91+9327058088", ["Anjali Smithson"]),
        ("?q=c-0&kind=company", ["Bhatnagar & Sons", "Horus Tech"]),
        ("?q=ith&tag=vip&kind=person&type=Customer&sort=-created", ["Anjali Smithson"]),
    ],
)  # fmt: skip
def test_filters_and_search_combine(
    people: None, manager: Any, signed_in: Any, query: str, found: list[str]
) -> None:
    assert [n.replace("&amp;", "&") for n in listed(signed_in(manager), query)] == found


def test_chips_and_text_are_one_query(people: None, manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)
    vip = Option.objects.get(list_name="tag", name="vip").pk
    asked = client.get(f"/contacts/?q=a&kind=person&tag={vip}&sort=-name")
    assert parse_qs(urlsplit(asked["Location"]).query) == {
        "q": ["a kind:person tag:vip"],
        "sort": ["-name"],
    }
    page = client.get(asked["Location"]).content.decode()
    chips = dict(re.findall(r'k-chip"><span>\w+ <b>([^<]*)</b></span><a href="([^"]*)"', page))
    assert list(chips) == ["Person", "vip"]
    left = parse_qs(urlsplit(chips["vip"].replace("&amp;", "&")).query)
    assert left == {"q": ["a kind:person"], "sort": ["-name"]}
    assert "Clear all" in page
    assert 'value="a kind:person tag:vip"' in page
    # What could not be read empties the list, so that its chip is there to be taken away.
    unread = client.get("/contacts/?q=kind:person+stars:abc+created:2026-13-45").content.decode()
    chips = re.findall(r'k-chip"><span>\w+ <b>([^<]*)</b>', unread)
    assert chips == ["Person", "abc", "2026-13-45"]


def test_the_menu_of_filters(people: None, manager: Any, signed_in: Any) -> None:
    """It replaces what was chosen before, keeps the rest, and counts where that is cheap."""
    client = signed_in(manager)
    menu = client.get(
        "/contacts/filters/?q=tag:key+a&sort=-name",
        headers={"HX-Request": "true", "HX-Target": "filters"},
    ).content.decode()
    assert "<html" not in menu
    tags = menu[menu.index('<summary class="dropdown-item">Tags') :].split("</details>")[0]
    assert 'name="q" value="a"' in tags
    assert 'name="sort" value="-name"' in tags
    assert re.search(r'name="tag" value="key" checked>.*?k-count">1<', tags)
    assert re.search(r'name="tag" value="vip">.*?k-count">2<', tags)
    assert "<html" in client.get("/contacts/filters/").content.decode()
    period = client.get("/contacts/?q=a&created.from=2026-01-01&created.to=")
    assert parse_qs(urlsplit(period["Location"]).query)["q"] == ["a created:2026-01-01.."]


def test_all_pages_forwards_and_backwards_hold_each_contact_once(
    manager: Any, signed_in: Any
) -> None:
    made = [{"name": f"Same {number % 3}"} for number in range(120)]
    ids = {str(pk) for pk in save(manager, *made)}
    client = signed_in(manager)
    for query in ("?", "?sort=-name", "?sort=created", "?sort=-updated", "?q=same", "?q=am"):
        there = _walk(client, query, "next")
        assert [len(page) for page in there] == [50, 50, 20]
        assert sorted(pk for page in there for pk in page) == sorted(ids)
        back = _walk(client, _url_of_last(client, query), "prev")
        assert back[::-1] == there


def _pages(client: Any, url: str, rel: str) -> Any:
    while url:
        page = client.get(f"/contacts/{url}").content.decode()
        yield url, re.findall(r'name="id" value="(\d+)"', page)
        link = re.search(rf'rel="{rel}" href="/contacts/([^"]*)"', page)
        url = link[1].replace("&amp;", "&") if link else ""


def _walk(client: Any, query: str, rel: str) -> list[list[str]]:
    return [ids for _url, ids in _pages(client, query, rel)]


def _url_of_last(client: Any, query: str) -> str:
    return [url for url, _ids in _pages(client, query, "next")][-1]


@pytest.mark.parametrize(
    "query",
    [
        "after=x", "after=%00", "before=W10", "after=" + "A" * 5000, "sort=sideways", "kind=cat",
        "type=999999999999999999999999", "type=%00", "manager=-1", "manager=nobody",
        "tag=%F0%9F%98%80", "created=2026-02-31", "created=..", "created=9999-99-99..",
        "created=0000-01-01..", "q=%00",
        "q=%22", "q=*", "q=%25_%5C", "q='%3B--", "q=" + "x%20" * 400, "q=%F0%9F%98%80", "q=%D8%B9",
        "sort=relevance", "page=7", "after=WyJuYW1lIiwwLCJhIiwxLDAsLTFd&q=a",
        "q=created:%3E", "q=a&after=WyJyZWxldmFuY2UiLDksImEiLDEsMCwtMV0",
        "sort=created&after=WyJjcmVhdGVkIiwwLCJub3QgYSB0aW1lIiwxLDAsLTFd",
        "sort=created&after=WyJjcmVhdGVkIiwwLCIwMDAxLTAxLTAxVDAwOjAwOjAwKzAwOjAwIiwxLDAsLTFd",
    ],
)  # fmt: skip
def test_no_address_breaks_the_list(people: None, manager: Any, signed_in: Any, query: str) -> None:
    client = signed_in(manager)
    for headers in ({}, {"HX-Request": "true", "HX-Target": "list"}):
        page = client.get(f"/contacts/?{query}", headers=headers, follow=True)
        assert page.status_code == 200


def test_what_could_not_be_read_is_named(people: None, manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)
    page = client.get("/contacts/?kind=cat&created=soon", follow=True).content.decode()
    assert "“soon” is no time." in page
    assert "created:<mark>" not in page
    assert "<mark>created:soon</mark>" in page
    page = client.get("/contacts/?nonsense=1", follow=True).content.decode()
    assert "left out: nonsense" in page
    page = client.get("/contacts/?q=(anjali").content.decode()
    assert "Anjali" in page
    assert "<code><mark>(</mark>anjali</code>" in page


def test_htmx_gets_the_list_alone(people: None, manager: Any, signed_in: Any) -> None:
    client = signed_in(manager)
    part = client.get("/contacts/?q=smi", headers={"HX-Request": "true", "HX-Target": "list"})
    text = part.content.decode()
    assert "<html" not in text
    assert text.strip().startswith("<section")
    assert 'id="list-said" hx-swap-oob="innerHTML">1–1 of 1<' in text
    assert "HX-Request" in part["Vary"]
    back = {"HX-Request": "true", "HX-Target": "list", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/contacts/", headers=back).content.decode()


def test_an_empty_list_says_what_to_do(manager: Any, readonly: Any, signed_in: Any) -> None:
    built_in_ensure()
    page = signed_in(manager).get("/contacts/").content.decode()
    assert "No contacts yet" in page
    assert listed(signed_in(manager), "?q=facebook") == ["Contacts"]
    assert listed(signed_in(manager), "?q=kind:company") == []
    assert "/imports/new/" in page
    page = signed_in(readonly).get("/contacts/").content.decode()
    assert "No contacts yet" in page
    assert "/imports/new/" not in page
    save(manager, {"name": "Anjali Smithson"})
    page = signed_in(manager).get("/contacts/").content.decode()
    assert "No contacts yet" not in page
    assert "1–2" in page
    assert listed(signed_in(manager), "?q=kind:company") == ["Contacts"]


def test_no_result_names_the_word_that_nobody_has(
    people: None, manager: Any, signed_in: Any
) -> None:
    client = signed_in(manager)
    page = client.get("/contacts/?q=anjali+zzz").content.decode()
    assert "The part that found nothing is “zzz”" in page
    assert "?q=anjali" in page
    page = client.get("/contacts/?q=zzz+kind:company").content.decode()
    assert "The part that found nothing is “zzz”" in page
    page = client.get("/contacts/?q=anjali+smyth").content.decode()
    assert "no contact has them all" in page
    for words, said in (
        ("zzzz~", "Nothing is spelt about like this."),
        ("zzzz~ yyyy~", "spelt about like all of these"),
        ("zzzz~ kind:company", "Nothing is spelt about like this."),
        ("zzzz OR qqqq", "No contact fits this search."),
        ("zz*q anjali", "No contact fits this search."),
    ):
        page = client.get("/contacts/", {"q": words}).content.decode()
        assert (said in page, "Each of these" in page) == (True, False), words
    page = client.get("/contacts/?q=anjali+or+zzz").content.decode()
    assert ">Search for “anjali OR zzz”</a>" in page
    page = client.get("/contacts/?q=anjali+kind:company").content.decode()
    assert "Search without the filters: 1" in page


def test_what_is_wrong_with_a_field_is_told_by_the_word_that_was_typed(
    people: None, manager: Any, signed_in: Any
) -> None:
    page = signed_in(manager).get("/contacts/?q=type:>customer").content.decode()
    assert "write type:value" in page
    page = signed_in(manager).get("/contacts/?q=name:>m").content.decode()
    assert "“Name” has no more and less" in page


def test_signs_without_a_letter_narrow_nothing_down(
    people: None, manager: Any, signed_in: Any
) -> None:
    client = signed_in(manager)
    everybody = listed(client)
    for signs in ("*", "~", "???"):
        assert listed(client, f"?q={signs}") == everybody
        page = client.get("/contacts/", {"q": signs}).content.decode()
        assert ("This says too little" in page) == (signs != "*")
        assert "Nobody is called" not in client.get("/palette/", {"q": signs}).content.decode()
    nothing = client.get("/contacts/", {"q": "!!"}).content.decode()
    assert ("Nothing found" in nothing, "Add “!!”" in nothing) == (True, False)


def test_best_matches_come_first(manager: Any, signed_in: Any) -> None:
    for name in ("Zx Keith", "Tokeithra", "Keith Zanzibar", "Keith", "Mr Akeith", "Abc Keithson"):
        save(manager, {"name": name, "kind": "company"})
    save(manager, {"name": "Aaron", "company": "Keith & Kin"})
    assert listed(signed_in(manager), "?q=keith") == [
        "Keith", "Keith &amp; Kin", "Keith Zanzibar", "Abc Keithson", "Zx Keith",
        "Aaron", "Mr Akeith", "Tokeithra",
    ]  # fmt: skip


def test_what_is_not_yours_to_see_shows_nowhere(
    manager: Any, agent: Any, administrator: Any, signed_in: Any
) -> None:
    hidden, trashed = save(
        agent,
        {"name": "Secret Person", "accessibility": "me", "tags": "hush", "mobile": "93270 58088"},
        {"name": "Secret Trash", "accessibility": "me"},
    )
    Contact.objects.filter(pk=trashed).update(trashed_at=timezone.now())
    save(agent, {"name": "Open Person", "company": "Open Firm"})
    pages = ("/contacts/", "/contacts/?q=secret", "/contacts/?q=58088", "/contacts/?tag=hush",
             "/contacts/?sort=-created", "/contacts/trash/", "/palette/?q=secret",
             "/palette/?q=per")  # fmt: skip
    for user in (manager, administrator):
        client = signed_in(user)
        for page in pages:
            assert "Secret" not in client.get(page, follow=True).content.decode().replace(
                "“secret”", ""
            )
        assert "1–2 of 2" in client.get("/contacts/").content.decode()
        assert client.get(f"/contacts/{hidden}/", headers={"HX-Target": "peek"}).status_code == 404
    own = signed_in(agent)
    assert "1–3 of 3" in own.get("/contacts/").content.decode()
    assert "Secret Trash" in own.get("/contacts/trash/").content.decode()
    assert "Secret Person" in own.get("/palette/?q=secret").content.decode()


def test_the_number_of_queries_does_not_grow(
    manager: Any, signed_in: Any, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(manager)
    # A limit of time is set and taken off, inside a savepoint.
    timed = 4 if connection.vendor == "postgresql" else 0
    for count in (3, 60):
        people = (
            {"name": f"Person {n}", "company": f"Firm {n}", "tags": f"a{n},b", "city": "Pune"}
            | {"mobile": f"93270 5{n:04}"}
            for n in range(count)
        )
        save(manager, *people)
        client.get("/contacts/?q=kind:person")
        # Of less than a page nobody counts.
        with django_assert_num_queries(LIST_QUERIES + timed - (count < 50)):
            client.get("/contacts/?q=kind:person")
        # There the first that are found are looked up by a question of their own.
        with django_assert_max_num_queries(LIST_QUERIES + 11 + timed):
            client.get("/contacts/?q=person+type:Customer")


# Session, user, fields, views, jobs, count, who is on the page, their rows; then the companies and
# what stands below each.
LIST_QUERIES = 11


def test_who_may_not_see_gets_nothing(client: Any) -> None:
    for url in ("/contacts/", "/contacts/trash/", "/palette/?q=a"):
        assert client.get(url).status_code == 302


def test_the_palette_answers_with_people_and_how_to_reach_them(
    people: None, manager: Any, signed_in: Any
) -> None:
    found = signed_in(manager).get("/palette/?q=anj").content.decode()
    assert "Anjali Smithson" in found
    assert "Export manager, Horus Tech" in found
    assert "093270 58088" in found
    assert "Opened last" not in signed_in(manager).get("/palette/").content.decode()


def test_the_palette_begins_with_the_cards_that_one_opened_last(
    people: None, manager: Any, agent: Any, signed_in: Any
) -> None:
    client, ids = signed_in(manager), list(Contact.objects.order_by("pk")[:3])
    for each in (*ids, ids[0]):
        client.get(f"/contacts/{each.pk}/")
    client.get(f"/contacts/{ids[1].pk}/", headers={"HX-Request": "true", "HX-Target": "peek"})
    found = client.get("/palette/").content.decode()
    places = [found.index(f'"/contacts/{each.pk}/"') for each in (ids[0], ids[2], ids[1])]
    assert found.index("Opened last") < places[0] < places[1] < places[2]
    cookie = client.cookies["recent"].value
    Contact.objects.filter(pk=ids[0].pk).update(trashed_at=timezone.now())
    assert f'"/contacts/{ids[0].pk}/"' not in client.get("/palette/").content.decode()
    for junk in (f"{agent.pk}:9.x.²..{'9' * 30}", ":", cookie):  # The last is somebody else's.
        other = signed_in(agent)
        other.cookies["recent"] = junk
        assert "Opened last" not in other.get("/palette/").content.decode()


def test_the_palette_goes_to_lists_and_to_settings_that_one_may_open(
    agent: Any, administrator: Any, signed_in: Any
) -> None:
    by_agent, by_admin = (
        [signed_in(who).get(f"/palette/?q={q}").content.decode() for q in ("peop", "divis")]
        for who in (agent, administrator)
    )
    assert "kind%3Aperson" in by_agent[0]
    assert "/settings/divisions/" in by_admin[1]
    assert "/settings/divisions/" not in by_agent[1]
    assert "Nobody is called" in by_agent[1]
