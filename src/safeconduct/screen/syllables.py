"""The syllables of Chinese, Japanese and Korean script, and the ways each is spelt in Latin letters.

Tables of romanisation as they are in use: pinyin and Wade-Giles for Mandarin; Jyutping and what Hong Kong writes for
Cantonese; Revised, McCune-Reischauer and North Korean spelling for Korean; Hepburn for Japanese.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from safeconduct.screen import cyrillic, han, korean
from safeconduct.screen.korean import KANA, NASAL, is_hangul, table

Heard = Literal["mandarin", "cantonese", "korean", "japanese", "foreign"]
Steps = tuple[tuple[str, ...], ...]


def parted(text: str) -> Iterator[tuple[str, str]]:
    """Each syllable as (its kana in Latin letters, its character): a kana syllable may be two characters, ``シャ``,
    one in Cyrillic letters several."""
    if cyrillic.is_cyrillic(text):
        yield from (("", syllable) for syllable in cyrillic.parted(text))
        return
    pending = ""
    for char in text:
        name = unicodedata.name(char, "")
        if not name.startswith(("KATAKANA", "HIRAGANA")):
            if pending:
                yield pending, ""
            pending = ""
            yield "", char
            continue
        sound = name.rpartition(" ")[2].lower()
        if "SMALL" in name and sound not in ("tu", "wa") and pending:
            pending = _joined(pending, sound)
        elif "PROLONGED" in name or "SMALL TU" in name or (sound == "u" and pending[-1:] in ("o", "u")):
            continue  # a long vowel, a double consonant: romanisations leave both open
        else:
            if pending:
                yield pending, ""
            pending = _HEPBURN.get(sound, sound)
    if pending:
        yield pending, ""


_HEPBURN = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu", "wo": "o"}


def _joined(base: str, small: str) -> str:
    """``shi`` and a small ``ya`` are ``sha``, ``fu`` and a small ``a`` ``fa``."""
    bare = re.sub(r"[aeiou]$", "", base)
    if small[0] == "y":
        return bare + (small[1:] if bare in ("sh", "ch", "j") else small)
    return ("w" if base == "u" else bare) + small


# --- Mandarin ---
_WADE = table("""
    b=p p=p d=t t=t g=k k=k j=ch q=ch x=hs zh=ch ch=ch sh=sh r=j z=ts c=ts
""")
_WADE_FINALS = (("ian", "ien"), ("ie", "ieh"), ("ong", "ung"), ("uo", "o"), ("ui", "uei"), ("ue", "ueh"))
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")


@functools.lru_cache(maxsize=2048)
def _mandarin(pinyin: str) -> tuple[str, ...]:
    """A syllable in pinyin and as Wade-Giles writes it."""
    found = _SYLLABLE.match(pinyin)
    initial, final = (found[1], found[2]) if found else ("", pinyin)
    start = _WADE.get(initial, (initial,))[0]
    special = {"si": "ssu", "zi": "tzu", "ci": "tzu", "shi": "shih", "zhi": "chih", "chi": "chih", "ri": "jih"}
    old = [special.get(pinyin, start + final)]
    old += [start + final[: -len(new)] + wade for new, wade in _WADE_FINALS if final.endswith(new)]
    if final == "e" and initial in ("g", "k", "h"):
        old.append(start + "o")
    return tuple(dict.fromkeys((pinyin, *old)))


# --- Cantonese ---
_CANTONESE = table("""
    -=- b=b,p p=p m=m f=f d=d,t t=t n=n,l l=l g=k,g k=k gw=kw,gw kw=kw,k ng=ng,- h=h w=w z=ts,ch,tz,j c=ch,ts s=s,sh
    j=y,-
""")
_CANTONESE_FINALS = table("""
    aa=a,ah aai=ai aau=au aam=am aan=an aang=ang aap=ap aat=at aak=ak ai=ai,ei au=au,ow am=am,um an=an,un ang=ang
    ap=ap,up at=at,ut ak=ak,uk e=e,eh ei=ei,ee,i,ay eng=eng,ing ek=ek i=i,ee,ze iu=iu,ew im=im in=in ing=ing ip=ip it=it
    ik=ik o=o,oh oi=oi,oy on=on ong=ong ot=ot ok=ok u=u,oo ui=ui un=un,oon ung=ung ut=ut uk=uk ou=o,ou,oe oe=eu,oe
    oeng=eung,oeung oek=euk,eok eoi=ui,eoi eon=un,on,eun eot=ut yu=u,yu,ue yun=uen,un,yuen yut=ut,uet,yuet m=m ng=ng
