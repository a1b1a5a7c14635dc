"""Turns of interviews and transcripts, and block quotations.

Direct speech without quotation marks:
"FENN: The mill is safe." · "[02:50:05] ORLA FENN, ENGINEER (through translator): …" · "Q: … A: …" · a
question in a paragraph of its own and the answer below · "Fenn wrote:" with the words in the next
paragraph. The interviewer speaks for the outlet and is not a source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable

from onrecord.attributions.rules.block_quotations import find_blocks
from onrecord.attributions.rules.readings import Reading, with_readings
from onrecord.mentions.labels import ANSWERING, ASKING, Turn, find_turns, is_question, label_of
from onrecord.mentions.outlets import is_outlet
from onrecord.records import Attribution, Span
from onrecord.text.tokens import Article
from onrecord.wordlists import Lists, word_set

LONGEST_QUESTION = 60  # words of a paragraph that only asks
PROBABILITY = 0.9

_PERSON = re.compile(r"[A-Z][\w’'-]+(?: (?:d[aeiu]|v[ao]n|al|bin|[A-Z]\.|[A-Z][\w’'-]+)){1,3}")
_MEETING = re.compile(
    r"\b(?:spoke|speaks|talked|talks|sat down|caught up|met|interview(?:ed|s)?|asked|conversation|chat"
    r"|questions?|answers?)\b"
)
_FIRST_PERSON = re.compile(r"\b(?:I|We|we|my|My|our|Our|me|us)\b")
# Before the name of an organisation ("the Lantern", "the Halm Lantern"), and before a last name.
_ARTICLE = re.compile(r"(?=\b([Tt]he )([A-Z]\w+ )?)", re.IGNORECASE)
_FORENAME = re.compile(r"(?=\b([A-Z][\w’'-]+ )(\w+ )?)")


def with_turns(article: Article, attributions: list[Attribution], lists: Lists) -> list[Attribution]:
    """Attributions with each turn and block quotation as its speaker's direct speech."""
    turns = find_turns(article, lists)
    if turns:
        readings, asked = _of_turns(article, turns, lists)
        kept = [a for a in attributions if not _overlaps_one_of(a.content[0], asked)]
        return with_readings(article, kept, readings)
    readings = _of_questions(article, lists)
    if not readings:
        readings = find_blocks(article, lists)
    return with_readings(article, attributions, readings)


def _of_turns(article: Article, turns: list[Turn], lists: Lists) -> tuple[list[Reading], list[Span]]:
    """Readings of the turns of sources, and the spans of the interviewer's turns."""
    text = article.text
    interviewers = _interviewers(article, turns, lists)
    answerer = _interviewee(article, turns[0].label[0], lists)
    introduced = _by_initials(text, turns[0].label[0])
    readings: list[Reading] = []
    asked: list[Span] = []
    for turn in turns:
        content = [
            (max(turn.start, article.paragraphs[n][0]), article.paragraphs[n][1]) for n in turn.paragraphs
        ]
        key = label_of(text, turn)
        if _speaker_key(key) in interviewers:
            asked += [(article.paragraphs[turn.paragraphs[0]][0], content[0][1]), *content[1:]]
            continue
        source = answerer if key.lower() in ANSWERING else introduced.get(key.replace(".", ""), turn.label)
        cue = (turn.colon, turn.colon + 1)
        readings.append(Reading(content, cue, source, "direct", PROBABILITY))
    return readings, asked


def _interviewers(article: Article, turns: list[Turn], lists: Lists) -> set[str]:
    """Speakers for the outlet: "Q", "FENN, HOST", its name, or one who only asks."""
    text = article.text
    found = set()
    asks: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for turn in turns:
        key = label_of(text, turn)
        total[key] += 1
        asks[key] += is_question(text, turn.start, article.paragraphs[turn.paragraphs[-1]][1])
        if not ASKING.isdisjoint(turn.rest.lower().replace(",", " ").split()):
            found.add(_speaker_key(key))
    bodies = _words_behind(text, _ARTICLE, {_bare(key) for key in total}, str.lower)
    surnames = _words_behind(text, _FORENAME, {key.title() for key in total}, str)
    n_only_ask = sum(asks[key] == n for key, n in total.items())
    for key, n in total.items():
        if key.lower() in ANSWERING:
            continue
        # "LANTERN:" only asks and is part of no person's name
        only_asks = asks[key] == n and " " not in key and key.title() not in surnames
        only_asks = only_asks and (key.isupper() or (n_only_ask == 1 and len(total) > 1))
        is_body = _bare(key) in bodies and 2 * asks[key] > n
        is_outlet = lists.outlet(key) is not None or is_body or only_asks
        if key.lower() in ASKING or is_outlet:
            found.add(_speaker_key(key))
    return found


