"""Labels of speakers: the names before a colon in interviews and transcripts.

"FENN: The mill is safe." · "[02:50:05] ORLA FENN, ENGINEER (through translator): …" · "Q: … A: …"
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from onrecord.mentions.name_runs import Run
from onrecord.mentions.parsing import parse_mention
from onrecord.records import Span
from onrecord.text.memo import once_per_article
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_GAP = 3  # paragraphs without a label that go on with a turn
LONGEST_NAME = 4  # words of a name in a label

_TIME = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?[\])]?\s+)?"
_OPEN = r"[\s“\"‘«'`*]*"
_NAME = r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|d[aeiu]|v[ao]n|al|bin|de la|de))" + "{0,3}"
_ROLE = r"(?:(?:,| ?\()[^:\n.?!“”\"]{1,80}?)?"
_LABEL = re.compile(rf"{_OPEN}{_TIME}(?P<name>{_NAME})(?P<rest>{_ROLE})(?:\**:\**| :)(?=\s)")
_LETTER = re.compile(r"[\s*]*(?P<name>Q|A|Question|Answer|QUESTION|ANSWER)\**\s?[:.]\**(?=\s)")
_NO_LETTER = re.compile(r"[^\W_QA]")  # opens no paragraph with such a letter
_ASKS = re.compile(r"\?[\s”\"*_]*$")
_END = re.compile(r"[.?!…—–-][\s”\"’')\]*_]*$")
ASKING = word_set("q question interviewer host anchor presenter newsreader moderator")
ANSWERING = word_set("a answer")
_HEADING = word_set("in on for and to at with from by vs your our my this how why what when where")
_NOBODY = word_set("the a an unidentified unknown all several various first second third")


class Turn(NamedTuple):
    """One turn: its label and the paragraphs that it fills."""

    label: Span
    rest: str  # what the label says behind the name: ", ENGINEER (through translator)"
    colon: int
    start: int  # of its words in the first paragraph
    paragraphs: tuple[int, ...]


@once_per_article
def find_turns(article: Article, lists: Lists) -> list[Turn]:
    """Turns of a transcript.

    None where fewer than two paragraphs have a label of a speaker.
    """
    text = article.text
    if text.count(":") < 2 and "Q." not in text:
        return []
    found: list[Turn] = []
    for number, (start, end) in enumerate(article.paragraphs):
        if article.is_boilerplate[number]:
            continue
        if text.find(":", start, min(end, start + 160)) < 0 and _NO_LETTER.match(text, start):
            continue  # most paragraphs: without the longer patterns
        match = _LETTER.match(text, start, end) or _LABEL.match(text, start, min(end, start + 160))
        if match and not _HEADING.isdisjoint(match["name"].lower().replace("’", "'").split(" ")):
            continue
        if match and _END.search(text, max(start, end - 8), end):
            begin = match.end() + len(text[match.end() : end]) - len(text[match.end() : end].lstrip())
            if begin < end and "http" not in match.group():
                rest = match.groupdict().get("rest") or ""
                found.append(Turn(match.span("name"), rest, match.end() - 1, begin, (number,)))
    # "PORT ELLIS (AP):" is a dateline, "ORLA FENN (Green Party):" where "FENN:" follows is not.
    names = Counter(_last_word(label_of(text, turn)) for turn in found)
    found = [
        turn
        for turn in found
        if names[_last_word(label_of(text, turn))] > 1
        or not article.in_boilerplate(article.paragraphs[turn.paragraphs[0]][0])
    ]
    names = Counter(_last_word(label_of(text, turn)) for turn in found)  # "ORLA FENN:", then "FENN:"
    sure = {
        turn
        for turn in found
        if names[_last_word(label_of(text, turn))] > 1 or _is_capital(text, turn) or _is_timed(article, turn)
    }
    # One who speaks once between the turns of others is a speaker, too.
    found = [
        turn
        for i, turn in enumerate(found)
        if turn in sure or (0 < i < len(found) - 1 and found[i - 1] in sure and found[i + 1] in sure)
    ]
    if len(found) < 2:
        return []
    if not _recurs(text, found):
        return []
    is_alone = len({label_of(text, turn) for turn in found}) < 2
    if is_alone and not _are_answers(article, found):
        return []
    for i, (turn, following) in enumerate(pairwise(found)):
        between = range(turn.paragraphs[0] + 1, following.paragraphs[0])
        if len(between) <= LONGEST_GAP:
            more = [
                n
                for n in between
                if not article.is_boilerplate[n]
                and not (is_alone and is_question(text, *article.paragraphs[n]))
            ]
            found[i] = turn._replace(paragraphs=(*turn.paragraphs, *more))
    return [turn for turn in found if not _is_heading(label_of(text, turn), lists)]


def _is_heading(name: str, lists: Lists) -> bool:
    """Whether the words in capitals are a heading of things.

    "THE FACTS:", not "THE PRESIDENT:".
    """
    if name.isupper() and " OF " in name:
        return True  # "STORY OF THE WEEK:"
    if not (name.isupper() and name.startswith("THE ") and name.endswith("S")):
        return False
    return parse_mention(name.lower(), lists).kind == "other" and lists.outlet(name) is None


def _recurs(text: str, turns: list[Turn]) -> bool:
    """Whether somebody speaks twice, or the turns follow each other.

    Headings in capitals do neither: "FLYING IN: The union has …".
    """
    names = Counter(_last_word(label_of(text, turn)) for turn in turns)
    if max(names.values()) > 1:
        return True
    following = sum(b.paragraphs[0] - a.paragraphs[0] == 1 for a, b in pairwise(turns))
    return 2 * following >= len(turns) - 1


def _last_word(label: str) -> str:
    return label.rpartition(" ")[2]


def label_of(text: str, turn: Turn) -> str:
    """Label of a turn as written, without a full stop at its end."""
    return text[slice(*turn.label)].rstrip(".")


def is_question(text: str, start: int, end: int) -> bool:
    """Whether the words in [start, end) end with a question."""
    return _ASKS.search(text, max(start, end - 6), end) is not None


def _are_answers(article: Article, turns: list[Turn]) -> bool:
    """Whether each turn follows a question in a paragraph without a label."""
    before = [turn.paragraphs[0] - 1 for turn in turns]
    return all(number >= 0 and is_question(article.text, *article.paragraphs[number]) for number in before)


def _is_capital(text: str, turn: Turn) -> bool:
    name = text[slice(*turn.label)]
    return name.isupper() or name.lower() in ASKING | ANSWERING


def _is_timed(article: Article, turn: Turn) -> bool:
    """Whether a time stamp is before the label."""
    return (
        article.text[article.paragraphs[turn.paragraphs[0]][0] : turn.label[0]].strip(" [](").count(":") > 0
    )


def label_names(article: Article, lists: Lists) -> list[Run]:
    """Names of persons in the labels that are written in capitals.

    The words are in mixed case, as elsewhere in an article. A label that is a role, an outlet or an
    organisation names nobody: "THE COURT", "REPORTER", "LANTERN".
    """
    text = article.text
    found = []
    for turn in find_turns(article, lists):
        start, end = turn.label
        label = text[start:end]
        if label.isupper() and (run := _name_in(label, start, lists)) is not None:
            found.append(run)
    return found


def _name_in(label: str, start: int, lists: Lists) -> Run | None:
    words = label.split(" ")
    first = 0
    while first < len(words) - 1 and _is_title(words[first], lists):
        first += 1
    name = tuple(_mixed_case(word) for word in words[first:])
    if not 1 <= len(name) <= LONGEST_NAME or (len(name) == 1 and not first):
        return None  # a single word is a name where another says so
    if words[first].lower() in _NOBODY or lists.outlet(label) or " ".join(name) in lists.places:
        return None
    if any(_is_noun(word.lower(), lists) for word in name):
        return None
    titles = tuple(_mixed_case(word) for word in words[:first])
    begin = start + sum(len(word) + 1 for word in words[:first])
    return Run(begin, begin + len(" ".join(name)), titles, name)


def _is_title(word: str, lists: Lists) -> bool:
    plain = _mixed_case(word)
    return plain in lists.titles or plain.rstrip(".") in lists.titles or plain.lower() in lists.singular


def _is_noun(lower: str, lists: Lists) -> bool:
    return (
        lower in lists.singular
        or lower in lists.plural
        or lower in lists.bodies
        or lower in lists.spokespeople
        or lower in ASKING
        or lower in ("male", "female", "crowd", "audience", "narrator", "voice", "caller")
    )


def _mixed_case(word: str) -> str:
    """Word in mixed case: "O'NEILL" gives "O'Neill", "PEREZ-DIAZ" gives "Perez-Diaz"."""
    return word if len(word) <= 2 and word.endswith(".") else word.title().replace("’S", "’s")
