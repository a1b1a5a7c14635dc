"""Words around a name that show an organisation: "the union, Kabin Norge"."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.mentions.name_runs import Run
from onrecord.wordlists import Lists

# "The union, Kabin Norge, said", "the brokerage Databond": the noun is an organisation's, and so is the name.
_NOUN_BEFORE = re.compile(
    r"(?:(?P<opening>^|[.!?:”\"\n] ?|, )|\b)(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Oo]ur)"
    r" (?:[\w’'-]+ ){0,3}?(?P<noun>[a-z-]+)(?P<comma>,?) $"
)
# "Blue Kiosk, his publisher, said"
_NOUN_BEHIND = re.compile(r", (?:an?|the|its|his|her|their) (?:[\w-]+ ){0,2}?(?P<noun>[a-z-]+)[,.]")
_REACH = 70  # characters before a name in which that noun phrase begins
_WHICH = re.compile(r", which\b")


def has_trade_before(run: Run, lists: Lists) -> bool:
    """Whether a noun for firms precedes a name in its run: "Chipmaker Lumenrod"."""
    if not run.titles:
        return False
    low = run.titles[-1].lower()
    trade = lists.trades.get(low)
    if trade is None:
        return False
    if trade == "either" and len(run.words) == 1 and low.endswith("er"):
        return run.words[0] not in lists.first_names and run.words[0] not in lists.name_genders
    return trade in ("firm", "regulator", "media") and low not in lists.singular


def follows_firm_noun(text: str, start: int, lists: Lists) -> bool:
    """Whether a noun for a firm or a regulator precedes a name: "chip maker Lumenrod"."""
    if text[start - 1 : start] != " ":
        return False
    word = text[text.rfind(" ", max(0, start - 20), start - 1) + 1 : start - 1]
    return lists.trades.get(word) in ("firm", "regulator")


def is_apposed_to_noun(text: str, start: int, end: int, lists: Lists) -> bool:
    """Whether a name is beside a noun for organisations, or before ", which".

    Examples are "the union, Kabin Norge, said" and "the brokerage Databond".
    """
    if text.startswith(", ", end):
        if _WHICH.match(text, end):
            first = text[start:end].partition(" ")[0]
            return first not in lists.first_names and first not in lists.name_genders
        if (behind := _NOUN_BEHIND.match(text, end)) is not None:
            first = text[start:end].partition(" ")[0]
            form, is_plural = lists.bodies.get(behind["noun"], ("", True))
            is_body = form in ("institution", "media") and not is_plural
            is_known = first in lists.first_names or first in lists.name_genders
            if not is_known and (is_body or behind["noun"] in lists.trades):
                return True
    if not text.endswith(" ", 0, start):
        return False
    word = text[text.rfind(" ", max(0, start - _REACH), start - 1) + 1 : start - 1].rstrip(",")
    return (word in lists.bodies or word in lists.trades) and _follows_noun(text, start, end, lists)


def _follows_noun(text: str, start: int, end: int, lists: Lists) -> bool:
    """Whether the noun right before a name is that of the organisation it names."""
    noun = _NOUN_BEFORE.search(text, max(0, start - _REACH), start)
    if noun is None or noun["noun"] in lists.singular or noun["noun"] in lists.spokespeople:
        return False
    if noun["comma"] and (text[end : end + 1] != "," or noun["opening"] is None):
        return False  # "at the bank, Maria Lopez said"
    if lists.trades.get(noun["noun"], "either") != "either":
        return True
    form, is_plural = lists.bodies.get(noun["noun"], ("", True))
    return bool(noun["comma"]) and form in ("institution", "media") and not is_plural


# "Morgan Frost is to pay for a leak. The firm has …": nothing else that is named can be the firm.
_FIRM_NEXT = re.compile(
    r" (?:[^\n.!?A-ZÀ-Þ“”\"]|(?<=\d)\.(?=\d)){5,220}[.!?]\s(?:The|This|Its) (?:[a-z-]+ )??(?P<noun>[a-z-]+) "
)
# "Lumenrod said its losses grew", "Lumenrod said in a filing that it plans …": a person is not "it".
_SAYING = tuple(
    f" {verb} " for verb in ("said", "says", "announced", "warned", "confirmed", "reported", "added")
)
_AS_IT = re.compile(
    rf"(?:{'|'.join(verb.rstrip() for verb in _SAYING)})"
    r"(?: (?:in (?:a|its) [a-z]+|on [A-Z][a-z]+day)){0,2}"
    r"(?: that)? (?:its (?!not|been|a|the|all|going|hard|very|so)[a-z]+"
    r"|it (?:plans|expects|intends|aims|wants|hopes|remains|regrets"
    r"|(?:would|will|has|had) (?:not |also |no longer )?"
    r"(?!be\b|been\b|take|cost|make|mean|have|come|happen|rain|snow|help|give|show"
    r"|do\b|go\b|look|seem|feel|require|become|get\b|a\b|the\b)[a-z]+))\b"
)


def speaks_as_it(text: str, end: int) -> bool:
    """Whether the name that ends at `end` speaks of itself as "it", as firms do."""
    return text.startswith(_SAYING, end) and _AS_IT.match(text, end) is not None


_OPENS = ("\n", ". ", "? ", "! ", "” ")


def is_taken_up_as_firm(text: str, start: int, end: int, lists: Lists) -> bool:
    """Whether the next sentence takes up the name that opens a sentence as "the firm"."""
    if start and not text.startswith(_OPENS, max(0, start - 2)) and text[start - 1] != "\n":
        return False
    following = _FIRM_NEXT.match(text, end)
    return following is not None and lists.trades.get(following["noun"]) == "firm"


def is_listed_organisation(name: str, lists: Lists) -> bool:
    """Whether the first or last word of a longer name is that of an organisation."""
    words = name.split(" ")
    if len(words) < 2:
        return False
    return words[-1] in lists.firm_words or any(
        lists.bodies.get(word.lower(), ("",))[0] == "institution" for word in (words[0], words[-1])
    )


_GAPS = frozenset(map(len, (" & ", " of ", " of the ")))


def joined(
    text: str, organisations: list[tuple[int, int, str]], names: list[tuple[int, int, str]], lists: Lists
) -> list[tuple[int, int, str]]:
    """Organisations, with "Owen & Rees" and "Department of Ports" as one each.

    Both lists are in text order.
    """
    if not organisations:
        return organisations
    pairs = [
        (first[0], second[1], text[first[0] : second[1]])
        for first, second in pairwise(names)
        if second[0] - first[1] in _GAPS and _is_one_name(text, first, second, lists)
    ]
    if not pairs:
        return organisations
    parts = {start for start, end, _ in names for a, b, _ in pairs if a <= start and end <= b}
    return sorted([one for one in organisations if one[0] not in parts] + pairs)


def _is_one_name(text: str, first: tuple[int, int, str], second: tuple[int, int, str], lists: Lists) -> bool:
    """Whether two names are the parts of one organisation's."""
    gap = text[first[1] : second[0]]
    if gap == " & ":
        return True
    if gap not in (" of ", " of the "):
        return False
    return lists.bodies.get(first[2].rpartition(" ")[2].lower(), ("",))[0] == "institution"