""")
_JYUTPING = re.compile(r"(gw|kw|ng(?=[aeiou])|[bpmfdtnlgkhwzcsj]?)(.*)")


@functools.lru_cache(maxsize=2048)
def _cantonese(jyutping: str) -> tuple[str, ...]:
    """A syllable in Jyutping and as names in Hong Kong write it."""
    found = _JYUTPING.match(jyutping)
    initial, final = (found[1], found[2]) if found else ("", jyutping)
    starts = _CANTONESE.get(initial, (initial,))
    ends = _CANTONESE_FINALS.get(final, (final,))
    spelt = (start + end for start in starts for end in ends)
    return tuple(dict.fromkeys((jyutping, *(one.replace("yy", "y").replace("yi", "yi") for one in spelt))))


# --- Japanese ---
_VOICED = (("ch", ("j",)), ("ts", ("z",)), ("sh", ("j",)), ("k", ("g",)), ("s", ("z",)), ("t", ("d",)),
           ("h", ("b", "p")), ("f", ("b", "p")))  # fmt: skip
_CUT = re.compile(r"(?<=[a-z])(?:tsu|chi|ku|ki)$")


@functools.lru_cache(maxsize=4096)
def _japanese(reading: str, first: bool) -> tuple[str, ...]:
    """A reading as it sounds beside another: voiced (``hishi``, ``bishi``), or cut (``butsu``, ``bus-san``)."""
    bare = re.sub(r"(.)\1+", r"\1", reading.replace("ou", "o"))
    found = [bare]
    if not first:
        hit = next((pair for pair in _VOICED if bare.startswith(pair[0])), None)
        found += [other + bare[len(hit[0]) :] for other in hit[1]] if hit else []
    found += [_CUT.sub("", one) for one in found if _CUT.search(one)]
    return tuple(dict.fromkeys(found))


def spelt(kana: str, char: str, language: Heard, first: bool) -> tuple[str, ...]:
    """Every spelling of one syllable in a language; none where it is not read in it."""
    if kana:
        read = {"japanese": _japanese, "korean": korean.kana}.get(language)
        return read(kana, first) if read else ()
    if cyrillic.is_cyrillic(char):
        return _cyrillic(char, language)
    if is_hangul(char):
        return korean.spellings(char, first) if language == "korean" else ()
    if char == "々" or language == "foreign":
        return ()
    readings = han.read(char, language)
    if language == "mandarin":
        found = [one for reading in readings for one in _mandarin(reading)]
    elif language == "cantonese":
        found = [one for reading in readings for one in _cantonese(reading)]
    elif language == "korean":
        found = [one for reading in readings for one in korean.spellings(reading)]
    else:
        found = [one for reading in readings for one in _japanese(reading, first)]
    return tuple(dict.fromkeys(found))


def _cyrillic(syllable: str, language: Heard) -> tuple[str, ...]:
    if language == "mandarin":
        return tuple(dict.fromkeys(one for pinyin in cyrillic.pinyin(syllable) for one in _mandarin(pinyin)))
    return cyrillic.korean(syllable) if language == "korean" else ()


# --- foreign words by their sound ---
_LOOSE = table("""
    -=-,h b=b,p,v p=p,b m=m f=f,v,h d=d,t t=t,d,th,dt n=n l=l,r g=g,k,j k=k,g,ch,h h=h,kh,ch,g
    j=j,g,ch,k,z,s,dj q=ch,j,k x=s,sh,h,z,ch zh=j,g,z,zh,ch,dj ch=ch,t,ts sh=sh,s,ch,t r=r,l,j,zh
    z=z,ts,s,dz c=ts,z,s s=s,z,th y=y,i,j,-,g w=w,v,u,- ts=ts,tz,t,z v=v,b,f hs=s
""")
_TAIL = ("", "r", "l", "h")
_KANA_LOOSE = _LOOSE | table(
    "r=r,l k=k,g,ch,kh h=h,ch,kh b=b,v,p w=w,v,u,- f=f,h,v j=j,g,z,d,dj z=z,s,ts,th s=s,th,z t=t,th,dt d=d y=y,i,-"
)


def foreign(kana: str, char: str) -> Steps:
    """The steps of one syllable that stands for a foreign word's sound."""
    if kana:
        return _kana_steps(kana)
    if cyrillic.is_cyrillic(char):
        return ()
    if is_hangul(char):
        start, _, end = korean.parts(char)
        return (tuple(_loose(start)), ("*",), tuple(dict.fromkeys((*end, *_TAIL))))
    readings = han.read(char, "mandarin")
    loosest = next((one for one in readings if one.endswith("e") and len(one) < 4), "")  # 勒 is le, not lei
    return _pinyin_steps(loosest or readings[0]) if readings else ()