def _bare(label: str) -> str:
    """Label in lower case without an article: "The Lantern" as "lantern"."""
    return label.lower().removeprefix("the ")


def _speaker_key(label: str) -> str:
    """Key of a speaker: the last word of a label in capitals, else the label."""
    return label.rpartition(" ")[2] if label.isupper() else label


def _by_initials(text: str, before: int) -> dict[str, Span]:
    """Persons named before the first turn, by their initials: "ZA" for Zeynep Aslan."""
    found: dict[str, Span] = {}
    for match in _PERSON.finditer(text, 0, before):
        words = [word for word in match.group().split(" ") if word[0].isupper()]
        for i in range(len(words) - 1):  # "Violin maker Zeynep Aslan" may open with another capital
            letters = "".join(word[0] for word in words[i:])
            start = match.end() - len(match.group().split(words[i], 1)[1]) - len(words[i])
            found.setdefault(letters, (start, match.end()))
    return found


def _words_behind(
    text: str, before: re.Pattern[str], wanted: set[str], form: Callable[[str], str]
) -> set[str]:
    """Those of `wanted` that follow a match of `before` as whole words.

    They are compared in the spelling that `form` gives. One more word may be between. All are searched at
    once: a transcript may have thousands of speakers.
    """
    lengths = {len(words) for words in wanted}
    found = set()
    for match in before.finditer(text):
        for start in {match.end(1), match.end(2)} - {-1}:
            for length in lengths:
                words = form(text[start : start + length])
                if words in wanted and _is_border(text, start + length):
                    found.add(words)
    return found


def _is_border(text: str, at: int) -> bool:
    """Whether a word begins or ends at `at`."""
    before, behind = text[at - 1 : at], text[at : at + 1]
    return (before.isalnum() or before == "_") != (behind.isalnum() or behind == "_")


def _interviewee(article: Article, before: int, lists: Lists) -> Span | None:
    """Person whom the words before the interview introduce, or None.

    An outlet is nobody: "Orla Fenn talks to [the Evening Post]".
    """
    text = article.text
    best: Span | None = None
    for start, end in article.paragraphs:
        if start >= before:
            break
        for match in _PERSON.finditer(text, start, min(end, before)):
            first, last = match.span()
            words = match.group().split(" ")
            if words[0].lower() in _OPENERS:
                first += len(words[0]) + 1
                if len(words) < 3:
                    continue
            if is_outlet(text[first:last], lists):
                continue
            if best is None:
                best = (first, last)
            behind_verb = _MEETING.search(text, max(start, first - 60), first)
            if behind_verb:
                return first, last
    return best


_OPENERS = word_set("the a an in on at after when while this that our we for his her as but and since today")


def _of_questions(article: Article, lists: Lists) -> list[Reading]:
    """Answers of an interview with questions in paragraphs of their own.

    The questions have no label.
    """
    text = article.text
    if text.count("?") < 2:
        return []
    numbers = [n for n in range(len(article.paragraphs)) if not article.is_boilerplate[n]]
    questions = [n for n in numbers if _is_question(article, n)]
    if len(questions) < 2:
        return []
    source = _interviewee(article, article.paragraphs[questions[0]][0], lists)
    are_bold = all(text.startswith(("**", "__"), article.paragraphs[n][0]) for n in questions)
    if not are_bold and (source is None or not _MEETING.search(text, 0, article.paragraphs[questions[0]][0])):
        return []
    readings = []
    for question, following in zip(questions, [*questions[1:], None], strict=True):
        behind = bisect_right(numbers, question)
        answer = numbers[behind : behind + 1 if following is None else bisect_left(numbers, following)]
        if not answer or any(is_question(text, *article.paragraphs[n]) for n in answer[:1]):
            return []
        content = [article.paragraphs[n] for n in answer]
        readings.append(Reading(content, None, source, "direct", PROBABILITY))
    spoken = sum(_FIRST_PERSON.search(text, *r.content[0]) is not None for r in readings)
    quoted = sum(article.is_quoted(r.content[0][0]) for r in readings)
    return readings if 2 * spoken >= len(readings) - are_bold and not quoted else []


def _is_question(article: Article, number: int) -> bool:
    start, end = article.paragraphs[number]
    text = article.text
    return (
        is_question(text, start, end)
        and len(text[start:end].split()) <= LONGEST_QUESTION
        and not article.is_quoted(start)
    )


def _overlaps_one_of(span: Span, others: list[Span]) -> bool:
    """Whether `span` overlaps one of `others`, which are in text order and apart."""
    at = bisect_right(others, span[0], key=lambda other: other[1])
    return at < len(others) and others[at][0] < span[1]
