"""Linked runs of tokens to attributions: content, cue and source as spans of text."""

from __future__ import annotations

import numpy as np

from onrecord.attributions.linking.candidates import Batch, Likelihoods, Runs, find_candidates
from onrecord.attributions.linking.linker import Linker, Links, link
from onrecord.attributions.rules.asides import (
    LONGEST_GAP,
    from_the_comma,
    impersonal,
    is_addressee,
    reporting_cue,
    without_asides,
)
from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.word_forms import word_class
from onrecord.attributions.tagging.word_types import ALNUM
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists


def assemble_attributions(
    articles: list[Article], tokens: Tokens, likely: Likelihoods, linker: Linker, lists: Lists
) -> list[list[Attribution]]:
    """Attributions of each article from what its tokens probably are."""
    batch = find_candidates(tokens, likely)
    continued = np.array([s.is_continued for article in articles for s in article.quoted_spans] or [False])
    links = link(batch, continued, linker)
    found: list[list[Attribution]] = [[] for _ in articles]
    offsets = np.concatenate([[0], np.cumsum([len(article.tokens) for article in articles])])
    kept = np.flatnonzero(links.kept)
    if not len(kept):
        return found
    borders = np.flatnonzero(np.diff(links.group[kept])) + 1
    owners = np.searchsorted(offsets, batch.contents.first[kept], "right") - 1
    at = 0
    for members in np.split(kept, borders):
        owner = int(owners[at])
        at += len(members)
        article, offset = articles[owner], int(offsets[owner])
        for part in without_asides(article, offset, batch, members):
            attribution = _assemble(article, offset, batch, links, part, lists)
            if attribution is not None:
                found[owner].append(attribution)
    return found


def _assemble(
    article: Article, offset: int, batch: Batch, links: Links, members: np.ndarray, lists: Lists
) -> Attribution | None:
    """One attribution from its content runs; None if only marks and blanks remain."""
    cue = _best(links.cue, links.cue_probability, members, batch.cues, offset)
    source = _best(links.source, links.source_probability, members, batch.sources, offset)
    source = impersonal(article, cue) or (source and _noun_phrase(article, *source))
    starts = [int(batch.contents.first[k]) - offset for k in members]
    cue = reporting_cue(article, source, cue, lists) if cue and cue[1] not in starts else cue
    taken = [span for span in (cue, source) if span]
    ranges: list[tuple[int, int]] = []
    for first, k in zip(starts, members, strict=True):
        ranges += _without(first, int(batch.contents.stop[k]) - offset, taken)
    ranges = [piece for piece in (_trimmed(article, *r) for r in ranges) if piece[0] < piece[1]]
    ranges = _filled(article, ranges, taken)
    ranges = from_the_comma(article, ranges, source)
    if not ranges:
        return None
    content = _spans(article, ranges)
    if _is_bare_name(article, ranges, cue) or (len(ranges) == 1 and is_addressee(article, ranges[0])):
        return None
    words = quoted = 0
    numbers: set[int] = set()
    for first, stop in ranges:
        is_word = batch.tokens.rows[offset + first : offset + stop, ALNUM] > 0
        number = article.token_quoted_span[first:stop][is_word]
        words += len(number)
        inside = number[number >= 0]
        quoted += len(inside)
        numbers.update(inside.tolist())
    if not words:
        return None
    length = batch.contents.stop[members] - batch.contents.first[members]
    probability = float(links.keep_probability[members] @ length / length.sum())
    return Attribution(
        content,
        _span(article, cue),
        _span(article, source),
        "direct" if quoted == words else "mixed" if quoted else "indirect",
        all(article.quoted_spans[number].is_closed for number in numbers),
        probability,
    )


def _is_bare_name(article: Article, ranges: list[tuple[int, int]], cue: tuple[int, int] | None) -> bool:
    """Whether the content is a name in quotation marks without a cue right before it.

    Such a name is in scare quotes.
    """
    (first, stop), *more = ranges
    inner = [token for token in article.tokens[first:stop] if token[0].isalnum()]
    return (
        not more
        and len(inner) <= 3
        and article.token_quoted_span[first] >= 0
        and all(token[0].isupper() for token in inner)
        and not any(token in ",.?!" for token in article.tokens[first:stop])
        and not (cue and 0 <= first - cue[1] <= 2)
    )


