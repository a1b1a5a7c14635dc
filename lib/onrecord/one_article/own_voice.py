"""Words and sentences in which the article's own voice takes a side."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from onrecord.framing.words import phrase_pattern
from onrecord.sources.persons import find_persons
from onrecord.text.tokens import Article
from onrecord.tone.targets import add_target_tone
from onrecord.wordlists import Lists, word_set

SURE: Final = 0.9  # of such cases the model is right 94 times in 100 (models/tone_encoder.md)
# Behind more words than a title has, the sentence is mostly about somebody else.
_TITLE_WORDS = 5
_OF_OTHERS = word_set("to of by for with and against that from after within her his their its")
Span = tuple[int, int]


def find_judging_words(article: Article, own: list[Span], lists: Lists) -> list[dict[str, Any]]:
    """Words of the list judging_words in the article's own voice.

    One record per occurrence: text, side (blame or praise), start, end. `own` are the spans of the
    narrator. Words with a capital, which may be names, and words in quotation marks do not count.
    """
    found = []
    for match in _pattern(lists).finditer(article.text):
        start, end = match.span()
        if match[0] != match[0].lower() or article.is_quoted(start) or article.in_boilerplate(start):
            continue
        if _is_within(own, start, end):
            side = lists.judging_words[" ".join(match[0].split())]
            found.append({"text": match[0], "side": side, "start": start, "end": end})
    return found


def find_own_tone(article: Article, own: list[Span], lists: Lists) -> list[dict[str, Any]]:
    """Sentences of the own voice that are negative or positive toward a person.

    Only of persons with whom a sentence begins, and where the model is sure. One record per sentence and
    person: name, start and end (of the name in the article), target_tone (negative or positive),
    target_tone_probability (from SURE to 1).
    """
    rows = []
    for person in find_persons(article, lists).persons:
        for start, end in person.mentions:
            if _is_within(own, start, end) and not article.in_boilerplate(start):
                first, last, _ = article.sentences[article.sentence_at(start)]
                before = article.text[first:start].lower().split()
                is_owner = article.text.startswith(("'s", "’s"), end)
                if len(before) <= _TITLE_WORDS and _OF_OTHERS.isdisjoint(before) and not is_owner:
                    rows.append((person.name, start, end, first, article.text[first:last]))
    frame = pd.DataFrame(rows, columns=["name", "at", "to", "sentence", "text"])
    frame = frame.assign(start=frame["at"] - frame["sentence"], end=frame["to"] - frame["sentence"])
    scored = add_target_tone(frame, lists=lists)
    best: dict[tuple[str, int], dict[str, Any]] = {}
    for row in scored.to_dict("records"):
        probability = row["target_tone_probability"]
        if pd.isna(probability) or probability < SURE or row["target_tone"] == "neutral":
            continue
        key = row["name"], row["sentence"]
        if key not in best or best[key]["target_tone_probability"] < probability:
            kept = {name: row[name] for name in ("name", "target_tone", "target_tone_probability")}
            best[key] = kept | {"start": row["at"], "end": row["to"]}
    return sorted(best.values(), key=lambda row: row["start"])


def _is_within(spans: list[Span], start: int, end: int) -> bool:
    return any(first <= start and end <= last for first, last in spans)


@lru_cache(maxsize=4)
def _pattern(lists: Lists) -> re.Pattern[str]:
    """Pattern of all judging words, the longest first."""
    words = sorted(lists.judging_words, key=len, reverse=True)
    return re.compile("|".join(phrase_pattern(word).pattern for word in words) or r"(?!)")
