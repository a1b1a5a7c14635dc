"""Invented names of many origins, so that no list of names decides what a name is.

The syllables are made up for training. They follow the spelling of names of each region without being a
list of such names.
"""

from __future__ import annotations

import random

# region: beginnings, middles, ends of a word
SYLLABLES: dict[str, tuple[str, str, str]] = {
    "west africa": (
        "Olu Ade Chi Ngo Kwa Ama Sei Fa Ndi Oko",
        "se wu bi do ka la mi",
        "nna yi we kor bo du la ke",
    ),
    "southern africa": (
        "Tha Si Nko Ndi Le Xo Mbe Zwe Ku Tse",
        "bo phi le ndi mba ko",
        "ni so le kwa ng to wane",
    ),
    "maghreb": ("Lo Ya Ha Be Ab Za Ra Ou Dja Me", "ssi mi ra lla ka ou", "n d ri ne che zi b far"),
    "punjab": ("Gur Har Sim Par Jas Bal Kul Man Dil Am", "pre de wi vin ra", "t p nder jot want deep dhu"),
    "wales": ("Rhy Llew Gwe Ang Eir Cer Myf Dyf Gla Ow", "wy e ha ny do", "n nydd wen ys in an rys th"),
    "korea": ("Min Seo Ji Hye Dong Yeo Jae Sang Kyu Eun", "-jo -ha -se -wo -mi", "n k ng o i"),
    "polynesia": ("Ti Ma Sio Ka Le Tau Ho Aro Fe Pu", "a li ka fa ma na", "ne lani tu olu tata ia pio ni"),
    "europe": ("Bren Mar Tol Wes Hal Stor Kel Vik Jan Cas", "a e o lin ter", "d sen ley row ska vic ton er"),
    "south america": ("Na Que Ay Es Mi Cho Yu Hua Ro Pe", "ma ye que ri lla", "ro la do que ni z co ta"),
    "east asia": ("Zha Qi Li Ta Hi Ken Su Xia Ngu Tra", "o a n i ye", "ng n o mi shi ko nh u"),
    "east africa": ("Ti Wa Ke Mu Abe Ha Tes Nja Bi O", "gi nja ko mbe ru", "st la tu bet ru wi a ya"),
    "slavic and central asia": (
        "Dil Bo Ru Sta Ak Naz Vla Te Ole Zha",
        "no ri ka me sy",
        "za v ov ek bek enko ra yn",
    ),
}


def invented_word(rng: random.Random, origin: str | None = None) -> str:
    """One invented name word, of `origin` or of any."""
    origin = origin or rng.choice(list(SYLLABLES))
    begin, middle, end = (part.split(" ") for part in SYLLABLES[origin])
    return rng.choice(begin) + (rng.choice(middle) if rng.random() < 0.6 else "") + rng.choice(end)


def invented_person(rng: random.Random, n_words: int) -> tuple[str, ...]:
    """Invented name of a person: `n_words` words of one origin."""
    origin = rng.choice(list(SYLLABLES))
    words = [invented_word(rng, origin) for _ in range(n_words)]
    if n_words == 3 and rng.random() < 0.5:
        words[1] = rng.choice("ABCDEFGHJKLMNPRSTVW") + "."
    return tuple(words)


def invented_organisation(rng: random.Random, trades: list[str]) -> tuple[str, ...]:
    """Invented name of an organisation: one or two words and a trade (Brenska Foods)."""
    trade = rng.choice(trades).split(" ")
    return (*(invented_word(rng) for _ in range(rng.choice((1, 1, 1, 2)))), *trade)
