"""Named persons whom a description takes up by their role."""

from __future__ import annotations

import re

from onrecord.mentions.parsing import Parse
from onrecord.sources.cast import Cast
from onrecord.sources.person_roles import gender_of_role
from onrecord.wordlists import word_set

_BELOW = word_set("deputy vice assistant")  # words of a role that is not the office itself


def titles_of(cast: Cast, parse: Parse) -> set[str]:
    """Words of a description that may be part of a title, in lower case."""
    lists = cast.lists
    words = [w for w in parse.words if w not in lists.adjectives and not w.endswith("-old")]
    return {w.lower() for w in words if w.lower() not in lists.ranks}


def titled(cast: Cast, parse: Parse, start: int) -> int | None:
    """Named person introduced with the same title in full.

    An example is "the Harbour Minister". None where nobody was.
    """
    titles = titles_of(cast, parse) | _rank_below(parse)
    return nearest(cast, holders(cast, parse.head, titles), titles, start) if titles else None


def _rank_below(parse: Parse) -> set[str]:
    """Words of a description that are of a deputy: "the deputy mayor"."""
    return {word.lower() for word in parse.words} & _BELOW


def holders(cast: Cast, head: str, titles: set[str]) -> list[int]:
    """Named persons who have the role `head`.

    A former one is only a person described so.
    """
    if head in cast.lists.people_nouns["no_role"]:
        return []
    persons = cast.persons
    found = persons.by_role.get(head, [])
    if "former" in titles:
        return [who for who in found if "former" in persons.persons[who].roles]
    if len(found) > 1 and _BELOW.isdisjoint(titles):
        # "the mayor" is not the deputy mayor where the article has both
        if head not in cast.chiefs:
            chiefs = [who for who in found if _BELOW.isdisjoint(persons.persons[who].roles)]
            cast.chiefs[head] = chiefs or found
        return cast.chiefs[head]
    return found


def nearest(cast: Cast, found: list[int], needed: set[str], start: int) -> int | None:
    """Holder named last before `start`, or None.

    Only those count who have all `needed` words among their roles.
    """
    # The same list is asked for at each mention of a role: it is kept, so that many holders take linear time.
    key = (id(found), frozenset(needed))
    kept = cast.holders.get(key)
    if kept is None or kept[0] is not found:
        persons = cast.persons.persons
        kept = found, {who: None for who in found if needed <= persons[who].roles}
        cast.holders[key] = kept
    able = kept[1]
    if not able:
        return None
    return next((who for _, _, who in cast.persons.before(start, 40) if who in able), next(iter(able)))


def holder(cast: Cast, parse: Parse, start: int) -> int | None:
    """Named person who has the role of a description in this article.

    None where nobody has it.
    """
    lists = cast.lists
    titles = titles_of(cast, parse) | _rank_below(parse)
    found = holders(cast, parse.head, titles)
    if not found and titles == {"former"} and not any(word[0].isupper() for word in parse.words):
        found = holders(cast, parse.head, set())  # "was principal for years … the former principal"
        titles = set()
    proper = {
        word.lower()
        for word in parse.words
        if word[0].isupper()
        and word not in lists.adjectives
        and word not in lists.places
        and word not in lists.named_bodies
        and word not in lists.context_words["place_part"]
    }
    below = _rank_below(parse)
    if below and nearest(cast, found, below, start) is None:
        return nearest(cast, cast.persons.by_role.get(min(below), []), set(), start)  # "her deputy, Jan Moll"
    for needed in (titles, proper):
        if (who := nearest(cast, found, needed, start)) is not None:
            instead = _speaker_instead(cast, who, parse, start)
            return who if instead is None else instead
    return None


_SPOKEN = 3  # attributions of somebody who speaks throughout
_FORMER = re.compile(r"\b[Ff]ormer (?:[\w.’'-]+ ){1,3}$")
_TITLE_REACH = 40  # characters of a title


def _speaker_instead(cast: Cast, who: int, parse: Parse, start: int) -> int | None:
    """Person who speaks throughout, where an office's holder is mentioned in passing.

    The article has the holder only as the former one, or in quotations. "The president" is then rather
    who is named without a title.
    """
    nouns, persons = cast.lists.singular, cast.persons.persons
    if nouns.get(parse.head) != "office" or cast.has_spoken(who) or cast.last is None:
        return None
    speaker = cast.entities[cast.last]
    if speaker.person is None or speaker.person == who or len(speaker.members) < _SPOKEN:
        return None
    if any(nouns.get(role) == "office" for role in persons[speaker.person].roles):
        return None
    in_passing = all(
        a > start or cast.article.is_quoted(a) or _FORMER.search(cast.text, max(0, a - _TITLE_REACH), a)
        for a, _ in persons[who].mentions
    )
    return speaker.person if in_passing else None


_OWNERS = ("his", "her", "their")
_FAR_RELATIVE = 4_000  # characters in which the name of a relative is looked for


