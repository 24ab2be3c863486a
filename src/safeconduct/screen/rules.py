"""From parts to an answer: an ordered list of written rules, and a score that only ranks.

The first rule that holds answers. Its sentence is the docstring and, in the reader's words,
``screen.reason.<rule>``; why it is so is in ``docs/screening.md``. Adding a contradiction can
only make an answer farther from *likely the same*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from safeconduct.core.party import Party
from safeconduct.screen import faint
from safeconduct.screen.model import Answer, Mode, Part
from safeconduct.screen.names import Compared
from safeconduct.screen.weighing import NAME_POINTS
from safeconduct.sources.model import Listed

RULES_EDITION = "6"

# The score from which on two parties resemble one another: what pairs are judged by (``docs/screening.md``). An alert
# asks more of the name, for it is sought among thousands.
RESEMBLES = 480

# What each finding adds to the name's own 0–600 points. Silences add nothing.
WEIGHTS: dict[tuple[str, str], int] = {
    ("identifier", "same"): 480,
    ("identifier", "differs"): -60,
    ("identifier", "contradict"): -300,
    ("birth_date", "same_day"): 180,
    ("birth_date", "agree"): 100,
    ("birth_date", "near"): 10,
    ("birth_date", "other_day"): 10,
    ("birth_date", "contradict"): -300,
    ("birth_place", "agree"): 70,
    ("birth_place", "differs"): -20,
    ("territory", "agree"): 60,
    ("territory", "agree_address"): 30,
    ("territory", "differs"): -30,
    ("territory", "contradict"): -80,
    ("sex", "agree"): 10,
    ("sex", "contradict"): -80,
    ("kind", "same"): 10,
    ("kind", "contradict"): -300,
    ("alias_quality", "weak_alias"): -60,
    ("alias_quality", "former"): -10,
    ("legal_form", "same"): 10,
    ("legal_form", "different"): -20,
}

_BEST: dict[str, int] = {}
for (_part, _), _weight in WEIGHTS.items():
    _BEST[_part] = max(_weight, _BEST.get(_part, 0))
_MOST = NAME_POINTS + sum(_BEST.values())
_DENSE = 700  # from here on a score is what is left up to 1000, shared out among all further agreement

# How much the answering words of an incomplete name must tell before anybody is troubled with it (see names.rarity_of).
# Two names of a person that the whole world bears (at most 7 each) never do; one rare name and another may.
PARTIAL_WEIGHT = {"person": 15, "organization": 12}
PARTIAL_WITH_RARE = {"person": 12, "organization": 12}
# An organisation's one rare word suffices where only words of trade or place are left out: a branch, or carelessness.
BRANCH = 9
PARTIAL_SHARE = {"person": 50, "organization": 60}


class Evidence(msgspec.Struct, frozen=True):
    """What the rules look at: how near the name is, whether alias or likeness is weak, what the facts say."""

    mode: Mode
    level: str
    weak_alias: bool
    loose: bool
    found: dict[str, str]

    def says(self, part: str, *findings: str) -> bool:
        """Whether a part was found to be one of these."""
        return self.found.get(part, "") in findings

    @property
    def against(self) -> int:
        """How many facts speak against, without settling it."""
        return sum(
            (
                self.says("territory", "contradict", "differs"),
                self.says("sex", "contradict"),
                self.says("birth_place", "differs"),
                self.says("identifier", "differs"),
            )
        )

    @property
    def firm_against(self) -> int:
        """Those of them that a list states plainly: another address or place name alone is not one."""
        return sum(
            (self.says("territory", "contradict"), self.says("sex", "contradict"), self.says("identifier", "differs"))
        )

    @property
    def agrees(self) -> bool:
        """Whether any fact that few people share agrees."""
        return (
            self.says("birth_date", "same_day", "agree")
            or self.says("birth_place", "agree")
            or self.says("identifier", "same")
        )

    @property
    def for_it(self) -> bool:
        """Whether one agrees, or the birth date may do so but for a slip."""
        return self.agrees or self.says("birth_date", "near", "other_day")


def identifier_and_name_agree(e: Evidence) -> bool:
    """An identifier is shared, the name resembles, and no more than one fact speaks against it."""
    return e.says("identifier", "same") and e.level != "apart" and e.against < 2 and not _settled(e)


def identifier_agrees_and_something_differs(e: Evidence) -> bool:
    """An identifier is shared although name or facts differ: a slip, or somebody else's number."""
    return e.says("identifier", "same")


def kind_contradicts(e: Evidence) -> bool:
    """One is a person and the other is not."""
    return e.says("kind", "contradict")


def birth_date_contradicts(e: Evidence) -> bool:
    """The birth dates cannot be the same day, nor one slip of the pen apart."""
    return e.says("birth_date", "contradict")


def unique_number_contradicts(e: Evidence) -> bool:
    """Both have a number that is issued once and for ever, and the numbers differ."""
    return e.says("identifier", "contradict")


def several_facts_contradict(e: Evidence) -> bool:
    """Two facts speak against, one of them firmly, and no telling fact agrees.

    A birth date that is a slip apart agrees with nothing; another day in the same month is one fact against.
    """
    return e.against + e.says("birth_date", "other_day") >= 2 and e.firm_against >= 1 and not e.agrees


def part_of_the_name_and_a_fact_contradicts(e: Evidence) -> bool:
    """Only part of the name answers, or a weak alias or short name, and a fact contradicts while none agrees.

    A short name, or an organisation's incomplete one, is so little that another address suffices.
    """
    thin = e.level == "partial" or e.weak_alias or e.loose
    little = e.loose or e.mode == "organization"
    return thin and not e.for_it and (e.firm_against >= 1 or (little and e.against >= 1))


