"""Korean syllables, in Hangul and as Japanese writes them in kana, and the ways each is spelt in Latin letters.

Revised, McCune-Reischauer and North Korean spelling, and how people of the South write themselves.
"""

from __future__ import annotations

import functools
import re

NASAL = ("n", "m", "ng")
KANA = re.compile(r"(sh|ch|ts|[kgsztdnhbpmrfjwvy]?)(.*)")


def table(text: str) -> dict[str, tuple[str, ...]]:
    """``b=b,p d=d,t`` as a table; ``-`` is nothing."""
    rows = (pair.partition("=") for pair in text.split())
    return {key.strip("-"): tuple(one.strip("-") for one in values.split(",")) for key, _, values in rows}


_INITIALS = ("g,k", "kk,gg,k", "n", "d,t", "tt,dd,t", "r,l,n", "m", "b,p", "pp,bb,p", "s,sh", "ss,s,sh", "", "j,ch,c,z",
             "jj,tch,ch,j", "ch,c", "k,kh", "t,th", "p,ph", "h")  # fmt: skip
_MEDIALS = ("a,ah", "ae,ai,e,ay", "ya,ia", "yae,yai", "eo,o,u,e,au", "e,ey,ay", "yeo,yo,you,yu,yoe,ye", "ye,e",
            "o,oh", "wa,oa", "wae,oae", "oe,oi,oy,we", "yo", "u,oo,ou,woo,wu", "wo,weo,won", "we,wey", "wi,wee,ui",
            "yu,yoo,you", "eu,u,e,o", "ui,eui,i,ee,yi", "i,ee,y,yi")  # fmt: skip
_FINALS = ("", "k,g,ng,c", "k", "k", "n,l", "n", "n", "d,t,n,s", "l,r,n", "k,lk", "m,lm", "l", "l", "l", "p", "l",
           "m", "p,b,m", "p", "t,s,n", "t,s", "ng", "t,j", "t", "k", "t", "p", "t,h,-")  # fmt: skip
_HANGUL = (0xAC00, 0xD7A4)


def is_hangul(char: str) -> bool:
    """Whether a character is a Korean syllable."""
    return _HANGUL[0] <= ord(char) < _HANGUL[1]


@functools.lru_cache(maxsize=2048)
def parts(char: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The spellings of a syllable's three parts."""
    initial, rest = divmod(ord(char) - _HANGUL[0], 21 * 28)
    medial, final = divmod(rest, 28)
    parts = (_INITIALS[initial], _MEDIALS[medial], _FINALS[final])
    start, middle, end = (tuple(one.strip("-") for one in part.split(",")) for part in parts)
    return start, middle, end


_FAMILIES = {"이": ("lee", "rhee"), "리": ("lee", "rhee"), "박": ("park",)}  # family names that no system spells so


@functools.lru_cache(maxsize=2048)
def spellings(char: str, first: bool = False) -> tuple[str, ...]:
    """A syllable as it is romanised; the South does not speak a first ``r`` that the North does (``Yi``, ``Ri``)."""
    start, middle, end = parts(char)
    if first and (start[0] == "n" or (not start[0] and middle[0][0] in "yi")):
        start = (*start, "r", "l")
    spelt = (a + b + c for a in start for b in middle for c in end)
    return tuple(dict.fromkeys((start[0] + middle[0] + end[0], *spelt, *_FAMILIES.get(char, ()))))


_KANA_STARTS = table("""
    k=k,g g=g,k s=s,sh sh=s,sh j=j,ch,c z=j,ch ch=ch,j,c t=t,d d=d,t ts=ch,j n=n h=h b=b,p p=p,b f=hw,h,p m=m y=y r=r,l
    w=w -=-
""")
_KANA_MIDDLES = table(
    "a=a,ah,ar i=i,ee,yi,wi,ui,ri,lee e=e,ae,ai,ye,yeo,oe,oi o=o,eo,u,eu,oh,yo,yeo,you u=u,eu,oo,-,yu,woo"
)
_KANA_CUT = frozenset({"ku", "mu", "ru", "pu", "to", "tsu", "bu", "gu"})  # how a syllable's last consonant is written


@functools.lru_cache(maxsize=1024)
def kana(syllable: str, first: bool) -> tuple[str, ...]:
    """A kana syllable as a Korean name is written with it: ``キム`` for *Kim*, ``ジョンウン`` for *Jong Un*."""
    if syllable == "n":
        return NASAL
    found = KANA.match(syllable)
    initial, vowel = (found[1], found[2]) if found else ("", syllable)
    glide, middle = vowel[:-1], _KANA_MIDDLES.get(vowel[-1:], ())
    spelt = [start + glide + one for start in _KANA_STARTS.get(initial, (initial,)) for one in middle]
    last = ["l", "r"] if initial == "r" else [initial[:1], "g"] if initial == "k" else [initial[:1]]
    return tuple(dict.fromkeys((*spelt, *(last if syllable in _KANA_CUT and not first else []))))