def _loose(start: tuple[str, ...]) -> dict[str, None]:
    return dict.fromkeys(other for one in start for other in _KANA_LOOSE.get(one, (one,)))


def _kana_steps(kana: str) -> Steps:
    found = KANA.match(kana)
    initial, vowel = (found[1], found[2]) if found else ("", kana)
    if kana == "n":
        return (NASAL,)
    silent = vowel == "u" or (vowel == "o" and initial in ("t", "d")) or (vowel == "i" and initial in ("sh", "ch", "j"))
    return (
        _KANA_LOOSE.get(initial, (initial,)),
        ("*",) if silent else ("+" + _KANA_VOWELS.get(vowel[-1:], ""),),
        _TAIL,
    )


def _pinyin_steps(pinyin: str) -> Steps:
    if pinyin == "er":
        return (("*",), ("r", "l", "re", "le", ""), ("*",))
    found = _SYLLABLE.match(pinyin)
    initial, final = (found[1], found[2]) if found else ("", pinyin)
    nasal = final.endswith(("n", "ng"))
    silent = final in ("e", "u") or (final == "i" and initial in ("s", "z", "c", "sh", "zh", "ch", "r"))
    vowel = "*" if silent else "+" + _vowels(initial, final)
    return (_LOOSE.get(initial, (initial,)), (vowel,), NASAL if nasal else _TAIL)


def _vowels(initial: str, final: str) -> str:
    """With which letters the vowel of a foreign word may begin that is written with this syllable; all where empty."""
    bare = re.sub(r"(?:ng|n)$", "", final)
    return _PINYIN_VOWELS.get(bare, "") + ("e" if initial in ("b", "p", "m", "f") and bare == "o" else "")


# A foreign word's vowel begins with one of these.
_KANA_VOWELS = {"a": "auoe", "i": "ieya", "e": "eai", "o": "oau"}
_PINYIN_VOWELS = {
    "a": "auo", "ai": "aiey", "ao": "aou", "ei": "eai", "i": "iey", "ia": "iya", "iao": "iyoa", "ie": "eiya",
    "iu": "uie", "o": "oau", "uo": "oau", "ou": "oua", "ua": "uaow", "uai": "uaiwy", "ui": "ueiw", "ue": "uei",
    "io": "ioy",
}  # fmt: skip


_FOREIGN_HEARD = {"x": ("s", "h"), "j": ("j", "k"), "q": ("ch", "k"), "w": ("w", ""), "h": ("h", "k"), "r": ("r", "j")}


def heard(kana: str, char: str, language: Heard, most: int) -> tuple[str, ...]:
    """The spellings of a syllable that differ in more than their vowels, at most so many, for looking up."""
    if cyrillic.is_cyrillic(char):
        return spelt("", char, language, first=True)[:1]
    if language == "foreign":
        if kana or not char or is_hangul(char):
            return (kana,) if kana else spelt("", char, "korean", first=True)[:1]
        reading = (han.read(char, "mandarin") or ("",))[0]
        found = _SYLLABLE.match(reading)
        initial, final = (found[1], found[2]) if found else ("", reading)
        if not reading or reading == "er":
            return (reading,) if reading else ()
        return tuple(start + final for start in _FOREIGN_HEARD.get(initial, (initial,)))[:most]
    if language == "korean" and char and not is_hangul(char):
        return tuple(dict.fromkeys(korean.spellings(one)[0] for one in han.read(char, "korean")))[:most]
    if language in ("mandarin", "cantonese"):
        return han.read(char, language)[:most] if char else ()
    if language == "korean":
        return spelt(kana, char, language, first=True)[:1]
    return _japanese_heard(kana, char)[:most]


def _japanese_heard(kana: str, char: str) -> tuple[str, ...]:
    if kana:
        return (kana,)
    plain = [_japanese(one, first=True)[0] for one in han.read(char, "japanese")]
    voiced = ["b" + one[1:] for one in plain if one[0] in "hf"]
    return tuple(dict.fromkeys(plain + voiced))
