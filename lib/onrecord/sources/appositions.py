"""Appositions: the phrases between commas behind a name.

An example is "Jan Moll, 43, a nurse at Holme Hospital, who …".
"""

from __future__ import annotations

import re

from onrecord.mentions.words import STOPS
from onrecord.sources.affiliations import is_organisation_name
from onrecord.sources.person_phrases import Phrase, behind_list, name_at, phrase_for, segment_end
from onrecord.sources.relative_clauses import clause
from onrecord.wordlists import Lists, word_set

_AGE = re.compile(
    r"(?:aged? )?\d{1,3}(?=[,.;:]| (?:and|who|of|from)\b)|(?:now |then )?\d{1,3}-(?:year|month)s?-old(?=[,.])"
)
_OPENS_AGE = ("age", "now ", "then ")
_DEGREE = re.compile(r"(?:[A-Z][a-z]?\.){2,4}|Ph\.? ?D\.?|[JS]r\.|[MBDO][A-Z]{1,3}(?=,)|FRS|QC|KC|RN")
_RELATIVE = re.compile(r"(?:who|whose|whom)\b")
_LINK = re.compile(r"(?:formerly |now |both )?(?:of|from|at|with) (?:the )?(?=[A-ZÀ-Þ])")
_NESTED = re.compile(r"(?:an?|the|its) (?=[a-z])")
_CONNECTIVES = word_set("that and but or when while after before as because if")
_AND = re.compile(r",? and (?:also )?(?=[a-z])")
_WORKS_AS = re.compile(r" who (?:now |also |has )?(?:works|worked|serves|served) as (?=an? |the )")
_FIRST_WORD = re.compile(r"[\w’'-]+")
_WORD = re.compile(r" ([a-z]+)")
_FINITE = word_set("is was are were has had have will would could should can may might does did")
_PARTICIPLE = re.compile(r" [a-z]+ (?:in|by|at|with|to|for|on|as|about)\b")  # "a driver quoted in a release"
_DETERMINERS = word_set("a an the his her their its one our my two three both")


def read_segments(text: str, at: int, stop: int, lists: Lists) -> list[Phrase]:
    """Phrases between commas behind a name: "43, a nurse at Holme Hospital, who …"."""
    found: list[Phrase] = []
    begin = at
    while at < stop:
        if not text[at : at + 1].islower() or text.startswith(_OPENS_AGE, at):
            age = _AGE.match(text, at, stop) or _DEGREE.match(text, at, stop)
        else:
            age = None  # most segments: "a nurse at Holme Hospital"
        if age is not None:
            begin = at = _behind_comma(text, age.end())
            at += 4 * text.startswith("and ", at)
            continue
        more: list[Phrase] = []
        part = _segment(text, at, stop, found, lists)
        if part is None:
            break
        if part.kind == "behind":
            part, *more = _joint(text, part, stop, lists)
        if part.kind == "nested":
            last = found[-1]
            found[-1] = last._replace(end=part.end, affiliation=last.affiliation or part.affiliation)
        else:
            found.append(part._replace(start=at) if part.kind != "affiliation" else part)
            found += more
        if not text.startswith(", ", part.end):
            break
        at = part.end + 2
    if len(found) > 1 and begin <= found[0].start:
        # all of it as one phrase: "a nurse at Holme Hospital, who has worked there for 20 years"
        found[0] = found[0]._replace(end=max(phrase.end for phrase in found))
    return found


def _joint(text: str, first: Phrase, stop: int, lists: Lists) -> list[Phrase]:
    """One or two phrases for one person.

    There are two in "a parent at the school and an organiser with the union".
    """
    joint = _AND.match(text, first.end, stop) or _WORKS_AS.match(text, first.end, stop)
    second = phrase_for(text, joint.end(), stop, "behind", lists) if joint else None
    if joint is None or second is None or second.head in lists.plural:
        return [first._replace(end=_before_verb(text, first.end, stop, lists))]
    word = text[joint.end() : joint.end() + 30].partition(" ")[0]
    if not _may_open(word, second.head, lists):
        return [first._replace(end=_before_verb(text, first.end, stop, lists))]
    end = _before_verb(text, second.end, stop, lists)
    return [first._replace(end=end), second._replace(end=end)]


