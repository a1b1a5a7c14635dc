"""Words passed on by another.

"The Post quoted Orla Fenn as saying …", "…, the Post reported, citing …". The source is the person whose
words they are. The outlet between is found again by sources/relay.py, which reads the same sentence.
"""

from __future__ import annotations

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    MARKS,
    Range,
    is_time,
    sentence_tokens,
    text_span,
    verb_group,
)
from onrecord.attributions.rules.phrases import phrase_after, phrase_before
from onrecord.attributions.rules.readings import Reading, stripped, with_readings, with_source
from onrecord.mentions.outlets import is_outlet
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_WAY = 16  # tokens between "quoted" and "as saying"
SHORTEST_CLAUSE = 3  # tokens

_QUOTING = word_set("quoted quotes quoting cited cites citing paraphrased paraphrasing Quoting Citing")
_TRIGGERS = frozenset(map(str.lower, _QUOTING))
# Whoever is cited speaks: a person, people, a body. "Citing safety" cites nobody.
_SPEAKERS = frozenset(("person", "people", "group", "institution", "media", "document", "name"))


def with_relayed(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the words of those who are quoted given to them."""
    at = [token for token in article.tokens_of(_TRIGGERS) if article.tokens[token] in _QUOTING]
    readings = []
    cited = None
    for token in at:
        if article.in_boilerplate(article.token_starts[token]):
            continue
        reading = _as_saying(article, token, lists)
        if reading is not None:
            readings.append(reading)
            cited = cited or ByPosition(attributions)
            _leave_out_quoted(article, cited, token)
        elif article.tokens[token] in ("Citing", "Quoting") or (
            article.tokens[token] in ("citing", "quoting") and article.tokens[token - 1] == ","
        ):
            cited = cited or ByPosition(attributions)
            _give_to_cited(article, cited, token, lists)
    if cited is not None:
        attributions = list(cited.attributions.values())
    return with_readings(article, attributions, readings)


def _leave_out_quoted(article: Article, found: ByPosition, token: int) -> None:
    """Leave out what follows "quoted" at `token` of the attributions with that cue."""
    for number, attribution in found.around([text_span(article, (token, token + 1))]):
        kept = _without_quoted(article, attribution, token)
        if kept is None:
            del found.attributions[number]
        else:
            found.attributions[number] = kept


def _without_quoted(article: Article, attribution: Attribution, token: int) -> Attribution | None:
    """Attribution without what follows "quoted".

    Those who are quoted are nobody's content. None where nothing is left.
    """
    first, last = article.token_starts[token], article.token_ends[sentence_tokens(article, token)[1] - 1]
    if attribution.cue is None or not attribution.cue[0] <= first < attribution.cue[1]:
        return attribution
    content = [
        span
        for span in attribution.content
        if not first < span[0] < last or article.is_quoted(span[0]) or span[1] > last
    ]
    if content == attribution.content:
        return attribution
    return attribution._replace(content=content, form=article.form_of(content)) if content else None


def _as_saying(article: Article, token: int, lists: Lists) -> Reading | None:
    """Reading of "quoted NAME as saying …" and "NAME was quoted (by …) as saying …"."""
    tokens = article.tokens
    first, stop = sentence_tokens(article, token)
    way = range(token + 1, min(stop - 2, token + LONGEST_WAY))
    begin = next((i for i in way if tokens[i] == "as" and _said_at(tokens, i + 1, lists)), None)
    saying = None if begin is None else _said_at(tokens, begin + 1, lists)
    if begin is None or saying is None:
        begin = saying = _bare_saying(article, token, stop, lists)
    if begin is None or saying is None:
        return _before_colon(article, token, stop, lists) or _was_quoted(article, token, first, stop, lists)
    group = verb_group(article, token, lists)
    if group is not None and group.is_passive:
        source = phrase_before(article, group.first, first, lists)
    else:
        source = phrase_after(article, token + 1, begin, lists)
    if source is None:
        return None
    content = _said(article, saying, stop, lists) or _quoted_before(article, first, token)
    content = content or _clause_before(article, first, token, lists)
    if content is None:
        return None
    cue = text_span(article, (begin, saying + 1))
    return Reading([content], cue, text_span(article, source))


def _bare_saying(article: Article, token: int, stop: int, lists: Lists) -> int | None:
    """Token of "saying" right behind whoever is cited: "cites two guards saying"."""
    tokens = article.tokens
    near = range(token + 2, min(stop - 1, token + LONGEST_WAY))
    at = next((i for i in near if tokens[i] == "saying"), None)
    if at is None:
        return None
    phrase = phrase_after(article, token + 1, at, lists)
    return at if phrase is not None and phrase[1] == at else None


def _before_colon(article: Article, token: int, stop: int, lists: Lists) -> Reading | None:
    """Reading of "it also quotes a trapper: “They taste of mud.”"."""
    tokens = article.tokens
    source = phrase_after(article, token + 1, stop, lists)
    if source is None or source[1] + 1 >= len(tokens) or tokens[source[1]] != ":":
        return None
    number = article.quoted_span_of[source[1] + 1]
    group = verb_group(article, token, lists)
    if number < 0 or not _speaks(article, source, lists) or (group is not None and group.is_passive):
        return None
    quoted = article.quoted_spans[number]
    cue = text_span(article, (token, token + 1))
    return Reading([(quoted.start, quoted.end)], cue, text_span(article, source))


def _was_quoted(article: Article, token: int, first: int, stop: int, lists: Lists) -> Reading | None:
    """Reading of "“The dam held,” the engineer Orla Fenn was quoted."."""
    tokens = article.tokens
    group = verb_group(article, token, lists)
    if group is None or not group.is_passive or group.is_modal:
        return None
    if not all(is_time(article, i) or not tokens[i][0].isalnum() for i in range(group.stop, stop)):
        return None
    quotation = _quoted_before(article, first, group.first)
    if quotation is None:
        return None
    begin = article.token_at(quotation[1])
    begin += article.tokens[begin] == ","
    if not 0 < group.first - begin <= LONGEST_WAY:
        return None
    cue, source = text_span(article, (group.first, group.stop)), text_span(article, (begin, group.first))
    return Reading([quotation], cue, source)


def _said_at(tokens: list[str], at: int, lists: Lists) -> int | None:
    """Token of the verb that follows "quoted as": "[saying]", "having [said]"."""
    having = tokens[at] == "having"
    verb = lists.reporting_verbs.get(tokens[at + having])
    tense = "participle" if having else "ing"
    return at + having if verb is not None and "relay" in verb.kinds and tense in verb.tenses else None


def _said(article: Article, saying: int, stop: int, lists: Lists) -> Span | None:
    """Words behind "as saying", up to the end of the sentence or of the quotation."""
    tokens = article.tokens
    first = saying + 1
    if tokens[saying] in ("telling", "told"):
        addressee = phrase_after(article, first, stop, lists)
        first = addressee[1] if addressee else first
    while first < stop and tokens[first] in (":", ",", "that"):
        first += 1
    if stop - first < 2 or tokens[first].lower() == "by":
        return None
    if all(is_time(article, i) or not tokens[i][0].isalpha() for i in range(first, stop)):
        return None  # "…, the Post quoted a guard as saying [on Friday]"
    span = article.token_starts[first], article.token_ends[stop - 1]
    number = article.quoted_span_of[first]
    if number >= 0:
        quoted = article.quoted_spans[number]
        rest = article.text[quoted.end : span[1]].strip(" .")
        return (quoted.start, quoted.end) if not rest or rest[0] in ",;—–" else (quoted.start, span[1])
    return stripped(article.text, *span)


def _quoted_before(article: Article, first: int, token: int) -> Span | None:
    """Last quotation before the token in its sentence."""
    for at in range(token - 1, first - 1, -1):
        number = article.quoted_span_of[at]
        if number >= 0:
            quoted = article.quoted_spans[number]
            return quoted.start, quoted.end
    return None


def _clause_before(article: Article, first: int, token: int, lists: Lists) -> Span | None:
    """Clause before the outlet and its comma.

    "[The pier fell], the Post quoted a guard as saying."
    """
    outlet = phrase_before(article, token, first, lists)
    comma = -1 if outlet is None else outlet[0] - 1
    if comma - first < SHORTEST_CLAUSE or article.tokens[comma] != ",":
        return None
    return stripped(article.text, *text_span(article, (first, comma)))


def _give_to_cited(article: Article, found: ByPosition, token: int, lists: Lists) -> None:
    """Make whoever is cited at `token` the source of what the sentence reports."""
    first, stop = sentence_tokens(article, token)
    source = phrase_after(article, token + 1, stop, lists)
    if source is None or not _speaks(article, source, lists):
        return
    start, end = text_span(article, (first, stop))
    cue = text_span(article, (token, token + 1))
    name = text_span(article, source)
    for number, attribution in found.around([(start, max(end, name[1] + 1))]):
        words = attribution.source and article.text[slice(*attribution.source)]
        is_outlets = words is None or is_outlet(words, lists)
        if is_outlets and all(cue[0] <= s[0] and s[1] <= name[1] + 1 for s in attribution.content):
            del found.attributions[number]  # "citing [two guards]": the one cited is nobody's content
            continue
        inside = any(start <= span[0] and span[1] <= end for span in attribution.content)
        reported = (
            attribution.cue is not None
            and start <= attribution.cue[0] < end
            and words is not None
            and (
                is_outlets
                or ((token == first or _reports(article, attribution.cue)) and _passes_on(words, lists))
            )
        )
        if inside and reported and attribution.source != name:
            found.attributions[number] = with_source(article, attribution, name, cue)


def _reports(article: Article, cue: Span) -> bool:
    """Whether the cue is that of an outlet: "the Echo reported, citing two guards"."""
    return article.text[slice(*cue)].lower().startswith("report")


def _passes_on(words: str, lists: Lists) -> bool:
    """Whether the words may name an outlet in a sentence that opens with "citing"."""
    return parse_mention(words, lists).kind in ("name", "institution", "document")


def _speaks(article: Article, phrase: Range, lists: Lists) -> bool:
    """Whether the phrase names somebody or something that can be quoted."""
    words = article.text[slice(*text_span(article, phrase))]
    if any(token in MARKS for token in article.tokens[slice(*phrase)]):
        return False
    return parse_mention(words, lists).kind in _SPEAKERS
