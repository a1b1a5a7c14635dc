"""Acts: was the content of an attribution said, ordered, planned, or only thought.

The rule is the codebook's, first that fits: statement, decree, plan, attitude. A list of cue words
(lexicons/acts.csv) decides where it has the cue. Counts of cue words in annotated news
(models/cue_counts.csv) decide for other words: a cue whose contents are often quoted or open with
"that" is one of speech.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from onrecord.attributions.tagging.word_forms import stem, word_class
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

STATEMENT, DECREE, PLAN, ATTITUDE = "statement", "decree", "plan", "attitude"
ACTS = (STATEMENT, DECREE, PLAN, ATTITUDE)

# A cue word is one of speech from this share of contents that are quoted or open with "that" on.
SPOKEN_SHARE = 0.14
LEAST_COUNT = 3  # attributions, below which a share says nothing
STRONG_SHARE = 0.4  # below, a cue is weak
WEAK_ODDS = 0.25  # odds of a statement with a weak cue, to those of the attribution
SURE = 0.6  # probability, below which a cue that no list has introduces no statement
QUOTED_WORDS = 4  # words in one quoted span that are more than a term
_LONGEST = 4  # words of a listed cue

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NEGATED = re.compile(
    r"\b(?:(?:did|do|does|has|have|had|would|will|could|was|were|is|are)(?: not\b|n[’']t\b)|never\b|without\b"
    r"|no\b)"
)
_ASKED = re.compile(r"(?:was |were |is |are )?(?:asked|pressed|questioned|pushed)\b")
_CONDITION = re.compile(r"\b(?:when|if|once|while|after being|being)(?: \w+)? $", re.IGNORECASE)
_ASKED_FIRST = re.compile(r"(?:Asked|Pressed|Questioned|Pushed)\b")
_FUNCTION_WORDS = frozenset(("D", "P", "A", "I", "C", "that", "to", "if", "how", "what", "who"))
_OPENER = re.compile(r"(?:that|to)\b", re.IGNORECASE)


class Act(NamedTuple):
    """The act of one attribution, and whether only a weak cue makes it a statement."""

    name: str
    is_weak: bool = False

    def probability(self, probability: float) -> float:
        """Probability of a statement.

        Less than that of the attribution where the cue is weak: "posted" and "offered" introduce words
        less often than "said" does.
        """
        if not self.is_weak or not 0 < probability < 1:
            return probability
        odds = WEAK_ODDS * probability / (1 - probability)
        return odds / (1 + odds)


def act_of(article: Article, attribution: Attribution, form: str | None, lists: Lists) -> Act:
    """Act of one attribution: statement, decree, plan or attitude.

    `form` is the form of its source (person, document, …), None where it has no source.
    Source of the rule: the codebook, after Prasad et al. 2007 and Semino & Short 2004.
    """
    if attribution.form == "direct" or attribution.cue is None:
        return Act(STATEMENT)
    if attribution.form == "mixed" and _longest_quoted(article, attribution) >= QUOTED_WORDS:
        return Act(STATEMENT)
    text = article.text
    cue = text[slice(*attribution.cue)].lower().replace("’", "'")
    start = next((s for s, _ in attribution.content if s >= attribution.cue[1]), attribution.content[0][0])
    between = text[attribution.cue[1] : start] if 0 <= start - attribution.cue[1] <= 12 else ""
    opening = _opening(f"{between} {text[start : start + 12]}", cue)
    begins = attribution.cue[0]
    if _ASKED_FIRST.match(text, begins) or (
        _ASKED.match(cue) and _CONDITION.search(text, max(0, begins - 12), begins)
    ):
        return Act(ATTITUDE)  # "When asked for comment, the firm said": the firm asked nothing
    if (
        attribution.form == "indirect"
        and attribution.probability < SURE
        and opening != "that"
        and not cue_is_listed(cue, lists)
    ):
        return Act(PLAN if opening == "to" else ATTITUDE)
    is_person = form in ("person", "group", "none", None)
    return act_of_cue(cue, opening, is_person, attribution.form == "mixed", lists)


@lru_cache(maxsize=50_000)
def act_of_cue(cue: str, opening: str, is_person: bool, is_quoted: bool, lists: Lists) -> Act:
    """Act of a cue in lower case.

    Its content opens with `opening` ("that", "to" or "").
    `is_person`: whether the source is a person or group, who shows otherwise than a document shows.
    `is_quoted`: whether the content has words in quotation marks.
    """
    words = _WORD.findall(cue)
    act, decisive = None, words
    first = 0
    for at, row in _listed(words, lists):
        found = _of_row(row, opening, is_person)
        if found == STATEMENT and (act is None or "to" not in words[first:at]):
            # "drafted a letter reminding"; but not "wants to announce"
            act, decisive = STATEMENT, words[at : at + 1]
            break
        if act is None:
            act, first = found, at
    share = max((_spoken_share(w) for w in decisive if word_class(w) not in _FUNCTION_WORDS), default=0.0)
    is_spoken = is_quoted or opening == "that"
    if act is None and (is_spoken or share >= SPOKEN_SHARE):
        act = STATEMENT
    if act != STATEMENT:
        return Act(act or (PLAN if opening == "to" else ATTITUDE))
    if not is_spoken and _NEGATED.match(cue):
        return Act(ATTITUDE)  # "did not say when": what a source keeps back is nobody's statement
    return Act(STATEMENT, not is_spoken and share < STRONG_SHARE and "according" not in words)


def cue_is_listed(cue: str, lists: Lists) -> bool:
    """Whether a list of speech, thought or decisions has a word of the cue."""
    words = _WORD.findall(cue.lower().replace("’", "'"))
    known = lists.reporting_verbs, lists.reporting_nouns
    return (
        any(word in group for word in words for group in known)
        or next(_listed(words, lists), None) is not None
    )


def _listed(words: list[str], lists: Lists) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Listed cues in `words`, the longest at each position.

    Each as (number of the first word, row).
    """
    at = 0
    while at < len(words):
        for length in range(_LONGEST, 0, -1):
            row = lists.acts.get(" ".join(words[at : at + length]))
            if row is not None:
                yield at, row
                break
        at += length


