"""What the sentences of a control list say about paragraphs: which they speak of, and whether they free.

Only a sentence whose subject is named by code, or is *this entry*, frees: "does not control",
"does not apply", "does not include". Anything else stays a note that explains.
"""

from __future__ import annotations

import re

CODE = r"\d[A-E]\d{3}(?:\.[a-z0-9]{1,3}\b)*"
_FREEING = re.compile(
    r"(?:^|(?<=[.:] ))(?:ECCNs? )?(?P<subject>[^.:;“”\"']{0,6}\d[A-E]\d{3}[^:;“”\"']{0,160}?"
    r"|This (?:entry|ECCN|control)(?: \(\d[A-E]\d{3}\))?|These controls|Category \d[^.:;]{0,12})"
    r",? (?:does|do) not (?:control|apply|include)\b"
)
_LEAD = re.compile(r"^(?:(?:License Requirement|Cryptography|Technical)? ?Notes?(?: to N\.B\.)?(?: ?\d+)? ?: ?)+")
_PART = r"(?:[a-z]|\d{1,2})(?:\.(?:[a-z]{1,2}|\d{1,2}))*\b"
_LIST = rf"{CODE}(?:(?:,| and| or|, and|, or) \.?(?:{CODE}|{_PART}))*"
_ABOUT = re.compile(
    rf"^(?:(?:For (?:the )?purposes? of |In )(?P<named>{_LIST})"
    rf"|(?:ECCNs? )?(?P<subject>{CODE}[^:;“”\"']{{0,160}}?),? (?:appl|control|include|does|do|is|are|refer|means?)\b)"
)
_SPLIT = re.compile(r",? and |,? or |, | to ")


def bare(text: str) -> str:
    """The text without a leading ``Note 2:``."""
    return _LEAD.sub("", text)


def frees(text: str) -> bool:
    """Whether some sentence says that what it names is not controlled."""
    return any(_subject_stands(found["subject"]) for found in _FREEING.finditer(bare(text)))


def spoken_of(text: str, entry: str, current: str) -> list[str]:
    """The paragraphs a note is about, by code; ``current`` where it names none.

    ``4E001.a and .c do not apply …`` gives both. *This entry* gives ``entry``.
    """
    plain = bare(text)
    freeing = next((m["subject"] for m in _FREEING.finditer(plain) if _subject_stands(m["subject"])), "")
    if freeing.startswith(("This entry", "This ECCN")):
        return [entry]
    about = _ABOUT.match(plain)
    named = freeing or (about and (about["named"] or about["subject"])) or ""
    first = re.match(CODE, named) if about and about["named"] else None
    return codes(named) or ([first[0]] if first else [current])


def codes(subject: str) -> list[str]:
    """The codes in a list of them such as ``5D002.a.1, .b and .c.1``; empty where anything else stands there."""
    found: list[str] = []
    between = [text.strip(" ,") for text in _SPLIT.findall(subject)]
    for number, token in enumerate(_SPLIT.split(subject)):
        code = _resolved(token.strip(" ."), token.strip().startswith("."), found[-1] if found else "")
        if not code or (token == "a" and between[number - 1] == ""):  # the article, not paragraph a
            return []
        if number and between[number - 1] == "to":
            found += _between(found[-1], code)
        found.append(code)
    return list(dict.fromkeys(found))


def _subject_stands(subject: str) -> bool:
    return subject.startswith(("This ", "These ", "Category ")) or bool(codes(subject))


def _resolved(token: str, from_entry: bool, before: str) -> str:
    token = re.sub(r"^ECCNs? |\.(?=\.)", "", token)
    if re.fullmatch(CODE, token):
        return token
    if not before or not re.fullmatch(_PART, token):
        return ""
    parts = before.split(".")
    same_kind = len(parts) > 1 and parts[-1].isdecimal() == token.isdecimal()
    if not from_entry and "." not in token and same_kind:
        return ".".join([*parts[:-1], token])
    return f"{parts[0]}.{token}" if token[0].isalpha() else ""


def _between(first: str, last: str) -> list[str]:
    """The siblings between two codes that differ in their last part only."""
    head, _, start = first.rpartition(".")
    other, _, end = last.rpartition(".")
    if head != other or not start or not end:
        return []
    part = successor(start)
    found: list[str] = []
    while part != end and len(found) < 30:
        found.append(f"{head}.{part}")
        part = successor(part)
    return found if part == end else []


def successor(part: str) -> str:
    """The next number or letter of a list: 1 → 2, a → b, z → aa, az → ba."""
    if part.isdecimal():
        return str(int(part) + 1)
    if part[-1] != "z":
        return part[:-1] + chr(ord(part[-1]) + 1)
    return ("a" if len(part) == 1 else successor(part[:-1])) + "a"


def opens_list(text: str) -> bool:
    """Whether items are to follow: it ends with a colon, or says *following* in its last words."""
    return text.endswith(":") or bool(re.search(r"\b(?:following|as follows)\b[^.]{0,40}$", text))
