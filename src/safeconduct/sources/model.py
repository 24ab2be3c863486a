"""What publishers' files become: one record a line of normalised JSON, and the edition that holds them.

Every record says where in the publisher's bytes it stands (``place``), so that a person can
look it up. Nothing is inferred here: what a publisher leaves out stays out.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from safeconduct.core.party import Identifier, PartyKind

NameKind = Literal["primary", "alias", "weak_alias", "former", "original_script"]
LinkKind = Literal["nationality", "residence", "birth", "registration", "address", "flag", "listed_under"]

ParagraphKind = Literal[
    "entry",
    "paragraph",
    "note",
    "technical_note",
    "nota_bene",
    "related_controls",
    "note_item",
    "definition",
    "licence",
]


class ListedName(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One name of a listed party as the publisher writes it, in natural order where the format
    tells the parts apart (``family`` and ``given`` then hold them)."""

    text: str
    kind: NameKind = "primary"
    given: str = ""
    family: str = ""


class TerritoryLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A territory the publisher connects with the party; ``key`` is empty where ``text`` names none we know."""

    kind: LinkKind
    key: str
    text: str = ""


class Relation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A link to another listed party: ``kind`` such as ``owner``, ``director``, ``linked_to``: what the other is.

    ``share`` is in the publisher's words; ``begins`` and ``ends`` are the first and last day, partial ISO dates.
    """

    kind: str
    entry: str = ""
    name: str = ""
    share: str = ""
    begins: str = ""
    ends: str = ""


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="listed"):
    """A party on a watchlist. ``entry`` is the publisher's id, else a hash of name and country.

    ``born`` holds partial ISO dates (``1982``, ``1981-02-05``) or ranges ``1970/1975``, each a
    date the publisher gives as possible.
    """

    entry: str
    kind: PartyKind
    names: tuple[ListedName, ...]
    place: str
    born: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    sex: Literal["", "female", "male", "other"] = ""
    territories: tuple[TerritoryLink, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    listed_on: str = ""
    ends_on: str = ""
    citation: str = ""
    remarks: str = ""


class ControlParagraph(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="control"):
    """One place in a control list. ``code`` is the full paragraph (``5A001.f.1``); ``parent`` its
    parent's code, ``""`` for a top entry. A ``note`` belongs to ``parent`` and frees or explains;
    ``frees`` is set where its text says *does not control*, *does not apply* or *does not include*.

    Notes are numbered under what they belong to (``5A001.j.note.1``, its items ``5A001.j.note.1.b``);
    a note on several paragraphs stands under each of them, and nothing else is freed by it. ``terms`` are the words
    whose meaning the text states; a note that does so is a ``definition``. ``valid_from`` and ``valid_to`` (partial ISO
    dates) are the publisher's for this place alone, empty where none are stated."""

    list: str
    code: str
    parent: str
    kind: ParagraphKind
    text: str
    place: str
    frees: bool = False
    reasons: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="figure"):
    """One indicator value. ``period`` is the year it speaks of; ``value``, ``low``, ``high`` decimal strings."""

    variable: str
    territory: str
    period: int
    value: str
    place: str
    low: str = ""
    high: str = ""
    name: str = ""
    fictional: bool = False


class CountryRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="country_rule"):
    """A cell of a licence chart, membership in a country group, or a licence exception."""

    list: str
    kind: Literal["chart", "group", "exception"]
    key: str
    territory: str
    place: str
    text: str = ""


class RegimeCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="regime"):
    """A code of an export-control regime's own list."""

    regime: str
    code: str
    parent: str
    place: str
    status: str = ""


class RelevantEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag="relevant"):
    """A control entry that matters for human rights, and how sure the row is; ``also`` is the key of a regime whose
    list the row names beside its own (``wassenaar``)."""

    list: str
    code: str
    capability: str
    misuse: str
    status: str
    place: str
    also: str = ""


Record = Listed | ControlParagraph | Figure | CountryRule | RegimeCode | RelevantEntry


class Skipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row that did not become a record. ``why`` is a plain reason; ``explained`` is False only
    where the reader met something its format does not foresee."""

    place: str
    why: str
    explained: bool = True


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One edition of one source. Dates are ISO 8601; ``published`` is empty where unknown.

    ``key`` is the source's short name (``ofac-sdn``, ``un-sc``, ``bis-el``, ``eu-annex1``,
    ``us-ccl``, ``vdem-v15``…). ``raw`` and ``normalised`` are SHA-256 of the bytes kept.
    """

    key: str
    publisher: str
    kind: Literal["watchlist", "control_list", "indicator", "country_rules", "regime", "relevant"]
    published: str
    obtained: str
    raw: tuple[str, ...]
    normalised: str
    reader: str
    count: int
    skipped: int = 0
    files: tuple[str, ...] = ()
    licence: str = ""
    fictional: bool = False
