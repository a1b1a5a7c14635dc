"""Sector of a named person by deeds, topics and age beside the name."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.sources.cast import Cast
from onrecord.sources.sector_phrases import Reading

_MENTIONS = 10  # mentions of a person whose sentences are read
_LEAST = 2  # different words of one sector in the sentences of a name
_ALL_OVER = 5  # different words of matches in the report of one
_WORD = re.compile(r"[a-z][\w-]+")
# Who has been through what the article is about is a victim, a witness or somebody else concerned.
_SUFFERED = re.compile(
    r",? (?:who |whose )(?:has |had |was |were |is )?(?:(?:also|recently|once|just|been|not|left) )?"
    r"(?:lost (?:his|her|their|an?|the|both|two|three)|fled|survived|witnessed|saw|heard|watched|escaped"
    r"|rescued|evicted|injured|wounded|displaced|deported|detained|evacuated|stranded|lives?|lived|living"
    r"|waiting|diagnosed|suffers?|suffered|(?:house|home|son|daughter|mother|father|husband|wife|child"
    r"|children|brother|sister|family|flat|farm|car)\b)"
)
# Who is charged or sentenced is not of the justice system.
_ACCUSED = re.compile(
    r",? (?:who |whose )?(?:(?:has|had|was|were|is|been|also|later|since) ){1,3}(?:arrested|charged"
    r"|sentenced|jailed|convicted|indicted|acquitted|imprisoned|accused of|found (?:not )?guilty"
    r"|remanded|released on)\b"
    r"|(?:(?:,|,? and) [A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,3}){0,4}"
    r",? (?:who |has |had |have |each |both |all )*(?:pleaded|pled) (?:not )?guilty\b"
    r"|,? (?:who |has |had )*(?:admitted|confessed|denied) (?:to )?"
    r"(?:\w+ing|(?:a |the )?(?:\w+-degree )?murder)\b"
)
# "Ida Moss reports", "reports Ida Moss"
_WRITES = re.compile(
    r"[’']s (?:\w+ )?(?:piece|column|article|essay|op-ed|blog post|dispatch) (?:in|at|for) (?:the )?[A-Z]"
    r"| reports?\b(?! (?:that )?(?:he|she|feeling|being|having)\b)"
)
_WRITTEN = re.compile(
    r"\breports $|(?i:\bwriting )(?:in|for|at) (?:the )?(?:[A-Z][\w’']*,? ){1,4}$|(?:^|\n|[.!?|•”] ?)By $"
)
_AGED = re.compile(r", \d{1,2}[,.]|, who (?:was|is) \d{1,2}\b")
_AGED_BEFORE = re.compile(r"\b[\w-]+-year-old $")
# The credit of a picture: "Ida Moss / Kitewire via AP", "Photo by Ida Moss"
_CREDIT = re.compile(r" ?/ ?[\w. ]{2,30} via |/(?:Getty|AFP|Reuters|REUTERS|AP)\b")
_CREDITED = re.compile(
    r"(?i:\b(?:photo(?:graph)?|image|picture|illustration|video)s? (?:credit: |illustration )?by "
    r"|photo credit: )$"
)
# "played by Ida Moss"
_PERFORMED = re.compile(
    r"\b(?:played|portrayed|voiced|directed|choreographed|starring|stars|co-stars?|sung|performed) (?:by )?$"
)
_PERFORMS = re.compile(
    r" (?:plays|portrays|voices|stars|co-stars|starred|co-starred|reprises)\b"
    r"(?! (?:down|up|into|a role|a part)\b)"
    r"|[’']s (?:new |latest |debut |third |second )?(?:album|single|film|novel|play|concert"
    r"|character|exhibition|memoir)\b"
)
# "who sells tomatoes"
_TRADES = re.compile(
    r", who (?:sells?|sold|grows?|grew|farms?|farmed|breeds?|bred|raises|bakes?|brews?|fishes|keeps \w+)\b"
)


def deed_behind(text: str, at: int) -> Reading | None:
    """Reading of a relative clause at `at`: a trade, or a misfortune; else None."""
    if _TRADES.match(text, at):
        return Reading("post", "business", "", False)
    is_lay = _SUFFERED.match(text, at) or _ACCUSED.match(text, at)
    return Reading("lay", "citizens", "", False) if is_lay else None


def sector_beside(cast: Cast, who: int) -> str:
    """Sector of a person whom no title or organisation describes, or "".

    Who reports is of the media, and the words of a topic decide before an age: news gives the age of those
    who have no post.
    """
    text = cast.text
    mentions = cast.persons.persons[who].mentions[:_MENTIONS]
    if any(_WRITES.match(text, end) or _WRITTEN.search(text, max(0, a - 45), a) for a, end in mentions):
        return "media"
    if any(_CREDIT.match(text, end) or _CREDITED.search(text, max(0, a - 30), a) for a, end in mentions):
        return "media"
    if any(_PERFORMS.match(text, end) or _PERFORMED.search(text, max(0, a - 20), a) for a, end in mentions):
        return "sport and culture"
    found = sector_of_topics(cast, who) or sector_of_article(cast)
    return found or ("citizens" if any(_is_aged(text, a, end) for a, end in mentions) else "")


def _is_aged(text: str, start: int, end: int) -> bool:
    """Whether the age of a person is beside the name."""
    return bool(_AGED.match(text, end) or _AGED_BEFORE.search(text, max(0, start - 25), start))


def sector_of_article(cast: Cast) -> str:
    """Sport and culture for the report of a match or a race, else ""."""
    if cast.topics is None:
        n_words = len(cast.lists.match_words.intersection(cast.article.places))
        cast.topics = "sport and culture" if n_words >= _ALL_OVER else ""
    return cast.topics


def sector_of_topics(cast: Cast, who: int) -> str:
    """Sector whose words are in the sentences that name a person, or "".

    They count outside quotation marks. Two different ones of one sector are needed, and more than of any
    other sector.
    """
    article, topics = cast.article, cast.lists.sector_topics
    found: dict[str, str] = {}
    numbers = dict.fromkeys(
        article.sentence_at(start) for start, _ in cast.persons.persons[who].mentions[:_MENTIONS]
    )
    for number in numbers:
        start, end, _ = article.sentences[number]
        if topics.keys().isdisjoint(_WORD.findall(cast.text, start, end)):
            continue
        for match in _WORD.finditer(cast.text, start, end):
            sector = topics.get(match.group())
            if sector is not None and not article.is_quoted(match.start()):
                found[match.group()] = sector
    counts = Counter(found.values()).most_common(2)
    if not counts or counts[0][1] < _LEAST or (len(counts) > 1 and counts[1][1] == counts[0][1]):
        return ""
    return counts[0][0]
