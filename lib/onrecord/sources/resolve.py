"""Sources: all mentions of one source as one row, with its variables.

Each mention joins a source met before or opens one. The rules follow how news refers back: a full
description first, then a name, a definite noun or a pronoun. Each rule looks at the mentions before;
none knows a particular person, outlet or place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.mentions.article_names import ArticleNames
from onrecord.mentions.outlets import outlet_like
from onrecord.mentions.parsing import Parse, is_another, parse_mention
from onrecord.records import Attribution, Source, Span
from onrecord.sources.capital_nouns import is_capital_name, is_name_of_people
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.descriptions import described
from onrecord.sources.groups import follows_person
from onrecord.sources.justifications import attributed_sentences
from onrecord.sources.markers import markers_of
from onrecord.sources.mention_spans import (
    OWNER,
    OWNING,
    document_before,
    head_behind,
    without_clause,
    without_dateline,
)
from onrecord.sources.organisation_phrases import apposed_organisation, before_apposition, name_in_s
from onrecord.sources.organisations import (
    apposed,
    beside_name,
    named,
    poster,
    proper,
    user_name,
)
from onrecord.sources.pronouns import former_or_latter, referred
from onrecord.sources.relay import Relays
from onrecord.sources.roles import by_party
from onrecord.sources.unlisted import as_people, as_person
from onrecord.sources.variables import code_source
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, load_lists

# "is said to be", "are not allowed to": it is not said who says so.
_PASSIVE = re.compile(
    r"(?:is|are|was|were|be|been|being|(?:has|have|had) been|['’]s|['’]re)(?: \w+ly| also| not| now"
    r"| still| long)*"
    r" (?:said|believed|expected|allowed|known|thought|reported|understood|permitted|supposed"
    r"|rumou?red|alleged"
    r"|required|forbidden|presumed|assumed|estimated)\b"
)
# "some might argue": nobody has.
_HYPOTHETICAL = re.compile(
    r"(?:might|would|could|may|will)(?: \w+)? (?:argue|say|ask|claim|object|suggest|contend|respond"
    r"|answer|counter|insist"
    r"|point out|complain|note|add|wonder|call it|tell you)\b"
)


def _speaks_not(cast: Cast, attribution: Attribution, parse: Parse) -> bool:
    """Whether the cue rules out that the mention is a source.

    It is a passive, or a hypothetical of anyone.
    """
    if attribution.cue is None or attribution.source is None or attribution.cue[0] < attribution.source[0]:
        return False
    cue = cast.text[slice(*attribution.cue)]
    open_class = parse.kind in ("people", "quantity", "group") and parse.number is None
    return bool(_PASSIVE.match(cue) or (open_class and _HYPOTHETICAL.match(cue)))


# "a trader, whose name we agreed to withhold, said"
_WHOSE_WE = re.compile(r"whose (?:real |full |own )?(?:name|surname|identity) $")
# "both of whom work nights": the set before it is meant.
_OF_WHOM = re.compile(r"(?:[\w-]+ ){1,3}of whom\b")
_WHOM = Parse("pronoun", "whom", core="whom")
# "a stoker, whose name this paper keeps back": the stoker is meant.
_WHOSE_NAME = re.compile(r"whose (?:real |full |own )?(?:name|surname|identity)\b")


def _is_outlet(parse: Parse, lists: Lists) -> bool:
    """Whether a noun for a document is the last word of a name.

    Examples are the Ellin Post and the Tarn Review.
    """
    last = parse.core.rpartition(" ")[2]
    return parse.kind == "document" and last[:1].isupper() and outlet_like(lists).fullmatch(last) is not None


def _is_organisation(cast: Cast, parse: Parse) -> bool:
    """Whether a plural noun ends the name of an organisation.

    Examples are "Alder Partners" and "Northern Leagues".
    """
    head = parse.core.rpartition(" ")[2]
    if not parse.is_plural or not head[:1].isupper() or not parse.words or parse.number is not None:
        return False
    if parse.kind in ("institution", "group", "media"):
        return all(word[:1].isupper() for word in parse.words)
    name = parse.core.removeprefix("the ").removeprefix("The ")
    if parse.kind == "people" and head in cast.lists.firm_words and len(parse.words) > 1:
        capital = [word[:1].isupper() and word not in cast.lists.adjectives for word in parse.words]
        return all(capital)  # "Lagos Mainland Traders"
    found = cast.persons.types.get(name) if parse.kind == "people" else None
    return found is not None and found.type == "organisation"


# "was the first candidate": what a verb of being says of somebody is not a source, but for "it was the
# mayor who said".
_IS = re.compile(r"\b(?:[Ii]s|[Aa]re|[Ww]as|[Ww]ere|be|been|being|became|become)(?: not| also| now)? $")
_BEING = ("s ", "e ", "en ", "ing ", "not ", "also ", "now ")  # what its matches end with
_CLEFT = re.compile(r",? (?:who|that)\b")


_S = ("'s ", "’s ")
_ENDS_IN_S = re.compile(r"['’]s(?:,|[ ,]*$)")


def _is_predicate(cast: Cast, parse: Parse, start: int, end: int) -> bool:
    """Whether a description is what a verb of being says of somebody."""
    if parse.kind not in ("person", "people", "group"):
        return False
    if not cast.text.endswith(_BEING, 0, start):
        return False
    before = _IS.search(cast.text, max(0, start - 16), start)
    return before is not None and not _CLEFT.match(cast.text, end)


def resolve_mention(cast: Cast, attribution: Attribution, index: int) -> int:
    """Entity that is the source of `attribution`.

    It is new where the cast has none yet.

    Mentions are to be resolved in text order. A clause after the noun phrase is left aside.
    """
    if attribution.source is None:
        raise ValueError("attribution must have a source: one without a source has no mention to resolve")
    start, end = attribution.source
    cast.content = attribution.content
    if (same := cast.same_mention(start, end)) is not None:
        cast.meet(same, (start, end), index)
        return same
    document = document_before(cast, start) if attribution.cue and attribution.cue[0] >= end else None
    if document is not None:
        start = document
    elif (who := cast.persons.exactly(start, end)) is not None and not cast.text.startswith(_S, end):
        named_entity = cast.person(who)  # many mentions are nothing but a name
        cast.meet(named_entity, (start, end), index)
        return named_entity
    start = without_dateline(cast.text, start, end)
    mention = without_clause(cast.text[start:end])
    if mention.endswith((" ’s", " 's")):
        mention = mention.removesuffix(" ’s").removesuffix(" 's")  # behind a blank: the name alone is meant
    end = start + len(mention)
    if mention.endswith(OWNING) and OWNER.search(mention):
        head = head_behind(cast, end, attribution)
        if head is not None:
            mention, end = cast.text[start:head], head
    has_s = "’s" in mention or "'s" in mention
    found = name_in_s(cast, start, end) if has_s and _ENDS_IN_S.search(mention) else None
    if found is None and cast.text.startswith(_S, end):
        found = name_in_s(cast, start, end + 2)  # "Moray’s estimates that …"
    if found is None and document is None:
        found = named(cast, start, end)
    if found is None and document is None and (" by " in mention or " from " in mention):
        found = poster(cast, start, end)
    if found is None and document is None:
        found = before_apposition(cast, start, end)
    if found is None:
        found = user_name(cast, mention)
    if found is None and mention.isupper() and mention in cast.in_brackets:
        found = cast.named_organisation(cast.in_brackets[mention], "institution")
    if found is None and document is None and mention.isalpha() and mention.istitle():
        who = cast.persons.named(mention)  # "Good", a last name that also opens sentences
        found = None if who is None else cast.person(who)
    if found is None:
        parse = as_person(cast, parse_mention(mention, cast.lists), attribution.cue)
        parse = as_people(cast, parse, start)
        if is_another(mention) and not follows_person(cast, start):
            found = cast.add(Entity("none", "unclear", mention))  # "One post … Another criticised"
        elif _speaks_not(cast, attribution, parse) or _is_predicate(cast, parse, start, end):
            found = cast.add(Entity("none", "unclear", mention))
        elif mention.lower().endswith(("the former", "the latter")):
            found = former_or_latter(cast, mention, start)
            found = described(cast, parse, mention, start) if found is None else found
        elif mention == "we" and (whose := _WHOSE_WE.search(cast.text, max(0, start - 40), start)):
            found = referred(cast, _WHOM, whose.start())
        elif "of whom" in mention and _OF_WHOM.match(mention):
            found = referred(cast, _WHOM, start)
        elif parse.kind == "pronoun" or parse.head == "whom" or _WHOSE_NAME.match(mention):
            found = referred(cast, parse, start)
        elif (
            parse.kind == "name"
            or is_capital_name(cast, mention, parse, start)
            or _is_outlet(parse, cast.lists)
            or _is_organisation(cast, parse)
            or is_name_of_people(cast, mention, parse, start)
        ):
            who = by_party(cast, mention, start)
            if parse.kind == "people" and not _is_organisation(cast, parse):
                parse = parse._replace(core=mention.rstrip(" ,"))
            found = beside_name(cast, parse, start, end) if who is None else cast.person(who)
            if found is None:
                found = proper(cast, parse, end, has_cue=attribution.cue is not None)
        else:
            found = apposed(cast, parse, start, end)
            if (
                found is None
                and parse.kind == "person"
                and (who := by_party(cast, mention, start)) is not None
            ):
                found = cast.person(who)
            if found is None:
                found = apposed_organisation(cast, parse, mention, start)
            if found is None:
                found = described(cast, parse, mention, start)
    cast.meet(found, (start, end), index)
    return found


def sources_of(
    article: Article,
    attributions: list[Attribution],
    outlet: str | None = None,
    lists: Lists | None = None,
    names: ArticleNames | None = None,
) -> tuple[list[Source], list[int | None]]:
    """Sources of one article, and the source of each attribution.

    The latter is an index into the former, or None. `names` are those of read_names, where they are known.
    """
    order = sorted([(a.source, i) for i, a in enumerate(attributions) if a.source is not None])
    members: list[int | None] = [None] * len(attributions)
    if not order:
        return [], members
    cast = Cast(article, lists or load_lists(), names)
    for _, index in order:
        members[index] = resolve_mention(cast, attributions[index], index)
    used = [i for i, entity in enumerate(cast.entities) if entity.members]
    place = {i: position for position, i in enumerate(used)}
    marked = markers_of(cast)
    relays = Relays(cast, outlet)
    told = attributed_sentences(article, attributions)
    found = [code_source(cast, cast.entities[i], marked.get(i), attributions, relays, told) for i in used]
    return found, [None if i is None else place[i] for i in members]


def source_rows(
    doc_id: str,
    text: str,
    found: list[Source],
    members: list[int | None],
    n_words_quoted: Iterable[int],
    acts: Iterable[str],
) -> list[tuple]:
    """Rows of the sources table for one article.

    `found` and `members` are those of `sources_of`.

    `n_words_quoted` and `acts` are the quoted words and the act of each attribution, in the order of
    `members`.
    """
    counts = [0] * len(found)
    statements = [0] * len(found)
    words = [0] * len(found)
    for member, n, act in zip(members, n_words_quoted, acts, strict=True):
        if member is not None:
            counts[member] += 1
            statements[member] += act == "statement"
            words[member] += n
    return [
        (
            doc_id,
            i,
            s.description,
            s.form,
            s.naming,
            s.name,
            False,
            *(_words(text, s.marker) if s.marker else _NO_WORDS),
            text[slice(*s.reason)] if s.reason else None,
            s.reason_class,
            s.rank,
            *(_words(text, s.title) if s.title else _NO_WORDS),
            *(_words(text, s.affiliation) if s.affiliation else _NO_WORDS),
            *(_words(text, s.justification) if s.justification else _NO_WORDS),
            s.sector,
            False,
            s.gender,
            s.basis,
            s.description_level,
            s.n_claimed,
            s.is_plural,
            s.relay,
            s.relay_outlet,
            s.status,
            counts[i],
            statements[i],
            words[i],
        )
        for i, s in enumerate(found)
    ]


_NO_WORDS = (None, None, None)


def _words(text: str, span: Span) -> tuple[str, int, int]:
    """Words of a span, and its offsets."""
    return text[slice(*span)], *span