def named_relative(cast: Cast, parse: Parse, start: int) -> int | None:
    """Named person whom "her sister" means after "Her sister Josie", or None.

    The article gives a name to one such relative only.
    """
    if parse.is_plural or parse.owner.lower() not in _OWNERS or parse.complement or parse.words:
        return None
    if not parse.head.isalpha():
        return None
    pattern = re.compile(rf"(?:[Hh]is|[Hh]er|[Tt]heir) (?:[a-z-]+ )?{parse.head},? (?=[A-Z])")
    found = {
        who
        for match in pattern.finditer(cast.text, max(0, start - _FAR_RELATIVE), start)
        for _, _, who in cast.persons.within(match.end(), match.end() + 1)
    }
    return found.pop() if len(found) == 1 else None


_TRIED, _SENTENCES = 12, 8  # names, and sentences, before "the Orvane Democrat"
_LEAD, _FAR = 2, 2_000  # sentences of the lead, and characters in which the name must follow


def named_after_lead(cast: Cast, parse: Parse, start: int) -> int | None:
    """Person whom the lead describes before the article names him, or None.

    "A federal judge struck it down. … Judge Ada Holm wrote": the only one of the article with this role,
    who is named later. A headline ("Pastor defies ban") means the first one who is named.
    """
    if parse.is_plural or parse.determiner not in ("none", "a") or parse.is_one_of:
        return None
    if parse.head in cast.lists.people_nouns["shared"] or cast.article.sentence_at(start) > _LEAD:
        return None
    found = holders(cast, parse.head, set())
    if not found or (len(found) > 1 and parse.determiner == "a"):
        return None
    persons = cast.persons.persons
    who = min(found, key=lambda one: persons[one].mentions[:1] or [(len(cast.text), 0)])
    first = persons[who].mentions[:1]
    return who if first and start < first[0][0] < start + _FAR else None


_OPENING = 25  # characters from the start of the article within which its first phrase begins
_UNNAMED = re.compile(r"(?:A|An|One) ")


def named_behind_lead(cast: Cast, head: str, start: int) -> int | None:
    """Person whom the first sentence introduces and the next one names, or None.

    "A Holme roofer pulled four people out of a canal. Ada Fenn heard a splash." The phrase is the first of
    the article, the name the first person of it, at the start of its sentence and in full. What the name is
    called must not differ.
    """
    sentences, persons, text = cast.article.sentences, cast.persons, cast.text
    at = cast.article.sentence_at(start)
    if at > 0 and sentences[at][2] == sentences[0][2]:
        return None
    if (
        start - sentences[at][0] > _OPENING
        or not _UNNAMED.match(text, start)
        or at > 1
        or not persons.mentions
    ):
        return None
    first, end, who = persons.mentions[0]
    named_at = cast.article.sentence_at(first)
    if not 1 <= named_at - at <= _LEAD or first != sentences[named_at][0] or " " not in text[first:end]:
        return None
    person = persons.persons[who]
    narrower = cast.lists.narrower_nouns.get(head, ())
    gender = gender_of_role(head, cast.lists)
    is_same = not person.roles or head in person.roles or not person.roles.isdisjoint(narrower)
    return who if is_same and person.gender in ("", gender or person.gender) else None


def last_named_at(cast: Cast, who: int, start: int) -> int:
    """Position at which the person was last named before `start`, or -1."""
    return next((a for a, _, other in cast.persons.before(start, 40) if other == who), -1)


_MEMBER = re.compile(r"[Tt]he (?:(?:[A-ZÀ-Þ][\w.’'-]*|[a-z]+-[a-z]+) ){0,3}(?P<member>[A-ZÀ-Þ][a-z]+)")
_TAG = re.compile(r",? ?\(?(?P<party>[A-Z][a-z]{0,3})[-–—]")
_LAWMAKERS = ("rep", "sen", "senator", "congressman", "congresswoman", "lawmaker", "representative", "mp")


def by_party(cast: Cast, mention: str, start: int) -> int | None:
    """Lawmaker named before whom "the Orvane Democrat" takes up, or None."""
    match = _MEMBER.fullmatch(mention.rstrip(" ,"))
    word = match["member"] if match else ""
    if not word or not (word + "s" in cast.lists.peoples or word in cast.lists.adjectives):
        return None
    if "party" not in (cast.lists.adjectives.get(word), cast.lists.adjectives.get(word + "ic")):
        return None
    sentence = cast.article.sentence_at(start)
    for a, _, who in cast.persons.before(start, _TRIED):
        if sentence - cast.article.sentence_at(a) > _SENTENCES:
            return None
        person = cast.persons.persons[who]
        tags = {tag["party"] for at in person.mentions[:_TRIED] if (tag := _TAG.match(cast.text, at[1]))}
        if tags and not any(word.startswith(tag) for tag in tags):
            continue
        if tags or person.roles.intersection(_LAWMAKERS):
            return who
    return None
