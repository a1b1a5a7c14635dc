"""Passives, whose speaker is the agent: "She was branded “a cheat” by Fenn".

The subject of such a passive is spoken about: whoever is accused, described, informed, asked or quoted
does not speak. Without an agent there is no source. A state is not a passive of this kind ("is worried", "are
convinced"), and keeps its subject.
"""

from __future__ import annotations

from onrecord.attributions.rules.by_position import ByPosition
from onrecord.attributions.rules.clauses import (
    DAYS_AND_MONTHS,
    MARKS,
    VerbGroup,
    is_time,
    sentence_tokens,
    text_span,
)
from onrecord.attributions.rules.commands import is_infinitive
from onrecord.attributions.rules.mention_kinds import SPEAKERS_AND_NUMBERS
from onrecord.attributions.rules.narration import narrated_groups
from onrecord.attributions.rules.phrases import LONGEST_ASIDE, phrase_after
from onrecord.attributions.rules.readings import Reading, stripped, with_readings, with_source
from onrecord.mentions.name_parts import is_nickname
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

FARTHEST_AGENT = 40  # tokens between the participle and "by"

_ABOUT_SUBJECT = frozenset(("tell", "ask", "quote", "name", "judge", "command"))
_OF_SUBJECT = frozenset(("say", "think", "show"))  # with "to": "is said to be late"
_FOR_SOMETHING = word_set("opposed committed resigned dedicated devoted")  # "is opposed to waiting", "to it"
_REDUCED = frozenset((",", "—", "–", "("))  # before a participle without "was": ", described by …,"


