"""The stance of a reporting word towards what it reports."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.wordlists import Lists, load_lists


def cue_stance(cue: str | None, lists: Lists | None = None) -> str | None:
    """Stance of a reporting phrase: that of its longest part in cue_stance.csv.

    None where there is no cue or the list contains no word of it.
    """
    return _stance(cue, lists or load_lists()) if cue else None


@lru_cache(maxsize=20_000)
def _stance(cue: str, lists: Lists) -> str | None:
    stances = lists.cue_stance
    words = re.findall(r"[\w’'-]+", cue.lower())
    for length in range(min(4, len(words)), 0, -1):
        for i in range(len(words) - length, -1, -1):  # the last word of a verb group carries it
            if (stance := stances.get(" ".join(words[i : i + length]))) is not None:
                return stance
    return None
