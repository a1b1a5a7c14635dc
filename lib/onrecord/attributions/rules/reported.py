"""Words that an outlet passes on.

"Fenn said, according to the Herald" is Fenn's, not the outlet's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from onrecord.attributions.rules.hearers import begins_clause
from onrecord.attributions.rules.source_phrases import inner_speaker
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.mentions.outlets import is_outlet
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

_VERB = (
    r"(?P<cue>said|says|wrote|tweeted|added|claimed|told [^,.;“”\"]{1,30}|argued|insisted|warned|admitted)"
)
_SUBJECT = r"(?P<source>(?:[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}|he|she|they))"
# "…, Fenn said", at the end of a content; "Fenn said in another post that", before one.
_BEHIND = re.compile(rf",[”\"]? {_SUBJECT} {_VERB}$")
_BEFORE = re.compile(rf"{_SUBJECT} {_VERB}(?: (?!that\b)[\w’'-]+){{0,6}} ?$")
_WHOLE = re.compile(rf"{_SUBJECT} {_VERB}")  # a piece of the content for itself
# "[The pier fell], Fenn said, according to the Herald": between the content and the outlet.
_BETWEEN = re.compile(rf",[”\"]? {_SUBJECT} {_VERB},? $")
_SHORTEST_BETWEEN = len(", A said ")
_ACCORDING = ", according to "
_LENGTH_OF_CUE = len("according to")
_TAIL = re.compile(rf"{_ACCORDING}(?P<outlet>[^,;:“”\"]{{2,60}})$")
_AN_OUTLETS = re.compile(
    r"\b(?:media|news|press|newspaper) reports?$|\bnews (?:agency|service|channel)$|\bbroadcaster$"
    r"|\b(?:reports?|story|article) (?:by|in|from|on) "
)


def pass_on(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions to an outlet that only passes words on, given to who said them."""
    within = article.tokens_of(_within(lists) & article.places.keys())
    if "according" not in article.places:
        return [_passed_on(article, one, within, lists) for one in attributions]
    joined = _joined(article, attributions)
    return [_without_outlet(article, _passed_on(article, one, within, lists), lists) for one in joined]


@lru_cache(maxsize=4)
def _within(lists: Lists) -> frozenset[str]:
    """First words of the verbs of a speaker whom an outlet passes on, in lower case."""
    forms = (form for form, verb in lists.reporting_verbs.items() if "within" in verb.kinds)
    return frozenset(form.split(" ")[0] for form in forms)


def _joined(article: Article, attributions: list[Attribution]) -> list[Attribution]:
    """Attributions with an opening adjunct joined to its clause.

    "The suit said that [throughout the search], a guard joked, according to the Post": one attribution.
    """
    outlets = {
        one.content[0][0]: one
        for one in attributions
        if one.cue is not None and _is_according(article, one.cue)
    }
    if not outlets:
        return attributions
    joined: list[Attribution] = []
    gone: set[int] = set()
    for one in attributions:
        end = one.content[-1][1]
        rest = outlets.get(end + 2) or outlets.get(end + 1)
        if rest is None or rest is one or not _is_adjunct(article, one, rest.content[0][0]):
            joined.append(one)
            continue
        content = [*one.content[:-1], (one.content[-1][0], rest.content[0][1]), *rest.content[1:]]
        joined.append(one._replace(content=content, form=article.form_of(content)))
        gone.add(rest.content[0][0])
    return [one for one in joined if one.content[0][0] not in gone]


def _is_adjunct(article: Article, attribution: Attribution, following: int) -> bool:
    """Whether the content has no verb and its sentence goes on at `following`.

    It is behind its cue.
    """
    start, end = attribution.content[-1]
    if attribution.form != "indirect" or article.sentence_at(start) != article.sentence_at(following):
        return False
    words = article.tokens[article.token_at(start) : article.token_at(end)]
    is_behind = attribution.cue is not None and attribution.cue[1] <= start
    return is_behind and not any(word_class(word) in ("A", "d") for word in words)