# "the Tarn Ports Board (TPB)", "Lumenrod (NASDAQ: LMN)"
_IN_BRACKETS = re.compile(r" \((?P<market>[A-Z]{2,8}: ?)?[“\"]?(?P<short>[A-Z][A-Z&]{1,6})[”\"]?\)")
_BEFORE_BRACKET = re.compile(
    r"(?:[A-ZÀ-Þ][\w&.’'-]*,? (?:(?:of|for|and|the|on|&) ){0,2}){0,7}[A-ZÀ-Þ][\w&.’'-]*$"
)
_LONGEST = 90  # characters of a name before its brackets
_OPENS_SENTENCE = frozenset(("The", "A", "An", "In", "At", "On", "For", "And", "But", "While", "Also"))


def has_ticker(text: str, end: int) -> bool:
    """Whether a ticker follows a name in brackets: "Lumenrod (LSE: LMN)"."""
    if not text.startswith(" (", end):
        return False
    match = _IN_BRACKETS.match(text, end)
    return match is not None and match["market"] is not None


def short_names_in_brackets(text: str) -> dict[str, str]:
    """Initials or ticker in brackets behind a name, and that name.

    >>> short_names_in_brackets("The Tarn Ports Board (TPB) met Lumenrod Inc. (NASDAQ:LMN).")
    {'TPB': 'Tarn Ports Board', 'LMN': 'Lumenrod Inc.'}
    """
    found: dict[str, str] = {}
    if "(" not in text:
        return found
    for match in _IN_BRACKETS.finditer(text):
        before = _BEFORE_BRACKET.search(text, max(0, match.start() - _LONGEST), match.start())
        if before is None:
            continue
        name, short = before.group(), match["short"]
        while name.partition(" ")[0] in _OPENS_SENTENCE:
            name = name.partition(" ")[2]
        if match["market"] is None and name[:1] != short[0]:
            at = name.find(" " + short[0])
            name = name[at + 1 :] if at >= 0 else ""
        if name:
            found.setdefault(short, name)
    return found
