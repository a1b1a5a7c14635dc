"""Acts: was the content of an attribution said, ordered, planned, or only thought.

The rule is the codebook's, first that fits: statement, decree, plan, attitude. A list of cue words
(lexicons/acts.csv) decides where it has the cue. Counts of cue words in annotated news
(models/cue_counts.csv) decide for other words: a cue whose contents are often quoted or open with
"that" is one of speech.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

from onrecord.attributions.features import stem
from onrecord.records import Attribution
from onrecord.text.article import Article
from onrecord.wordlists import Lists

STATEMENT, DECREE, PLAN, ATTITUDE = "statement", "decree", "plan", "attitude"
ACTS = (STATEMENT, DECREE, PLAN, ATTITUDE)

# A cue word is one of speech from this share of contents that are quoted or open with "that" on.
SPOKEN_SHARE = 0.14
LEAST_COUNT = 3  # attributions, below which a share says nothing
QUOTED_WORDS = 4  # words in one quoted span that are more than a term
_LONGEST = 4  # words of a listed cue

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NEGATED = re.compile(
    r"\b(?:(?:did|do|does|has|have|had|would|will|could|was|were|is|are)(?: not\b|n[’']t\b)|never\b|without\b"
    r"|no\b)"
)
_OPENER = re.compile(r"(?:that|to)\b", re.IGNORECASE)


def act_of(article: Article, attribution: Attribution, form: str | None, lists: Lists) -> str:
    """Act of one attribution: statement, decree, plan or attitude.

    `form` is the form of its source (person, document, …), None where it has no source.
    Source of the rule: design of the codebook, after Prasad et al. 2007 and Semino & Short 2004.
    """
    if attribution.form == "direct" or attribution.cue is None:
        return STATEMENT
    if attribution.form == "mixed" and _longest_quoted(article, attribution) >= QUOTED_WORDS:
        return STATEMENT
    text = article.text
    cue = text[slice(*attribution.cue)].lower().replace("’", "'")
    start = next((s for s, _ in attribution.content if s >= attribution.cue[1]), attribution.content[0][0])
    between = text[attribution.cue[1] : start] if 0 <= start - attribution.cue[1] <= 12 else ""
    opening = _opening(f"{between} {text[start : start + 12]}", cue)
    is_person = form in ("person", "group", "none", None)
    return act_of_cue(cue, opening, is_person, attribution.form == "mixed", lists)


@lru_cache(maxsize=50_000)
def act_of_cue(cue: str, opening: str, is_person: bool, is_quoted: bool, lists: Lists) -> str:
    """Act of a cue in lower case whose content opens with `opening` ("that", "to" or "").

    `is_person`: whether the source is a person or group, who shows otherwise than a document shows.
    `is_quoted`: whether the content has words in quotation marks.
    """
    words = _WORD.findall(cue)
    act = None
    for at in range(len(words)):
        row = next(
            (
                row
                for length in range(_LONGEST, 0, -1)
                if (row := lists.acts.get(" ".join(words[at : at + length]))) is not None
            ),
            None,
        )
        if row is not None:
            act = _of_row(row, opening, is_person)
            break
    if act is None:
        share = max((_spoken_share(word) for word in words), default=0.0)
        if share >= SPOKEN_SHARE or opening == "that" or is_quoted:
            act = STATEMENT
        else:
            act = PLAN if opening == "to" else ATTITUDE
    if act == STATEMENT and not is_quoted and opening != "that" and _NEGATED.match(cue):
        return ATTITUDE  # "did not say when": what a source keeps back is nobody's statement
    return act


def _of_row(row: Mapping[str, str], opening: str, is_person: bool) -> str:
    if opening and (act := row[f"before_{opening}"]):
        return act
    return (is_person and row["of_person"]) or row["act"]


def _opening(content: str, cue: str) -> str:
    """Return "that" or "to" where the content opens with it, or the cue ends in it."""
    if match := _OPENER.match(content.strip(" ,\n\t")):
        return match[0].lower()
    last = cue.rpartition(" ")[2]
    return last if last in ("that", "to") else ""


def _longest_quoted(article: Article, attribution: Attribution) -> int:
    """Return the number of words in the longest quoted span of the content."""
    counts: dict[int, int] = {}
    for start, end in attribution.content:
        first, last = article.starts.searchsorted((start, end))
        numbers = article.token_stretch[first:last].tolist()
        for token, number in zip(article.tokens[first:last], numbers, strict=True):
            if number >= 0 and token[0].isalnum():
                counts[number] = counts.get(number, 0) + 1
    return max(counts.values(), default=0)


# ---------------------------------------------------------------------------------------- cue counts


def _spoken_share(word: str) -> float:
    """Return the share of spoken contents among the annotated attributions with this cue word."""
    counts = cue_counts()
    for key in (word, f"{stem(word)}*"):
        n, n_spoken = counts.get(key, (0, 0))
        if n >= LEAST_COUNT:
            return n_spoken / n
    return 0.0


@cache
def cue_counts() -> Mapping[str, tuple[int, int]]:
    """Return for each cue word, and each stem with *, (attributions, those quoted or with "that")."""
    path = resources.files("onrecord").joinpath("models/cue_counts.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["word"]: (int(row["n"]), int(row["n_spoken"])) for row in csv.DictReader(file)}
