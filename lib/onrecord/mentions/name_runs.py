"""Runs of capitalised words: names without titles and sentence starters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.wordlists import Lists, word_set

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŴŶŸŹŻŽ"
_DOTTED = (  # abbreviated titles keep their full stop; a lookbehind needs alternatives of one length
    r"(?:\.(?:(?<=\b(?:Mr|Ms|Dr|Lt|Jr|Sr|St)\.)|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Maj|Col|Sgt|Cpl|Pvt|Adm|Det"
    r"|Rev|Hon|Amb|Del|Drs)\.)"
    r"|(?<=\b(?:Sens|Reps|Prof|Capt|Cmdr|Supt|Insp|Pres|Atty|Brig)\.)))?"
)
_REST = rf"(?:\.(?:[{UPPER}]\.)*|['’]?\w*(?:[-'’&](?!s\b)\w+)*{_DOTTED})"
_WORD = rf"(?:[{UPPER}]{_REST}|(?:[ae]l-|[dl]['’])[{UPPER}]\w*(?:[-'’&](?!s\b)\w+)*)"
_PARTICLE = (
    r"(?:de|da|do|dos|das|del|della|dei|der|den|van|von|bin|ibn|bint|ben|al|el|la|le|di|du|ter|ten|abu|y"
    r"|ap|ab|ferch|zu|af|av|op|['’]t)"
)
# The capital comes first, so that the search skips from one to the next.
_PATTERN = re.compile(
    rf"[{UPPER}](?:(?<![\w.-][{UPPER}])|(?<=[a-z][a-z]\.[{UPPER}])|(?<=\b[ae]l-[{UPPER}]))(?<!\w['’][{UPPER}]){_REST}"
    rf"(?: (?:{_PARTICLE} ){{0,2}}{_WORD}|,? (?=[JS]r\.){_WORD})*"
)

_PAIR = 2  # words: a noun and a name
_ARTICLES = word_set("Al El Bin Ben Abu")  # of a name: "Ahmed Al Tench" is one name
_SHORT_FAMILY_NAME = 3  # letters
SUFFIXES = word_set("Jr. Sr. Jr Sr II III IV")
GENERATIONS = word_set("Jr. Sr. Jr Sr")  # only persons have these


class Run(NamedTuple):
    """A name within a run of capitalised words, with the titles before it."""

    start: int
    end: int
    titles: tuple[str, ...]
    words: tuple[str, ...]  # the name itself


_SURNAMES_TOO = word_set("May March August Day Good Young Read")
_FIRST_NAMES_TOO = word_set("Jan Jun June April August Said")
_FIRST_NAMES_BEFORE_VERBS = word_set("Per Will May Said")  # "Will Fenn said", not "Will Fenn resign?"
_VERB_FOLLOWS = re.compile(
    r",? (?:said|says|told)\b| (?:was|is|has|had|did|does|went|made|ran|[a-z]{2,}ed|[a-z]{3,}s)\b"
    r"|, (?:who|\d\d)\b"
)
_DATE_FOLLOWS = re.compile(
    r"(?i)\b(?:in|on|since|until|by|of|last|next|this|early|late|mid|to|from|through|for|during|every) $"
)
_DATED = re.compile(
    r"(?:\b(?:in|on|since|until|by|of|last|next|this|early|late|to|from|\d+)|^|[.!?”\"]|\n) ?[A-Z]\w+"
    r"|[A-Z]\w+ \d"
)


_SAYS_BEHIND = re.compile(r" (?:said|says|told|added|insisted|replied|argued|admitted|warned|wrote|asked)\b")


def read_runs(
    text: str, lists: Lists, capitals: list[tuple[str, int, int]]
) -> tuple[list[tuple[str, int, int]], list[Run]]:
    """Single capitalised words, and the longer runs parsed.

    A single word is (word, start, end).
    """
    singles: list[tuple[str, int, int]] = []
    runs: list[Run] = []
    for match in _PATTERN.finditer(text):
        whole = match.group()
        at, end = match.span()
        capitals.append((whole, at, end))
        if whole.startswith(_HOURS) and text[at - 2 : at - 1].isdigit():
            _read_behind_hour(text, match, lists, singles, runs)
        elif " " in whole:
            named = opens_name(text, at, end) and not _dated_before(text, at)
            for start, stop, titles, words in _names_of(whole, lists, named):
                runs.append(Run(at + start, at + stop, titles, words))
        elif len(whole) > 1 and (whole not in lists.starters or _may_be_surname(text, match)):
            singles.append((whole, at, end))
    return singles, runs


_HOURS = ("PM ", "AM ")


def _read_behind_hour(
    text: str,
    match: re.Match[str],
    lists: Lists,
    singles: list[tuple[str, int, int]],
    runs: list[Run],
) -> None:
    """Add the names of a run that the time of day opens: "4:14 PM Ada Fenn"."""
    at = match.start() + len(_HOURS[0])
    whole = text[at : match.end()]
    if " " in whole:
        runs += [Run(at + run.start, at + run.end, *run[2:]) for run in _names_of(whole, lists)]
    elif len(whole) > 1 and whole not in lists.starters:
        singles.append((whole, at, match.end()))


def opens_name(text: str, start: int, end: int) -> bool:
    """Whether the word that opens the run [start, end) is a first name here."""
    word = text[start:end].partition(" ")[0]
    if word in _FIRST_NAMES_BEFORE_VERBS:
        return _VERB_FOLLOWS.match(text, end) is not None
    return word in _FIRST_NAMES_TOO


def _may_be_surname(text: str, match: re.Match[str]) -> bool:
    """Whether "May" may be a surname here: in mid-sentence, and no date."""
    if match.group() not in _SURNAMES_TOO:
        return False
    if _SAYS_BEHIND.match(text, match.end()):
        return True
    return not _DATED.search(text, max(0, match.start() - 8), match.end() + 3)


def _dated_before(text: str, offset: int) -> bool:
    """Whether the word before `offset` precedes a date: "in June Moll said"."""
    return _DATE_FOLLOWS.search(text, max(0, offset - 10), offset) is not None


@lru_cache(maxsize=50_000)
def _names_of(whole: str, lists: Lists, is_first_name: bool = False) -> list[Run]:
    """Names within a run of capitalised words.

    Titles and sentence starters are cut off, but for a month that opens the run as a first name.

    A starter or a further known first name in mid-run is a headline in capitals ("Ann Lee Was Hit",
    "Ann Lee Slams Bob Day") and parts the run.
    """
    words = whole.replace(",", "").split(" ")
    found: list[Run] = []
    offset = first = 0
    for i in range(len(words) + 1):
        starter = i < len(words) and (
            words[i] in lists.starters
            or (
                i > 0
                and len(words[i]) > _PAIR
                and words[i].isupper()
                and words[i].capitalize() in lists.starters
            )
            or _is_headline_verb(words, i, lists)
            or (i == 0 and _only_opens(words, lists))
        )
        if starter and i == 0 and is_first_name and words[1:2] != [] and words[1] not in lists.starters:
            starter = False
        elif starter and words[i] in _FIRST_NAMES_TOO and 0 < i < len(words) - 1:
            starter = words[i + 1] in lists.starters or not _follows_title(words[i - 1], lists)
        if starter and i > first and words[i] in _SURNAMES_TOO:
            starter = words[i - 1] not in lists.first_names and words[i - 1] not in lists.titles
        opens = i - first >= 2 and _opens_name(words, i, lists)
        if opens and i - first == 2:  # "Ann Lee Bob Day", but not "Ana Maria Lena Day"
            opens = len(words) - i == 2 and _is_name_in_full(words[first:i], lists)
        if i < len(words) and not starter and not opens:
            continue
        if i > first and (run := _name_of(words[first:i], offset, lists)):
            found.append(run)
        step = i + starter
        offset += sum(len(word) + 1 for word in words[first:step])
        first = step
    return found


def _only_opens(words: list[str], lists: Lists) -> bool:
    """Whether the participle of a verb opens a run: "Citing Fenn"."""
    word = words[0]
    low = word.lower()
    if not low.endswith("ing") or word in lists.first_names or word in lists.name_genders:
        return False
    if len(words) > 2 and words[1] not in lists.first_names:
        return False
    if word in lists.places or words[-1] in lists.firm_words or words[-1].lower() in lists.bodies:
        return False
    return low in lists.reporting_verbs or low in lists.deeds


def _is_name_in_full(words: list[str], lists: Lists) -> bool:
    """Whether two words are a known first name and a last name."""
    first, last = words
    return (
        first in lists.first_names and last not in lists.first_names and len(last) > 1 and last[1].islower()
    )


_OBJECTS = word_set("Themselves Himself Herself Itself Him Her Them His Their Its")


def _is_headline_verb(words: list[str], i: int, lists: Lists) -> bool:
    """Whether a word in mid-run is the verb of a headline: "Tarn Mocks Ann Lee"."""
    low = words[i].lower()
    if i > 0 and words[i - 1].lower() in lists.plural and low in lists.reporting_verbs:
        return words[i - 1] not in lists.titles  # "Women Accuse Biden"
    if 0 < i < len(words) - 1 and words[i + 1] in _OBJECTS and low in lists.reporting_verbs:
        return True  # "Lumenrod Defend Themselves"
    if not 0 < i < len(words) - 1 or not low.endswith("s") or words[i] in lists.first_names:
        return False
    verb = lists.reporting_verbs.get(low)
    if low not in lists.deeds and (verb is None or "third" not in verb.tenses):
        return False
    following = words[i + 1]
    return (
        following in lists.first_names
        or following in lists.titles
        or following in lists.adjectives
        or following in lists.places
        or lists.outlet(following) is not None
    )


def _follows_title(word: str, lists: Lists) -> bool:
    """Whether a title or a noun for people precedes a first name: "Mayor Jan Moll"."""
    return word in lists.titles or word.lower() in lists.singular or word.lower() in lists.spokespeople


def _opens_name(words: list[str], i: int, lists: Lists) -> bool:
    """Whether a first name in mid-run opens a name of its own."""
    return (
        len(words) - i > 1
        and words[i] in lists.first_names
        and words[i] not in lists.places
        and words[i] not in _ARTICLES
        and words[i + 1] not in SUFFIXES
        and not words[i - 1].endswith(".")
        and not words[i - 1].islower()  # "Sultan bin Ahmed Al Tench"
    )


def _dotted_rank(words: list[str], last: int, lists: Lists) -> int | None:
    """Position of the last abbreviated title before the name in a run, or None."""
    ranks = [
        i for i in range(last - 1) if len(words[i]) > 2 and words[i][-1] == "." and words[i] in lists.titles
    ]
    return ranks[-1] if ranks else None


def _name_of(words: list[str], offset: int, lists: Lists) -> Run | None:
    last = len(words)
    while last > 1 and words[last - 1] in SUFFIXES:
        last -= 1
    cut = 0
    known = lists.first_names
    if last > 2 and " ".join(words[:2]) in lists.titles:  # "Lance Corporal"
        cut = 2
    elif (rank := _dotted_rank(words, last, lists)) is not None:
        cut = rank + 1  # "Marine Corps Gen. Ida Moss"
    elif words[0] not in known or words[0] in lists.titles or words[0] in lists.places:
        for i in range(last - 2, -1, -1):
            word = words[i]
            low = word.lower()
            if word in lists.titles or low in lists.singular or low in lists.spokespeople:
                cut = i + 1
                break
            is_firm = lists.trades.get(low, "either") != "either" or (
                low in lists.trades and last == _PAIR and words[1] not in lists.name_genders
            )
            if i == 0 and is_firm and low.endswith("er"):
                cut = 1  # "Chipmaker Lumenrod"
                break
            is_first = words[1] in known or words[1] in lists.name_genders
            if i == 0 and low in lists.plural and (last > 2 or is_first):  # "Judges Ann Lee and Bob Day"
                cut = 1
                break
        else:
            # "Near Eastern Affairs Ann Lee": a known first name starts the name. In "Ng Kai Ming" a
            # short family name does.
            first = 1 if len(words[0]) > _SHORT_FAMILY_NAME or words[0].isupper() else 2
            cut = next(
                (
                    i
                    for i in range(first, last - 1)
                    if words[i] in known and words[i] not in lists.places and not words[i - 1].islower()
                ),
                0,  # "María del Carmen Luque" is not Carmen Luque
            )
    if cut == 0 and last > 2:
        # "Sri Lanka Ann Lee", "Florida Bob Day"
        cut = next(
            (
                k
                for k in (2, 1)
                if last - k > 1 and " ".join(words[:k]) in lists.places and words[0] not in known
            ),
            0,
        )
    if cut > 1 and words[cut].islower():
        cut -= 1  # "Sheikh Sultan bin Ahmed": a name and not two titles
    if " ".join(words[cut:last]) not in lists.places:
        while cut < last - 1 and (words[cut] in lists.adjectives or words[cut] == "Elect"):
            cut += 1
    name = tuple(words[cut:])
    if len(name) > 5 or (len(name) == 1 and len(name[0]) < 2):
        return None
    begin = offset + sum(len(word) + 1 for word in words[:cut])
    return Run(begin, begin + len(" ".join(name)), tuple(words[:cut]), name)


def cut_to_pair(run: Run) -> Run:
    return Run(run.start, run.start + len(run.words[0]) + 1 + len(run.words[1]), run.titles, run.words[:2])
