"""Borders of contents behind a hearer: "asked [Orr] where the boat was"."""

from __future__ import annotations

from onrecord.attributions.rules.clauses import verb_group
from onrecord.attributions.rules.hearers import begins_clause, may_be_verb, noun_phrase
from onrecord.attributions.rules.phrases import phrase_after
from onrecord.records import Attribution
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

_ASKING = word_set("if whether where what why how when who which")


def behind_hearer(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution without a hearer before its clause.

    "Admitted to [the court that] it was."
    """
    start, end = attribution.content[0]
    first, stop = article.token_at(start), article.token_at(end)
    if attribution.cue is None or not first or article.tokens[first - 1] != "to":
        return attribution
    if not attribution.cue[0] < start <= attribution.cue[1] + 4:
        return attribution
    hearer = phrase_after(article, first, stop, lists)
    if hearer is None or hearer[1] + 1 >= stop or article.tokens[hearer[1]] != "that":
        return attribution
    behind = article.token_starts[hearer[1] + 1]
    return attribution._replace(content=[(behind, end), *attribution.content[1:]])


def without_hearer(article: Article, attribution: Attribution, lists: Lists) -> Attribution:
    """Attribution without a hearer before a clause with no "that".

    "Telling [the Post] it was “never on the cards”."
    """
    cue, (start, end) = attribution.cue, attribution.content[0]
    if cue is None or not cue[1] <= start <= cue[1] + 1:
        return attribution
    group = verb_group(article, article.token_at(cue[1]) - 1, lists)
    if group is None or not group.verb.kinds & {"tell", "ask"} or group.is_passive:
        return attribution
    first, stop = article.token_at(start), article.token_at(end)
    if "tell" not in group.verb.kinds:
        return _behind_asked(article, attribution, first, stop, lists)
    hearer = noun_phrase(article, first, stop, lists)
    if hearer is None or hearer[1] + 1 >= stop or may_be_verb(article.tokens, hearer[1], stop):
        return attribution
    whole = phrase_after(article, first, stop, lists)
    if whole is not None and whole[1] < stop and article.tokens[whole[1]] == "that":
        return attribution  # "told [a veterans’ group] that"
    if not begins_clause(article, hearer[1], stop, lists):
        return attribution
    behind = article.token_starts[hearer[1]]
    return attribution._replace(content=[(behind, end), *attribution.content[1:]])


def _behind_asked(
    article: Article, attribution: Attribution, first: int, stop: int, lists: Lists
) -> Attribution:
    """Attribution without whoever is asked: "asked [Orr] where the boat was"."""
    hearer = noun_phrase(article, first, stop, lists)
    if hearer is None or hearer[1] + 1 >= stop or article.tokens[hearer[1]] not in _ASKING:
        return attribution
    content = [(article.token_starts[hearer[1]], attribution.content[0][1]), *attribution.content[1:]]
    return attribution._replace(content=content, form=article.form_of(content))
