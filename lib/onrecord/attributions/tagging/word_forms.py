"""Stem, class and shape of a word, as the features of the tagger use them.

The trained models depend on these tables: a word added here changes features that the models know, so they
are not among the lists that a user can extend.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Irregular forms of verbs of speech and thought; regular ones are stripped by rule.
IRREGULAR = {
    form: verb
    for verb, forms in {
        "say": "said says",
        "tell": "told tells",
        "write": "wrote written",
        "think": "thought",
        "know": "knew known",
        "find": "found",
        "feel": "felt",
        "mean": "meant",
        "hear": "heard",
        "see": "saw seen",
        "go": "went goes gone",
        "make": "made",
        "swear": "swore sworn",
        "speak": "spoke spoken",
        "seek": "sought",
        "hold": "held",
        "foresee": "foresaw",
        "understand": "understood",
        "forbid": "forbade forbidden",
        "choose": "chose chosen",
        "begin": "began begun",
        "shoot": "shot",
        "sing": "sang",
        "draw": "drew drawn",
        "give": "gave given",
        "take": "took taken",
        "keep": "kept",
        "leave": "left",
        "quote": "quoted",
        "cite": "cited",
        "agree": "agreed",
        "have": "has had",
        "be": "was were is are been being",
        "do": "did does done",
    }.items()
    for form in forms.split()
}
_SELF = {"that", "to", "if", "whether", "how", "what", "why", "when", "where", "who", "which", "according"}
_CLASSES = {
    "D": "a an the this these those some any no every each all both my your his its our their her another",
    "P": "he she they we i you it him them us me himself herself themselves itself one someone everyone "
    "nobody",
    "A": "is are was were be been being am do does did has have had will would can could may might must "
    "shall should 'd 'll",
    "I": "in on at by for with from of about against over under between after before during into through "
    "as than toward towards since until without within",
    "C": "and but or nor yet so",
}
_CLASS_OF = {word: name for name, words in _CLASSES.items() for word in words.split()}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Rough stem of a lower-cased word.

    Forms of one verb have the same stem; nothing more is intended.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 5:
        return word[:-1] if len(word) == 4 and word.endswith("s") and not word.endswith("ss") else word
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsaeiou":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=100_000)
def word_class(word: str) -> str:
    """Coarse class of a word.

    A function word has its own class or that of its kind, another word one by its form.
    """
    lower = word.lower()
    if lower in _SELF:
        return lower
    if lower in _CLASS_OF:
        return _CLASS_OF[lower]
    if not word[0].isalnum():
        return "'" if word in ("’", "'s", "’s") else '"' if word in ("“", "”", "''", "``") else word
    if word[0].isdigit():
        return "0"
    if word[0].isupper():
        return "N"
    if word.endswith("ing"):
        return "g"
    if word.endswith("ed"):
        return "d"
    if word.endswith("ly"):
        return "l"
    return "x"


def shape(word: str) -> str:
    """First four characters of the collapsed shape: Xx for "Reuters", X.X for "U.S."."""
    drawn = re.sub(r"\d+", "0", re.sub(r"[^\W\d_]", lambda m: "X" if m[0].isupper() else "x", word[:12]))
    return re.sub(r"(.)\1+", r"\1", drawn)[:4]