def _of_row(row: Mapping[str, str], opening: str, is_person: bool) -> str:
    if opening and (act := row[f"before_{opening}"]):
        return act
    return (is_person and row["of_person"]) or row["act"]


def _opening(content: str, cue: str) -> str:
    """ "that" or "to" where the content opens with it, or the cue ends in it."""
    if match := _OPENER.match(content.strip(" ,\n\t")):
        return match[0].lower()
    last = cue.rpartition(" ")[2]
    return last if last in ("that", "to") else ""


def _longest_quoted(article: Article, attribution: Attribution) -> int:
    """Number of words in the longest quoted span of the content."""
    counts: dict[int, int] = {}
    for start, end in attribution.content:
        first, last = article.token_at(start), article.token_at(end)
        numbers = article.quoted_span_of[first:last]
        for token, number in zip(article.tokens[first:last], numbers, strict=True):
            if number >= 0 and token[0].isalnum():
                counts[number] = counts.get(number, 0) + 1
    return max(counts.values(), default=0)


# ---------------------------------------------------------------------------------------- cue counts


def _spoken_share(word: str) -> float:
    """Share of spoken contents among annotated attributions with this cue word."""
    counts = cue_counts()
    for key in (word, f"{stem(word)}*"):
        n, n_spoken = counts.get(key, (0, 0))
        if n >= LEAST_COUNT:
            return n_spoken / n
    return 0.0


@cache
def cue_counts() -> Mapping[str, tuple[int, int]]:
    """Counts of each cue word, and of each stem with *.

    A pair: attributions, and those of them that are quoted or have "that".
    """
    path = resources.files("onrecord").joinpath("models/cue_counts.csv")
    with path.open("r", encoding="utf-8") as file:
        return {row["word"]: (int(row["n"]), int(row["n_spoken"])) for row in csv.DictReader(file)}
