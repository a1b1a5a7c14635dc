"""Named tuples that the functions pass on: attribution, source, disclosure."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]  # start and end, half open, in code points of the text


class Attribution(NamedTuple):
    """One attribution of one article: a content, a cue and a source, by offsets."""

    content: list[Span]  # one or more spans, in text order
    cue: Span | None
    source: Span | None  # the mention as written; None where no speaker was found
    form: str  # direct, mixed, indirect
    is_closed: bool
    probability: float


class Source(NamedTuple):
    """One source of one article: all its mentions, and the codebook's variables."""

    description: str
    form: str
    naming: str
    name: str | None = None
    marker: Span | None = None
    reason: Span | None = None
    reason_class: str | None = None
    rank: str | None = None
    title: Span | None = None
    affiliation: Span | None = None
    justification: Span | None = None
    sector: str | None = None
    gender: str | None = None
    basis: str | None = None
    description_level: int | None = None
    n_claimed: int | None = None
    is_plural: bool = False
    relay: str | None = None
    relay_outlet: str | None = None
    status: str | None = None


class Disclosure(NamedTuple):
    """One note that somebody did not answer or something was not verified, by offsets."""

    kind: str  # declined, no_response, unreachable, unverified
    span: Span  # with who did not answer, where that precedes
    words: Span  # the words of the list alone
    who: Span | None
    is_own_request: bool | None  # None where that depends on an outlet that is unknown
