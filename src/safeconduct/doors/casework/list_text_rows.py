"""What a control list itself says of an entry, as pages show it: text, notes, meanings of terms, dates."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safeconduct.doors.page import words

Plain = dict[str, Any]


def told(said: Plain | None) -> Plain | None:
    """``{title, text, source, dates, above, notes, meanings, not_held, left_out}`` in words; None where nothing is
    loaded that says anything of the entry."""
    if not said or not (said["list_text"] or said["notes"] or said["definitions"]):
        return None
    return {
        "title": _title(said),
        "text": said["list_text"],
        "source": said["text_of"],
        "dates": dates(said["dates"]),
        "above": [one for one in said["above"] if one["text"]],
        "notes": [_note(one) for one in said["notes"] if one["kind"] != "definition"],
        "meanings": [{**one, "dates": dates(one["dates"])} for one in said["definitions"]],
        "not_held": said["terms_not_held"],
        "left_out": said["notes_left_out"],
    }


def _title(said: Plain) -> str:
    notes = sum(one["kind"] != "definition" for one in said["notes"])
    count, terms = notes, len(said["definitions"])
    parts = [
        ngettext("%(n)s note", "%(n)s notes", count) % {"n": count} if count else "",
        ngettext("%(n)s meaning", "%(n)s meanings", terms) % {"n": terms} if terms else "",
    ]
    more = ", ".join(filter(None, parts))
    return _("What the list says: %(what)s") % {"what": more} if more else _("What the list says")


def _note(one: Plain) -> Plain:
    kinds = {
        "note": _("Note"),
        "technical_note": _("Technical note"),
        "nota_bene": _("N.B."),
        "related_controls": _("Related controls"),
        "definition": _("Meaning of a term"),
    }
    head = _("%(kind)s on %(code)s") % {"kind": kinds[one["kind"]], "code": one["on"]}
    return {**one, "head": head, "dates": dates(one["dates"])}


def dates(found: Plain) -> str:
    """The publisher's own dates, and since which edition the text is known."""
    begins, ends, known = found["valid_from"], found["valid_to"], found["known_from"]
    own = _("the publisher states no dates")
    if begins and ends:
        own = _("valid from %(from)s to %(to)s") % {"from": words.day(begins), "to": words.day(ends)}
    elif begins:
        own = _("valid from %(from)s") % {"from": words.day(begins)}
    elif ends:
        own = _("valid to %(to)s") % {"to": words.day(ends)}
    if not known:
        return own
    earlier = found["or_earlier"]
    said = _("in the edition of %(day)s, or earlier") if earlier else _("since the edition of %(day)s")
    return f"{said % {'day': words.day(known)}}; {own}"
