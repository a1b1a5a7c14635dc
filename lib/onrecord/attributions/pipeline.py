"""Steps from articles to attributions, in their order.

No other module decides which attributions are found. Tagging gives each token a probability of being
content, cue or source. Linking chooses a cue and a source for each content run and joins runs. The
steps after that, in the order of STEPS, each take the attributions of one article and return them
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from onrecord.attributions.linking.assembling import assemble_attributions
from onrecord.attributions.linking.candidates import likelihoods
from onrecord.attributions.linking.linker import Linker, load_linker
from onrecord.attributions.rules.answers import with_answers
from onrecord.attributions.rules.borders import with_borders
from onrecord.attributions.rules.closing import with_closing_tags
from onrecord.attributions.rules.commands import with_commands
from onrecord.attributions.rules.dialogue import with_dialogue
from onrecord.attributions.rules.disclosures import without_disclosures
from onrecord.attributions.rules.embedded import with_embedded
from onrecord.attributions.rules.headlines import with_headlines
from onrecord.attributions.rules.hearers import with_hearers
from onrecord.attributions.rules.hearings import with_hearings
from onrecord.attributions.rules.impersonal import with_impersonal
from onrecord.attributions.rules.layout import with_layout
from onrecord.attributions.rules.namings import with_namings
from onrecord.attributions.rules.not_attributions import without_deeds
from onrecord.attributions.rules.other_senses import without_other_senses
from onrecord.attributions.rules.overlaps import cut_overlaps
from onrecord.attributions.rules.owners import with_owners
from onrecord.attributions.rules.passives import with_agents
from onrecord.attributions.rules.posts import with_posts
from onrecord.attributions.rules.questions import without_questions
from onrecord.attributions.rules.relayed import with_relayed
from onrecord.attributions.rules.reported import pass_on
from onrecord.attributions.rules.reported_clauses import with_reported_clauses
from onrecord.attributions.rules.requests import with_requests_aside
from onrecord.attributions.rules.rescue import add_rescued
from onrecord.attributions.rules.source_phrases import with_source_phrases
from onrecord.attributions.rules.speakers import with_speakers
from onrecord.attributions.rules.standpoints import with_standpoints
from onrecord.attributions.rules.tags import with_tags
from onrecord.attributions.rules.turns import with_turns
from onrecord.attributions.rules.unattributed import add_unattributed, with_quoted_kinds
from onrecord.attributions.rules.viewpoints import with_viewpoints
from onrecord.attributions.tagging.batch_tokens import Tokens
from onrecord.attributions.tagging.tagger import each_marginals, load_tagger
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists

Step = Callable[[Article, list[Attribution], Lists], list[Attribution]]

STEPS: tuple[Step, ...] = (
    with_tags,  # "“…,” said Orla Fenn.", "Added Fenn: “…”"
    with_answers,  # "“Never!” came the reply from Fenn."
    with_dialogue,  # "“That far?”" after two lines with tags
    with_source_phrases,  # "in the words of Fenn", "a warning by officials that"
    with_owners,  # "Fenn’s claim that the lake had boiled"
    with_viewpoints,  # "By Fenn’s account, …", "To Fenn, the law is “a muzzle”"
    with_standpoints,  # "As Fenn put it, …", "the union’s position is that"
    with_agents,  # "was branded “a cheat” by Fenn"
    with_impersonal,  # "It is understood that …"
    with_closing_tags,  # "The mill will close, the owner admitted."
    with_relayed,  # "The Post quoted Fenn as saying …"
    with_layout,  # speakers named by the layout: "NAME: …", "… — Name"
    with_hearers,  # "Fenn told the Courier the mill would close"
    with_reported_clauses,  # "The mill said on Monday the looms would stop"
    with_commands,  # "Fenn appealed to the chiefs to release land"
    with_hearings,  # "A court heard that …"
    with_namings,  # "Fenn branded the delay “shambolic”"
    with_embedded,  # "Fenn, who in May said …, has left"
    with_requests_aside,  # "Fenn, who asked not to be named, told …"
    with_borders,  # no adverb in a name, no noun phrase alone behind "said"
    without_deeds,  # "attacked the harbour", "is known as “the Fox”"
    without_other_senses,  # "called a plumber", "the bill tells its own story"
    without_questions,  # "was asked for comment", "Asked whether he would, …"
    with_headlines,  # "Pool to close, says union"
    cut_overlaps,  # each word belongs to one attribution
    pass_on,  # "Fenn said, according to the Post"
    with_speakers,  # "Fenn’s claim that …", "the Post, which first reported …"
    add_rescued,  # unnamed sources that tagging missed
    without_disclosures,  # "declined to comment" is a table of its own; "asked not to be named" no statement
    with_posts,  # "TEXT — Orla Fenn (@fenn) April 7, 2019"
    with_turns,  # interviews, transcripts, block quotations
    with_quoted_kinds,  # scare quotes and titles within attributed words
    add_unattributed,  # quotations without a speaker
)


SIDE_BY_SIDE = 16  # articles that a step reads one after the other


def find_attributions(articles: list[Article], lists: Lists) -> list[list[Attribution]]:
    """Attributions of each article, in text order."""
    return list(each_attributions(articles, lists))


def each_attributions(articles: list[Article], lists: Lists) -> Iterator[list[Attribution]]:
    """Attributions of one article after the other, in text order.

    The models read all articles at once.
    """
    tagger = load_tagger()
    tokens = Tokens(articles, tagger.types)
    likely = likelihoods(each_marginals(tagger, tokens))
    assembled = assemble_attributions(articles, tokens, likely, load_linker(), lists)
    del tokens, likely  # large, and the steps do not need them
    yield from _after_steps(zip(articles, assembled, strict=True), lists)


def attributions_from(
    articles: list[Article], tokens: Tokens, token_marginals: np.ndarray, linker: Linker, lists: Lists
) -> list[list[Attribution]]:
    """Attributions of each article, from the label marginals of its tokens.

    They are in text order.
    """
    assembled = assemble_attributions(articles, tokens, likelihoods([token_marginals]), linker, lists)
    return list(_after_steps(zip(articles, assembled, strict=True), lists))


def _after_steps(
    assembled: Iterator[tuple[Article, list[Attribution]]], lists: Lists
) -> Iterator[list[Attribution]]:
    """Attributions of one article after the other after all STEPS, in text order.

    A step reads some articles before the next step does: its code is then in the processor's cache.
    """
    while group := list(islice(assembled, SIDE_BY_SIDE)):
        for step in STEPS:
            group = [(article, step(article, found, lists)) for article, found in group]
        for _, found in group:
            yield sorted(found, key=lambda attribution: attribution.content[0])
