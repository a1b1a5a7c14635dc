"""Tone by TextBlob's lexicon, or by a user's own.

TextBlob's figures exactly, and the words behind each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from onrecord.progress import progress
from onrecord.tables import COUNT, SHARE, TEXT, as_table, require
from onrecord.tone.own_lexicon import Lexicon, lexicon_tone, load_lexicon
from onrecord.tone.textblob_scores import tone, tone_words
from onrecord.wordlists import Lists, load_lists

TONE_WORDS = {
    "row": COUNT,
    "term": TEXT,
    "polarity": SHARE,
    "subjectivity": SHARE,
    "added_polarity": SHARE,
    "intensified_by": TEXT,
    "negated_by": TEXT,
}


def add_tone(
    frame: pd.DataFrame,
    *,
    column: str = "text",
    prefix: str = "",
    leave_out: Iterable[str] = (),
    lexicon: str | Path | Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """`frame` with the polarity and subjectivity of each row's text added.

    One row per row of `frame`.

    `frame` is any table with text: documents, sentences, spans, attributions. `column="headline",
    prefix="headline_"` scores headlines beside bodies. Words of `leave_out` are not
    scored: load_lists().topic_words are those of the subject (war, dead) and of everyday speech (more,
    right); without it the figures are TextBlob's to the last digit. The tone is that of the words,
    whoever they are about: for the tone toward a person or organisation see add_target_tone. TextBlob does
    not read every negation: in "isn't great" the word is scored as "great".

    `lexicon` scores by the user's own words instead: a CSV file with the columns word (or phrase) and
    polarity (-1 to 1), or a mapping. polarity is then the mean over its words, as written, without rules for
    negation or intensifiers, and subjectivity is NA.

    Columns added: polarity (-1 negative to 1 positive), subjectivity (0 to 1), n_scored (words of the
    text that are in the lexicon). The first two are NA where n_scored is 0: unknown is not neutral, and
    a 0 would pull every mean towards the middle. All three are NA where the text is NA.

    Raises ValueError where `frame` has no such column, and for a lexicon without the columns or with a
    polarity that is not a number from -1 to 1; FileNotFoundError where the lexicon is not there.

    Source: TextBlob's PatternAnalyzer.

    >>> frame = pd.DataFrame({"text": ["A very good day.", "The ferry sails at noon."]})
    >>> onrecord.add_tone(frame)["polarity"].round(2).tolist()
    [0.91, <NA>]
    >>> onrecord.add_tone(frame, lexicon={"sails": 0.5})["polarity"].tolist()
    [<NA>, 0.5]
    """
    require(frame, [column], table="frame")
    left_out = frozenset(leave_out)
    if lexicon is not None:
        return _by_lexicon(frame, column, prefix, load_lexicon(lexicon), left_out)
    scores = [tone(text, left_out) if isinstance(text, str) else None for text in _watched(frame[column])]
    known = [score if score is not None and score.n_scored else None for score in scores]
    return frame.assign(
        **{
            f"{prefix}polarity": _column([s and s.polarity for s in known], SHARE, frame.index),
            f"{prefix}subjectivity": _column([s and s.subjectivity for s in known], SHARE, frame.index),
            f"{prefix}n_scored": _column([s and s.n_scored for s in scores], COUNT, frame.index),
        }
    )


def _by_lexicon(
    frame: pd.DataFrame, column: str, prefix: str, lexicon: Lexicon, left_out: frozenset[str]
) -> pd.DataFrame:
    kept = {word: value for word, value in lexicon.polarity.items() if word not in left_out}
    lexicon = lexicon._replace(polarity=kept)
    scores = [
        lexicon_tone(text, lexicon) if isinstance(text, str) else None for text in _watched(frame[column])
    ]
    return frame.assign(
        **{
            f"{prefix}polarity": _column([s[0] if s and s[1] else None for s in scores], SHARE, frame.index),
            f"{prefix}subjectivity": _column([None] * len(scores), SHARE, frame.index),
            f"{prefix}n_scored": _column([s and s[1] for s in scores], COUNT, frame.index),
        }
    )


def find_tone_words(frame: pd.DataFrame, *, column: str = "text") -> pd.DataFrame:
    """Scored words behind each score, in text order.

    One row per scored word of `frame`.

    Columns: row (number of the text's row in `frame`, from 0), term, polarity (-1 to 1) and subjectivity
    (0 to 1) as they entered the mean, after intensifiers and negation, added_polarity (polarity divided
    by the row's n_scored: the terms of a row add up to its polarity), intensified_by ("very"; several
    separated by a blank; "!" counts), negated_by ("not"), both NA where nothing did.

    Source: TextBlob's PatternAnalyzer.

    >>> words = onrecord.find_tone_words(pd.DataFrame({"text": ["Not a very good day."]}))
    >>> words[["term", "intensified_by", "negated_by"]].values.tolist()
    [['good', 'very', 'not']]
    """
    require(frame, [column], table="frame")
    rows: list[tuple] = []
    for row, text in enumerate(_watched(frame[column])):
        words = tone_words(text) if isinstance(text, str) else []
        rows.extend(
            (
                row,
                w.term,
                w.polarity,
                w.subjectivity,
                w.polarity / len(words),
                " ".join(w.intensified_by) or None,
                w.negated_by,
            )
            for w in words
        )
    return as_table(rows, TONE_WORDS)


def topic_words(
    *, kinds: Iterable[str] = ("event", "everyday"), lists: Lists | None = None
) -> frozenset[str]:
    """Words that make news negative or positive by its subject, not by its stance.

    A set.

    `kinds`: event (war, dead, illegal) or everyday (more, right, late, black: words the lexicon scores,
    though news uses them without praise or blame), or kinds of the user's own. `lists`: word lists from
    load_lists, of which topic_words counts. Compare results with and without them:
    add_tone(frame, leave_out=topic_words()).

    Raises ValueError for a kind that the list does not have.

    >>> "war" in topic_words(kinds="event")
    True
    """
    words = (lists or load_lists()).topic_words
    kinds = frozenset([kinds] if isinstance(kinds, str) else kinds)
    if unknown := kinds - {"event", "everyday", *words.values()}:
        raise ValueError(
            f"kinds must be among {', '.join(sorted(set(words.values())))}, not {min(unknown)!r}."
        )
    return frozenset(term for term, kind in words.items() if kind in kinds)


def _watched(texts: pd.Series) -> Iterable:
    return progress(texts, "tone", len(texts), disable=len(texts) < 10_000)


def _column(values: list, kind: str, index: pd.Index) -> pd.Series:
    return pd.Series(values, dtype=kind, index=index)
