"""The cast of one article: everybody whom it names or introduces.

Named persons come from `persons`, those without a name from `introductions`. An introduced person becomes
an entity once a later mention refers back to it; it is a source only if it has an attribution.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.mentions.article_names import ArticleNames
from onrecord.mentions.outlets import introduced_outlets, whole_outlet
from onrecord.mentions.parsing import Parse
from onrecord.records import Span
from onrecord.sources.introductions import Introductions, find_introductions
from onrecord.sources.organisation_evidence import short_names_in_brackets
from onrecord.sources.persons import Persons, find_persons
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, outlet_key

_TRAILING = re.compile(r"[\s,]*$")
_LONGEST_NAME = 8  # words of an organisation's name that has short forms
_REACH = 60  # how many sources back a description looks: keeps a long text linear


Names = list[tuple[int, str]]  # start and name


@dataclass
class Entity:
    """One source of the article, with its attributions and their mentions."""

    form: str
    naming: str
    description: str
    head: str = ""  # its noun, in the singular
    words: frozenset[str] = frozenset()  # its modifiers
    known: frozenset[str] = frozenset()  # all words of its descriptions
    is_plural: bool = False
    number: int | None = None
    gender: str = ""
    person: int | None = None  # index into the article's persons
    proper: str = ""  # the name of an institution, an outlet or a document's issuer
    parse: Parse | None = None  # of the first mention
    members: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    seen: list[Span] = field(default_factory=list)  # mentions without an attribution
    whole: int | None = None  # the group of which this source is one: "one of the officials"


class Cast:
    """State shared by the rules of resolution for one article."""

    def __init__(self, article: Article, lists: Lists, names: ArticleNames | None = None) -> None:
        self.article = article
        self.text = article.text
        self.lists = lists
        self.persons: Persons = find_persons(article, lists, names)
        self._whole_outlets: dict[str, str] = {}  # "the Post" -> New York Post
        self.entities: list[Entity] = []
        self.content: list[Span] = []  # of the attribution whose source is resolved
        self.last: int | None = None  # the source of the attribution before
        self.recent: list[int] = []  # sources by their last mention
        self.by_name: dict[str, int] = {}
        self.holders: dict[tuple[int, frozenset[str]], tuple[list[int], dict[int, None]]] = {}
        self.chiefs: dict[str, list[int]] = {}  # role -> who has it and is not a deputy
        self._searched: dict[str, bool] = {}  # patterns that were searched for, and whether they occur
        self.kinds: dict[str, list[int]] = {}  # noun for people -> who has a role of its kind
        self.trades: dict[int, str] = {}  # organisations that a trade took up, and its kind
        self.by_short: dict[str, int | None] = {}  # initials, beginnings, ends of organisations' names
        self.topics: str | None = None  # the sector of which the whole article is, "" for none
        self._by_person: dict[int, int] = {}
        self._by_start: dict[int, int] = {}
        self._met: list[tuple[int, int, int]] = []  # mentions in text order: start, end, entity
        self._signers: list[tuple[int, int]] | None = None
        self._introductions: Introductions | None = None
        self._by_noun: dict[str, list[tuple[int, str]]] = {}

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Capitalised words of the article."""
        return frozenset(" ".join([name for name, _, _ in self.persons.capitals]).split(" "))

    def has_written(self, word: str) -> bool:
        """Whether the article has a capitalised word."""
        return word in self.capitals

    @cached_property
    def introduced(self) -> dict[str, str]:
        """Outlets that the article introduces, by their keys."""
        return introduced_outlets(self.article)

    @cached_property
    def in_brackets(self) -> dict[str, str]:
        """Names of organisations by the initials or the ticker behind them in brackets."""
        return {
            short: name
            for short, name in short_names_in_brackets(self.text).items()
            if name not in self._names_of_persons
        }

    @cached_property
    def _names_of_persons(self) -> frozenset[str]:
        return frozenset(person.name for person in self.persons.persons)

    @property
    def introductions(self) -> Introductions:
        """Noun phrases for people of the article, read when first needed."""
        if self._introductions is None:
            self._introductions = find_introductions(self.article, self.persons, self.lists)
        return self._introductions

    @property
    def lowered(self) -> list[str]:
        """Tokens of the article in lower case."""
        return self.article.lowered

    def named_by_noun(self, noun: str, find: Callable[[str, str], Names]) -> Names:
        """Names of organisations that contain a noun, in text order: start and name.

        The article is searched once for each noun.
        """
        if noun not in self._by_noun:
            self._by_noun[noun] = find(self.text, noun)
        return self._by_noun[noun]

    def occurs(self, pattern: str) -> bool:
        """Whether a regular expression occurs in the article. Each is searched for once."""
        if pattern not in self._searched:
            self._searched[pattern] = re.search(pattern, self.text) is not None
        return self._searched[pattern]

    def outlet(self, name: str) -> str | None:
        """Name of the outlet that `name` names.

        The outlet is on the list, or the article introduces it. "the Post" is the outlet of that last word
        whose whole name the article has.
        """
        listed = self.lists.outlet(name)
        if listed is None:
            return self.introduced.get(outlet_key(name))
        if " " in name.removeprefix("The ").removeprefix("the "):
            return listed
        if name not in self._whole_outlets:
            self._whole_outlets[name] = whole_outlet(self.text, name, listed, self.lists)
        return self._whole_outlets[name]

    def add(self, entity: Entity) -> int:
        """Index of a new entity.

        An organisation is also known by its initials or parts.
        """
        index = len(self.entities)
        self.entities.append(entity)
        if " " not in entity.proper or entity.form in ("person", "group"):
            return index
        words = entity.proper.split(" ")
        if len(words) <= _LONGEST_NAME and not words[-1][:1].islower():
            self._note_short("".join(word[0] for word in words if word[:1].isupper()), index)
            for i in range(1, len(words)):
                self._note_short(" ".join(words[i:]), index)
                self._note_short(" ".join(words[:i]), index)
        return index

    def _note_short(self, short: str, index: int) -> None:
        """Note a short form of an organisation's name.

        What may mean several means none of them.
        """
        known = self.by_short.get(short, index)
        same = known is not None and self.entities[known].proper == self.entities[index].proper
        self.by_short[short] = index if known == index else known if same else None

    def named_organisation(self, name: str, form: str) -> int:
        """Entity of an organisation that the article names.

        It is new where the article has none yet.
        """
        key = outlet_key(name)
        if key not in self.by_name and (short := self.by_short.get(name)) is not None:
            self.by_name[key] = short
        return self.lookup(key, Entity(form, "institution", name, proper=name))

    def lookup(self, key: str, entity: Entity) -> int:
        """Entity known under `key`; `entity` is added where there is none."""
        if key not in self.by_name:
            self.by_name[key] = self.add(entity)
        return self.by_name[key]

    def person(self, who: int) -> int:
        """Entity of a named person."""
        if who not in self._by_person:
            person = self.persons.persons[who]
            self._by_person[who] = self.add(
                Entity("person", "named", person.name, gender=person.gender, person=who)
            )
        return self._by_person[who]

    def same_mention(self, start: int, end: int) -> int | None:
        """Entity that was met with the same mention: one source with two cues.

        None where no mention is the same.
        """
        if not self._met or self._met[-1][0] < start:
            return None  # most mentions: they come in text order
        at = bisect_right(self._met, (start, end, len(self.entities))) - 1
        if at >= 0 and self._met[at][0] == start and self._met[at][1] >= end - 1:
            return self._met[at][2]
        return None

    def has_spoken(self, who: int) -> bool:
        """Whether the named person was the source of an attribution before."""
        return who in self._by_person and bool(self.entities[self._by_person[who]].members)

    def meet(self, index: int, span: Span, attribution: int) -> None:
        """Enter one mention of an entity as the source of an attribution."""
        entity = self.entities[index]
        entity.members.append(attribution)
        entity.spans.append(span)
        start, end = span
        if end > start and not self.text[end - 1].isalnum() and (cut := _TRAILING.search(self.text, *span)):
            end = cut.start()
        self._met.append((start, end, index))
        if index == self.last:
            return
        self.last = index
        if index in self.recent:
            self.recent.remove(index)
        self.recent.append(index)
        if len(self.recent) > _REACH + 1:
            del self.recent[0]

    def last_mention(self, index: int) -> int:
        """Start of the last mention of an entity so far."""
        entity = self.entities[index]
        spoken = entity.spans[-1][0] if entity.spans else -1
        return max(spoken, entity.seen[-1][0]) if entity.seen else spoken

    def place(self, span: Span, index: int) -> int:
        """Enter a noun phrase of an entity that is not the source of an attribution.

        Return the entity.
        """
        self._by_start[span[0]] = index
        self.entities[index].seen.append(span)
        return index

    def at(self, start: int, end: int) -> int | None:
        """Entity that has a mention within [start, end), or None."""
        if start in self._by_start:
            return self._by_start[start]
        at = bisect_right(self._met, (end, -1, -1)) - 1
        for a, b, index in self._met[max(0, at - 1) : at + 1]:
            if a < end and start < b:
                return index
        return None

    def signer(self, start: int) -> int | None:
        """Person who signs after `start`.

        A name that opens a short line, as under a letter.
        """
        if self._signers is None:
            self._signers = [
                (a, who)
                for first, last in self.article.paragraphs
                if last - first < 80 and self.text[last - 1] not in '?!:”"'
                for a, _, who in self.persons.within(first, first + 1)
            ]
        return next((who for a, who in self._signers if a > start), None)
