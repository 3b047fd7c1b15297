"""Any text gives a query; what is not understood is told with its place."""

from hypothesis import example, given
from hypothesis import strategies as st

from kith.search.predicates import full_text, predicate
from kith.search.query import Query, read_query
from kith.search.syntax import All, Either, Named, Not, Part, Pattern, Phrase, Similar, Word, within

NAMES = {"tag": "tags", "created": "created_at", "city": "city"}
READ: dict[str, tuple[Part, ...]] = {
    "": (),
    "smith PUNE": (Word("smith"), Word("pune")),
    "O'Neil": (Word("o'neil"),),
    "-": (),
    "smith - --": (Word("smith"),),
    "a -b": (Word("a"), Not(Word("b"), 2, 4)),
    "sm?th": (Pattern("sm?th"),),
    "o*": (Pattern("o*"),),
    "*": (),
    "smith **": (Word("smith"),),
    "*ith*": (Word("ith"),),
    '"anna li"': (Phrase("anna li"),),
    '"anna li': (Phrase("anna li"),),
    "smith~": (Similar("smith"),),
    '"anna smith"~': (Similar("anna"), Similar("smith")),
    "tag:vip x": (Named("tags", "", ("vip",), 0, 7), Word("x")),
    "created:>-30d": (Named("created_at", ">", ("-30d",), 0, 13),),
    'tag:"a,b",c': (Named("tags", "", ('"a,b"', "c"), 0, 11),),
    "tag: vip": (Named("tags", "", ("vip",), 0, 8),),
    "(a OR b) c": (Either((Word("a"), Word("b"))), Word("c")),
    "Horus (India) Ltd": (Word("horus"), Word("india"), Word("ltd")),
    "Tech(I)": (Word("tech(i)"),),
    "(020) 2686 2513": (Word("2026862513"),),
    "http://x.com/a": (Word("http://x.com/a"),),
    "10:30": (Word("10:30"),),
    "C000123": (Either((Word("c000123"), Word("c-000123"))),),
}
PLACES = {
    "???": (0, 3),
    "a ~": (2, 3),
    "a)": (1, 2),
    "x (a": (2, 3),
    "a OR": (2, 4),
    "x created:>": (2, 11),
    "city:": (0, 5),
    "city:=": (0, 6),
    "city:(a OR b)": (5, 6),
    "cit:pune": (0, 8),
    "foo:bar": (0, 7),
}


def test_what_is_typed_is_read_so() -> None:
    for text, parts in READ.items():
        query = read_query(text, NAMES)
        assert query.tree == All(parts), text
        assert not query.complaints, text


def test_what_is_wrong_is_told_with_its_place() -> None:
    for text, (start, end) in PLACES.items():
        complaint = read_query(text, NAMES).complaints[0]
        assert complaint.start == start, text
        assert complaint.end <= max(end, start + 1), text
    assert "did you mean city" in read_query("cit:pune", NAMES).complaints[0].message
    assert "did you mean" not in read_query("t:pune", NAMES).complaints[0].message


UNFINISHED = {
    "c (a OR": "c a",
    "c (a OR b": "c (a OR b)",
    "c (a OR (": "c a",
    "c -(a OR b": "c -(a OR b)",
    "(a OR b) OR": "(a OR b)",
    "(a OR b) (": "(a OR b)",
    "(a OR (b c": "(a OR (b c))",
    "(Tech(I) OR b": "(Tech(I) OR b)",
    '(a OR "b (c': '(a OR "b (c")',
    '(a OR city:"b c': '(a OR city:"b c")',
}


def test_what_is_still_being_typed_is_read_as_if_it_were_finished() -> None:
    for text, whole in UNFINISHED.items():
        query = read_query(text, NAMES)
        assert query.tree == read_query(whole, NAMES).tree, text
        assert len(query.complaints) == 1, text
    opened = Named("city", "", ('"b, c"',), 0, 10)
    assert read_query('city:"b, c', NAMES).tree == All((opened,))
    assert read_query("(", NAMES).complaints
    for long in (f"tag:{'a' * 500} x", f'tag:{"a" * 400},"b c', "(" * 900, f"({'OR ' * 300}"):
        assert read_query(long, NAMES).typed == long, "no matter how long, at once"


def test_a_chip_takes_its_own_text_away() -> None:
    query = read_query("smith tag:vip -city:pune x", NAMES)
    first, second = query.conditions
    assert query.without(first) == "smith -city:pune x"
    assert query.without(second) == "smith tag:vip x"


SIGNS = st.text(alphabet=st.sampled_from(list("ab 1()\"'*?~-:OR><=.,\\%_;\x00é٣")), max_size=40)


@given(SIGNS | st.text(max_size=60))
@example("0\x1f")
@example(")OR a")
@example("(OR")
@example("a (OR) -")
@example("created:>")
def test_any_text_gives_a_query_whose_values_are_parameters(text: str) -> None:
    query: Query = read_query(text, NAMES)
    sql, params = predicate(query.wording, "body")
    assert all(each.values for each in within(query.tree) if isinstance(each, Named))
    # Of what was typed nothing stands in the statement itself.
    assert set(sql) <= set("() ANDORTinstrbodyLIKEXPGEB%s,>0=1~"), sql
    assert sql.count("%s") == len(params)
    index, _exact = full_text(query.wording)
    assert index.count('"') % 2 == 0
