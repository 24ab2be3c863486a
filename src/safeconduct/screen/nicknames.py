"""Short and pet forms of given names that the name library does not know; spellings of the full form vary by sound."""

from __future__ import annotations

import functools

from safeconduct.screen.fold import sound

# Full forms, a bar, their short forms.
_TABLE = """
    benjamin binyamin | bibi benny beni
    vladimir volodymyr | vova volodya vovka vlad
    mikhail mykhailo | misha mishka
    dmitri dmytro | dima mitya dimitri
    pavel pavlo | pasha pashka
    sergei serhii | seryozha serezha serge
    anatoly anatolii | tolya tolik
    evgeny yevgeny evgenia | zhenya
    yuri yury georgy | yura zhora gosha
    konstantin | kostya kostia
    ivan | vanya vania
    pyotr petr petro | petya petia
    grigory grigori | grisha
    alexei aleksey oleksii | lyosha alyosha lesha alyosha
    alexander aleksandr oleksandr alexandra | sasha shura sanya alik
    vyacheslav yaroslav stanislav svyatoslav | slava slavik
    boris | borya
    viktor | vitya
    vasily vasili | vasya
    leonid | lyonya lenya
    natalia natalya | natasha
    ekaterina yekaterina | katya katia
    tatiana tatyana | tanya tania
    elena yelena olena | lena
    maria | masha marusya
    anna | anya nyusha
    jose | pepe chepe
    francisco | paco pancho kiko curro
    jesus | chuy chucho
    guillermo | memo guille
    ignacio | nacho
    eduardo | lalo edu
    roberto | beto
    alberto humberto gilberto | beto
    antonio | tono toni tonio
    enrique | kike quique
    guadalupe | lupe lupita
    luis | lucho
    rafael | rafa
    margaret | peggy maggie meg
    henry | hank harry
    elizabeth | betty beth bess lisa
    katherine catherine | kate kathy katie
    joseph | joe joey
    charles | chuck charlie
    richard | dick rick
    josef | sepp
    friedrich | fritz
    heinrich | heinz
    johann johannes | hansi hannes
    wilhelm | willi willy
    giuseppe | beppe peppe
    luigi | gigi
    filippo | pippo
    mehmet | memet memo
    mohammed muhammad | momo hamada mo
    babatunde | tunde
"""


@functools.lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _TABLE.strip().split("\n"):
        full, short = (side.split() for side in line.split("|"))
        for one in short:
            found.setdefault(one, set()).update(map(sound, full))
    return {one: frozenset(full) for one, full in found.items()}


def short_for(one: str, other: str) -> bool:
    """Whether one of two given names is a short form of the other."""
    table = _table()
    return (one in table and sound(other) in table[one]) or (other in table and sound(one) in table[other])


def is_short(form: str) -> bool:
    """Whether a word is a short form of any."""
    return form in _table()
