"""Messages in English: the words of every room, and those of a policy pack. Doors translate what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from safeconduct.access import TEXTS as ACCESS
from safeconduct.assess.texts import TEXTS as ASSESS
from safeconduct.classify import TEXTS as CLASSIFY
from safeconduct.classify.since_texts import SINCE_TEXTS
from safeconduct.core import canonical
from safeconduct.core.message import Message, Param
from safeconduct.decide import TEXTS as DECIDE
from safeconduct.intake import TEXTS as INTAKE
from safeconduct.policy import Pack
from safeconduct.screen import TEXTS as SCREEN
from safeconduct.screen.held import TEXTS as HELD
from safeconduct.sources.texts import TEXTS as SOURCES

TEXTS: Mapping[str, str] = {
    **ACCESS, **DECIDE, **ASSESS, **CLASSIFY, **SINCE_TEXTS, **INTAKE, **SCREEN, **HELD, **SOURCES,
}  # fmt: skip


def words(message: Message, pack: Pack | None = None, lang: str = "en") -> str:
    """``message`` in words; a key without words shows as itself, with what it was to say."""
    if message.key == "policy.text" and pack is not None:
        try:
            return pack.text(str(message.params.get("id", "")), lang)
        except KeyError:
            return str(message.params.get("id", ""))
    params = {key: _shown(value) for key, value in message.params.items()}
    template = TEXTS.get(message.key)
    if template is not None:
        return template.format_map(_Said(params))
    said = ", ".join(f"{key} {value}" for key, value in sorted(params.items()))
    name = message.key.rpartition(".")[2].replace("_", " ")
    return f"{name} ({said})" if said else name


def said_of(kept: str) -> str:
    """A message that a row holds as canonical JSON, in words."""
    return words(canonical.decode(kept.encode(), Message))


def words_of(pack: Pack, lang: str = "en") -> Callable[[Message], str]:
    """``words`` with the texts of one pack."""
    return lambda message: words(message, pack, lang)


class _Said(dict[str, str]):
    """Parameters of a message; what an older release did not record shows as an ellipsis."""

    def __missing__(self, key: str) -> str:
        return "…"


def _shown(value: Param) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
