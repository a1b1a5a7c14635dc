"""Relay: the outlet, statement, post or document that passed words on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache

from onrecord.mentions.outlets import outlet_ending, outlet_like
from onrecord.records import Span
from onrecord.sources.cast import Cast
from onrecord.sources.relay_patterns import (
    ACCORDING,
    AFTER_INITIALS,
    BRACKETED,
    CITED,
    CITING,
    CREDIT,
    HINTS,
    INTERVIEW,
    OTHER_WAYS,
    OWNED_SOURCE,
    REPORTED,
    REPORTS,
    TOLD,
    TOLD_OUTLET,
    WITH_CITATION,
)
from onrecord.wordlists import Lists, outlet_key

Relay = tuple[str, str | None]  # the codebook's relay, and the outlet where it is another one
DIRECT: Relay = ("direct", None)

_RUNS, _FAR = 60, 3_000  # names and characters before "the newspaper" in which it is named
_REACH = 800  # characters around a mention: a bound for texts without sentences


class Relays:
    """The relays of one article.

    Its own outlet (by name, alias or web address) is not one of them.
    """

    def __init__(self, cast: Cast, outlet: str | None) -> None:
        self.article = cast.article
        self.persons = cast.persons
        self.lists = lists = cast.lists
        self.own = lists.outlet(outlet)
        key = outlet_key(outlet or "")
        self.letters = _letters(re.sub(r"\.(?:com|org|net|co\.\w+|info|news|[a-z]{2})$", "", key))
        self.introduced = cast.introduced
        self.names = {name for name, _, _ in cast.persons.capitals}
        self.outlets = {name for name in self.names if _may_be_outlet(name, self.lists)}
        self.longer = self._longer_names()
        self.hinted = self._hinted_sentences()
        self._only: str | None = None
        self._has_counted = False
        self._citations: dict[Span, tuple[str | None, str | None]] = {}

    def is_own(self, name: str) -> bool:
        """Whether `name` is the article's own outlet."""
        canonical = self.lists.outlet(name)
        if canonical and self.own:
            return canonical == self.own
        letters = _letters(outlet_key(name))
        close = len(letters) > 4 and letters in self.letters
        return bool(self.letters) and (letters == self.letters or f"the{letters}" == self.letters or close)

    def of(self, mention: Span, cue: Span | None) -> Relay:
        """Relay of one attribution by the words of its sentence."""
        article, text = self.article, self.article.text
        if text.startswith((" (@", "(@"), mention[1]):
            return "social", None  # "TEXT — Orla Fenn (@fenn)"
        number = article.sentence_at(mention[0])
        if number not in self.hinted:
            return DIRECT
        start, end, paragraph = article.sentences[number]
        low = min(mention[0], cue[0]) if cue and cue[0] >= start else mention[0]
        start, end = max(start, mention[0] - _REACH), min(end, mention[1] + _REACH)
        outlet = self._outlet(TOLD.search(text, low, min(end, low + 400)))
        if outlet is None and (noun := TOLD_OUTLET.search(text, low, min(end, low + 400))) is not None:
            outlet = self._named_before(noun.start()) if noun["which"] == "the" else None
        if outlet is None and start < mention[0]:  # what opens the sentence
            outlet = self._outlet(INTERVIEW.search(text, start, mention[0]))
        if outlet is None:
            outlet = self._around(mention, start, end, article.paragraphs[paragraph][1])
        if outlet is not None:
            return DIRECT if self.is_own(outlet) else ("other outlet", outlet)
        near = min(end, max(mention[1], cue[1] if cue else 0) + 70)
        words = text[low:near].lower()
        for kind, needed, way in OTHER_WAYS:
            for word in needed:
                if word in words:
                    if way.search(text, low, near):
                        return kind, None
                    break
        return DIRECT

    def only_outlet(self) -> str | None:
        """Other outlet whose reporting the article retells.

        It is the only one cited, twice or more.
        """
        if not self._has_counted:
            self._has_counted = True
            cited: Counter[str] = Counter()
            for number in self.hinted:
                start, end, _ = self.article.sentences[number]
                cited.update(filter(None, self._cited(start, min(end, start + _REACH))))
            if len(cited) == 1 and cited.total() > 1 and not self.is_own(next(iter(cited))):
                self._only = next(iter(cited))
        return self._only

    def _named_before(self, offset: int) -> str | None:
        """Outlet that was named last before `offset`, within some paragraphs."""
        capitals = self.persons.capitals
        at = bisect_left(capitals, offset, key=lambda run: run[1])
        for name, start, _ in capitals[max(0, at - _RUNS) : at][::-1]:
            if offset - start > _FAR:
                return None
            introduced = self.introduced.get(outlet_key(name))
            if introduced or outlet_like(self.lists).search(name) or outlet_ending(self.lists).search(name):
                return introduced or self.lists.outlet(name) or name.removeprefix("The ")
            if outlet := self.lists.outlet(name):
                return outlet
        return None

    def _around(self, mention: Span, start: int, end: int, paragraph_end: int) -> str | None:
        """Outlet that the sentence says reported, cited or polled."""
        text = self.article.text
        words = text[mention[0] : mention[1]]
        inside = ACCORDING.search(text, mention[0], min(len(text), mention[1] + 60))
        for outlet in (
            self._outlet(inside) if inside and inside.start() <= mention[1] + 2 else None,
            _correspondent(words, self.lists),
            *self._cited(start, end),
            self._outlet(BRACKETED.search(text, max(end, paragraph_end - 60), paragraph_end)),
        ):
            if outlet and outlet != self.lists.outlet(words):
                return outlet
        owned = OWNED_SOURCE.fullmatch(words) if "source" in words or "informant" in words else None
        return owned["name"] if owned else None

    def _cited(self, start: int, end: int) -> tuple[str | None, str | None]:
        """Outlet that reports in [start, end), and that of a report."""
        if (start, end) not in self._citations:
            text = self.article.text
            reported = REPORTED.search(text, start, end) if REPORTS.search(text, start, end) else None
            if reported is None and (
                text.find("iting ", start, end) >= 0 or text.find("uoting ", start, end) >= 0
            ):
                reported = CITING.search(text, start, end)
            cited = [word for word in CITED if text.find(word, start, end) >= 0]
            self._citations[start, end] = (
                self._outlet(reported),
                self._outlet(ACCORDING.search(text, start, end)) if cited else None,
            )
        return self._citations[start, end]

    def _outlet(self, match: re.Match[str] | None) -> str | None:
        """Outlet that a pattern's name is.

        It is on the list or has an outlet's form, and is not a person's.
        """
        if match is None:
            return None
        name = match["name"] or match.groupdict().get("before") or ""
        if match.re is BRACKETED and CREDIT.search(name):
            return None
        words = name.split(" ")
        if (longer := self.longer.get(words[-1])) and len(words) - (words[0] == "The") == 1:
            return longer
        for length in range(len(words), 0, -1):
            part = " ".join(words[:length])
            if part not in self.lists.adjectives and (outlet := self.lists.outlet(part)):
                return outlet  # "the Australian police" are not a newspaper
        if introduced := self.introduced.get(outlet_key(name)):
            return introduced
        is_person = self.persons.within(*match.span("name" if match["name"] else "before"))
        if match.re is REPORTED and WITH_CITATION.match(match.string, match.end()):
            listed = name in self.lists.places or name in self.lists.named_bodies
            return None if listed or (is_person and " " in name) else name
        at = match.start("name" if match["name"] else "before")
        if is_person and not match.string.startswith("the ", max(0, at - 4)):
            return None
        if outlet_like(self.lists).search(name) or words[-1] in self.lists.outlet_field_words:
            return name
        plain = re.sub(r"['’]s?$", "", name)
        if outlet_ending(self.lists).search(plain):
            return plain
        if match.re is INTERVIEW and match.group()[:1] in "iI" and name not in self.lists.places:
            return name  # whoever gives an interview to "the Morning Bell" gives it to an outlet
        # "told HRW": initials of a body that is neither a government nor a parliament
        listed = name in self.lists.places or name in self.lists.named_bodies
        if match.re is not TOLD or listed or not name.isupper() or "the " in match.group():
            return None
        return name if match.string[match.end() : match.end() + 2] in AFTER_INITIALS else None

    def _longer_names(self) -> dict[str, str]:
        """Full name of each outlet that the article also calls by its last word.

        "the Herald" is the New Zealand Herald where the article names that one and no other.
        """
        found: dict[str, set[str]] = {}
        ending = outlet_ending(self.lists)
        for name in self.outlets:
            if " " in name and ending.search(name) and not name.startswith("The "):
                found.setdefault(name.rpartition(" ")[2], set()).add(name)
        return {
            last: self.lists.outlet(next(iter(names))) or next(iter(names))
            for last, names in found.items()
            if len(names) == 1
        }

    def _hinted_sentences(self) -> set[int]:
        """Sentences that may name a relay.

        A bracketed outlet speaks for those before it.
        """
        article, text = self.article, self.article.text
        found: set[int] = set()
        for _, at in HINTS.find(article):
            found.add(article.sentence_at(at))
        outlets = self.outlets
        if self.introduced:
            outlets = outlets.union(name for name in self.names if outlet_key(name) in self.introduced)
        wanted = outlets.union([name for name in self.names if name.isupper() and " " not in name])
        for name, start in [(name, start) for name, start, _ in self.persons.capitals if name in wanted]:
            if name not in outlets and not text.endswith(("told ", "by "), 0, start):
                continue
            number = article.sentence_at(start)
            found.add(number)
            if text[start - 1 : start] in "[(":
                found.update(range(max(0, number - 4), number))
        return found


@lru_cache(maxsize=20_000)
def _correspondent(mention: str, lists: Lists) -> str | None:
    """Outlet of "an AFP correspondent"."""
    words = re.findall(r"[\w’'.-]+", mention)
    for i, word in enumerate(words):
        if word.lower() not in lists.journalists:
            continue
        for length in range(min(i, 4), 0, -1):
            name = re.sub(r"['’]s?$", "", " ".join(words[i - length : i]))
            if outlet := lists.outlet(name):
                return outlet
    return None


@lru_cache(maxsize=50_000)
def _may_be_outlet(name: str, lists: Lists) -> bool:
    """Whether a run of capitalised words may name an outlet.

    It is on the list, or has the form of one.
    """
    words = name.lower().split(" ")
    if len(words) == 1:
        return words[0] in lists.outlets or name in lists.outlet_field_words or name == "Channel"
    return bool(outlet_like(lists).search(name) or outlet_ending(lists).search(name)) or any(
        " ".join(words[i:j]) in lists.outlets
        for i in (0, 1)
        for j in range(i + 1, min(len(words), i + 4) + 1)
    )


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name)
