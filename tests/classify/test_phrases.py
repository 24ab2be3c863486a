"""How phrases of datasheets are written, and how they are found."""

import time

import pytest

from safeconduct.classify.facts_from_text import proposals_of
from safeconduct.classify.phrase_notation import Classes
from safeconduct.classify.phrase_search import Searcher
from safeconduct.classify.phrases import compiled, read_table
from safeconduct.core.errors import Refusal
from safeconduct.core.item import Datasheet
from safeconduct.policy import Place

CLASSES = {
    "take": ["intercept*", "record*"],
    "calls": ["call", "calls", "@messages"],
    "messages": ["e-mail*", "text message*"],
}
LISTS = ["denies", "denies_near", "never_denies", "needless", "denies_after", "perhaps", "against", "deeds"]
TABLE = 'language = "en"\ncommon = []\n' + "".join(f"{name} = []\n" for name in LISTS) + "openings = {}\n"


def found(phrase: str, text: str) -> str:
    """The words of ``text`` in which ``phrase`` is found first."""
    words = text.split()
    phrases = Classes(CLASSES, Place("words")).phrases(phrase, Place("phrase"))
    matches = Searcher((True, each) for each in phrases).search(words).get(True, [])
    return " ".join(words[matches[0][0][0] : matches[0][-1][1]]) if matches else ""


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("@take @calls", "it intercepts calls", "intercepts calls"),
        ("@take @calls", "recording e mails of all", "recording e mails"),
        ("@take @calls", "it records emails", "records emails"),
        ("@take @calls", "it intercepts all calls", ""),
        ("@take ~2 @calls", "it intercepts all the calls", "intercepts all the calls"),
        ("@take ~2 @calls", "it intercepts all the many calls", ""),
        ("@take ~2 @calls", "calls are recorded", ""),
        ("@take &2 @calls", "calls are recorded", "calls are recorded"),
        ("@take &2 @calls", "it intercepts text messages", "intercepts text messages"),
        ("@calls & @take & quietly", "quietly it intercepts all calls", "quietly it intercepts all calls"),
        ("@calls|speech @take", "speech recording", "speech recording"),
        ("call @take", "calls recorded", ""),
        ("rec*", "the recorder", "recorder"),
        ("rec*", "the prerecorded", ""),
    ],
)
def test_a_phrase_of_classes_is_found_in_its_orders_and_gaps(phrase: str, text: str, words: str) -> None:
    assert found(phrase, text) == words


@pytest.mark.parametrize(
    ("written", "line", "says"),
    [
        ('[words]\ncalls = ["call"]\n[facts.a]\nyes = ["x",\n"@cals y"]', 16, "did you mean 'calls'?"),
        ('[words]\ncalls = ["call",\n"@cals"]\n[facts.a]\nyes = ["x"]', 14, "did you mean 'calls'?"),
        (
            '[words]\na = ["x",\n"a|b|c|d|e|f|g|h|i|j"]\nb = ["' + " ".join(["@a"] * 4) + '"]\n[facts.a]\nyes = ["x"]',
            15,
            "stands for 14,641 choices",
        ),
        ('[words]\na = ["@b"]\nb = ["@a"]\n[facts.a]\nyes = ["x"]', 14, "holds itself"),
        ('[facts.a]\nyes = ["x &"]', 13, "lacks a word"),
    ],
)
def test_a_class_that_is_not_known_is_refused_with_its_line_and_the_nearest(written: str, line: int, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        compiled([read_table((TABLE + written).encode(), "xx.toml")])
    said = f"{refused.value} {refused.value.remedy}"
    assert f"line {line}" in said
    assert says in said


def test_a_heading_and_a_line_under_it_make_one_phrase_on_the_line() -> None:
    lines = ("IMSI catcher", "Interception of:", "- voice calls", "- short messages")
    content = [each for each in proposals_of(Datasheet("s", lines)) if each.fact == "item.air_interface_content"]
    assert [(each.line, each.words) for each in content] == [(3, "voice"), (4, "short messages")]


def test_four_times_the_text_takes_far_less_than_sixteen_times_the_time() -> None:
    text = ("It intercepts voice calls and text messages of every phone in the cell and keeps them. " * 4,)

    def seconds(lines: int) -> float:
        sheet = Datasheet("s", text * lines)
        started = time.process_time()
        proposals_of(sheet)
        return time.process_time() - started

    seconds(10)
    assert min(seconds(400) for _ in range(3)) < 8 * min(seconds(100) for _ in range(3))
