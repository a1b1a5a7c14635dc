"""Justification: what an article says to explain why a source has a say.

The first rule that fits:

1. the basis of knowledge of an unnamed source, with the rest of its clause;
2. the longest apposition, relative clause or predicate at any mention that says more than the title and
   the affiliation: "a nurse at Holme Hospital who has worked there for 20 years"; first an apposition
   to a full name, and never a step of the story ("who had already left");
3. the longest clause in the outlet's own words, outside every attribution, whose subject is the source
   and that says what it is or went through; where the source has no title, also the first that says what
   it did;
4. the apposition or relative clause that says what its organisation is or does, at any mention of the
   organisation;
5. the longest phrase of its office: "chief executive of Alder Foods", "dock’s manager".

A document has its own noun phrase, where this says by whom, to whom or about what it is. "Said at a
meeting" belongs to an attribution and is never a justification.

Source: docs/codebook.md.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from onrecord.mentions.words import STOPS
from onrecord.records import Attribution, Span
from onrecord.sources.cast import Cast
from onrecord.sources.described_sources import phrases_behind_organisation
from onrecord.sources.person_phrases import Phrase, segment_end
from onrecord.sources.subject_clauses import clause_of
from onrecord.text.tokens import Article

_COMMON = re.compile(r"\b(?!former\b|current\b)[a-z][\w’'-]{2,}")  # words that are not names
_LEAST = 2  # words beside title and affiliation that say more
_TRIED = 8  # mentions of an organisation that are read
# "which is still shut", "which has lost its boats": a state or an event, not what an organisation does
IS_STATE = re.compile(
    r"which (?:will|would|could|plans|hopes|may|might)\b"
    r"|which (?!(?:is|was) (?:an?|the|one)\b|has been [a-z]+ing\b)(?:is|was|has|had|are|were|[a-z]+ed)\b"
)
_COPULA = re.compile(r"(?:is|was|are|were) (?=(?:an?|the|one) )")
# "who had already qualified", "who in turn spoke": a step of the story, not who somebody is
_IS_STEP = re.compile(
    r"who (?:had (?!been\b)|then |later |in turn |also [a-z]+ed\b|already |just )"
    r"|who (?:many|some|critics|he|she|they|it|police|officials|prosecutors) "
)
_REACH = 400  # characters behind an organisation that are read
_ORDER = (("behind", "clause", "copula", "affiliation"), ("before",), ("self",))


def attributed_sentences(article: Article, attributions: Iterable[Attribution]) -> frozenset[int]:
    """Numbers of the sentences with a content or a cue of an attribution."""
    found: set[int] = set()
    starts = article.sentence_starts
    for attribution in attributions:
        spans = [*attribution.content, attribution.cue] if attribution.cue else attribution.content
        for start, end in spans:
            first = bisect_right(starts, start) - 1
            if first >= 0 and (first + 1 == len(starts) or end <= starts[first + 1]):
                found.add(first)  # most are within one sentence
            else:
                last = article.sentence_at(max(start, end - 1))
                found.update(range(max(0, first), last + 1))
    return frozenset(found)


def justification_of(
    cast: Cast,
    phrases: list[Phrase],
    mentions: list[Span],
    told: frozenset[int],
    basis: Span | None = None,
    affiliation: Span | None = None,
) -> Span | None:
    """Justification of a person or a group, by offsets, or None.

    `phrases` are those of its mentions, `mentions` the offsets of its name, `told` the sentences with
    an attribution (see attributed_sentences).
    """
    if basis is not None:
        clauses = [phrase for phrase in phrases if phrase.kind == "clause"]
        around = [phrase for phrase in clauses if phrase.start <= basis[0] and basis[1] <= phrase.end]
        return longest(around) or basis
    more = _that_say_more(cast, phrases)
    if more and (found := longest(_at_full_names(cast, more, mentions)) or longest(more)):
        return found
    lived, done = _clauses_of_name(cast, phrases, mentions, told)
    if lived:
        start, end = max(lived, key=lambda span: span[1] - span[0])
        copula = _COPULA.match(cast.text, start, end)  # "is a technician"
        return (copula.end() if copula else start), end
    if done and not any(phrase.title for phrase in phrases):
        return done[0]
    if affiliation is not None and (found := _of_organisation(cast, cast.text[slice(*affiliation)])):
        return found
    text = cast.text
    return longest([p for p in phrases if not (text.startswith("who ", p.start) and _is_step(text, p))])


def _that_say_more(cast: Cast, phrases: list[Phrase]) -> list[Phrase]:
    """Phrases that say more than titles and affiliations.

    Steps of a story do not count.
    """
    more = [phrase for phrase in phrases if phrase.kind in _ORDER[0]]
    if not more:
        return more
    titles = [span for phrase in phrases for span in (phrase.title, phrase.affiliation) if span]
    return [p for p in more if not _is_step(cast.text, p) and _says_more(cast, p, titles)]


def _is_step(text: str, phrase: Phrase) -> bool:
    """Whether a relative clause is a step of the story."""
    return _IS_STEP.match(text, phrase.start) is not None


def _at_full_names(cast: Cast, phrases: list[Phrase], mentions: list[Span]) -> list[Phrase]:
    """Appositions behind a first name or initial with a last name.

    Where two persons share a last name, only they are certain.
    """
    behind = [phrase for phrase in phrases if phrase.kind == "behind"]
    if not behind:
        return behind
    full = {end for start, end in mentions if " " in cast.text[start:end]}
    return [phrase for phrase in behind if not full.isdisjoint(range(phrase.start - 3, phrase.start + 1))]


def _says_more(cast: Cast, phrase: Phrase, titles: list[Span]) -> bool:
    """Whether a phrase has common words beside titles, affiliations and names."""
    if phrase.kind == "clause":
        return phrase.title is None
    if phrase.title is None and phrase.head in cast.lists.gendered_nouns and "’s " in _words(cast, phrase):
        return True  # "Moll’s father"
    inside = [span for span in titles if phrase.start <= span[0] and span[1] <= phrase.end]
    n = 0
    for match in _COMMON.finditer(cast.text, phrase.start, phrase.end):
        word, at = match.group(), match.start()
        if word not in STOPS and word not in cast.lists.bodies and not [1 for a, b in inside if a <= at < b]:
            n += 1
            if n == _LEAST:
                return True
    return False


def _words(cast: Cast, phrase: Phrase) -> str:
    return cast.text[phrase.start : phrase.end].replace("'s ", "’s ")


def _clauses_of_name(
    cast: Cast, phrases: list[Phrase], mentions: list[Span], told: frozenset[int]
) -> tuple[list[Span], list[Span]]:
    """Clauses in the outlet's own words whose subject is the source, in two lists.

    They are those of what the source is or went through, and those of what it did.
    """
    article = cast.article
    lived: list[Span] = []
    done: list[Span] = []
    for mention in mentions:
        number = article.sentence_at(mention[0])
        if number in told or article.is_quoted(mention[0]) or article.in_boilerplate(mention[0]):
            continue
        first, stop, _ = article.sentences[number]
        before = (p.start for p in phrases if p.kind == "before" and first <= p.start and p.end <= mention[0])
        clause = clause_of(article, min(before, default=mention[0]), mention, (first, stop), cast.lists)
        if clause is not None:
            (lived if clause.is_experience else done).append((clause.start, clause.end))
    return lived, done


def _of_organisation(cast: Cast, name: str) -> Span | None:
    """What the article says that an organisation is or does, or None."""
    article, text = cast.article, cast.text
    if not name[:1].isupper():
        return _of_noun(cast, name)
    if name in cast.lists.places:
        return None
    at = -1
    for _ in range(_TRIED):
        at = text.find(name, at + 1)
        if at < 0:
            return None
        end = at + len(name)
        if text[end : end + 1] not in (",", " ") or article.is_quoted(at):
            continue
        stop = min(article.sentences[article.sentence_at(at)][1], end + _REACH)
        phrases = phrases_behind_organisation(text, end, stop, cast.lists)
        if phrases and not IS_STATE.match(text, phrases[0].start):
            return phrases[0].start, phrases[0].end
    return None


def _of_noun(cast: Cast, noun: str) -> Span | None:
    """First apposition with a noun for an organisation: "a charity that feeds seals"."""
    noun = noun.rpartition(" ")[2]
    text, tried, at = cast.text, 0, -1
    while tried < _TRIED and (at := text.find(f"{noun} ", at + 1)) >= 0:
        link = _LINK.match(text, at + len(noun))
        if link is None or not _BORDER.match(text, at):
            continue
        tried += 1
        begin = text.rfind(", ", max(0, at - _BEHIND), at) + 2
        if begin > 1 and _APPOSED.match(text, begin, link.end()) and not cast.article.is_quoted(begin):
            stop = cast.article.sentences[cast.article.sentence_at(begin)][1]
            return begin, segment_end(text, link.end(), stop)
    return None


_BORDER = re.compile(r"\b")
_LINK = re.compile(r" (?:that|which|of|for) ")  # behind the noun
_BEHIND = 60  # characters before the noun of an apposition
_APPOSED = re.compile(r"(?:an?|the) (?:[\w-]+ ){1,5}")


def longest(phrases: list[Phrase]) -> Span | None:
    """Longest apposition, relative clause or predicate.

    Without one, it is the phrase before the name.
    """
    if not phrases:
        return None
    for kinds in _ORDER:
        said = [phrase for phrase in phrases if phrase.kind in kinds]
        if kinds == ("self",):  # "sources" explain nothing
            said = [phrase for phrase in said if phrase.affiliation or _has_modifier(phrase)]
        if said:  # of two as long the one with more words: "AB 1777 author" beside "Assemblymember"
            found = max(said, key=lambda phrase: (phrase.end - phrase.start, -len(phrase.head)))
            return found.start, found.end
    return None


def _has_modifier(phrase: Phrase) -> bool:
    """Whether a title has words beside its noun."""
    return phrase.title is not None and phrase.title[1] - phrase.title[0] > len(phrase.head)