def _best(
    choice: np.ndarray, probability: np.ndarray, members: np.ndarray, runs: Runs, offset: int
) -> tuple[int, int] | None:
    """Token range of the surest candidate that the members chose."""
    chosen = [k for k in members if choice[k] >= 0]
    if not chosen:
        return None
    k = choice[max(chosen, key=lambda k: probability[k])]
    return int(runs.first[k]) - offset, int(runs.stop[k]) - offset


def _noun_phrase(article: Article, first: int, stop: int) -> tuple[int, int]:
    """Source with the determiner before it.

    A preposition that opens the sentence is left out.
    """
    tokens, sentence = article.tokens, article.token_sentence
    if first + 1 < stop and (first == 0 or sentence[first - 1] != sentence[first]):
        first += word_class(tokens[first].lower()) in ("I", "g", "C")
    elif first and sentence[first - 1] == sentence[first] and word_class(tokens[first - 1]) == "D":
        first -= 1
    return first, stop


def _without(first: int, stop: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Range less the taken ranges within it."""
    pieces = [(first, stop)]
    for a, b in taken:
        pieces = [
            piece
            for p, q in pieces
            for piece in ([(p, q)] if b <= p or a >= q else [(p, max(p, a)), (min(b, q), q)])
            if piece[0] < piece[1]
        ]
    return pieces


def _filled(
    article: Article, ranges: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Ranges with short gaps closed where a sentence goes on.

    A gap is closed where it is another cue within the content: "According to the report, the ministry
    [has agreed] to wait." Gaps with the attribution's own cue or source, without a word, or at quotation
    marks stay.
    """
    found: list[tuple[int, int]] = []
    for first, stop in sorted(ranges):
        if found:
            before = found[-1][1]
            if (
                first - before <= LONGEST_GAP
                and article.token_sentence[before - 1] == article.token_sentence[first]
                and (article.token_quoted_span[before - 1 : first + 1] < 0).all()
                and not any(a < first and before < b for a, b in taken)
                and any(token[0].isalnum() for token in article.tokens[before:first])
            ):
                found[-1] = (found[-1][0], stop)
                continue
        found.append((first, stop))
    return found


_LOOSE = frozenset(",;:.-–—()") | {"--", "..."}


def _trimmed(article: Article, first: int, stop: int) -> tuple[int, int]:
    """Range without loose punctuation at its ends.

    Punctuation within quotation marks stays at the end, not at the start.
    """
    tokens, quoted_span = article.tokens, article.token_quoted_span
    while first < stop and tokens[first] in _LOOSE:
        first += 1
    while stop > first and tokens[stop - 1] in _LOOSE and quoted_span[stop - 1] < 0:
        stop -= 1
    return first, stop


def _spans(article: Article, ranges: list[tuple[int, int]]) -> list[Span]:
    """Spans of the ranges, with the quotation marks that they reach.

    Touching spans are merged. A span ends with its paragraph: a quotation over several paragraphs is one
    span per paragraph.
    """
    spans: list[Span] = []
    paragraph = -1
    for first, stop in sorted(ranges):
        start, end = int(article.starts[first]), int(article.ends[stop - 1])
        for t, is_first in ((first, True), (stop - 1, False)):
            number = article.token_quoted_span[t]
            if number < 0:
                continue
            quotation = article.quoted_spans[number]
            if is_first and not any(c.isalnum() for c in article.text[quotation.start : start]):
                start = quotation.start
            if not is_first and not any(c.isalnum() for c in article.text[end : quotation.end]):
                end = quotation.end
        _, _, here = article.sentences[article.token_sentence[first]]
        if spans and here == paragraph and not article.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
        paragraph = here
    return spans


def _span(article: Article, tokens: tuple[int, int] | None) -> Span | None:
    if tokens is None:
        return None
    return int(article.starts[tokens[0]]), int(article.ends[tokens[1] - 1])
