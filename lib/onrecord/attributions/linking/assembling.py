"""Linked runs of tokens to attributions: content, cue and source as spans of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

import numpy as np

from onrecord.attributions.linking.candidates import Batch, Likelihoods, Runs, find_candidates
from onrecord.attributions.linking.linker import Linker, Links, link
from onrecord.attributions.rules.asides import (
    LONGEST_GAP,
    LinkedRun,
    Range,
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
    # A byte for each token: bytes are counted faster than numbers.
    is_word = tokens.rows[:, ALNUM] > 0
    words, quoted_words = is_word.tobytes(), (is_word & tokens.quoted).tobytes()
    starts = tokens.starts.tolist()
    found: list[list[Attribution]] = [[] for _ in articles]
    for _, group in groupby(_linked_runs(batch, links), key=attrgetter("group")):
        members = list(group)
        owner = members[0].article
        article, offset = articles[owner], starts[owner]
        for part in without_asides(article, members):
            cue, source, ranges = _parts(article, part, lists)
            n_words = _count(words, offset, ranges)
            if not n_words or _is_no_content(article, ranges, cue):
                continue
            n_quoted = _count(quoted_words, offset, ranges)
            found[owner].append(
                Attribution(
                    _spans(article, ranges),
                    _span(article, cue),
                    _span(article, source),
                    "direct" if n_quoted == n_words else "mixed" if n_quoted else "indirect",
                    not n_quoted or _are_closed(article, ranges),
                    _probability(part),
                )
            )
    return found


def _linked_runs(batch: Batch, links: Links) -> Iterator[LinkedRun]:
    """The kept content runs with their cue and source, in text order.

    All numbers are looked up at once: one by one, arrays are slow.
    """
    kept = np.flatnonzero(links.kept)
    first = batch.contents.first[kept]
    starts = batch.tokens.starts
    owner = np.searchsorted(starts, first, "right") - 1
    offset = starts[owner]

    def ranges(runs: Runs, number: np.ndarray) -> list[Range | None]:
        """Token ranges of the runs with these numbers; None for -1."""
        if not len(runs.first):
            return [None] * len(number)
        pairs = zip(
            (runs.first[number] - offset).tolist(), (runs.stop[number] - offset).tolist(), strict=True
        )
        return [pair if n >= 0 else None for pair, n in zip(pairs, number.tolist(), strict=True)]

    yield from map(
        LinkedRun._make,
        zip(
            owner.tolist(),
            links.group[kept].tolist(),
            (first - offset).tolist(),
            (batch.contents.stop[kept] - offset).tolist(),
            ranges(batch.cues, links.cue[kept]),
            links.cue_probability[kept].tolist(),
            ranges(batch.sources, links.source[kept]),
            links.source_probability[kept].tolist(),
            links.keep_probability[kept].tolist(),
            strict=True,
        ),
    )


def _parts(
    article: Article, members: list[LinkedRun], lists: Lists
) -> tuple[Range | None, Range | None, list[Range]]:
    """Cue, source and content of the attribution that some content runs are.

    Without content if only marks and blanks remain.
    """
    cue, source = members[0].cue, members[0].source
    if len(members) > 1:
        cue = _surest([(run.cue_probability, run.cue) for run in members])
        source = _surest([(run.source_probability, run.source) for run in members])
    source = impersonal(article, cue) or (source and _noun_phrase(article, *source))
    if cue and all(run.first != cue[1] for run in members):
        cue = reporting_cue(article, source, cue, lists)
    taken = [span for span in (cue, source) if span]
    ranges = []
    for run in members:
        for piece in _without(run.first, run.stop, taken):
            first, stop = _trimmed(article, *piece)
            if first < stop:
                ranges.append((first, stop))
    if len(ranges) > 1:
        ranges = _filled(article, ranges, taken)
    return cue, source, from_the_comma(article, ranges, source)


def _count(flags: bytes, offset: int, ranges: list[Range]) -> int:
    """How many tokens of the ranges have a flag.

    `offset` is where the article begins in the batch.
    """
    found = 0
    for first, stop in ranges:
        found += flags.count(1, offset + first, offset + stop)
    return found


def _are_closed(article: Article, ranges: list[Range]) -> bool:
    """Whether all quotations are closed of which a word is in the ranges."""
    for first, stop in ranges:
        numbers = article.quoted_span_of[first:stop]
        is_open = {n for n in set(numbers) if n >= 0 and not article.quoted_spans[n].is_closed}
        if is_open and any(
            number in is_open and token[0].isalnum()
            for token, number in zip(article.tokens[first:stop], numbers, strict=True)
        ):
            return False
    return True


def _probability(members: list[LinkedRun]) -> float:
    """Mean probability of the content runs, by their lengths."""
    if len(members) == 1:  # rounded as several are
        length = members[0].stop - members[0].first
        return members[0].keep_probability * length / length
    lengths = np.array([run.stop - run.first for run in members])
    return float(np.array([run.keep_probability for run in members]) @ lengths / lengths.sum())


def _is_no_content(article: Article, ranges: list[Range], cue: Range | None) -> bool:
    """Whether the only range is a name in quotation marks, or an addressee."""
    return len(ranges) == 1 and (_is_bare_name(article, ranges[0], cue) or is_addressee(article, ranges[0]))


def _is_bare_name(article: Article, tokens: Range, cue: Range | None) -> bool:
    """Whether the content is a name in quotation marks without a cue right before it.

    Such a name is in scare quotes.
    """
    first, stop = tokens
    if not article.token_is_quoted[first] or (cue and 0 <= first - cue[1] <= 2):
        return False
    words = article.tokens[first:stop]
    inner = [token for token in words if token[0].isalnum()]
    return (
        len(inner) <= 3
        and all(token[0].isupper() for token in inner)
        and not any(token in ",.?!" for token in words)
    )


def _surest(choices: list[tuple[float, Range | None]]) -> Range | None:
    """Token range of the surest of (probability, token range), the first of equals."""
    best, found = -1.0, None
    for probability, tokens in choices:
        if tokens is not None and probability > best:
            best, found = probability, tokens
    return found


def _noun_phrase(article: Article, first: int, stop: int) -> Range:
    """Source with the determiner before it.

    A preposition that opens the sentence is left out.
    """
    tokens, sentence = article.tokens, article.sentence_of
    if first + 1 < stop and (first == 0 or sentence[first - 1] != sentence[first]):
        first += word_class(article.lowered[first]) in ("I", "g", "C")
    elif first and sentence[first - 1] == sentence[first] and word_class(tokens[first - 1]) == "D":
        first -= 1
    return first, stop


def _without(first: int, stop: int, taken: list[Range]) -> list[Range]:
    """Range less the taken ranges within it."""
    pieces = [(first, stop)]
    for a, b in taken:
        if b <= first or a >= stop:
            continue
        pieces = [
            piece
            for p, q in pieces
            for piece in ([(p, q)] if b <= p or a >= q else [(p, max(p, a)), (min(b, q), q)])
            if piece[0] < piece[1]
        ]
    return pieces


def _filled(article: Article, ranges: list[Range], taken: list[Range]) -> list[Range]:
    """Ranges with short gaps closed where a sentence goes on.

    A gap is closed where it is another cue within the content: "According to the report, the ministry
    [has agreed] to wait." Gaps with the attribution's own cue or source, without a word, or at quotation
    marks stay.
    """
    found: list[Range] = []
    for first, stop in sorted(ranges):
        if found:
            before = found[-1][1]
            if (
                first - before <= LONGEST_GAP
                and article.sentence_of[before - 1] == article.sentence_of[first]
                and not any(article.token_is_quoted[before - 1 : first + 1])
                and not any(a < first and before < b for a, b in taken)
                and any(token[0].isalnum() for token in article.tokens[before:first])
            ):
                found[-1] = (found[-1][0], stop)
                continue
        found.append((first, stop))
    return found


_LETTER = re.compile(r"[^\W_]")  # or digit
_LOOSE = frozenset(",;:.-–—()") | {"--", "..."}


def _trimmed(article: Article, first: int, stop: int) -> Range:
    """Range without loose punctuation at its ends.

    Punctuation within quotation marks stays at the end, not at the start.
    """
    tokens, is_quoted = article.tokens, article.token_is_quoted
    while first < stop and tokens[first] in _LOOSE:
        first += 1
    while stop > first and tokens[stop - 1] in _LOOSE and not is_quoted[stop - 1]:
        stop -= 1
    return first, stop


def _spans(article: Article, ranges: list[Range]) -> list[Span]:
    """Spans of the ranges, with the quotation marks that they reach.

    Touching spans are merged. A span ends with its paragraph: a quotation over several paragraphs is one
    span per paragraph.
    """
    spans: list[Span] = []
    paragraph = -1
    for first, stop in sorted(ranges):
        start, end = article.token_starts[first], article.token_ends[stop - 1]
        for t, is_first in ((first, True), (stop - 1, False)):
            number = article.quoted_span_of[t]
            if number < 0:
                continue
            quotation = article.quoted_spans[number]
            if is_first and not _LETTER.search(article.text, quotation.start, start):
                start = quotation.start
            if not is_first and not _LETTER.search(article.text, end, quotation.end):
                end = quotation.end
        _, _, here = article.sentences[article.sentence_of[first]]
        if spans and here == paragraph and not article.text[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
        paragraph = here
    return spans


def _span(article: Article, tokens: Range | None) -> Span | None:
    if tokens is None:
        return None
    return article.token_starts[tokens[0]], article.token_ends[tokens[1] - 1]
