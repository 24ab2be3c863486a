"""A listed reading that is ruled out at once is one that a full comparison finds to be another name."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screen import analyse, names
from safeconduct.screen.beyond import beyond
from safeconduct.screen.model import Mode, Word

WORDS = [
    "zorab", "zoraf", "vishtu", "vish", "tu", "kelmendar", "kelmen", "dar", "jc", "vtl", "jean", "claude", "maria",
    "lopez", "perez", "tse", "tung", "zedong", "mao", "chin", "711", "factory", "trading", "group", "the", "khan", "o",
]  # fmt: skip
LATIN = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
SYLLABLES = [
    "wang", "xiao", "ming", "xiaoming", "kim", "jong", "un", "jongun", "sato", "hiroshi", "mao", "zedong", "tse", "li",
    "an", "xian", "lee", "o", "wong", "siu", "peter", "chan", "bo", "qun", "kaoru",
]  # fmt: skip
SPOKEN = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join)
HAN = [
    "王",
    "小明",
    "小",
    "明",
    "金",
    "正恩",
    "毛",
    "泽东",
    "佐藤",
    "浩",
    "李",
    "李宁",
    "西安",
    "김",
    "정은",
    "陈",
    "博",
]
CYRILLIC = ["Ким", "Чен", "Ын", "Ри", "Ён", "Хо", "Си", "Цзиньпин", "Ли", "Бо", "Ян", "У", "Мао", "Цзэдун"]
WRITTEN = st.sampled_from([HAN, CYRILLIC]).flatmap(
    lambda words: st.lists(st.sampled_from(words), min_size=1, max_size=3).map(" ".join)
)


def rarity(word: Word) -> int:
    return 0 if word.role in ("particle", "legal") else 5


def ruled_out(one: str, other: str, mode: Mode) -> int:
    """How many pairs of readings are ruled out; every one of them is apart when it is compared."""
    found = 0
    for mine, theirs in product(analyse.analyse(one, mode), analyse.analyse(other, mode)):
        if beyond(mine)(theirs):
            assert names.compare(mine, theirs, rarity).level == "apart", (mine, theirs)
            found += 1
    return found


@given(LATIN, LATIN, st.sampled_from(["person", "organization"]))
def test_whoever_is_ruled_out_would_have_been_apart(one: str, other: str, mode: Mode) -> None:
    ruled_out(one, other, mode)


@given(WRITTEN, SPOKEN)
def test_names_in_chinese_script_are_ruled_out_only_where_they_would_be_apart(written: str, spoken: str) -> None:
    ruled_out(written, spoken, "person")


def test_strangers_who_share_a_name_are_ruled_out_in_either_script() -> None:
    assert ruled_out("Maria Lopez", "Maria Kelmendar", "person")
    assert ruled_out("Vantrex Trading", "Drogheim Trading", "organization")
    assert ruled_out("王 小明", "Wang Hiroshi", "person")


def test_who_might_answer_is_never_ruled_out() -> None:
    for one, other in (
        ("Mao Tse Tung", "Mao Zedong"),
        ("Zorab Kel Mendar", "Zorab Kelmendar"),
        ("J C Vishtu", "Jean Claude Vishtu"),
        ("王小明", "Wang Xiao Ming"),
        ("金正恩", "Kim Jong Un"),
    ):
        assert not ruled_out(one, other, "person")
