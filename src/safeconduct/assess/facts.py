"""Facts that only this room derives: from indicators, from screening, and from the scenarios themselves."""

from __future__ import annotations

from safeconduct.core.fact import FactType

_OUTCOMES = ("no_objection", "conditions", "need_information", "refer", "minded_to_refuse", "prohibited")
_ALERTS = ("none", "cannot_tell", "likely_same", "confirmed")


def _figure(key: str, means: str, unit: str, unknown: str = "no figure for this territory") -> FactType:
    return FactType(key=key, kind="decimal", may_state=("system",), unknown_means=unknown, means=means, unit=unit)


FACTS: tuple[FactType, ...] = (
    _figure("place.libdem", "liberal-democracy index, latest period allowed", "index 0 to 1"),
    _figure("place.libdem_trend5", "its change over five years", "change in 5 years", "too few years"),
    _figure(
        "place.rights_protection",
        "protection of physical integrity, latest period allowed",
        "latent score",
        "no figure",
    ),
    _figure("place.voice", "voice and accountability, latest period allowed", "estimate", "no figure"),
    FactType(
        key="screening.alert",
        kind="level",
        may_state=("system",),
        unknown_means="screening has not been done with current editions",
        means="strongest match of any party that nobody cleared; *confirmed* where a person found it the same",
        words=_ALERTS,
    ),
    FactType(
        key="screening.alert_on_user",
        kind="level",
        may_state=("system",),
        unknown_means="as above",
        means="the same for end-user, consignee, owner or signatory",
        words=_ALERTS,
    ),
    FactType(
        key="screening.owned_by_listed",
        kind="flag",
        may_state=("system",),
        unknown_means="too little is stated of the owners, or nobody compared them with the lists",
        means="listed parties together own half or more of a party, directly or through others they own by half",
    ),
    FactType(
        key="screening.controlled_by_listed",
        kind="flag",
        may_state=("system",),
        unknown_means="no chain of control is on record, which does not show that there is none",
        means="a listed party directs a party, or is its parent or majority owner, through whatever chain",
    ),
    FactType(
        key="case.scenario_named",
        kind="flag",
        may_state=("system",),
        unknown_means="the assessment cannot close",
        means="a misuse scenario fits, or an adviser recorded why none is plausible",
    ),
    FactType(
        key="assessment.outcome",
        kind="level",
        may_state=("system",),
        unknown_means="there is none yet, or it answers an enquiry",
        means="outcome of the newest assessment of the case",
        words=_OUTCOMES,
        subject="match",
    ),
)