def with_agents(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with the agents of passives as their sources, or without a source."""
    readings = []
    found, tokens = ByPosition(attributions), article.tokens
    for group in narrated_groups(article, lists):
        if not group.is_passive and tokens[group.first - 1] not in _REDUCED:
            continue  # most verbs
        if not _is_passive(article, group):
            continue
        _, stop = sentence_tokens(article, group.at)
        agent = _agent(article, group, stop, lists)
        if agent is None and not group.is_passive and tokens[group.stop] in MARKS:
            continue  # "Fenn, the mayor, called “…”" has a subject
        reading = _reading(article, group, agent, stop, lists) if agent else None
        if reading is not None:
            readings.append(reading)
        else:
            _correct(article, found, group, agent)
    return with_readings(article, list(found.attributions.values()), readings)


def _is_passive(article: Article, group: VerbGroup) -> bool:
    if (
        group.is_passive
        and group.verb.kinds & _OF_SUBJECT
        and article.tokens[group.stop - 1] not in _FOR_SOMETHING
        and is_infinitive(article, group.stop, len(article.tokens))
    ):
        return True  # "The ferry is estimated to be late"
    if not group.verb.kinds & _ABOUT_SUBJECT or "participle" not in group.verb.tenses:
        return False
    if group.is_passive:
        return True
    # ", hailed by villagers as …,": a participle behind a noun
    before = article.tokens[group.at - 1] if group.at else ""
    behind = article.tokens[group.stop] if group.stop < len(article.tokens) else ""
    return group.first == group.at and before in _REDUCED and (behind in ("by", "as") or behind in MARKS)


def _agent(article: Article, group: VerbGroup, stop: int, lists: Lists) -> Span | None:
    """Agent behind the first "by" outside quotation marks that names somebody."""
    tokens = article.tokens
    quoted = article.quoted_span_of
    for i in range(group.stop, min(stop - 1, group.stop + FARTHEST_AGENT)):
        if quoted[i] >= 0:
            continue
        if tokens[i] in (";", ":", "—") or (tokens[i] == "," and quoted[i - 1] < 0 and i > group.stop):
            return None
        if tokens[i] == "by":
            phrase = phrase_after(article, i + 1, stop, lists)
            if phrase is None:
                return None
            span = text_span(article, phrase)
            kind = parse_mention(article.text[slice(*span)], lists).kind
            is_told = "tell" in group.verb.kinds and kind == "other" and tokens[i + 1].lower() in ("the", "a")
            # "mocked by locals as “the hanger”": a plural that no list has
            is_plural = phrase[1] - phrase[0] == 1 and tokens[i + 1].islower() and tokens[i + 1][-1] == "s"
            judges = "judge" in group.verb.kinds
            is_judged = is_plural and judges and tokens[phrase[1] : phrase[1] + 1] == ["as"]
            # "blamed by a shipping line for “dithering”": whoever is quoted speaks
            is_quoted = judges and kind == "other" and any(n >= 0 for n in quoted[i:stop])
            return span if kind in SPEAKERS_AND_NUMBERS or is_told or is_judged or is_quoted else None
        if tokens[i].lower() in ("that", "who", "which", "and", "but", "after", "when", "because", "while"):
            return None
    return None


_BEHIND_ASIDE = word_set("that to if whether as for of over")
_LINKING = word_set("as of for that to with by being :")


def _reading(article: Article, group: VerbGroup, agent: Span, stop: int, lists: Lists) -> Reading | None:
    """Words of the agent: the quotation beside the passive, or the clause it opens."""
    tokens = article.tokens
    cue = text_span(article, (group.first, group.stop))
    behind = _past_aside(article, article.token_at(agent[1]), stop)
    quotations = [
        int(n) for n in dict.fromkeys(article.quoted_span_of[group.stop : min(stop, behind + 8)]) if n >= 0
    ]
    for number in quotations:
        quoted = article.quoted_spans[number]
        if is_nickname(article.text, quoted.start, quoted.end):
            continue
        between = article.text[min(cue[1], agent[1]) : quoted.start]
        if quoted.start >= agent[1]:
            between = article.text[article.token_ends[behind - 1] : quoted.start]
        elif quoted.end > agent[0]:
            continue
        else:
            between = article.text[cue[1] : quoted.start]
        if len(between.split()) <= 5 and not any(sign in between for sign in ",;"):
            return Reading([(quoted.start, quoted.end)], cue, agent)
    opens = tokens[behind].lower() if behind < stop else ""
    told = group.verb.kinds & {"tell", "ask", "command"}
    while behind < stop and opens not in _BEHIND_ASIDE and is_time(article, behind):
        behind += 1  # "was told by the court [on Friday] that"
        behind += behind < stop and article.tokens[behind] in DAYS_AND_MONTHS
        opens = tokens[behind].lower() if behind < stop else ""
    if told and opens in ("that", "to", "if", "whether") and stop - behind > 2:
        start = article.token_starts[behind + (opens == "that")]
        end = article.token_ends[stop - 1]
        return Reading([stripped(article.text, start, end)], cue, agent)
    return None


def _past_aside(article: Article, token: int, stop: int) -> int:
    """Token behind an aside about the agent: "by the warden, Orla Fenn, [that]"."""
    tokens = article.tokens
    if token >= stop or tokens[token] != ",":
        return token
    closing = range(token + 1, min(stop - 1, token + LONGEST_ASIDE))
    comma = next((i for i in closing if tokens[i] == ","), None)
    return token if comma is None or tokens[comma + 1].lower() not in _BEHIND_ASIDE else comma + 1


def _correct(article: Article, found: ByPosition, group: VerbGroup, agent: Span | None) -> None:
    """Give attributions with this passive as their cue to its agent or to nobody."""
    begin, end = text_span(article, (group.at, group.stop))
    for number, one in found.around([(begin, end)]):
        if (
            (cue := one.cue) is not None
            and cue[0] <= begin
            and end <= cue[1]
            and one.source is not None
            and (agent is not None or one.source[1] <= begin)
            and _is_cue(article, cue, (begin, end))
        ):
            found.attributions[number] = with_source(article, one, agent)


def _is_cue(article: Article, cue: Span, verb: Span) -> bool:
    """Whether a cue that contains the passive is that alone or with a link.

    "Was accused of", not "ridiculed for its claim".
    """
    first, stop = article.token_at(verb[1]), article.token_at(cue[1])
    return all(
        article.tokens[i] in _LINKING or is_time(article, i) or (i > first and is_time(article, i - 1))
        for i in range(first, stop)
    )
