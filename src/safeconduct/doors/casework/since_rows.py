"""What changed since a day, as a line's page shows it: how many of each answer first, like entries folded together."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.doors.page import words

Plain = dict[str, Any]
ORDER = ("yes", "cannot_tell", "no")


def since(entries: tuple[Plain, ...]) -> Plain:
    """``{summary, groups}``: entries of the same answer and the same comparison of texts stand together.

    What would be rated otherwise comes first and open, what stayed the same last.
    """
    groups: dict[tuple[str, str], list[Plain]] = {}
    for answer in ORDER:
        for one in entries:
            if one["differs"] == answer:
                groups.setdefault((answer, one["text"]), []).append(one)
    return {"summary": _summary(entries), "groups": [_group(*kind, found) for kind, found in groups.items()]}


def _summary(entries: tuple[Plain, ...]) -> str:
    if not entries:
        return _("No entry caught, freed or stood open on that day or does so today.")
    count = {answer: sum(one["differs"] == answer for one in entries) for answer in ORDER}
    told = ngettext("%(n)d entry compared:", "%(n)d entries compared:", len(entries)) % {"n": len(entries)}
    said = _("answered otherwise today %(yes)d, cannot be told %(cannot_tell)d, the same %(no)d.") % count
    return f"{told} {said}"


def _group(answer: str, text: str, entries: list[Plain]) -> Plain:
    changed = [one for one in entries if one["changes"] or answer == "yes"]
    return {
        "open": answer == "yes",
        "title": f"{_answers(answer, len(entries))}: {_texts(text)}",
        "standing": _standing([one for one in entries if one not in changed]),
        "entries": [_entry(one) for one in changed],
    }


def _answers(answer: str, n: int) -> str:
    told = {
        "yes": ngettext("%(n)d entry answered otherwise today", "%(n)d entries answered otherwise today", n),
        "no": ngettext("%(n)d entry answered the same today", "%(n)d entries answered the same today", n),
        "cannot_tell": ngettext(
            "%(n)d entry of which it cannot be told whether the answer is another today",
            "%(n)d entries of which it cannot be told whether the answer is another today",
            n,
        ),
    }
    return told[answer] % {"n": n}


def _texts(text: str) -> str:
    told = {
        "same": _("the text is the same on both days"),
        "changed": _("the text was changed"),
        "added": _("added to the list since"),
        "removed": _("removed from the list since"),
        "absent": _("in neither loaded edition"),
        "one_edition": _("only one edition is loaded"),
        "no_edition": _("no edition of that day is loaded"),
    }
    return told[text]


def _standing(entries: list[Plain]) -> list[Plain]:
    """Codes without a change of their own, by list and by how long the text has stood."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in entries:
        found.setdefault((one["list"], _stood(one)), []).append(one["code"])
    return [{"list": name, "stood": stood, "codes": codes} for (name, stood), codes in found.items()]


def _entry(one: Plain) -> Plain:
    said, more = one["said"], one["more"]
    left = ngettext("%(n)d more change is not shown", "%(n)d more changes are not shown", more) % {"n": more}
    return {
        "entry": f"{one['list']} {one['code']}",
        "stood": _stood(one),
        "said": said,
        "changes": one["changes"],
        "more": left if more else "",
    }


def _stood(one: Plain) -> str:
    stood = _("this text since %(day)s or earlier") if one["or_earlier"] else _("this text since %(day)s")
    return stood % {"day": words.day(one["text_since"])} if one["text_since"] else ""
