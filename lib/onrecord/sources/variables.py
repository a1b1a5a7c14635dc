"""The codebook's variables of one source, each with the words that it rests on."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.mentions.anonymity import Marker
from onrecord.mentions.words import COUNTED, OWNER, PRONOUNS
from onrecord.records import Attribution, Source, Span
from onrecord.sources.cast import Cast, Entity
from onrecord.sources.genders import gender_of
from onrecord.sources.markers import basis_of, reason_class
from onrecord.sources.profiles import Profile, profile_of
from onrecord.sources.relay import DIRECT, Relay, Relays
from onrecord.sources.sectors import sector_of
from onrecord.wordlists import Lists, word_set

_STATUS = re.compile(
    r"(?i)\b(?:(?P<former>former|ex|retired|one-time|onetime|erstwhile)|(?P<current>current|serving"
    r"|incumbent|sitting))\b"
)
_THE = re.compile(r"^(?:The|A|An) ")
_CAPITAL = re.compile(r"[A-ZÀ-Þ]")
_AFFILIATION = re.compile(
    r"^(?:at|in|of|for|with|from|on|inside|within) ((?:the |an? )?(?:[\w’'.&()-]+ ?){1,9})"
)
_NUMBER = re.compile(
    r"(?i)(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty|" + COUNTED.replace(" ", "|") + r")\b"
)
_OWNERS = OWNER | PRONOUNS
_PAST = ("who began ", "who started ", "who grew ", "who once ", "whose ")
_BARE = word_set("source person someone somebody individual insider man woman")


def code_source(
    cast: Cast,
    entity: Entity,
    marker: Marker | None,
    attributions: list[Attribution],
    relays: Relays,
    told: frozenset[int],
) -> Source:
    """One source with all its variables.

    `marker` is its anonymity marker, if it has one, and `told` are the sentences with an attribution.
    """
    text, lists = cast.text, cast.lists
    naming = "anonymous" if marker else entity.naming
    reason = text[slice(*marker.reason)] if marker and marker.reason else None
    relay, outlet = _relay_of(entity, attributions, relays)
    if relay == "direct" and entity.whole is not None:
        relay, outlet = _relay_of(cast.entities[entity.whole], attributions, relays)
    people = entity.form in ("person", "group")
    rank, affiliation = _rank(entity, lists), _affiliation(entity, lists)
    basis = None
    if people and naming != "named":
        basis = _basis(cast, entity)
    profile = profile_of(cast, entity, basis, told)
    unnamed = people and naming in ("anonymous", "unnamed", "collective")
    if unnamed and relay == "direct" and (only := relays.only_outlet()):
        relay, outlet = "other outlet", only
    form = entity.form
    if form == "media" and entity.proper and relays.is_own(entity.proper):
        form = naming = "narrator"  # the article's own outlet is not a source
    return Source(
        description=entity.description,
        form=form,
        naming=naming,
        name=_name(entity, lists) if naming in ("named", "institution") else None,
        marker=marker.span if marker else None,
        reason=marker.reason if marker else None,
        reason_class=reason_class(reason, lists) if unnamed else None,
        rank=rank,
        title=profile.title,
        affiliation=_affiliation_span(_place_of(affiliation, entity, text), profile),
        justification=profile.justification,
        sector=sector_of(
            cast,
            entity,
            _phrases(text, profile, entity),
            text[slice(*profile.affiliation)] if profile.affiliation else "",
        ),
        gender=gender_of(cast, entity),
        basis=basis,
        description_level=_level(entity, rank, affiliation, basis, lists) if unnamed else None,
        n_claimed=(entity.number or 1) if people else None,
        is_plural=entity.is_plural,
        relay=relay,
        relay_outlet=outlet,
        status=_status(entity, text),
    )


def _basis(cast: Cast, entity: Entity) -> str | None:
    """Basis of knowledge of a source, or of the group it belongs to."""
    spans = [*entity.spans, *entity.seen]
    found = next(filter(None, (basis_of(cast.text, span, cast.lists) for span in spans)), None)
    if found is None and entity.whole is not None:
        return _basis(cast, cast.entities[entity.whole])
    return found


def _relay_of(entity: Entity, attributions: list[Attribution], relays: Relays) -> Relay:
    """Relay of a source.

    It is that of the first attribution with an outlet. Without one it is a named person's first statement,
    post or document, and any other source's last relay.
    """
    relay, other = DIRECT, None
    for index in entity.members:
        source = attributions[index].source
        if source is None:
            continue
        relay = relays.of(source, attributions[index].cue)
        if relay[1] is not None:
            return relay
        if other is None and relay[0] != "direct" and entity.person is not None:
            other = relay
    return other or relay


def _name(entity: Entity, lists: Lists) -> str | None:
    name = entity.description if entity.person is not None else entity.proper
    return lists.persons.get(name.lower(), name) if name else None


def _rank(entity: Entity, lists: Lists) -> str | None:
    if entity.parse is None:
        return None
    ranks = [word for word in entity.parse.words if word.lower() in lists.ranks]
    return " ".join(ranks) or None


def _affiliation(entity: Entity, lists: Lists) -> str | None:
    """Organisation or person that a source is said to belong to."""
    parse = entity.parse
    if parse is None or entity.form not in ("person", "group"):
        return None
    if parse.owner[:1].isupper() and parse.owner.lower() not in _OWNERS:
        return _THE.sub("", parse.owner)
    words = [
        w
        for w in parse.words
        if w.lower() not in lists.ranks
        and not _STATUS.fullmatch(w)
        and w != "anonymous"
        and not _NUMBER.match(w)
    ]
    for i, word in enumerate(words):
        if word[0].isupper() or _is_body(word.lower(), lists) or word in lists.fields:
            return " ".join(words[i:])
    match = _AFFILIATION.match(parse.complement)
    return match[1].strip(" .'’") if match and _CAPITAL.search(match[1]) else None


def _affiliation_span(described: Span | None, profile: Profile) -> Span | None:
    """Affiliation of a source, without words of its title.

    An example is "Orvane" of "Orvane Prime Minister".
    """
    title, read = profile.title, profile.affiliation
    if described is None or read is None or title is None:
        return described or read
    shares_words = described[0] < title[1] and title[0] < described[1]
    is_wider = described[0] <= read[0] and read[1] < described[1]  # "Loopwell in Holme"
    return read if shares_words or is_wider else described


def _phrases(text: str, profile: Profile, entity: Entity) -> list[str]:
    """Phrases from which the sector is read.

    They are the title with the affiliation, and for a name the justification.
    """
    described = justification = ""
    if profile.title:
        described = text[slice(*profile.title)]
        if profile.affiliation:
            described += " of " + text[slice(*profile.affiliation)]
    if profile.justification and (entity.person is not None or entity.proper):
        justification = text[slice(*profile.justification)]
    return [described, "" if justification.startswith(_PAST) else justification]


def _is_body(noun: str, lists: Lists) -> bool:
    return lists.bodies.get(noun, ("document", False))[0] != "document"


def _place_of(affiliation: str | None, entity: Entity, text: str) -> Span | None:
    """Offsets of an affiliation within the mentions of a source."""
    if affiliation is None:
        return None
    pattern = _pattern_of(affiliation)
    found = (pattern.search(text, *span) for span in [*entity.spans, *entity.seen])
    return next((match.span() for match in found if match), None)


@lru_cache(maxsize=10_000)
def _pattern_of(name: str) -> re.Pattern[str]:
    """Pattern of the words of a name, with any blanks and marks between them."""
    return re.compile(r"\W+".join(map(re.escape, re.findall(r"\w+", name))))


def _level(entity: Entity, rank: str | None, affiliation: str | None, basis: str | None, lists: Lists) -> int:
    if basis:
        return 3
    if rank or affiliation:
        return 2
    quantity = entity.parse is None or entity.parse.kind == "quantity"
    return 0 if quantity or lists.plural.get(entity.head, entity.head) in _BARE else 1


def _status(entity: Entity, text: str) -> str | None:
    """Status of a source: former or current where the mentions say one of them.

    None where neither or both.
    """
    found: set[str] = set()
    for start, end in entity.spans:
        found |= _statuses(text[start:end])
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=20_000)
def _statuses(mention: str) -> frozenset[str]:
    if mention.lower() == "the former":  # of two, the one named first
        return frozenset()
    return frozenset(match.lastgroup for match in _STATUS.finditer(mention) if match.lastgroup)