def _passed_on(article: Article, attribution: Attribution, within: list[int], lists: Lists) -> Attribution:
    text, cue, source = article.text, attribution.cue, attribution.source
    if cue is None or source is None:
        return attribution
    start, end = attribution.content[-1]
    is_according = _is_according(article, cue)
    if not (is_according or (end <= source[0] and article.sentence_at(start) == article.sentence_at(cue[0]))):
        return _inner(article, attribution, within, lists)
    if is_according and source[0] < cue[0]:
        return attribution
    behind_words = min(cue[0], source[0])
    if not is_according and len(attribution.content) == 1 and behind_words - end < _SHORTEST_BETWEEN:
        # "“…,” said Fenn": most attributions
        given = _with_inner_speaker(article, attribution, lists)
        return given if given is not attribution and _is_outlets(text[slice(*source)], lists) else attribution
    if not _is_outlets(text[slice(*source)], lists):
        return attribution
    if len(attribution.content) > 1 and (inner := _WHOLE.fullmatch(text, start, end)):
        content = attribution.content[:-1]
        return attribution._replace(
            content=content,
            cue=inner.span("cue"),
            source=inner.span("source"),
            form=article.form_of(content),
        )
    if between := _BETWEEN.match(text, end, behind_words):
        return attribution._replace(cue=between.span("cue"), source=between.span("source"))
    if not is_according:
        return _with_inner_speaker(article, attribution, lists)
    if behind := _BEHIND.search(text, start, end):
        content = [*attribution.content[:-1], (start, behind.start())]
        if behind.start() - start < 2:
            return attribution
    else:
        start, end = _clause_before(article, attribution.content[0][0])
        behind = _BEFORE.match(text, start, end)
        content = attribution.content
    if behind is None:
        return _with_inner_speaker(article, attribution, lists)
    form = article.form_of(content)
    return attribution._replace(
        content=content, cue=behind.span("cue"), source=behind.span("source"), form=form
    )


def _is_according(article: Article, cue: Span) -> bool:
    return cue[1] - cue[0] == _LENGTH_OF_CUE and article.text[slice(*cue)].lower() == "according to"


def _without_outlet(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution without ", according to the Herald" at the end of its content."""
    start, end = attribution.content[-1]
    if attribution.form == "direct" or article.text.find(_ACCORDING, start, end) < 0:
        return attribution
    tail = _TAIL.search(article.text, start, end)
    if tail is None or tail.start() - start < 2 or not _is_outlets(tail["outlet"], lists):
        return attribution
    return attribution._replace(content=[*attribution.content[:-1], (start, tail.start())])


def _is_outlets(words: str, lists: Lists) -> bool:
    """Whether the words are an outlet, or of one: "reports by the Herald"."""
    if is_outlet(words, lists):
        return True
    report = _AN_OUTLETS.search(words)
    return report is not None and (report.end() == len(words) or is_outlet(words[report.end() :], lists))


def _with_inner_speaker(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution to whoever the content names.

    "[The suit also said] that …, according to the Post."
    """
    start, end = attribution.content[-1]
    first, stop = article.token_at(start), article.token_at(end)
    inner = inner_speaker(article, first, stop, lists)
    if inner is None or article.tokens[first].islower():
        return attribution
    content = [*attribution.content[:-1], (inner.content[0][0], min(end, inner.content[0][1]))]
    form = article.form_of(content)
    return attribution._replace(content=content, cue=inner.cue, source=inner.source, form=form)


def _inner(article: Article, attribution: Attribution, within: list[int], lists: Lists) -> Attribution:
    """Attribution given to the speaker within it.

    "Local papers say [a guard claims] the gate was open."; `within` has the tokens of such verbs.
    """
    cue, source = attribution.cue, attribution.source
    start, end = attribution.content[0]
    if cue is None or source is None or not source[1] <= cue[0] < cue[1] <= start <= cue[1] + 12:
        return attribution
    if len(attribution.content) > 1 or attribution.form == "direct":
        return attribution
    first, stop = article.token_at(start), article.token_at(end)
    first += article.tokens[first] == "that"
    nearest = bisect_right(within, first)
    if nearest == len(within) or within[nearest] >= stop:
        return attribution
    words = article.text[slice(*source)]
    if not (is_outlet(words, lists) and (words[0].isupper() or parse_mention(words, lists).kind == "media")):
        return attribution
    inner = inner_speaker(article, first, stop, lists)
    if inner is None or inner.cue is None:
        return attribution
    behind = article.token_at(inner.cue[1])
    verb = lists.reporting_verbs.get(article.text[slice(*inner.cue)].lower())
    if verb is None or "within" not in verb.kinds:
        return attribution
    if article.tokens[behind] != "that" and not begins_clause(article, behind, stop, lists):
        return attribution  # "wrote that Fenn had claimed a loss"
    form = article.form_of(inner.content)
    return attribution._replace(content=inner.content, cue=inner.cue, source=inner.source, form=form)


def _clause_before(article: Article, offset: int) -> Span:
    """Span of what is before `offset` in its sentence, from the last comma on."""
    first = article.sentences[article.sentence_at(offset)][0]
    comma = article.text.rfind(", ", first, offset)
    return (comma + 2 if comma >= 0 else first), offset
