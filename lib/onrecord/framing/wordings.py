"""Wordings that leave out who acted or who knows: agentless passives, and hedges.

The words are in lexicons/passives.csv and lexicons/hedges.csv. Grammar is not parsed: a passive is a
form of "be" or "get" with a participle and without "by" in the rest of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from onrecord.framing.keyness import deviation_of_shares
from onrecord.framing.words import phrase_pattern
from onrecord.measures.intervals import ratio_interval
from onrecord.measures.units import groups_of
from onrecord.tables import COUNT, TEXT, Schema, as_table, require
from onrecord.text.characters import count_words
from onrecord.wordlists import Lists, load_lists

WORDINGS: Schema = {"doc_id": TEXT, "kind": TEXT, "start": COUNT, "end": COUNT, "text": TEXT}
KINDS = ("agentless passive", "hedge")

# No contraction with 's: after a pronoun it is as often "has" ("he's made a deal").
_BE = (
    r"(?:am|is|are|was|were|be|been|being|gets?|got|gotten|getting|(?:is|are|was|were)n[’']t"
    r"|(?<=\bI)[’']m|(?<=\bwe)[’']re|(?<=\byou)[’']re|(?<=\bthey)[’']re)"
)
_BETWEEN = (
    r"(?:\s+(?:not|never|also|later|then|still|now|just|already|once|first|all|both|again|\w{2,20}ly)){0,2}"
)
_CANDIDATE = re.compile(
    rf"(?:\b|(?=[’'])){_BE}(?:\s+being)?{_BETWEEN}\s+(?P<word>[a-z][\w-]*)\b", re.IGNORECASE
)
# The agent, if any, is in the rest of the clause.
_AGENT = re.compile(
    r"[^.;:!?—–“”\"\n]{0,80}?\bby\s+(?!\d|then\b|now\b|the (?:end|time)\b|mid|\w+day\b|\w+ing\b)"
)


def find_wordings(frame: pd.DataFrame, *, lists: Lists | None = None) -> pd.DataFrame:
    """Agentless passives and hedges in `frame`. One row per occurrence.

    `frame` needs doc_id and text: articles, sentences, or the spans of one voice. `lists`: word lists
    from load_lists, of which passives and hedges count.

    Columns: doc_id, kind ("agentless passive": "was killed"; "hedge": "reportedly", "is understood"),
    start, end (in the article where `frame` has a column start, else in its text), text.

    >>> frame = pd.DataFrame({"doc_id": ["a"], "text": ["The bridge was closed. He reportedly left."]})
    >>> onrecord.find_wordings(frame)[["kind", "text"]].values.tolist()
    [['agentless passive', 'was closed'], ['hedge', 'reportedly']]
    """
    require(frame, ["doc_id", "text"], table="frame")
    offsets = frame["start"] if "start" in frame.columns else pd.Series(0, frame.index)
    rows = [
        (doc_id, kind, offset + start, offset + end, text[start:end])
        for doc_id, text, offset in zip(frame["doc_id"], frame["text"], offsets, strict=True)
        if isinstance(text, str)
        for kind, start, end in wording_spans(text, lists)
    ]
    return as_table(rows, WORDINGS)


def wording_spans(text: str, lists: Lists | None = None) -> list[tuple[str, int, int]]:
    """Spans (kind, start, end) of agentless passives and hedges, in text order.

    What a hedge covers ("is believed to have been") is not also a passive.
    """
    lists = lists or load_lists()
    hedges = [match.span() for match in lists.hedges.finditer(text)]
    found = [("hedge", *span) for span in hedges]
    taken = np.zeros(len(text) + 1, dtype=bool)
    for start, end in hedges:
        taken[start:end] = True
    for match in _CANDIDATE.finditer(text):
        if taken[match.start()] or not is_participle(match["word"], lists):
            continue
        if not _AGENT.match(text, match.end()):
            found.append(("agentless passive", *match.span()))
    return sorted(found, key=lambda row: row[1:])


def is_participle(word: str, lists: Lists) -> bool:
    """Whether `word` is a participle that makes a passive, by the list or by its form."""
    word = word.lower()
    kind = lists.passives.get(word)
    if kind is not None:
        return kind == "participle"
    return word.endswith("ed") and len(word) > 4 and not word.endswith(("eed", "-based", "-aged"))


def rate_wordings(
    frame: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: str | None = None,
    words: Iterable[str] | str | None = None,
    lists: Lists | None = None,
) -> pd.DataFrame:
    """Agentless passives and hedges, or words of your own, per 1,000 words.

    One row per group and kind. `frame` and `lists` as in find_wordings; `documents` gives the groups.
    `words` are words or phrases, each of which is a kind in place of passives and hedges: whole words in
    any case; * replaces the letters of one word ("strik*").

    Columns: `by` (if given), kind, n_hits, n_words, rate_per_1000_words (NA without words), low, high
    (95%, resampled by article; NA below five articles), n_articles (with a text), n_articles_with (those
    that contain it), dispersion (Gries' DP over the articles of the group, 0 to 1: 0 where each article has
    its share of the occurrences, near 1 where they are in few articles; NA without an occurrence).

    Raises ValueError for a phrase without a letter or digit.

    Source: Gries 2008, Dispersions and adjusted frequencies in corpora.

    >>> onrecord.rate_wordings(analysis.sentences, documents)["kind"].tolist()
    ['agentless passive', 'hedge']
    >>> onrecord.rate_wordings(documents, documents, words="strike")[["kind", "n_hits"]].values.tolist()
    [['strike', 3]]
    """
    if words is None:
        kinds: tuple[str, ...] = KINDS
        found = find_wordings(frame, lists=lists)[["doc_id", "kind"]]
    else:
        kinds = tuple(dict.fromkeys([words] if isinstance(words, str) else words))
        found = _find_phrases(frame, kinds)
    lengths = pd.Series([count_words(text) if isinstance(text, str) else 0 for text in frame["text"]])
    sizes = lengths.groupby(frame["doc_id"].to_numpy()).sum().astype(float)
    hits = pd.crosstab(found["doc_id"], found["kind"]).reindex(
        index=sizes.index, columns=list(kinds), fill_value=0
    )
    groups = pd.Series("all", sizes.index) if by is None else groups_of(documents, by).reindex(sizes.index)
    rows = []
    for group, part in sizes.groupby(groups.to_numpy(), dropna=False, sort=True):
        n_words = part.to_numpy()
        for kind in kinds:
            n = hits.loc[part.index, kind].to_numpy(dtype=float)
            low, high = ratio_interval(1000 * n, n_words, is_share=False)
            rate = 1000 * n.sum() / n_words.sum() if n_words.sum() else np.nan
            spread = deviation_of_shares(n, n_words)
            counts = int((n_words > 0).sum()), int((n > 0).sum())
            rows.append(
                (group, kind, int(n.sum()), int(n_words.sum()), rate, max(low, 0.0), high, *counts, spread)
            )
    figures = ["n_hits", "n_words", "rate_per_1000_words", "low", "high", "n_articles", "n_articles_with"]
    table = pd.DataFrame(rows, columns=[by or "group", "kind", *figures, "dispersion"])
    return table if by else table.drop(columns="group")


def _find_phrases(frame: pd.DataFrame, phrases: Iterable[str]) -> pd.DataFrame:
    """Occurrences of phrases. One row per occurrence: doc_id, kind (the phrase)."""
    require(frame, ["doc_id", "text"], table="frame")
    patterns = {phrase: phrase_pattern(phrase) for phrase in phrases}
    rows = [
        (doc_id, phrase)
        for doc_id, text in zip(frame["doc_id"], frame["text"], strict=True)
        if isinstance(text, str)
        for phrase, pattern in patterns.items()
        for _ in pattern.finditer(text)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "kind"])
