"""The catalogue of publishers: what is shipped is unchecked and whole; what a State writes is understood or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.sources.addresses import LONGEST, address, is_host, is_loopback
from safeconduct.sources.catalogue import CATALOGUE
from safeconduct.sources.publishers import UNCHECKED, publishers

MINE = """
[source.mine]
reader = "un-sc"
addresses.list = "https://lists.example/un.xml"
"""


def test_every_shipped_address_says_that_nobody_could_check_it() -> None:
    found = publishers()
    assert {one.key for one in found.sources} >= {"ofac-sdn", "ofac-cons", "un-sc", "eu-fsf", "uk-sl", "us-csl"}
    for one in found.sources:
        assert one.checked == UNCHECKED
        assert one.note
        assert one.publisher
        assert one.licence
        assert all(text.startswith("https://") for text in one.addresses.values())


def test_nothing_is_fetched_from_a_fresh_installation() -> None:
    found = publishers()
    assert not found.fetching.on
    assert not found.fetching.loopback
    assert not any(one.on for one in found.sources)


def test_every_shipped_source_gives_one_address_for_each_part_of_its_reader() -> None:
    readers = {reader.key: reader for reader in CATALOGUE}
    for one in publishers().sources:
        assert tuple(one.addresses) == readers[one.reader].parts


def test_a_state_switches_a_shipped_source_on_and_leaves_the_rest_as_it_is() -> None:
    shipped, mine = publishers().named("un-sc"), publishers("[source.un-sc]\non = true\n").named("un-sc")
    assert mine.on
    assert (mine.addresses, mine.note, mine.redirects) == (shipped.addresses, shipped.note, shipped.redirects)


def test_an_address_a_state_changes_is_unchecked_again_and_leads_nowhere_else() -> None:
    text = '[source.un-sc]\naddresses.list = "https://mirror.example/un.xml"\n'
    mine = publishers(text).named("un-sc")
    assert (mine.checked, mine.note, mine.redirects) == (UNCHECKED, "", ())
    assert mine.origins == {"https://mirror.example:443"}
    checked = publishers(text + 'checked = "2026-11-20"\nnote = "seen by Ada"\n').named("un-sc")
    assert (checked.checked, checked.note) == ("2026-11-20", "seen by Ada")


def test_a_state_adds_a_source_of_its_own() -> None:
    mine = publishers(MINE).named("mine")
    assert (mine.reader, mine.publisher) == ("un-sc", "United Nations Security Council")


def test_the_order_of_sources_does_not_depend_on_the_file() -> None:
    other = MINE.replace("mine", "aaa")
    assert publishers(MINE + other) == publishers(other + MINE)


def source(line: str) -> str:
    return MINE + line + "\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[source.mine", "no TOML"),
        ("[" * 5000, "no TOML"),
        ("x = 1", "unknown: x"),
        ("source = 1", "source is no table"),
        ("[source]\nmine = 1", "mine is no table"),
        ("[fetching]\non = 1", "`bool`"),
        ("[fetching]\nseconds = 0", ">= 1"),
        ("[fetching]\nsurprise = true", "surprise"),
        ('[fetching]\nproxy = "https://proxy.example:3128"', "HTTP proxy"),
        ('[fetching]\nproxy = "socks5://proxy.example"', "no address"),
        ('[fetching]\nproxy = "http://user:word@proxy.example"', "no address"),
        ('[fetching]\nproxy_credential = "user:word"', "names no environment variable"),
        ('[source.Mine]\nreader = "un-sc"', "no key"),
        (MINE.replace("un-sc", "nowhere"), "no reader 'nowhere'"),
        (MINE.replace("un-sc", "ofac-sdn"), "read from sdn, alt, add; here stands list"),
        (MINE.replace("addresses.list", "addresses.other"), "read from list; here stands other"),
        ('[source.mine]\nreader = "un-sc"', "here stands none"),
        (MINE.replace("https:", "http:"), "only https"),
        (MINE.replace("https:", "file:"), "no address"),
        (MINE.replace("lists.example", "user@lists.example"), "no address"),
        (MINE.replace("lists.example", "lists.example:0"), "no port 0"),
        (MINE.replace("lists.example", "lists.example:99999"), "no port 99999"),
        (MINE.replace("un.xml", "un.xml#here"), "no address"),
        (MINE.replace("un.xml", "u n.xml"), "no address"),
        (MINE.replace("un.xml", "{credential}"), "none is named"),
        (MINE.replace("lists.example", "{credential}.example") + 'credential = "TOKEN"', "before the ?"),
        (MINE.replace("un.xml", "{credential}/un.xml") + 'credential = "TOKEN"', "before the ?"),
        (source('credential = "s3cret-value"'), "names no environment variable"),
        (source('redirects = ["https://other.example"]'), "is no host"),
        (source('redirects = "other.example"'), "array"),
        (source('checked = "yesterday"'), "checked is 'yesterday'"),
        (source("every_hours = 0"), ">= 1"),
        (source("every_hours = 1.5"), "int"),
        (source("most_mb = 100000"), "<= 512"),
        (source("key = 'x'"), "head of the table"),
        (source("surprise = true"), "surprise"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(text: str, what: str) -> None:
    with pytest.raises(Refusal, match=None) as caught:
        publishers(text, "ours.toml")
    assert what in caught.value.what
    assert "ours.toml" in caught.value.where
    assert caught.value.remedy
    assert "word" not in str(caught.value)


def test_plain_http_is_for_this_machine_and_only_if_a_state_says_so() -> None:
    text = MINE.replace("https://lists.example", "http://127.0.0.1:8001")
    with pytest.raises(Refusal, match="only https"):
        publishers(text)
    assert publishers("[fetching]\nloopback = true\n" + text).named("mine").origins == {"http://127.0.0.1:8001"}
    with pytest.raises(Refusal, match="only https"):
        publishers("[fetching]\nloopback = true\n" + MINE.replace("https:", "http:"))


@pytest.mark.parametrize(
    ("text", "origin", "shown"),
    [
        ("https://Lists.Example/un.xml?t=1", "https://lists.example:443", "https://lists.example/un.xml"),
        ("https://lists.example", "https://lists.example:443", "https://lists.example/"),
        ("https://lists.example:8443/", "https://lists.example:8443", "https://lists.example:8443/"),
        ("http://[::1]:80/x", "http://[::1]:80", "http://[::1]:80/x"),
    ],
)
def test_an_address_is_taken_apart(text: str, origin: str, shown: str) -> None:
    assert (address(text).origin, address(text).shown) == (origin, shown)


@given(st.text(max_size=300) | st.from_regex(r"https?://[^ ]{0,80}", fullmatch=True))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        found = address(text)
    except Refusal:
        return
    assert "@" not in found.host
    assert "?" not in found.shown
    assert found.target.startswith("/")
    assert is_host(found.host) or ":" in found.host


def test_bounds_of_names() -> None:
    assert not is_host("a" * 64 + ".example")
    assert not is_host(".".join(["abcdefgh"] * 40))
    assert not is_host("-a.example")
    with pytest.raises(Refusal, match="no address"):
        address("https://lists.example/" + "x" * LONGEST)
    assert is_loopback("localhost")
    assert is_loopback("::1")
    assert not is_loopback("lists.example")


@given(st.text(max_size=400))
def test_any_text_is_a_catalogue_or_refused(text: str) -> None:
    try:
        found = publishers(text)
    except Refusal:
        return
    assert found.named("un-sc").reader == "un-sc"