def _before_verb(text: str, at: int, stop: int, lists: Lists) -> int:
    """End of the segment, which is before a reporting verb.

    An example is "a driver from Holme believes".
    """
    word = _WORD.match(text, at, stop)
    if word is None:
        return segment_end(text, at, stop)
    verb = lists.reporting_verbs.get(word[1])
    if word[1] in _FINITE:
        return at
    is_third = word[1].endswith("s") and word[1] not in STOPS and text[at - 1].isalpha()
    is_past = verb is not None and "past" in verb.tenses and _PARTICIPLE.match(text, at, stop) is None
    return at if is_third or is_past else segment_end(text, at, stop)


def _behind_comma(text: str, end: int) -> int:
    return end + 2 if text.startswith(", ", end) else end + (text[end : end + 1] == " ")


def _segment(text: str, at: int, stop: int, found: list[Phrase], lists: Lists) -> Phrase | None:
    """Phrase of one segment behind a name, or None."""
    word = _FIRST_WORD.match(text, at, at + 30)
    if word is None or word[0] in _CONNECTIVES:
        return None
    if word[0] == "which":
        if not found or found[-1].affiliation is None:
            return None
        return Phrase(
            at, behind_list(text, segment_end(text, at, stop), stop, lists), "nested", "", None, None
        )
    if _RELATIVE.match(text, at):
        return clause(text, at, stop, lists)
    if (link := _LINK.match(text, at, stop)) is not None:
        span = name_at(text, link.end(), stop)
        if span and is_organisation_name(text[slice(*span)], lists):
            return Phrase(at, segment_end(text, span[1], stop), "affiliation", "", None, span)
        if span and text[span[1] : span[1] + 1] == ",":
            return Phrase(at, span[1], "nested", "", None, None) if found else None
        return None
    phrase = phrase_for(text, at, stop, "behind", lists)
    if phrase is not None and _may_open(word[0], phrase.head, lists):
        following = _WORD.match(text, phrase.end, stop)
        # "Moss, the sheriff had said", "Moss, the sheriff denied": the subject of another clause
        if word[0] == "the" and following and _is_finite(text, phrase, stop, following[1], lists):
            return None
        return phrase
    if not found:
        return None
    if _NESTED.match(text, at) and found[-1].affiliation is not None:
        end = behind_list(text, segment_end(text, at, stop), stop, lists)
        words = text[at:end].partition(" of ")[0].split(" ")  # up to the noun itself
        if any(w in lists.bodies for w in words[1:6]):
            return Phrase(at, end, "nested", "", None, None)
        return None
    span = name_at(text, at, stop)
    if span and text[span[1] : span[1] + 1] in (",", ".", ""):
        name = text[slice(*span)]
        if found[-1].affiliation is None and found[-1].title and is_organisation_name(name, lists):
            return Phrase(*span, "nested", "", None, span)
        if name in lists.places:
            return Phrase(*span, "nested", "", None, None)
    return None


def _is_finite(text: str, phrase: Phrase, stop: int, word: str, lists: Lists) -> bool:
    """Whether the word behind a noun phrase is its verb.

    Behind "the head of the Tarn Trust" a comma may be missing.
    """
    verb = lists.reporting_verbs.get(word)
    is_past = verb is not None and "past" in verb.tenses and _PARTICIPLE.match(text, phrase.end, stop) is None
    is_deed = word.endswith("ed") and _PARTICIPLE.match(text, phrase.end, stop) is None
    return word in _FINITE or ((is_past or is_deed) and phrase.affiliation is None)


def _may_open(word: str, head: str, lists: Lists) -> bool:
    """Whether a segment that opens with `word` may be in apposition.

    It may not with a verb, or where it is a list.
    """
    if word in _DETERMINERS:
        return True
    if head in lists.plural:
        return False
    return not word.endswith(("ed", "ing")) or word in (
        "acting",
        "managing",
        "marketing",
        "founding",
        "retired",
    )