def name_and_birth_date_agree(e: Evidence) -> bool:
    """The whole name answers and the day of birth is the same."""
    return e.level in ("same", "near") and e.says("birth_date", "same_day") and not e.against


def name_birth_year_and_territory_agree(e: Evidence) -> bool:
    """The whole name answers, the birth date agrees as far as it is known, and the nationality too."""
    return (
        e.level in ("same", "near") and e.says("birth_date", "agree") and e.says("territory", "agree") and not e.against
    )


def part_of_the_name_birth_date_and_territory_agree(e: Evidence) -> bool:
    """Names were left out, but the day of birth and the nationality are the same."""
    return e.level == "partial" and e.says("birth_date", "same_day") and e.says("territory", "agree") and not e.against


def name_birth_place_and_territory_agree(e: Evidence) -> bool:
    """The same name, born in the same place, of the same nationality."""
    return (
        e.level == "same"
        and e.says("birth_place", "agree")
        and e.says("territory", "agree")
        and not e.against
        and not e.says("birth_date", "near", "other_day")
    )


def organisation_name_and_territory_agree(e: Evidence) -> bool:
    """An organisation of the same name in the same territory."""
    return (
        e.mode == "organization"
        and e.level == "same"
        and not e.weak_alias
        and e.says("territory", "agree")
        and not e.against
    )


def name_resembles(e: Evidence) -> bool:  # noqa: ARG001  # every rule takes the evidence
    """The name resembles, and nothing known settles it."""
    return True


Rule = Callable[[Evidence], bool]
RULES: tuple[tuple[Rule, Answer], ...] = (
    (identifier_and_name_agree, "likely_same"),
    (identifier_agrees_and_something_differs, "cannot_tell"),
    (kind_contradicts, "different"),
    (birth_date_contradicts, "different"),
    (unique_number_contradicts, "different"),
    (several_facts_contradict, "different"),
    (part_of_the_name_and_a_fact_contradicts, "different"),
    (name_and_birth_date_agree, "likely_same"),
    (name_birth_year_and_territory_agree, "likely_same"),
    (part_of_the_name_birth_date_and_territory_agree, "likely_same"),
    (name_birth_place_and_territory_agree, "likely_same"),
    (organisation_name_and_territory_agree, "likely_same"),
    (name_resembles, "cannot_tell"),
)


def _settled(e: Evidence) -> bool:
    return kind_contradicts(e) or birth_date_contradicts(e)


def answer(evidence: Evidence) -> tuple[str, Answer]:
    """The first rule that holds, by name, and its answer."""
    return next((rule.__name__, said) for rule, said in RULES if rule(evidence))


def name_alerts(mode: Mode, compared: Compared) -> bool:
    """Whether the name alone would trouble a person: a whole name always, part of one if it tells enough."""
    if mode == "organization" and faint.only_a_sound(compared):
        return False
    if compared.level in ("same", "near"):
        return True
    if compared.level in ("alike", "apart"):
        return False
    least = (PARTIAL_WITH_RARE if compared.rarest >= faint.RARE else PARTIAL_WEIGHT)[mode]
    if mode == "organization" and all(word.role for word in (*compared.only_query, *compared.only_listed)):
        least = BRANCH
    if faint.thinly_read(compared):
        return False
    enough = compared.weight >= least and compared.share >= PARTIAL_SHARE[mode]
    return enough and (compared.answering > 1 or mode == "organization")


def level(mode: Mode, compared: Compared, found: dict[str, str]) -> str:
    """How near the names count as, given what the facts say.

    A name in which a word only looks alike, or that is part of one and tells little, counts where a fact that hardly
    two people share agrees and none speaks against; else it is another name.
    """
    if name_alerts(mode, compared):
        return compared.level
    facts = Evidence(mode, "", False, False, found)
    shared = facts.says("birth_date", "same_day") or facts.says("identifier", "same")
    return compared.level if may_matter(compared) and shared and not facts.against else "apart"


def may_matter(compared: Compared) -> bool:
    """Whether a name that alone troubles nobody would, beside a shared day of birth or number."""
    return compared.level == "alike" or (compared.level == "partial" and compared.answering > 1)


def score(points: int, parts: Sequence[Part]) -> int:
    """0–1000: the name's points and the weight of every finding; for ranking only.

    1000 is reached where everything there is to compare agrees, and nowhere else: the more agrees, the less each
    further agreement adds.
    """
    found = points + sum(WEIGHTS.get((part.part, part.finding), 0) for part in parts)
    return max(0, found if found <= _DENSE else _DENSE + (found - _DENSE) * (1000 - _DENSE) // (_MOST - _DENSE))


def asks(party: Party, listed: Listed) -> tuple[str, ...]:
    """Parts whose answer would settle it (``birth_date``, ``territory`` …), at most three: those that the list can
    answer to first."""
    person = listed.kind == "person" or (listed.kind == "unknown" and party.kind in ("person", "unknown"))
    stated = {
        "birth_date": (party.born, listed.born),
        "territory": (party.territory, any(link.key for link in listed.territories)),
        "birth_place": (party.birth_place, listed.birth_places),
        "identifier": (party.identifiers, listed.identifiers),
    }
    wanted = tuple(stated) if person else ("territory", "identifier")
    open_parts = [part for part in wanted if not stated[part][0]]
    answerable = [part for part in open_parts if stated[part][1]]
    return tuple(answerable + [part for part in open_parts if part not in answerable])[:3] or ("identifier",)
